// SPDX-License-Identifier: AGPL-3.0-or-later
#include "weather_alerts.h"

#include "connector_metadata.h"

#include "alert_drafts.h"
#include "cap_atom.h"
#include "nws_geojson.h"

#include "chrona/connect/payload.h"

#include <array>
#include <format>

namespace chrona::alerts {
namespace {

/// As MeteoAlarm spells them in its addresses.
constexpr std::array<std::string_view, 37> kMeteoalarmCountries{
    "austria",       "belgium",     "bosnia-herzegovina",
    "bulgaria",      "croatia",     "cyprus",
    "czechia",       "denmark",     "estonia",
    "finland",       "france",      "germany",
    "greece",        "hungary",     "iceland",
    "ireland",       "israel",      "italy",
    "latvia",        "lithuania",   "luxembourg",
    "malta",         "moldova",     "montenegro",
    "netherlands",   "norway",      "poland",
    "portugal",      "romania",     "serbia",
    "slovakia",      "slovenia",    "spain",
    "sweden",        "switzerland", "ukraine",
    "united-kingdom"};

std::vector<connect::PolledDocument> documentsOf(std::string_view source)
{
    if (source == "nws-alerts")
        return {{"https://api.weather.gov/alerts/active?status=actual", "nws-geojson",
                 "application/geo+json", 64 << 20}};
    if (source == "alberta-emergency-alert")
        return {{"https://www.alberta.ca/data/aea/rss/feed-full.atom", "cap-atom",
                 "application/atom+xml"}};
    std::vector<connect::PolledDocument> documents;
    for (const std::string_view country : kMeteoalarmCountries)
        documents.push_back(
            {std::format("https://feeds.meteoalarm.org/feeds/meteoalarm-legacy-atom-{}", country),
             "cap-atom", "application/atom+xml"});
    return documents;
}

} // namespace

Result<connect::Description> WeatherAlerts::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> WeatherAlerts::fetch(const connect::FetchTask &task,
                                              connect::Fetcher &fetcher, std::stop_token stop) const
{
    return connect::pollDocuments(task, fetcher, stop, documentsOf(task.source.key), *this);
}

Result<std::vector<connect::Draft>> WeatherAlerts::normalize(const connect::RawItem &item) const
{
    if (item.kind == "nws-geojson")
        return readNwsAlerts(item.payload);
    if (item.kind == "nws-points")
        return readNwsPoint(item.payload);
    if (item.kind == "cap-atom")
        return readCapAtom(item.payload);
    auto cap = formats::readCap(item.payload);
    if (!cap)
        return std::unexpected(cap.error());
    return draftsOf({std::move(*cap), item.url, {}, {}});
}

} // namespace chrona::alerts
