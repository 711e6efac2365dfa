// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sound_values.h"

#include <limits>

using namespace chrona;
using namespace chrona::schema;

namespace {

Instant at(const char *text)
{
    return *parseInstant(text);
}

Date day(const char *text)
{
    return *parseDate(text);
}

Evidence evidence()
{
    return {EvidenceKind::Event, 7, at("2026-11-20"), "M 5.4 earthquake"};
}

Statement statement()
{
    return {"Oil stocks fell for the third week.", StatementBasis::Reported, {evidence()}, 0.9F};
}

} // namespace

namespace sound {

FactTimes times()
{
    return {at("2026-11-20T10:00:00Z"), at("2026-11-20T10:05:00Z"), at("2026-11-20T10:06:00Z"),
            AvailabilityBasis::Stated, Duration{0}};
}

Entity entity()
{
    Entity value;
    value.kind = EntityKind::Country;
    value.key = "country:JP";
    value.id = entityIdFor(value.key);
    value.name = "Japan";
    value.aliases = {"日本", "Nippon"};
    value.externalIds = {{"iso3166-1", "JP"}};
    value.location = GeoPoint{138, 36};
    value.attributes = {{"population", std::int64_t(124'000'000)}};
    return value;
}

Event event()
{
    Event value;
    value.type = EventType::Earthquake;
    value.title = "M 5.4, off the coast of Honshu";
    value.times = times();
    value.endsAt = at("2026-11-20T10:01:00Z");
    value.geometry = Geometry::at({142.1, 38.2});
    value.region = "JP-04";
    value.entities = {{entityIdFor("country:JP"), EntityRole::Location, 0.9F}};
    value.source = sourceIdFor("usgs-earthquakes");
    value.sourceRef = "us7000abcd";
    value.url = "https://example.org/us7000abcd";
    value.severity = 0.4F;
    value.attributes = {{"depth_km", 10.5}, {"magnitude", 5.4}, {"place", std::string("Honshu")}};
    value.id = eventIdFor(value);
    return value;
}

Source source()
{
    Source value;
    value.key = "usgs-earthquakes";
    value.id = sourceIdFor(value.key);
    value.name = "USGS Earthquakes";
    value.connector = "usgs";
    value.homepage = "https://earthquake.usgs.gov";
    value.licence = "public domain";
    value.termsUrl = "https://www.usgs.gov/information-policies-and-instructions";
    value.termsCheckedOn = "2026-11-01";
    value.redistribution = Redistribution::WithAttribution;
    value.attribution = "U.S. Geological Survey";
    value.publisherFamily = "usgs";
    value.hosts = {"earthquake.usgs.gov"};
    return value;
}

Instrument instrument()
{
    Instrument value;
    value.symbol = "SPY";
    value.id = instrumentIdFor(value.symbol);
    value.name = "S&P 500";
    value.currency = "USD";
    value.calendar = "XNYS";
    return value;
}

PriceBar bar()
{
    PriceBar value;
    value.instrument = instrumentIdFor("SPY");
    value.opensAt = at("2026-11-20T14:30:00Z");
    value.times = {at("2026-11-20T21:00:00Z"), std::nullopt, at("2026-11-20T21:15:00Z")};
    value.open = 600;
    value.high = 605;
    value.low = 598;
    value.close = 604;
    value.volume = 5e7;
    value.adjustedClose = 604;
    return value;
}

Series series()
{
    Series value;
    value.key = "fred:UNRATE";
    value.id = seriesIdFor(value.key);
    value.name = "Unemployment rate";
    value.unit = "percent";
    value.region = "US";
    value.metric = "unemployment_rate";
    return value;
}

Observation observation()
{
    return {seriesIdFor("fred:UNRATE"), times(), std::numeric_limits<double>::quiet_NaN()};
}

Place place()
{
    return {placeIdFor("geonames:1850147"),
            PlaceKind::Capital,
            "Tokyo",
            "JP-13",
            {139.7, 35.7},
            9'700'000,
            0};
}

Boundary boundary()
{
    Boundary value;
    value.set = "world";
    value.code = "JP";
    value.id = boundaryIdFor(value.set, value.code);
    value.name = "Japan";
    value.areas = {{{{130, 31}, {145, 31}, {145, 45}, {130, 31}}}};
    value.labelAt = {138, 36};
    return value;
}

Cluster cluster()
{
    Cluster value;
    value.id = {5};
    value.title = "Quake off Honshu";
    value.representative = {7};
    value.region = "JP";
    value.firstAt = at("2026-11-20T10:00:00Z");
    value.lastAt = at("2026-11-20T12:00:00Z");
    value.members = {{{7}, 1, {}}, {{8}, 0.8F, {7}}};
    value.publisherFamilies = 2;
    value.confidence = 0.8F;
    return value;
}

Relation relation()
{
    Relation value;
    value.from = entityIdFor("organization:acme");
    value.to = entityIdFor("country:JP");
    value.kind = RelationKind::LocatedIn;
    value.firstAt = at("2026-01-01");
    value.lastAt = at("2026-02-01");
    value.evidenceCount = 3;
    value.evidence = {{7}, {8}};
    return value;
}

Feature feature()
{
    Feature value;
    value.key = "events.count.earthquake.JP";
    value.id = featureIdFor(value.key);
    value.name = "Earthquakes in Japan";
    value.rule = "count(type=earthquake, region=JP)";
    value.region = "JP";
    return value;
}

FeatureValue featureValue()
{
    return {featureIdFor("events.count.earthquake.JP"), at("2026-11-19"),
            at("2026-11-20T00:10:00Z"), 3, AvailabilityBasis::Measured};
}

Signal signal()
{
    Signal value;
    value.run = {1};
    value.feature = featureIdFor("events.count.earthquake.JP");
    value.target = instrumentIdFor("SPY");
    value.window = {2, 5};
    value.effect = -0.12;
    value.id = signalIdFor(value.feature, value.target, value.effect);
    value.tStatistic = -4.2;
    value.p = 1e-5;
    value.q = 0.03;
    value.sampleSize = 2500;
    value.sampleSizeEffective = 900;
    value.familySize = 15'000;
    value.horizonsSearched = {1, 3, 5};
    value.lagsSearched = {0, 1, 2};
    value.distribution = {-0.1,
                          -0.14,
                          -0.06,
                          0.01,
                          0.9,
                          0.04,
                          {{day("2016-01-01"), day("2018-01-01"), -0.1, 400},
                           {day("2018-01-01"), day("2020-01-01"), -0.12, 420}}};
    value.stability = {0.6, 0.8, 0.5, 0.6, 0.55};
    value.regimes = {{Regime::VolatilityHigh, -0.2, 120}};
    value.controls = {{Control::History, ControlOutcome::Passed, 2500, 504},
                      {Control::WalkForward, ControlOutcome::NotRun, 0, 0}};
    value.failureModes = {{FailureMode::FewEpisodes, 22}};
    value.episodes = {{day("2026-05-01"), day("2026-05-04"), 9, 3.1, -0.02, 0.1, {{7}}},
                      {day("2025-05-01"), day("2025-05-04"), 8, 2.9, -0.01, 0.2, {}}};
    value.novelty = {2.4, 0.97, 0.04, true, true};
    value.dataUntil = at("2026-11-20T21:00:00Z");
    value.computedAt = at("2026-11-20T22:00:00Z");
    return value;
}

Watchlist watchlist()
{
    return {
        {3}, "Energy", {{instrumentIdFor("XLE"), {}, "", at("2026-11-20")}}, 1, at("2026-11-20")};
}

Exposure exposure()
{
    Exposure value;
    value.instrument = instrumentIdFor("XLE");
    value.entity = entityIdFor("country:SA");
    value.weight = 0.3;
    value.validFrom = day("2026-01-01");
    value.validUntil = day("2027-01-01");
    return value;
}

Quote quote()
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    return {"kraken", "BTC/USD", at("2026-11-20"), at("2026-11-20"), 90'000, 90'001, none,
            none,     1200};
}

Consensus consensus()
{
    Consensus value;
    value.feed = "BTC/USD";
    value.at = at("2026-11-20");
    value.price = Decimal(9'000'050, 2);
    value.confidenceBps = 2;
    value.venuesUsed = 1;
    value.venues = {{"kraken", 90'000.5, 1, 0, Duration{100}, VenueVerdict::Used},
                    {"gemini", 90'900, 0, 100, Duration{100}, VenueVerdict::Deviating}};
    return value;
}

Round round()
{
    Round value;
    value.votingEpoch = 1000;
    value.rewardEpoch = 4;
    value.beginsAt = at("2026-11-20T00:00:00Z");
    value.endsAt = at("2026-11-20T00:01:30Z");
    value.phase = RoundPhase::Final;
    value.finalizedAt = at("2026-11-20T00:02:20Z");
    value.feeds = {{"BTC/USD", Decimal(2, 0), Decimal(2, 0), Decimal(1, 0), Decimal(3, 0), 9000}};
    return value;
}

Submission submission()
{
    Submission value;
    value.votingEpoch = 1000;
    value.state = SubmissionState::Included;
    value.sender.fill(1);
    value.transaction.emplace().fill(2);
    value.deadlineAt = at("2026-11-20T00:01:30Z");
    value.sentAt = at("2026-11-20T00:01:15Z");
    value.includedAt = at("2026-11-20T00:01:17Z");
    value.blockNumber = 99;
    return value;
}

Reward reward()
{
    Reward value;
    value.beneficiary.fill(1);
    value.amount = Decimal(1234, 2);
    return value;
}

Delegation delegation()
{
    Delegation value;
    value.delegator.fill(1);
    value.provider.fill(2);
    value.shareBps = 5000;
    value.votePower = Decimal(100, 0);
    return value;
}

Briefing briefing()
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    const Table table{"Movers",
                      {{"Symbol", ColumnFormat::Text, ""}, {"Change", ColumnFormat::Percent, ""}},
                      {{{std::string("SPY"), 1.2}, {evidence()}}, {{Cell(), Cell()}, {}}}};
    const Chart chart{
        "Oil fell after the report",          ChartKind::Line,    ChartAxis::Time, "", "USD",
        {{"WTI", {1, 2, 3}, {70, none, 68}}}, {{1, 2, "report"}}, {evidence()}};
    Briefing value;
    value.day = day("2026-11-20");
    value.coversFrom = at("2026-11-19T12:00:00Z");
    value.coversUntil = value.knownAt = at("2026-11-20T12:00:00Z");
    value.title = "Friday";
    value.sections = {{SectionKind::Headline, "Overnight", {statement(), table, chart}}};
    value.sources = {sourceIdFor("usgs-earthquakes")};
    return value;
}

HourlyUpdate hourlyUpdate()
{
    return {at("2026-11-20T12:00:00Z"),
            at("2026-11-20T13:00:10Z"),
            {{ChangeKind::Escalated, statement(), 0.7F}},
            {statement()},
            false};
}

Investigation investigation()
{
    const Instant then = at("2026-11-19");
    Investigation value;
    value.id = {1};
    value.createdAt = value.updatedAt = then;
    CaseItem head, pin, hypothesis, link;
    head.id = {1};
    head.kind = CaseItemKind::Case;
    head.title = "Strait";
    pin.id = {11};
    pin.kind = CaseItemKind::Pin;
    pin.target.id = 7;
    pin.target.label = "first report";
    hypothesis.id = {21};
    hypothesis.kind = CaseItemKind::Hypothesis;
    hypothesis.title = "Freight rises";
    hypothesis.tags = {"freight", "oil"};
    link.kind = CaseItemKind::Link;
    link.from = pin.id;
    link.to = hypothesis.id;
    link.id = linkIdFor(pin.id, hypothesis.id);
    link.bearing = Bearing::For;
    value.items = {head, pin, hypothesis, link};
    for (CaseItem &item : value.items) {
        item.createdAt = item.changedAt = then;
        item.revision = 1;
        value.steps.push_back(
            {then, item.id, item.kind, StepAction::Added, 1, contentHashOf(item), summaryOf(item)});
    }
    CaseEvidence evidence;
    evidence.content = "{}";
    evidence.hash = evidenceHashOf(evidence.content);
    evidence.takenAt = then;
    value.evidence = {evidence};
    return value;
}

} // namespace sound
