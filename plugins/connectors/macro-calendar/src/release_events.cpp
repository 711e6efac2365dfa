// SPDX-License-Identifier: AGPL-3.0-or-later
#include "release_events.h"

#include "chrona/connect/payload.h"
#include "chrona/formats/calendar_file.h"
#include "chrona/formats/period.h"
#include "chrona/formats/wall_clock.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <map>

namespace chrona::macrocalendar {
namespace {

using connect::DraftList;
using connect::textOf;
using formats::CalendarEntry;
using formats::CalendarSpan;
using formats::CalendarStatus;
using formats::JsonValue;

/// "gross-domestic-product", for a name that lasts.
std::string slugOf(std::string_view text)
{
    std::string slug;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        const bool capital = c >= 'A' && c <= 'Z';
        if (plain || capital)
            slug += capital ? static_cast<char>(c + 32) : c;
        else if (!slug.empty() && slug.back() != '-')
            slug += '-';
    }
    while (slug.ends_with('-'))
        slug.pop_back();
    return slug.substr(0, 120);
}

schema::Event eventFrom(const CalendarEntry &entry)
{
    schema::Event event;
    event.type = schema::EventType::CalendarEntry;
    event.sourceRef = entry.uid;
    if (entry.recurrenceAt)
        event.sourceRef += "#" + formatInstant(*entry.recurrenceAt);
    event.title = entry.summary.empty() ? entry.uid : entry.summary;
    event.summary = entry.description;
    event.times.observedAt = entry.startsAt;
    event.times.publishedAt = entry.modifiedAt ? entry.modifiedAt : entry.stampedAt;
    if (event.times.publishedAt)
        event.times.basis = schema::AvailabilityBasis::Stated;
    event.endsAt = entry.endsAt;
    if (!event.endsAt && entry.span == CalendarSpan::AllDay)
        event.endsAt = entry.startsAt + std::chrono::days(1);
    event.region = "US";
    event.url = entry.url;
    event.revision =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(entry.sequence, 0, 1'000'000)) + 1;
    event.state = entry.status == CalendarStatus::Cancelled ? schema::EventState::Retracted
                  : entry.sequence > 0                      ? schema::EventState::Revised
                                                            : schema::EventState::Active;
    schema::set(event.attributes, "all_day", entry.span == CalendarSpan::AllDay);
    schema::set(event.attributes, "sequence", entry.sequence);
    if (!entry.location.empty())
        schema::set(event.attributes, "location", entry.location);
    if (!entry.categories.empty())
        schema::set(event.attributes, "category", entry.categories.front());
    return event;
}

/// "2:00 p.m." and "8:30 AM" to the time since midnight.
std::optional<Duration> clockTime(std::string_view text)
{
    int hour = 0, minute = 0;
    const char *end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, hour);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':' || hour < 1 || hour > 12)
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, minute);
    if (second.ec != std::errc{} || minute < 0 || minute > 59)
        return std::nullopt;
    std::string half;
    for (const char *at = second.ptr; at != end; ++at)
        if (*at != ' ' && *at != '.')
            half += static_cast<char>(*at | 32);
    if (half != "am" && half != "pm")
        return std::nullopt;
    return std::chrono::hours(hour % 12 + (half == "pm" ? 12 : 0)) + std::chrono::minutes(minute);
}

/// Of "27-28" and "27, 28" the last: decisions fall at the end of a meeting.
std::optional<unsigned> lastDayOf(std::string_view days)
{
    const std::size_t end = days.find_last_of("0123456789");
    if (end == std::string_view::npos)
        return std::nullopt;
    std::size_t begin = end;
    while (begin > 0 && days[begin - 1] >= '0' && days[begin - 1] <= '9')
        --begin;
    unsigned day = 0;
    const auto read = std::from_chars(days.data() + begin, days.data() + end + 1, day);
    return read.ec == std::errc{} && day >= 1 && day <= 31 ? std::optional(day) : std::nullopt;
}

void readFedEvent(DraftList &list, JsonValue json, std::map<std::string, int> &seen)
{
    const std::string title = textOf(json["title"]), month = textOf(json["month"]),
                      days = textOf(json["days"]), time = textOf(json["time"]);
    const auto day = lastDayOf(days);
    const auto date = day ? parseDate(std::format("{}-{:02}", month, *day))
                          : Result<Date>(fail(ErrorCode::InvalidInput, "no day"));
    if (title.empty() || !date)
        return list.reject(title + " " + month + " " + days, "the entry has no title or no day");
    CalendarEntry entry;
    entry.uid = std::format("fed:{}:{}:{}", slugOf(title), month, slugOf(days));
    if (const int number = ++seen[entry.uid]; number > 1)
        entry.uid += std::format(":{}", number);
    entry.summary = title;
    entry.description = textOf(json["description"]);
    entry.location = textOf(json["location"]);
    if (const auto kind = textOf(json["type"]); !kind.empty())
        entry.categories.push_back(kind);
    if (const auto clock = clockTime(time)) {
        entry.startsAt = formats::instantFrom(formats::kNewYork,
                                              formats::WallTime(date->time_since_epoch() + *clock));
    } else {
        entry.startsAt = *date;
        entry.span = CalendarSpan::AllDay;
    }
    schema::Event event = eventFrom(entry);
    const std::string link = textOf(json["link"]);
    if (link.starts_with("https://"))
        event.url = link;
    else if (link.starts_with('/'))
        event.url = "https://www.federalreserve.gov" + link;
    list.event(std::move(event));
}

/// Empty where the Treasury writes "null".
std::string statedText(JsonValue value)
{
    std::string text = textOf(value);
    return text == "null" ? std::string() : text;
}

void readAuction(DraftList &list, JsonValue json)
{
    const std::string type = statedText(json["security_type"]),
                      term = statedText(json["security_term"]),
                      day = statedText(json["auction_date"]), cusip = statedText(json["cusip"]);
    const auto date = parseDate(day);
    if (type.empty() || term.empty() || !date)
        return list.reject(term + " " + type + " " + day, "the auction has no security or no day");
    CalendarEntry entry;
    entry.uid = std::format("ust:{}:{}", cusip.empty() ? slugOf(term + " " + type) : cusip, day);
    const bool isReopening = statedText(json["reopening"]) == "Yes";
    entry.summary =
        std::format("Treasury auction: {} {}{}", term, type, isReopening ? ", reopening" : "");
    entry.startsAt = *date;
    entry.span = CalendarSpan::AllDay;
    entry.url = "https://fiscaldata.treasury.gov/datasets/upcoming-auctions/";
    entry.categories.push_back(type);
    schema::Event event = eventFrom(entry);
    if (!cusip.empty())
        schema::set(event.attributes, "cusip", cusip);
    if (const auto amount = formats::parseNumber(statedText(json["offering_amt"])))
        schema::set(event.attributes, "offering_usd", *amount);
    if (const std::string issued = statedText(json["issue_date"]); parseDate(issued))
        schema::set(event.attributes, "issue_date", issued);
    list.event(std::move(event));
}

} // namespace

Drafts readTreasuryAuctions(const connect::RawItem &item)
{
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue auctions = document->root()["data"];
    if (auctions.kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload holds no auctions");
    DraftList list;
    for (const JsonValue auction : auctions.items())
        readAuction(list, auction);
    return list.take();
}

Drafts readIcs(const connect::RawItem &item)
{
    const auto file = formats::readCalendarFile(item.payload, "America/New_York");
    if (!file)
        return std::unexpected(file.error());
    DraftList list;
    for (const CalendarEntry &entry : file->entries)
        list.event(eventFrom(entry));
    for (const schema::Fault &fault : file->faults)
        list.reject(fault.field, fault.reason);
    return list.take();
}

Drafts readBeaDates(const connect::RawItem &item)
{
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    if (document->root().kind() != JsonValue::Kind::Object)
        return fail(ErrorCode::InvalidInput, "the payload is no list of releases");
    DraftList list;
    bool any = false;
    for (const formats::JsonMember &release : document->root().members()) {
        // Other members are mixed in.
        const JsonValue dates = release.value["release_dates"];
        any |= dates.kind() == JsonValue::Kind::Array;
        for (const JsonValue date : dates.items()) {
            const std::string stated = textOf(date);
            const auto at = parseInstant(stated);
            if (!at) {
                list.reject(std::format("{} {}", release.name, stated), at.error().what);
                continue;
            }
            CalendarEntry entry;
            entry.uid = std::format("bea:{}:{}", slugOf(release.name), formatInstant(*at));
            entry.summary = release.name;
            entry.startsAt = *at;
            entry.url = "https://www.bea.gov/news/schedule";
            list.event(eventFrom(entry));
        }
    }
    if (!any)
        return fail(ErrorCode::InvalidInput, "the payload holds no release dates");
    return list.take();
}

Drafts readFedCalendar(const connect::RawItem &item)
{
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue events = document->root()["events"];
    if (events.kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload holds no events");
    DraftList list;
    std::map<std::string, int> seen;
    for (const JsonValue event : events.items())
        readFedEvent(list, event, seen);
    return list.take();
}

} // namespace chrona::macrocalendar
