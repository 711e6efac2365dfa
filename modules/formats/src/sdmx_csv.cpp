// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sdmx_builder.h"

#include "chrona/formats/csv.h"
#include "chrona/formats/wall_clock.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::formats {
namespace {

enum class Role : std::uint8_t {
    Ignored,
    Flow,
    Action,
    Key,
    Dimension,
    Time,
    Value,
    Attribute,
    Updated
};

struct Column {
    std::string id;
    Role role = Role::Ignored;
    bool hasLabel = false; ///< "FREQ: Frequency" over "A: Annual"
};

/// The code before its label: "A: Annual" is A.
std::string_view codeOf(std::string_view text)
{
    return text.substr(0, std::min(text.find(": "), text.size()));
}

/// "23/01/24 23:00:00" is how Eurostat writes it, in its own time.
std::optional<Instant> updatedAt(std::string_view text)
{
    if (const auto at = parseInstant(text))
        return *at;
    if (text.size() != 17 || text[2] != '/' || text[5] != '/')
        return std::nullopt;
    const auto time = parseWallTime(std::format(
        "20{}-{}-{} {}", text.substr(6, 2), text.substr(3, 2), text.substr(0, 2), text.substr(9)));
    return time ? std::optional(instantFrom(*zoneFrom("CET"), *time)) : std::nullopt;
}

class SdmxCsvSink final : public CsvSink {
public:
    explicit SdmxCsvSink(SdmxBuilder &builder) : m_builder(builder) {}

    void row(const CsvRow &row) override
    {
        if (m_builder.failed())
            return;
        if (m_columns.empty())
            readHeader(row.fields);
        else if (row.fields.size() != m_columns.size())
            m_builder.fault(
                std::format("line {}", row.line),
                std::format("it has {} fields and not {}", row.fields.size(), m_columns.size()));
        else
            readRow(row.fields);
    }

    void fault(const CsvFault &fault) override
    {
        if (m_columns.empty())
            m_builder.refuse("the header cannot be read: " + fault.reason);
        m_builder.fault(std::format("line {}", fault.line), fault.reason);
    }

    [[nodiscard]] bool hasHeader() const { return !m_columns.empty(); }

private:
    void readHeader(std::span<const std::string_view> fields)
    {
        for (const std::string_view field : fields)
            m_columns.push_back(columnOf(field));
        const auto value = std::ranges::find(m_columns, std::string("OBS_VALUE"), &Column::id);
        if (value == m_columns.end())
            return m_builder.refuse("the text is no SDMX-CSV: it has no column OBS_VALUE");
        value->role = Role::Value;
        auto time =
            std::ranges::find_if(m_columns, [](auto &column) { return isSdmxTime(column.id); });
        for (auto column = m_columns.begin(); column != value; ++column)
            if (time == m_columns.end() && column->role == Role::Dimension)
                m_lastDimension = column - m_columns.begin();
        if (time == m_columns.end() && m_lastDimension)
            time = m_columns.begin() + *m_lastDimension;
        if (time == m_columns.end())
            return m_builder.refuse("the text is no SDMX-CSV: it has no column of time");
        time->role = Role::Time;
        for (auto column = value; column != m_columns.end(); ++column)
            if (column->role == Role::Dimension)
                column->role = Role::Attribute;
    }

    static Column columnOf(std::string_view field)
    {
        constexpr std::array<std::string_view, 3> kNames{"STRUCTURE", "STRUCTURE_NAME",
                                                         "DATAFLOW_NAME"};
        Column column{std::string(codeOf(field)), Role::Dimension, field.contains(": ")};
        const std::string_view id = column.id;
        if (id == "DATAFLOW" || id == "STRUCTURE_ID")
            column.role = Role::Flow;
        else if (id == "ACTION")
            column.role = Role::Action;
        else if (id == "KEY" || id == "SERIES_KEY" || id == "OBS_KEY")
            column.role = Role::Key;
        else if (id == "LAST UPDATE" || id == "UPDATED")
            column.role = Role::Updated;
        else if (id.empty() || id.contains(' ') || std::ranges::contains(kNames, id))
            column.role = Role::Ignored; // the label of the column before
        return column;
    }

    void readRow(std::span<const std::string_view> fields)
    {
        SdmxValues dimensions;
        SdmxStated stated;
        bool deleted = false;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const Column &column = m_columns[i];
            const std::string_view text = column.hasLabel ? codeOf(fields[i]) : fields[i];
            switch (column.role) {
            case Role::Flow: readFlow(codeOf(text)); break;
            case Role::Action: deleted = text == "D"; break;
            case Role::Key: readKey(text); break;
            case Role::Dimension: dimensions.push_back({column.id, std::string(text)}); break;
            case Role::Time: stated.period = text; break;
            case Role::Value: stated.value = text; break;
            case Role::Updated: readUpdated(text); break;
            case Role::Attribute:
                if (!text.empty())
                    stated.attributes.push_back({column.id, std::string(text)});
                break;
            case Role::Ignored: break;
            }
        }
        if (deleted)
            stated.value = {};
        if (SdmxSeries *series = m_builder.series(std::move(dimensions), {}))
            m_builder.observe(*series, std::move(stated));
    }

    void readFlow(std::string_view text)
    {
        if (!m_builder.set.flow.id.empty())
            return;
        if (auto flow = sdmxFlowFrom(text)) {
            m_builder.set.flow = std::move(*flow);
            m_builder.set.flow.isFlow = true;
        }
    }

    /// The ECB's key begins with the flow: "EXR.D.USD.EUR.SP00.A".
    void readKey(std::string_view text)
    {
        SdmxFlow &flow = m_builder.set.flow;
        if (flow.id.empty() && text.contains('.')) {
            flow.id = text.substr(0, text.find('.'));
            flow.isFlow = true;
        }
    }

    void readUpdated(std::string_view text)
    {
        const auto at = updatedAt(text);
        if (at && at > m_builder.set.preparedAt.value_or(Instant::min()))
            m_builder.set.preparedAt = at;
    }

    SdmxBuilder &m_builder;
    std::vector<Column> m_columns;
    std::optional<std::ptrdiff_t> m_lastDimension;
};

} // namespace

Result<SeriesSet> readSdmxCsv(std::string_view text, const SdmxLimits &limits)
{
    if (text.size() > limits.bytesMax)
        return fail(ErrorCode::InvalidInput, "the message is larger than the limit");
    SdmxBuilder builder(limits);
    SdmxCsvSink sink(builder);
    CsvReader reader;
    auto done = reader.push(text, sink);
    if (done)
        done = reader.finish(sink);
    if (!done)
        return std::unexpected(done.error());
    if (!sink.hasHeader())
        builder.refuse("the text is empty");
    return builder.take();
}

} // namespace chrona::formats
