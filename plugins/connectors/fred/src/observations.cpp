// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers.h"
#include "releases.h"

#include "chrona/connect/payload.h"
#include "chrona/formats/period.h"

#include <algorithm>
#include <format>
#include <limits>

namespace chrona::fred {
namespace {

using connect::DraftList;
using connect::textOf;
using formats::JsonValue;

bool isSeriesId(std::string_view id)
{
    return !id.empty() && id.size() <= 100 && std::ranges::all_of(id, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    });
}

/// The reply does not name its series: it is in the address, or how the payload is called.
std::string seriesIdOf(JsonValue root, const connect::RawItem &item)
{
    for (std::string id : {textOf(root["series_id"]), connect::queryValue(item.url, "series_id"),
                           connect::subjectOf(item)})
        if (isSeriesId(id))
            return id;
    return {};
}

schema::Frequency frequencyOf(std::string_view letter)
{
    using schema::Frequency;
    switch (letter.empty() ? ' ' : letter.front()) {
    case 'D': return Frequency::Day;
    case 'W': return Frequency::Week;
    case 'M': return Frequency::Month;
    case 'Q': return Frequency::Quarter;
    case 'A': return Frequency::Year;
    default: return Frequency::Irregular;
    }
}

/// Without the series itself, the gaps between its values tell.
schema::Frequency frequencyOf(const std::vector<Date> &dates)
{
    using schema::Frequency;
    if (dates.size() < 2)
        return Frequency::Irregular;
    std::vector<int> gaps;
    for (std::size_t i = 1; i < dates.size(); ++i)
        if (const auto gap = (dates[i] - dates[i - 1]).count(); gap != 0)
            gaps.push_back(static_cast<int>(std::abs(gap)));
    if (gaps.empty())
        return Frequency::Irregular;
    std::ranges::nth_element(gaps, gaps.begin() + std::ptrdiff_t(gaps.size() / 2));
    const int usual = gaps[gaps.size() / 2];
    if (usual <= 3)
        return Frequency::Day;
    if (usual == 7)
        return Frequency::Week;
    if (usual >= 28 && usual <= 31)
        return Frequency::Month;
    if (usual >= 89 && usual <= 92)
        return Frequency::Quarter;
    return usual >= 365 && usual <= 366 ? Frequency::Year : Frequency::Irregular;
}

class ObservationReader {
public:
    ObservationReader(JsonValue root, std::string seriesId, Instant fetchedAt)
        : m_root(root), m_seriesId(std::move(seriesId)), m_fetchedAt(fetchedAt)
    {
    }

    Drafts read()
    {
        std::vector<Date> dates;
        for (const JsonValue observation : m_root["observations"].items())
            if (const auto day = parseDate(textOf(observation["date"])))
                dates.push_back(*day);
        schema::Series series;
        series.key = "fred:" + m_seriesId;
        series.name = m_seriesId;
        series.unit = textOf(m_root["units"]) == "lin" ? "" : textOf(m_root["units"]);
        series.frequency = frequencyOf(dates);
        const schema::Frequency frequency = series.frequency;
        m_series = m_list.series(std::move(series));
        for (const JsonValue observation : m_root["observations"].items())
            readOne(observation);
        addReleases(m_root, {m_seriesId, frequency}, m_fetchedAt, m_list);
        return m_list.take();
    }

private:
    void readOne(JsonValue observation)
    {
        const std::string stated = textOf(observation["date"]);
        const auto day = parseDate(stated);
        if (!day)
            return m_list.reject(stated, day.error().what);
        if (!observation["value"].isMissing())
            return observe(*day, observation["value"], vintageOf(observation));
        // Output by vintage: a member "DEXCHUS_20260109" for each.
        bool any = false;
        for (const formats::JsonMember &member : observation.members()) {
            const std::size_t mark = member.name.rfind('_');
            if (mark == std::string_view::npos || member.name.size() - mark != 9)
                continue;
            const std::string_view digits = member.name.substr(mark + 1);
            const auto vintage = parseDate(std::format("{}-{}-{}", digits.substr(0, 4),
                                                       digits.substr(4, 2), digits.substr(6)));
            if (!vintage)
                continue;
            observe(*day, member.value, *vintage);
            any = true;
        }
        if (!any)
            m_list.reject(stated, "the value is missing");
    }

    void observe(Date day, JsonValue json, std::optional<Date> vintage)
    {
        connect::StatedValue value{.observedAt = day,
                                   .value = std::numeric_limits<double>::quiet_NaN()};
        if (textOf(json) != ".") {
            const auto number = connect::numberOf(json);
            if (!number)
                return m_list.reject(formatDate(day), number.error().what);
            value.value = *number;
        }
        // A vintage of today is known since it was fetched, and not from midnight on.
        if (vintage && knownAfter(*vintage) <= m_fetchedAt)
            value.publishedAt = knownAfter(*vintage);
        m_list.observe(m_series, value);
    }

    JsonValue m_root;
    std::string m_seriesId;
    Instant m_fetchedAt;
    DraftList m_list;
    schema::SeriesId m_series;
};

} // namespace

Drafts readObservations(JsonValue root, const connect::RawItem &item)
{
    if (root["observations"].kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload holds no observations");
    std::string id = seriesIdOf(root, item);
    if (id.empty())
        for (const JsonValue observation : root["observations"].items())
            for (const formats::JsonMember &member : observation.members())
                if (id.empty() && member.name.rfind('_') != std::string_view::npos &&
                    member.name.size() > 9 && member.name.rfind('_') == member.name.size() - 9)
                    id = member.name.substr(0, member.name.size() - 9);
    if (id.empty())
        return fail(ErrorCode::InvalidInput,
                    "the reply does not say which series it is, and neither do its address and "
                    "name");
    return ObservationReader(root, std::move(id), item.fetchedAt).read();
}

Drafts readSeriesList(JsonValue root)
{
    if (root["seriess"].kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload holds no series");
    DraftList list;
    for (const JsonValue json : root["seriess"].items()) {
        const std::string id = textOf(json["id"]);
        if (!isSeriesId(id)) {
            list.reject(id, "the series has no id");
            continue;
        }
        schema::Series series;
        series.key = "fred:" + id;
        series.name = textOf(json["title"]);
        series.unit = textOf(json["units"]).substr(0, 100);
        series.frequency = frequencyOf(textOf(json["frequency_short"]));
        (void)list.series(std::move(series));
    }
    return list.take();
}

Drafts readReleaseDates(JsonValue root)
{
    if (root["release_dates"].kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload holds no release dates");
    DraftList list;
    for (const JsonValue json : root["release_dates"].items()) {
        const std::string id = textOf(json["release_id"]), stated = textOf(json["date"]);
        const auto day = parseDate(stated);
        if (!day || id.empty()) {
            list.reject(id + " " + stated, "the release has no date or no id");
            continue;
        }
        schema::Event event;
        event.type = schema::EventType::CalendarEntry;
        event.sourceRef = std::format("release:{}:{}", id, stated);
        const std::string name = textOf(json["release_name"]);
        event.title = name.empty() ? "FRED release " + id : name;
        event.times.observedAt = *day;
        event.endsAt = *day + std::chrono::days(1);
        event.region = "US";
        event.url = "https://fred.stlouisfed.org/release?rid=" + id;
        schema::set(event.attributes, "all_day", true);
        schema::set(event.attributes, "release_id", id);
        list.event(std::move(event));
    }
    return list.take();
}

} // namespace chrona::fred
