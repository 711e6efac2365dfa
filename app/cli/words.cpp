// SPDX-License-Identifier: AGPL-3.0-or-later
#include "words.h"

#include <algorithm>
#include <array>

namespace chrona::cli {
namespace {

constexpr std::array<std::string_view, 4> kDatabaseStates{"starting", "ready", "failing",
                                                          "stopped"};
constexpr std::array<std::string_view, 4> kOracleStates{"off", "starting", "running", "degraded"};
constexpr std::array<std::string_view, 6> kJobStates{"ready",    "running", "done",
                                                     "retrying", "dead",    "cancelled"};
constexpr std::array<std::string_view, 3> kBases{"measured", "stated", "assumed"};

template <class Enum, std::size_t Count>
std::string_view wordIn(const std::array<std::string_view, Count> &words, Enum value)
{
    return words.at(static_cast<std::size_t>(value));
}

} // namespace

std::string_view wordFor(ipc::DatabaseState state)
{
    return wordIn(kDatabaseStates, state);
}

std::string_view wordFor(ipc::OracleState state)
{
    return wordIn(kOracleStates, state);
}

std::string_view wordFor(ipc::JobState state)
{
    return wordIn(kJobStates, state);
}

std::optional<ipc::JobState> jobStateFrom(std::string_view word)
{
    const auto found = std::ranges::find(kJobStates, word);
    if (found == kJobStates.end())
        return std::nullopt;
    return static_cast<ipc::JobState>(found - kJobStates.begin());
}

std::string_view wordFor(schema::AvailabilityBasis basis)
{
    return wordIn(kBases, basis);
}

std::string textOf(const std::optional<Instant> &instant)
{
    return instant ? formatInstant(*instant) : "-";
}

void writeInstant(formats::JsonWriter &json, std::string_view key,
                  const std::optional<Instant> &instant)
{
    json.key(key);
    if (instant)
        json.value(formatInstant(*instant));
    else
        json.null();
}

std::int64_t secondsOf(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

Instant instantFrom(std::int64_t microsecondsSince1970)
{
    return Instant(Duration(microsecondsSince1970));
}

} // namespace chrona::cli
