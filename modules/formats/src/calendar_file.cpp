// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/calendar_file.h"

#include "calendar_lines.h"
#include "recurrence.h"

#include "chrona/formats/wall_clock.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <map>

namespace chrona::formats {
namespace {

using namespace std::chrono;

constexpr std::size_t kFaultsMax = 1000;
constexpr std::size_t kListMax = 1000; // categories, exceptions

/// A time as a line states it, still on the clock that the line names.
struct LineTime {
    WallTime time{};
    Zone zone{};
    CalendarSpan span = CalendarSpan::Timed;
    [[nodiscard]] Instant instant() const { return instantFrom(zone, time); }
};

/// An entry while its lines come in.
struct Draft {
    CalendarEntry entry;
    std::optional<LineTime> start, end;
    std::optional<Duration> duration;
    std::string rule;
    std::vector<Instant> exceptions;
    std::string fault; ///< the first
};

/// "P1DT2H30M", "PT45M", "P2W".
std::optional<Duration> parseSpan(std::string_view text)
{
    Duration sum{0};
    bool inTime = false;
    if (!text.starts_with('P') || text.size() < 3)
        return std::nullopt;
    text.remove_prefix(1);
    while (!text.empty()) {
        if (text.front() == 'T' && !inTime) {
            inTime = true;
            text.remove_prefix(1);
            continue;
        }
        int value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end == text.data() + text.size() || value < 0 ||
            value > 1'000'000)
            return std::nullopt;
        switch (*end) {
        case 'W': sum += weeks(value); break;
        case 'D': sum += days(value); break;
        case 'H': sum += hours(value); break;
        case 'M': sum += minutes(value); break;
        case 'S': sum += seconds(value); break;
        default: return std::nullopt;
        }
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    }
    return sum;
}

class CalendarReader {
public:
    CalendarReader(Zone floating, const CalendarLimits &limits)
        : m_floating(floating), m_limits(limits)
    {
    }

    Result<CalendarFile> read(const std::vector<CalendarLine> &lines)
    {
        if (lines.empty() || lines.front().name != "BEGIN" || lines.front().value != "VCALENDAR")
            return fail(ErrorCode::InvalidInput,
                        "the text is no calendar: it does not begin as one");
        for (const CalendarLine &line : lines) {
            take(line);
            if (m_file.entries.size() > m_limits.entriesMax)
                return fail(ErrorCode::InvalidInput,
                            "the calendar has more entries than the limit");
        }
        if (m_draft)
            fault(m_draft->entry.uid, "the calendar is cut off within this entry");
        keepNewest();
        return std::move(m_file);
    }

private:
    void take(const CalendarLine &line)
    {
        if (line.name == "BEGIN") {
            if (line.value == "VEVENT" && m_depth == 0)
                m_draft.emplace();
            else if (m_draft)
                ++m_depth; // an alarm within the entry
        } else if (line.name == "END") {
            if (m_depth > 0)
                --m_depth;
            else if (m_draft && line.value == "VEVENT")
                finish();
        } else if (m_draft && m_depth == 0) {
            takeField(line, *m_draft);
        } else if (!m_draft && line.name == "X-WR-CALNAME") {
            m_file.name = unescapeCalendarText(line.value);
        }
    }

    void takeField(const CalendarLine &line, Draft &draft)
    {
        CalendarEntry &entry = draft.entry;
        const auto text = [&line] { return unescapeCalendarText(line.value); };
        if (line.name == "UID")
            entry.uid = text();
        else if (line.name == "SUMMARY")
            entry.summary = text();
        else if (line.name == "DESCRIPTION")
            entry.description = text();
        else if (line.name == "LOCATION")
            entry.location = text();
        else if (line.name == "URL")
            entry.url = line.value;
        else if (line.name == "CATEGORIES" && entry.categories.size() < kListMax)
            entry.categories.push_back(text());
        else if (line.name == "STATUS")
            entry.status = line.value == "CANCELLED"   ? CalendarStatus::Cancelled
                           : line.value == "TENTATIVE" ? CalendarStatus::Tentative
                                                       : CalendarStatus::Confirmed;
        else if (line.name == "SEQUENCE")
            takeSequence(line, draft);
        else if (line.name == "RRULE")
            draft.rule = line.value;
        else
            takeTime(line, draft);
    }

    static void takeSequence(const CalendarLine &line, Draft &draft)
    {
        const char *end = line.value.data() + line.value.size();
        const auto read = std::from_chars(line.value.data(), end, draft.entry.sequence);
        if (read.ec != std::errc{} || read.ptr != end || draft.entry.sequence < 0)
            note(draft, "SEQUENCE is no count");
    }

    void takeTime(const CalendarLine &line, Draft &draft)
    {
        CalendarEntry &entry = draft.entry;
        if (line.name == "DTSTART")
            draft.start = statedTime(line, draft);
        else if (line.name == "DTEND")
            draft.end = statedTime(line, draft);
        else if (line.name == "DTSTAMP")
            entry.stampedAt = statedInstant(line, draft);
        else if (line.name == "LAST-MODIFIED")
            entry.modifiedAt = statedInstant(line, draft);
        else if (line.name == "RECURRENCE-ID")
            entry.recurrenceAt = statedInstant(line, draft);
        else if (line.name == "EXDATE")
            takeExceptions(line, draft);
        else if (line.name == "DURATION" && !(draft.duration = parseSpan(line.value)))
            note(draft, "DURATION is none");
    }

    void takeExceptions(const CalendarLine &line, Draft &draft)
    {
        CalendarLine one = line;
        std::string_view rest = line.value;
        while (!rest.empty() && draft.exceptions.size() < kListMax) {
            const std::size_t end = std::min(rest.find(','), rest.size());
            one.value = rest.substr(0, end);
            if (const auto at = statedInstant(one, draft))
                draft.exceptions.push_back(*at);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    std::optional<LineTime> statedTime(const CalendarLine &line, Draft &draft) const
    {
        LineTime stated{.zone = m_floating};
        std::string_view value = line.value;
        if (value.ends_with('Z')) {
            stated.zone = {};
            value.remove_suffix(1);
        } else if (const auto name = line.parameter("TZID"); !name.empty()) {
            const auto zone = zoneFrom(name);
            if (!zone) {
                note(draft, std::format("the time zone \"{}\" is unknown", name.substr(0, 80)));
                return std::nullopt;
            }
            stated.zone = *zone;
        }
        if (value.size() == 8) {
            stated.span = CalendarSpan::AllDay;
            stated.zone = {};
        }
        const auto time = parseBasicTime(value);
        if (!time) {
            note(draft, std::format("{} \"{}\" is no time", line.name, value.substr(0, 40)));
            return std::nullopt;
        }
        stated.time = *time;
        return stated;
    }

    std::optional<Instant> statedInstant(const CalendarLine &line, Draft &draft) const
    {
        const auto stated = statedTime(line, draft);
        return stated ? std::optional(stated->instant()) : std::nullopt;
    }

    void finish()
    {
        Draft draft = std::move(*m_draft);
        m_draft.reset();
        if (draft.entry.uid.empty())
            note(draft, "UID is missing");
        if (!draft.start)
            note(draft, "DTSTART is missing");
        if (draft.end && draft.start && draft.end->instant() < draft.start->instant())
            note(draft, "DTEND is before DTSTART");
        if (!draft.fault.empty())
            return fault(draft.entry.uid, draft.fault);
        draft.entry.span = draft.start->span;
        if (draft.rule.empty())
            return add(draft, draft.start->time, std::nullopt);
        const auto rule = parseRecurrence(draft.rule);
        if (!rule) {
            fault(draft.entry.uid, rule.error().what);
            return add(draft, draft.start->time, std::nullopt);
        }
        for (const WallTime at : occurrencesOf(*rule, draft.start->time, m_limits.occurrencesMax)) {
            const Instant instant = instantFrom(draft.start->zone, at);
            if (!std::ranges::contains(draft.exceptions, instant))
                add(draft, at, instant);
            if (m_file.entries.size() > m_limits.entriesMax)
                return;
        }
    }

    void add(const Draft &draft, WallTime at, std::optional<Instant> recurrence)
    {
        CalendarEntry entry = draft.entry;
        entry.startsAt = instantFrom(draft.start->zone, at);
        if (draft.end)
            entry.endsAt = instantFrom(draft.end->zone, at + (draft.end->time - draft.start->time));
        else if (draft.duration)
            entry.endsAt = entry.startsAt + *draft.duration;
        if (recurrence)
            entry.recurrenceAt = recurrence;
        m_file.entries.push_back(std::move(entry));
    }

    /// A moved occurrence comes as an entry of its own beside the rule; a file may also carry
    /// several versions of one entry.
    void keepNewest()
    {
        const auto version = [](const CalendarEntry &entry) {
            return std::tuple(entry.sequence, entry.modifiedAt.value_or(Instant::min()),
                              entry.stampedAt.value_or(Instant::min()));
        };
        std::map<std::pair<std::string, std::optional<Instant>>, std::size_t> newest;
        std::vector<CalendarEntry> kept;
        for (CalendarEntry &entry : m_file.entries) {
            const auto [known, isNew] =
                newest.try_emplace({entry.uid, entry.recurrenceAt}, kept.size());
            if (isNew)
                kept.push_back(std::move(entry));
            else if (version(entry) >= version(kept[known->second]))
                kept[known->second] = std::move(entry);
        }
        m_file.entries = std::move(kept);
    }

    static void note(Draft &draft, std::string reason)
    {
        if (draft.fault.empty())
            draft.fault = std::move(reason);
    }

    void fault(const std::string &uid, std::string reason)
    {
        if (m_file.faults.size() < kFaultsMax)
            m_file.faults.push_back({uid.substr(0, 200), std::move(reason)});
    }

    Zone m_floating;
    const CalendarLimits &m_limits;
    CalendarFile m_file;
    std::optional<Draft> m_draft;
    int m_depth = 0;
};

} // namespace

Result<CalendarFile> readCalendarFile(std::string_view text, std::string_view floating,
                                      const CalendarLimits &limits)
{
    const auto zone = zoneFrom(floating);
    if (!zone)
        return fail(ErrorCode::InvalidInput,
                    std::format("the time zone \"{}\" is unknown", floating));
    const auto lines = readCalendarLines(text, limits);
    if (!lines)
        return std::unexpected(lines.error());
    return CalendarReader(*zone, limits).read(*lines);
}

} // namespace chrona::formats
