// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cast.h"

#include "gazetteer.h"
#include "market.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <format>
#include <numeric>
#include <set>

namespace chrona::sample {

namespace {

using schema::Entity;
using schema::EntityKind;

constexpr SectorName kSectors[] = {
    {"energy", "Energy", "XLE", {"Energy", "Petroleum", "Pipelines", "Resources"}},
    {"financials", "Financials", "XLF", {"Bancorp", "Capital", "Holdings", "Assurance"}},
    {"technology", "Technology", "XLK", {"Systems", "Semiconductor", "Software", "Networks"}},
    {"industrials", "Industrials", "XLI", {"Industries", "Rail", "Aerospace", "Works"}},
    {"consumer-discretionary",
     "Consumer discretionary",
     "XLY",
     {"Motors", "Retail", "Hotels", "Brands"}},
    {"consumer-staples", "Consumer staples", "XLP", {"Foods", "Beverages", "Grocers", "Household"}},
    {"health-care", "Health care", "XLV", {"Therapeutics", "Biosciences", "Devices", "Health"}},
    {"shipping", "Shipping", "XLI", {"Shipping", "Lines", "Maritime", "Logistics"}},
};

constexpr std::string_view kHeads[] = {
    "Nor", "Vel",   "Kar", "Tam", "Bry", "Oss", "Lun", "Hal", "Qui", "Zer", "Mir", "Dov",  "Fen",
    "Gal", "Ister", "Jor", "Pel", "Rho", "Sab", "Ulv", "Wex", "Yar", "Cas", "Eld", "Ambr", "Thal"};
constexpr std::string_view kMiddles[] = {"va", "do", "ri", "mo",  "le",  "ta",  "ne", "so",
                                         "pi", "go", "an", "eri", "olu", "ime", "ust"};
constexpr std::string_view kTails[] = {"ne",  "rex",  "dis", "mark", "tor",  "lan", "via",  "quist",
                                       "sen", "ford", "nix", "ro",   "lith", "wen", "stad", "gard"};

struct SourceSpec {
    std::string_view key;
    std::string_view name;
    std::string_view family;
};
constexpr SourceSpec kSources[] = {
    {"sample-weather", "Sample weather warnings (synthetic)", "sample-public-safety"},
    {"sample-storms", "Sample storm advisories (synthetic)", "sample-public-safety"},
    {"sample-quakes", "Sample earthquake bulletin (synthetic)", "sample-geology"},
    {"sample-volcanoes", "Sample volcano notices (synthetic)", "sample-geology"},
    {"sample-hazards", "Sample hazard monitor (synthetic)", "sample-hazards"},
    {"sample-conflict", "Sample conflict log (synthetic)", "sample-field-reports"},
    {"sample-civil", "Sample civil desk (synthetic)", "sample-field-reports"},
    {"sample-policy", "Sample policy gazette (synthetic)", "sample-gazette"},
    {"sample-calendar", "Sample economic calendar (synthetic)", "sample-gazette"},
    {"sample-statistics", "Sample statistics office (synthetic)", "sample-statistics"},
    {"sample-markets", "Sample market monitor (synthetic)", "sample-markets"},
    {"sample-filings", "Sample filings register (synthetic)", "sample-markets"},
    {"sample-energy", "Sample energy desk (synthetic)", "sample-energy"},
    {"sample-shipping", "Sample shipping reports (synthetic)", "sample-shipping"},
    {"sample-health", "Sample health bulletin (synthetic)", "sample-health"},
    {"sample-news", "Sample newswire (synthetic)", "sample-newswire"},
};

constexpr std::string_view kTopics[] = {
    "severe weather", "tropical cyclone", "earthquake",  "volcano",       "flood",
    "wildfire",       "disaster",         "conflict",    "protest",       "monetary policy",
    "fiscal policy",  "trade policy",     "legislation", "sanctions",     "inflation",
    "employment",     "growth",           "housing",     "markets",       "filings",
    "energy supply",  "power grid",       "shipping",    "public health", "technology",
    "elections",      "agriculture",      "transport",   "courts",        "science"};

Entity entity(EntityKind kind, std::string key, std::string name)
{
    Entity result;
    result.id = schema::entityIdFor(key);
    result.kind = kind;
    result.key = std::move(key);
    result.name = std::move(name);
    result.synthetic = true;
    return result;
}

std::string slug(std::string_view name)
{
    std::string result;
    for (const char c : name)
        result += c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

void addOrganizations(std::uint64_t seed, Cast &cast)
{
    Random random(seed, "organizations");
    std::set<std::string> taken;
    while (cast.organizationNames.size() < kOrganizationCount) {
        const std::size_t number = cast.organizationNames.size();
        const SectorName &sector = kSectors[sectorOf(number)];
        std::string stem(random.pick(kHeads));
        if (random.chance(0.6))
            stem += random.pick(kMiddles);
        stem += random.pick(kTails);
        std::string name = std::format("{} {}", stem, random.pick(sector.suffixes));
        if (!taken.insert(stem).second)
            continue;
        const std::size_t home = pickCountry(random);
        Entity organization =
            entity(EntityKind::Organization, "sample-organization:" + slug(name), name);
        organization.location = countries()[home].capitalAt;
        organization.attributes = {{"home", std::string(countries()[home].code)},
                                   {"sector", std::string(sector.key)}};
        cast.organizationIds.push_back(organization.id);
        cast.organizationNames.push_back(std::move(name));
        cast.entities.push_back(std::move(organization));
    }
}

void addRegions(Cast &cast)
{
    for (const auto &country : countries()) {
        Entity item =
            entity(EntityKind::Country, countryKey(country.code), std::string(country.name));
        item.externalIds = {{"iso3166-1", std::string(country.code)}};
        item.location = country.capitalAt;
        cast.entities.push_back(std::move(item));
    }
    for (const auto &part : subdivisions()) {
        Entity item = entity(EntityKind::Region, regionKey(part.code), std::string(part.name));
        item.externalIds = {{"iso3166-2", std::string(part.code)}};
        item.location = part.middle;
        cast.entities.push_back(std::move(item));
    }
    for (const auto code : kCentralBankCountries) {
        const Country &country = countries()[countryIndex(code)];
        Entity item =
            entity(EntityKind::RegulatoryBody, centralBankKey(code), centralBankName(country.name));
        item.location = country.capitalAt;
        cast.entities.push_back(std::move(item));
    }
}

schema::Place place(schema::PlaceKind kind, std::string_view name, std::string_view region,
                    schema::GeoPoint at)
{
    schema::Place result;
    result.id = schema::placeIdFor(std::format("sample:{}:{}", slug(name), region));
    result.kind = kind;
    result.name = name;
    result.region = region;
    result.location = at;
    return result;
}

void addPlaces(Cast &cast)
{
    for (const auto &country : countries()) {
        cast.places.push_back(
            place(schema::PlaceKind::Capital, country.capital, country.code, country.capitalAt));
        cast.places.back().population = std::int64_t{country.capitalPopulation} * 1'000;
        cast.places.back().scaleRank = country.newsWeight >= 3 ? 1 : 4;
    }
    for (const auto &city : cities()) {
        cast.places.push_back(place(schema::PlaceKind::City, city.name, city.region, city.at));
        cast.places.back().population = std::int64_t{city.population} * 1'000;
        cast.places.back().scaleRank = city.population > 5'000 ? 2 : 5;
    }
    for (const auto &sea : seaPlaces()) {
        const std::string name =
            sea.isStrait ? std::string(sea.name) : std::format("Port of {}", sea.name);
        cast.places.push_back(place(schema::PlaceKind::Port, name, sea.region, sea.at));
        cast.places.back().scaleRank = sea.weight >= 5 ? 4 : 7;
        Entity item = entity(EntityKind::Location, portKey(sea.name), name);
        item.location = sea.at;
        cast.entities.push_back(std::move(item));
    }
}

schema::Source source(const SourceSpec &spec)
{
    schema::Source result;
    result.id = schema::sourceIdFor(spec.key);
    result.key = spec.key;
    result.name = spec.name;
    result.homepage = "https://chrona.example/sample-world";
    result.licence = "AGPL-3.0-or-later";
    result.termsUrl = "https://chrona.example/sample-world";
    result.termsCheckedOn = "2026-11-21";
    result.redistribution = schema::Redistribution::Allowed;
    result.retention = schema::RetentionClass::Permanent;
    result.attribution = "Synthetic sample data: invented, not a report of anything real";
    result.publisherFamily = spec.family;
    result.mode = schema::IngestMode::Full;
    result.synthetic = true;
    return result;
}

} // namespace

std::span<const SectorName> sectorNames()
{
    return kSectors;
}

std::size_t sectorOf(std::size_t organization)
{
    return organization % std::size(kSectors);
}

Cast makeCast(std::uint64_t seed)
{
    Cast cast;
    for (const auto &spec : kSources)
        cast.sources.push_back(source(spec));
    addRegions(cast);
    for (const auto topic : kTopics)
        cast.entities.push_back(
            entity(EntityKind::EventTopic, topicKey(topic), std::string(topic)));
    for (const auto &sector : kSectors)
        cast.entities.push_back(entity(EntityKind::Sector, std::format("sector:{}", sector.key),
                                       std::string(sector.name)));
    for (const auto &spec : instrumentSpecs()) {
        cast.entities.push_back(entity(EntityKind::MarketInstrument, instrumentKey(spec.symbol),
                                       std::format("{} ({})", spec.symbol, spec.name)));
        cast.entities.back().externalIds = {{"ticker", std::string(spec.symbol)}};
    }
    addPlaces(cast);
    addOrganizations(seed, cast);
    return cast;
}

std::size_t pickCountry(Random &random)
{
    static const std::vector<double> cumulative = [] {
        std::vector<double> sums;
        for (const auto &country : countries())
            sums.push_back(country.newsWeight + (sums.empty() ? 0 : sums.back()));
        return sums;
    }();
    return random.pickByCumulative(cumulative);
}

std::string countryKey(std::string_view code)
{
    return std::format("country:{}", code);
}

std::string regionKey(std::string_view code)
{
    return code.size() > 2 ? std::format("region:{}", code) : countryKey(code);
}

std::string topicKey(std::string_view topic)
{
    return "topic:" + slug(topic);
}

std::string instrumentKey(std::string_view symbol)
{
    return std::format("instrument:{}", symbol);
}

std::string portKey(std::string_view name)
{
    return "port:" + slug(name);
}

std::string centralBankKey(std::string_view code)
{
    return std::format("sample-central-bank:{}", code);
}

std::string centralBankName(std::string_view country)
{
    return std::format("Central bank of {} (sample)", country);
}

} // namespace chrona::sample
