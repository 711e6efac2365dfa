// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case_brief.h"

#include "chrona/briefing/daily.h"
#include "chrona/formats/briefing_json.h"
#include "chrona/schema/entity.h"

#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::service;
using schema::CaseItem;
using schema::CaseItemKind;
using schema::PinKind;

/// What of a day bears on what a person has pinned, and how it is told.
class TestCaseBrief : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eventsBearByWhatTheyName_data();
    void eventsBearByWhatTheyName();
    void boxAcrossTheDateLine();
    void pinnedSearchesAreFollowed_data();
    void pinnedSearchesAreFollowed();
    void whatCannotBeFollowedIsSaid();
    void removedPinsBearNothing();
    void pinnedTargetStaysAlone();
    void reachedTargetsStay();
    void signalsFollowTheirTargets();
    void ownWordsComeFirst();
    void noPinsMakeAShortBriefing();
};

namespace {

const Date kCaseDay = std::chrono::sys_days(std::chrono::year(2018) / 6 / 5);
const Instant kNoon = Instant(kCaseDay) + std::chrono::hours(12);

CaseItem itemOf(CaseItemKind kind, std::int64_t id)
{
    CaseItem item;
    item.kind = kind;
    item.id = {id};
    return item;
}

CaseItem pinOf(PinKind kind, const std::string &key, std::int64_t id = 0)
{
    static std::int64_t next = 100;
    CaseItem item = itemOf(CaseItemKind::Pin, ++next);
    item.target.kind = kind;
    item.target.key = key;
    item.target.id = id;
    return item;
}

schema::Investigation caseOf(std::vector<CaseItem> items)
{
    schema::Investigation investigation;
    investigation.id = {7};
    CaseItem head = itemOf(CaseItemKind::Case, 7);
    head.title = "Strait";
    head.text = "Who closes it?";
    investigation.items = {head};
    for (CaseItem &item : items)
        investigation.items.push_back(std::move(item));
    return investigation;
}

schema::Event eventOf(std::int64_t id, const std::string &region, const std::string &entity = {},
                      std::optional<schema::GeoPoint> place = {})
{
    schema::Event event;
    event.id = {id};
    event.type = schema::EventType::Earthquake;
    event.title = "Event " + std::to_string(id);
    event.times = {kNoon, kNoon, kNoon, schema::AvailabilityBasis::Measured, Duration{0}};
    event.region = region;
    event.severity = event.confidence = 0.9F;
    event.revision = 1;
    if (!entity.empty())
        event.entities = {{schema::entityIdFor(entity), schema::EntityRole::Subject, 1}};
    if (place)
        event.geometry = schema::Geometry::at(*place);
    return event;
}

briefing::TargetSeries targetOf(std::int64_t id, const std::string &symbol,
                                std::vector<std::string> nodes)
{
    briefing::TargetSeries target;
    target.evidence.kind = schema::EvidenceKind::Instrument;
    target.evidence.id = id;
    target.symbol = target.name = symbol;
    target.nodes = std::move(nodes);
    return target;
}

BriefMaterial materialOf(std::vector<schema::Event> events,
                         std::vector<briefing::TargetSeries> targets = {})
{
    BriefMaterial material;
    material.exposures = briefing::ExposureGraph::withDefaults({}).value();
    material.events = std::move(events);
    material.targets = std::move(targets);
    return material;
}

std::vector<std::int64_t> idsOf(const BriefMaterial &material)
{
    std::vector<std::int64_t> ids;
    for (const schema::Event &event : material.events)
        ids.push_back(event.id.value);
    return ids;
}

std::vector<std::string> symbolsOf(const BriefMaterial &material)
{
    std::vector<std::string> symbols;
    for (const briefing::TargetSeries &target : material.targets)
        symbols.push_back(target.symbol);
    return symbols;
}

CaseItem viewOf(schema::GeoBox box)
{
    CaseItem view = pinOf(PinKind::MapView, {});
    view.target.box = box;
    return view;
}

} // namespace

void TestCaseBrief::eventsBearByWhatTheyName_data()
{
    QTest::addColumn<CaseItem>("pin");
    QTest::addColumn<std::int64_t>("kept");
    QTest::newRow("the event itself") << pinOf(PinKind::Event, {}, 1) << std::int64_t{1};
    QTest::newRow("a region holds its parts") << pinOf(PinKind::Region, "US") << std::int64_t{2};
    QTest::newRow("an entity by key")
        << pinOf(PinKind::Entity, "commodity:copper") << std::int64_t{3};
    QTest::newRow("an entity by id")
        << pinOf(PinKind::Entity, {}, schema::entityIdFor("commodity:copper").value)
        << std::int64_t{3};
    QTest::newRow("a topic") << pinOf(PinKind::Topic, "topic:shipping") << std::int64_t{4};
    QTest::newRow("a map view") << viewOf({100, -10, 110, 10}) << std::int64_t{5};
}

void TestCaseBrief::eventsBearByWhatTheyName()
{
    QFETCH(CaseItem, pin);
    QFETCH(std::int64_t, kept);
    BriefMaterial material = materialOf(
        {eventOf(1, "FR"), eventOf(2, "US-TX"), eventOf(3, "CL", "commodity:copper"),
         eventOf(4, "PA", "topic:shipping"), eventOf(5, "ID", {}, {{105, 0}}), eventOf(6, "USX")});
    keepWhatBearsOn(caseOf({pin}), material);
    QVERIFY(idsOf(material) == std::vector{kept});
}

void TestCaseBrief::boxAcrossTheDateLine()
{
    BriefMaterial material =
        materialOf({eventOf(1, "FJ", {}, {{179, -17}}), eventOf(2, "WS", {}, {{-172, -13}}),
                    eventOf(3, "AU", {}, {{150, -17}}), eventOf(4, "NZ")});
    keepWhatBearsOn(caseOf({viewOf({170, -25, -165, -5})}), material);
    QVERIFY((idsOf(material) == std::vector<std::int64_t>{1, 2}));
}

void TestCaseBrief::pinnedSearchesAreFollowed_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QList<qint64>>("kept");
    QTest::newRow("a word, in any case") << "STRAIT" << QList<qint64>{1, 2};
    QTest::newRow("letters beyond ASCII") << "ÉTROIT" << QList<qint64>{3};
    QTest::newRow("all words must be there") << "strait closed" << QList<qint64>{1};
    QTest::newRow("a phrase") << "\"closed again\"" << QList<qint64>{};
    QTest::newRow("a region and its parts") << "region:US" << QList<qint64>{2};
    QTest::newRow("a region taken away") << "strait -region:US" << QList<qint64>{1};
    QTest::newRow("a source by its key") << "source:wire" << QList<qint64>{1};
    QTest::newRow("a source taken away") << "-source:wire strait" << QList<qint64>{2};
    QTest::newRow("a severity") << "severity>=95" << QList<qint64>{3};
    QTest::newRow("nothing is typed: its types alone") << "" << QList<qint64>{1, 2, 3};
}

void TestCaseBrief::pinnedSearchesAreFollowed()
{
    QFETCH(QString, query);
    QFETCH(QList<qint64>, kept);
    schema::Source wire;
    wire.id = {5};
    wire.key = "wire";
    std::vector<schema::Event> events{eventOf(1, "JP"), eventOf(2, "US-TX"), eventOf(3, "FR")};
    events[0].title = "Strait closed";
    events[0].source = wire.id;
    events[1].title = "A strait opens";
    events[2].title = "Un passage étroit";
    events[2].severity = 0.97F;
    BriefMaterial material = materialOf(events);
    material.sources = {wire};
    CaseItem pin = pinOf(PinKind::Search, {});
    pin.target.query = query.toStdString();
    keepWhatBearsOn(caseOf({pin}), material);
    const std::vector<std::int64_t> expected(kept.begin(), kept.end());
    QCOMPARE(idsOf(material), expected);
    QVERIFY(material.notices.empty());
}

void TestCaseBrief::whatCannotBeFollowedIsSaid()
{
    BriefMaterial material = materialOf({eventOf(1, "JP")});
    CaseItem pin = pinOf(PinKind::Search, {});
    pin.target.query = "severity>=lots event";
    keepWhatBearsOn(caseOf({pin}), material);
    QCOMPARE(material.notices.size(), std::size_t(1));
    QVERIFY(material.notices[0].contains("severity>=lots"));
}

void TestCaseBrief::removedPinsBearNothing()
{
    CaseItem pin = pinOf(PinKind::Event, {}, 1);
    pin.removed = true;
    BriefMaterial material = materialOf({eventOf(1, "FR")}, {targetOf(1, "SPY", {"class:broad"})});
    keepWhatBearsOn(caseOf({pin}), material);
    QVERIFY(material.events.empty());
    QVERIFY(material.targets.empty());
}

void TestCaseBrief::pinnedTargetStaysAlone()
{
    BriefMaterial material = materialOf(
        {}, {targetOf(1, "GLD", {"commodity:gold"}), targetOf(2, "USO", {"commodity:crude_oil"})});
    keepWhatBearsOn(caseOf({pinOf(PinKind::Entity, "instrument:USO")}), material);
    QVERIFY(symbolsOf(material) == std::vector<std::string>{"USO"});
}

void TestCaseBrief::reachedTargetsStay()
{
    BriefMaterial material = materialOf(
        {}, {targetOf(1, "GLD", {"commodity:gold"}), targetOf(2, "USO", {"commodity:crude_oil"})});
    keepWhatBearsOn(caseOf({pinOf(PinKind::Entity, "commodity:crude_oil")}), material);
    QVERIFY(std::ranges::contains(symbolsOf(material), "USO"));
}

void TestCaseBrief::signalsFollowTheirTargets()
{
    BriefMaterial material = materialOf(
        {}, {targetOf(1, "GLD", {"commodity:gold"}), targetOf(2, "USO", {"commodity:crude_oil"})});
    for (const std::int64_t target : {1, 2}) {
        schema::Signal signal;
        signal.id = {target * 10};
        signal.target = {target};
        material.signals.push_back(signal);
    }
    keepWhatBearsOn(caseOf({pinOf(PinKind::Entity, "instrument:USO")}), material);
    QCOMPARE(material.signals.size(), std::size_t{1});
    QCOMPARE(material.signals[0].target.value, std::int64_t{2});
}

void TestCaseBrief::ownWordsComeFirst()
{
    CaseItem pin = pinOf(PinKind::Event, {}, 1);
    CaseItem claim = itemOf(CaseItemKind::Hypothesis, 8);
    claim.title = "Freight rises";
    claim.confidence = 0.7F;
    CaseItem link = itemOf(CaseItemKind::Link, 9);
    link.from = pin.id;
    link.to = claim.id;
    link.bearing = schema::Bearing::For;
    CaseItem note = itemOf(CaseItemKind::Note, 10);
    note.text = "Seen <b>before</b>";
    const schema::Investigation investigation =
        caseOf({pin, claim, link, note, pinOf(PinKind::Topic, "topic:shipping")});
    const briefing::Subject subject = subjectOf(investigation);
    QCOMPARE(subject.claims.size(), std::size_t{2});
    QVERIFY(subject.claims[0].events == std::vector{schema::EventId{1}});

    BriefMaterial material = materialOf({eventOf(1, "FR")});
    keepWhatBearsOn(investigation, material);
    briefing::BriefingInputs inputs =
        material.inputsFor({kCaseDay, kNoon + std::chrono::hours(20)});
    inputs.subject = &subject;
    const auto briefing = briefing::dailyBriefing(inputs);
    QVERIFY2(briefing, briefing ? "" : briefing.error().what.c_str());
    QVERIFY(briefing->title.starts_with("Strait: "));
    const schema::Section &words = briefing->sections.at(1);
    QVERIFY(words.kind == schema::SectionKind::Notes);
    const auto said = [&words](std::size_t at) {
        return std::get<schema::Statement>(words.blocks.at(at));
    };
    QCOMPARE(said(0).text, std::string("Who closes it?"));
    QCOMPARE(said(1).text,
             std::string("Hypothesis: Freight rises (held at 70 %; 1 for it, 0 against)."));
    QVERIFY(said(1).basis == schema::StatementBasis::Conjecture);
    QVERIFY(said(1).evidence.at(0).kind == schema::EvidenceKind::Event);
    QCOMPARE(said(1).evidence.at(0).id, std::int64_t{1});
    QVERIFY(formats::writeBriefingJson(*briefing).contains("What reached what is pinned"));
}

void TestCaseBrief::noPinsMakeAShortBriefing()
{
    const schema::Investigation investigation = caseOf({});
    BriefMaterial material = materialOf({eventOf(1, "FR")}, {targetOf(1, "SPY", {"class:broad"})});
    keepWhatBearsOn(investigation, material);
    const briefing::Subject subject = subjectOf(investigation);
    briefing::BriefingInputs inputs =
        material.inputsFor({kCaseDay, kNoon + std::chrono::hours(20)});
    inputs.subject = &subject;
    const auto briefing = briefing::dailyBriefing(inputs);
    QVERIFY2(briefing, briefing ? "" : briefing.error().what.c_str());
    QVERIFY(!formats::writeBriefingJson(*briefing).contains("Event 1"));
}

QTEST_APPLESS_MAIN(TestCaseBrief)
#include "tst_case_brief.moc"
