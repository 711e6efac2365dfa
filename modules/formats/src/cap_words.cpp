// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/cap.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace chrona::formats {
namespace {

using namespace std::chrono;
using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 5> kStatuses{"Actual", "Exercise", "System", "Test",
                                                    "Draft"};
constexpr std::array<std::string_view, 5> kMessages{"Alert", "Update", "Cancel", "Ack", "Error"};
constexpr std::array<std::string_view, 5> kUrgencies{"Unknown", "Past", "Future", "Expected",
                                                     "Immediate"};
constexpr std::array<std::string_view, 5> kSeverities{"Unknown", "Minor", "Moderate", "Severe",
                                                      "Extreme"};
constexpr std::array<std::string_view, 5> kCertainties{"Unknown", "Unlikely", "Possible", "Likely",
                                                       "Observed"};

template <class Value> std::optional<Value> find(Words words, std::string_view wanted)
{
    for (std::size_t i = 0; i < words.size(); ++i)
        if (std::ranges::equal(words[i], wanted, {}, asciiLower, asciiLower))
            return static_cast<Value>(i);
    return std::nullopt;
}

template <class Value> std::string_view nameOf(Words words, Value value)
{
    const auto index = static_cast<std::size_t>(value);
    return index < words.size() ? words[index] : std::string_view("Unknown");
}

/// "191222T1800Z"; all zeros: not stated.
std::optional<Instant> vtecTime(std::string_view text)
{
    if (text.size() != 12 || text[6] != 'T' || text[11] != 'Z')
        return std::nullopt;
    std::array<int, 5> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const char *begin = text.data() + i * 2 + (i >= 3 ? 1 : 0);
        const auto [end, error] = std::from_chars(begin, begin + 2, parts[i]);
        if (error != std::errc{} || end != begin + 2 || parts[i] < 0)
            return std::nullopt;
    }
    // Codes are issued since 2005 only, so two digits of a year are enough.
    const year_month_day date(year(2000 + parts[0]), month(unsigned(parts[1])),
                              day(unsigned(parts[2])));
    if (!date.ok() || parts[3] > 23 || parts[4] > 59)
        return std::nullopt;
    return Instant(sys_days(date)) + hours(parts[3]) + minutes(parts[4]);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

} // namespace

std::optional<CapStatus> capStatusFrom(std::string_view word)
{
    return find<CapStatus>(kStatuses, word);
}

std::optional<CapMessage> capMessageFrom(std::string_view word)
{
    return find<CapMessage>(kMessages, word);
}

std::optional<CapUrgency> capUrgencyFrom(std::string_view word)
{
    return find<CapUrgency>(kUrgencies, word);
}

std::optional<CapSeverity> capSeverityFrom(std::string_view word)
{
    return find<CapSeverity>(kSeverities, word);
}

std::optional<CapCertainty> capCertaintyFrom(std::string_view word)
{
    if (std::ranges::equal(word, std::string_view("very likely"), {}, asciiLower))
        return CapCertainty::Likely;
    return find<CapCertainty>(kCertainties, word);
}

std::string_view toString(CapStatus status)
{
    return nameOf(kStatuses, status);
}

std::string_view toString(CapMessage message)
{
    return nameOf(kMessages, message);
}

std::string_view toString(CapUrgency urgency)
{
    return nameOf(kUrgencies, urgency);
}

std::string_view toString(CapSeverity severity)
{
    return nameOf(kSeverities, severity);
}

std::string_view toString(CapCertainty certainty)
{
    return nameOf(kCertainties, certainty);
}

std::optional<Vtec> readVtec(std::string_view text)
{
    for (const std::string_view code : split(text, '/')) {
        const auto parts = split(code, '.');
        if (parts.size() != 7 || parts[0].size() != 1 || parts[1].size() != 3 ||
            parts[2].size() != 4 || parts[3].size() != 2 || parts[4].size() != 1 ||
            parts[5].size() != 4 || parts[6].size() != 25 || parts[6][12] != '-')
            continue;
        Vtec vtec;
        vtec.action = parts[1];
        vtec.office = parts[2];
        vtec.phenomenon = parts[3];
        vtec.significance = parts[4];
        vtec.number = parts[5];
        vtec.begins = vtecTime(parts[6].substr(0, 12));
        vtec.ends = vtecTime(parts[6].substr(13));
        return vtec;
    }
    return std::nullopt;
}

} // namespace chrona::formats
