// SPDX-License-Identifier: AGPL-3.0-or-later
#include "history.h"

#include "chrona/geo/area_index.h"
#include "chrona/geo/shipped.h"
#include "chrona/schema/briefing_blocks.h"
#include "chrona/schema/entity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace chrona::cli {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr SourceFacts kNhc{"nhc-hurdat2",
                           "NOAA National Hurricane Center, best tracks",
                           "https://www.nhc.noaa.gov/data/",
                           "public domain",
                           "NOAA National Hurricane Center, HURDAT2.",
                           "noaa"};
constexpr SourceFacts kUsgs{"usgs-earthquakes",
                            "U.S. Geological Survey, earthquakes",
                            "https://earthquake.usgs.gov/",
                            "public domain",
                            "U.S. Geological Survey.",
                            "usgs"};

/// Which country a point lies in or off.
class Places {
public:
    Places()
    {
        auto map = geo::readBaseMap(geo::shippedData(geo::ShippedData::World));
        if (!map)
            return;
        m_map = std::move(*map);
        m_countries = geo::AreaIndex::build(m_map, geo::AreaLayer::Countries);
    }
    struct Country {
        std::string code, name;
        double distanceKm = 0;
    };
    [[nodiscard]] std::optional<Country> near(schema::GeoPoint point, double kmMax) const
    {
        if (!m_countries)
            return std::nullopt;
        const auto match = m_countries->find(point, kmMax);
        if (!match)
            return std::nullopt;
        const geo::Area &area = m_map.areas(geo::AreaLayer::Countries)[match->area];
        return Country{area.code, area.name, match->distanceKm};
    }

private:
    geo::BaseMap m_map;
    std::optional<geo::AreaIndex> m_countries;
};

std::string placeText(schema::GeoPoint at)
{
    return std::format("{:.1f}° {}, {:.1f}° {}", std::abs(at.latitude), at.latitude < 0 ? "S" : "N",
                       std::abs(at.longitude), at.longitude < 0 ? "W" : "E");
}

std::optional<schema::GeoPoint> pointAt(const HistoryTable &table, std::size_t row)
{
    const auto latitude = table.number(row, "lat"), longitude = table.number(row, "lon");
    if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180)
        return std::nullopt;
    return schema::GeoPoint{*longitude, *latitude};
}

schema::Event timedEvent(schema::EventType type, std::string title, Instant at, Duration lag,
                         schema::SourceId source)
{
    schema::Event event;
    event.type = type;
    event.title = std::move(title);
    event.times.observedAt = at;
    event.times.ingestedAt = at + lag;
    event.times.basis = schema::AvailabilityBasis::Assumed;
    event.times.assumedLag = lag;
    event.source = source;
    return event;
}

/// Saffir-Simpson, from the wind in knots; 0: below a hurricane.
int hurricaneCategory(double knots)
{
    static constexpr std::array kLimits{64.0, 83.0, 96.0, 113.0, 137.0};
    return int(std::ranges::upper_bound(kLimits, knots) - kLimits.begin());
}

float stormSeverity(double knots)
{
    static constexpr std::array kSeverities{0.2F, 0.45F, 0.6F, 0.75F, 0.88F, 0.95F};
    return kSeverities[std::size_t(hurricaneCategory(knots))];
}

/// "AUGUST" is written in capitals in the file.
std::string stormName(std::string_view raw, double knots)
{
    std::string name(raw.substr(0, 40));
    for (std::size_t i = 1; i < name.size(); ++i) {
        if (name[i] >= 'A' && name[i] <= 'Z')
            name[i] = char(name[i] - 'A' + 'a');
    }
    const int category = hurricaneCategory(knots);
    return category == 0 ? "Tropical storm " + name
                         : std::format("Hurricane {} (category {})", name, category);
}

bool isInGulf(schema::GeoPoint at)
{
    return at.longitude > -98 && at.longitude < -81 && at.latitude > 18.5 && at.latitude < 30.8;
}

void keepFix(History &history, const HistoryTable &table, std::size_t row, const Places &places,
             schema::SourceId source)
{
    const auto at = parseInstant(table.text(row, "time_utc"));
    const auto point = pointAt(table, row);
    const auto wind = table.number(row, "wind_kt");
    const std::string_view status = table.text(row, "status");
    if (!at || !point || !wind || *wind < 34 || (status != "HU" && status != "TS"))
        return;
    const bool landfall = table.text(row, "record") == "L";
    const auto hour = std::chrono::floor<hours>(*at - std::chrono::floor<days>(*at)).count();
    // One report a day tells where a storm is; landfalls are told each.
    if (!landfall && hour != 18)
        return;
    const auto country = places.near(*point, landfall ? 60 : 0.1);
    const std::string name = stormName(table.text(row, "name"), *wind);
    std::string title = landfall
                            ? std::format("{} makes landfall{}, near {}", name,
                                          country ? " in " + country->name : "", placeText(*point))
                            : std::format("{} at {}", name, placeText(*point));
    schema::Event event =
        timedEvent(schema::EventType::TropicalCyclone, std::move(title), *at, hours(3), source);
    event.geometry = schema::Geometry::at(*point);
    event.severity = stormSeverity(*wind);
    if (!landfall)
        event.endsAt = *at + hours(24); // until the next day's report
    event.sourceRef = std::format("{}:{}", table.text(row, "storm_id"), formatInstant(*at));
    event.url = std::string(kNhc.homepage);
    if (country)
        event.region = country->code;
    if (isInGulf(*point))
        event.entities.push_back(
            {schema::entityIdFor("region:gulf_of_mexico"), schema::EntityRole::Location, 1});
    keepEvent(history, std::move(event));
}

Status takeStorms(const HistoryTable &table, History &history, const Places &places)
{
    const schema::SourceId source = addSource(history, kNhc);
    for (std::size_t row = 0; row < table.rowCount(); ++row)
        keepFix(history, table, row, places, source);
    history.notices.push_back("Storm positions and winds are best tracks, worked out after the "
                              "season; the advisories of the time may have differed.");
    return {};
}

Status takeQuakes(const HistoryTable &table, History &history, const Places &places)
{
    const schema::SourceId source = addSource(history, kUsgs);
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto at = parseInstant(table.text(row, "time_utc"));
        const auto point = pointAt(table, row);
        const auto magnitude = table.number(row, "magnitude");
        if (!at || !point || !magnitude || *magnitude < 0 || *magnitude > 10)
            continue;
        const auto country = places.near(*point, 300);
        std::string where = placeText(*point);
        if (country)
            where = country->distanceKm < 1
                        ? "in " + country->name
                        : std::format("{:.0f} km off {}", country->distanceKm, country->name);
        schema::Event event =
            timedEvent(schema::EventType::Earthquake,
                       std::format("Magnitude {:.1f} earthquake {}", *magnitude, where), *at,
                       std::chrono::minutes(30), source);
        event.geometry = schema::Geometry::at(*point);
        event.severity = std::clamp(float((*magnitude - 5.5) / 3.5), 0.05F, 1.0F);
        event.sourceRef = std::string(table.text(row, "usgs_id").substr(0, 40));
        event.url = std::string(kUsgs.homepage);
        if (country)
            event.region = country->code;
        keepEvent(history, std::move(event));
    }
    history.notices.push_back("Magnitudes are those of the catalogue; first reports may have "
                              "differed by some tenths.");
    return {};
}

} // namespace

Status addHazards(const std::filesystem::path &folder, History &history)
{
    const Places places;
    const auto storms =
        withTable(folder, "hurricane_tracks_atlantic", "storms are missing", history,
                  [&](const HistoryTable &table) { return takeStorms(table, history, places); });
    if (!storms)
        return storms;
    return withTable(folder, "earthquakes_m6_2000_2016", "earthquakes are missing", history,
                     [&](const HistoryTable &table) { return takeQuakes(table, history, places); });
}

} // namespace chrona::cli
