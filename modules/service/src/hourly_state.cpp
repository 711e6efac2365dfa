// SPDX-License-Identifier: AGPL-3.0-or-later
#include "hourly_state.h"

#include "chrona/formats/json.h"
#include "chrona/formats/json_writer.h"

#include <limits>

namespace chrona::service {
namespace {

using briefing::HourlyState;
using formats::JsonValue;
using formats::JsonWriter;

constexpr std::int64_t kStateVersion = 1;
constexpr auto kSourceStateLast = static_cast<std::int64_t>(schema::SourceState::Refused);

std::int64_t number(Instant instant)
{
    return instant.time_since_epoch().count();
}

template <class Key> void writeTimes(JsonWriter &json, const std::map<Key, Instant> &times)
{
    json.beginArray();
    for (const auto &[id, at] : times)
        json.beginArray().value(id.value).value(number(at)).endArray();
    json.endArray();
}

/// Reads rows of numbers and notes that one was none.
class StateReader {
public:
    [[nodiscard]] bool isSound() const { return m_sound; }

    std::int64_t integer(JsonValue value)
    {
        const auto read = value.asInteger();
        m_sound = m_sound && read.has_value();
        return read.value_or(0);
    }
    Instant instant(JsonValue value) { return Instant(Duration(integer(value))); }
    double share(JsonValue value)
    {
        const double read = value.asDouble().value_or(-1);
        m_sound = m_sound && read >= 0 && read <= 1;
        return read;
    }
    /// The cells of one row, exactly `count` of them.
    std::vector<JsonValue> cells(JsonValue row, std::size_t count)
    {
        std::vector<JsonValue> cells;
        for (const JsonValue cell : row.items())
            cells.push_back(cell);
        m_sound = m_sound && cells.size() == count;
        cells.resize(count);
        return cells;
    }
    template <class Key> void times(JsonValue rows, std::map<Key, Instant> &into)
    {
        for (const JsonValue row : rows.items()) {
            const auto cell = cells(row, 2);
            into[{integer(cell[0])}] = instant(cell[1]);
        }
    }
    std::uint32_t revision(JsonValue value)
    {
        const std::int64_t read = integer(value);
        m_sound = m_sound && std::in_range<std::uint32_t>(read);
        return static_cast<std::uint32_t>(read);
    }
    schema::SourceState sourceState(JsonValue value)
    {
        const std::int64_t read = integer(value);
        m_sound = m_sound && read >= 0 && read <= kSourceStateLast;
        return static_cast<schema::SourceState>(m_sound ? read : 0);
    }

private:
    bool m_sound = true;
};

Result<formats::JsonDocument> parse(std::string_view text)
{
    return formats::JsonDocument::parse(text, {.bytesMax = 64 << 20, .depthMax = 8});
}

std::unexpected<Error> notOurs()
{
    return fail(ErrorCode::Corrupt, "what was told in the last hour cannot be read");
}

} // namespace

std::vector<std::byte> encodeHourlyState(const HourlyState &state)
{
    std::string text;
    JsonWriter json(text);
    json.beginObject().member("version", kStateVersion).key("events").beginArray();
    for (const auto &[id, told] : state.events)
        json.beginArray()
            .value(id.value)
            .value(told.revision)
            .value(double(told.severity))
            .value(number(told.at))
            .endArray();
    json.endArray().key("clusters");
    writeTimes(json, state.clusters);
    json.key("signals");
    writeTimes(json, state.signals);
    json.key("sources").beginArray();
    for (const auto &[id, at] : state.sources)
        json.beginArray().value(id.value).value(static_cast<int>(at)).endArray();
    json.endArray().endObject();
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

Result<HourlyState> decodeHourlyState(std::span<const std::byte> bytes)
{
    const auto document =
        parse({reinterpret_cast<const char *>(bytes.data()), bytes.size()}); // bytes to chars
    if (!document || document->root()["version"].asInteger() != kStateVersion)
        return notOurs();
    const JsonValue root = document->root();
    StateReader reader;
    HourlyState state;
    for (const JsonValue row : root["events"].items()) {
        const auto cell = reader.cells(row, 4);
        HourlyState::Told told;
        told.revision = reader.revision(cell[1]);
        told.severity = static_cast<float>(reader.share(cell[2]));
        told.at = reader.instant(cell[3]);
        state.events[{reader.integer(cell[0])}] = told;
    }
    reader.times(root["clusters"], state.clusters);
    reader.times(root["signals"], state.signals);
    for (const JsonValue row : root["sources"].items()) {
        const auto cell = reader.cells(row, 2);
        state.sources[{reader.integer(cell[0])}] = reader.sourceState(cell[1]);
    }
    if (!reader.isSound() || root["events"].kind() != JsonValue::Kind::Array)
        return notOurs();
    return state;
}

} // namespace chrona::service
