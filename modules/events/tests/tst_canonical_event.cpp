// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/canonical_event.h"

#include <QTest>

#include <functional>
#include <limits>

using namespace chrona;
using namespace std::chrono_literals;
using events::Standing;

class TestCanonicalEvent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draftBecomesAnEvent();
    void sameDraftGivesTheSameEvent();
    void idFollowsSourceAndReference();
    void missingReferenceIsTheAddress();
    void numbersAreHeldToTheirRange();
    void linksAndAttributesAreOrderedOnce();
    void metadataOnlyKeepsATeaser();
    void impossibleFactIsRefused_data();
    void impossibleFactIsRefused();
    void hashFollowsWhatIsSaid_data();
    void hashFollowsWhatIsSaid();
    void standingFollowsHashAndDate_data();
    void standingFollowsHashAndDate();
    void batchIsFolded();
};

namespace {

constexpr Instant kNow = Instant(1'795'248'000s); // 2026-11-21T08:00:00Z
const events::Arrival kArrival{{77}, schema::IngestMode::Full, kNow};

schema::Event draft()
{
    schema::Event event;
    event.type = schema::EventType::Earthquake;
    event.title = "M 5.1 - Somewhere";
    event.sourceRef = "us1";
    event.times.observedAt = kNow - 1h;
    event.times.publishedAt = kNow - 30min;
    event.geometry = schema::Geometry::at({10, 20});
    event.severity = 0.4F;
    return event;
}

schema::Event made(schema::Event event)
{
    auto result = events::canonicalEvent(std::move(event), kArrival);
    if (!result)
        qFatal("%s", result.error().what.c_str());
    return *result;
}

using Change = std::function<void(schema::Event &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

void TestCanonicalEvent::draftBecomesAnEvent()
{
    auto raw = draft();
    raw.title = "  M 5.1 -\nSomewhere ";
    raw.url = "HTTPS://Example.org:443/quake?utm_source=rss#top";
    const auto event = made(raw);
    QCOMPARE(event.title, std::string("M 5.1 - Somewhere"));
    QCOMPARE(event.url, std::string("https://example.org/quake"));
    QVERIFY(event.source == kArrival.source);
    QVERIFY(event.times.ingestedAt == kNow);
    QVERIFY(event.id == schema::eventIdFor(event));
    QVERIFY(event.contentHash == events::contentHashOf(event));
    QVERIFY(event.contentHash != Hash128{});
    QVERIFY(schema::validate(event).empty());
}

void TestCanonicalEvent::sameDraftGivesTheSameEvent()
{
    QVERIFY(made(draft()) == made(draft()));
    QVERIFY(made(made(draft())) == made(draft())); // doing it twice changes nothing
}

void TestCanonicalEvent::idFollowsSourceAndReference()
{
    auto revised = draft();
    revised.title = "M 5.3 - Somewhere else";
    revised.times.observedAt += 5s;
    QVERIFY(made(revised).id == made(draft()).id);
    QVERIFY(made(revised).contentHash != made(draft()).contentHash);
    auto other = draft();
    other.sourceRef = "us2";
    QVERIFY(made(other).id != made(draft()).id);
    const auto elsewhere = events::canonicalEvent(draft(), {{78}, schema::IngestMode::Full, kNow});
    QVERIFY(elsewhere.has_value());
    QVERIFY(elsewhere->id != made(draft()).id);
}

void TestCanonicalEvent::missingReferenceIsTheAddress()
{
    auto raw = draft();
    raw.sourceRef.clear();
    raw.url = "https://example.org/a?utm_medium=x";
    QCOMPARE(made(raw).sourceRef, std::string("https://example.org/a"));
    raw.url.clear();
    QVERIFY(!made(raw).id.isNull());
}

void TestCanonicalEvent::numbersAreHeldToTheirRange()
{
    auto raw = draft();
    raw.severity = 7;
    raw.confidence = -1;
    QCOMPARE(made(raw).severity, 1.0F);
    QCOMPARE(made(raw).confidence, 0.0F);
    raw.severity = raw.confidence = std::numeric_limits<float>::quiet_NaN();
    QCOMPARE(made(raw).severity, 0.0F);
    QCOMPARE(made(raw).confidence, 0.0F);
    raw.endsAt = raw.times.observedAt - 1s;
    QVERIFY(!made(raw).endsAt.has_value());
}

void TestCanonicalEvent::linksAndAttributesAreOrderedOnce()
{
    using schema::EntityRole;
    auto raw = draft();
    raw.entities = {{{9}, EntityRole::Topic, 0.2F},
                    {{3}, EntityRole::Location, 1},
                    {{9}, EntityRole::Topic, 0.9F},
                    {{}, EntityRole::Actor, 1}};
    raw.attributes = {{"magnitude", 5.1},
                      {"depth_km", 10.0},
                      {"gap", std::numeric_limits<double>::infinity()},
                      {"magnitude", 4.0}};
    const auto event = made(raw);
    QCOMPARE(event.entities.size(), 2U);
    QCOMPARE(event.entities[0].entity.value, 3);
    QCOMPARE(event.entities[1].weight, 0.9F);
    QCOMPARE(event.attributes.size(), 2U);
    QCOMPARE(event.attributes[0].key, std::string("depth_km"));
    QCOMPARE(std::get<double>(event.attributes[1].value), 5.1);
}

void TestCanonicalEvent::metadataOnlyKeepsATeaser()
{
    auto raw = draft();
    raw.summary = std::string(5000, 'x');
    QCOMPARE(made(raw).summary.size(), 5000U);
    const auto event = events::canonicalEvent(raw, {{77}, schema::IngestMode::MetadataOnly, kNow});
    QVERIFY(event.has_value());
    QVERIFY(event->summary.size() <= 280);
}

void TestCanonicalEvent::impossibleFactIsRefused_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, Change change, const char *reason) {
        QTest::newRow(name) << std::move(change) << QByteArray(reason);
    };
    row("no title", [](auto &event) { event.title = " \n"; }, "title");
    row(
        "a century ahead",
        [](auto &event) { event.times.observedAt = kNow + std::chrono::years(100); },
        "observed_at");
    row(
        "published next week", [](auto &event) { event.times.publishedAt = kNow + 7 * 24h; },
        "published_at");
    row(
        "before the year 1",
        [](auto &event) { event.times.observedAt = kNow - std::chrono::years(2100); },
        "observed_at");
    row(
        "beyond the pole", [](auto &event) { event.geometry = schema::Geometry::at({0, 91}); },
        "geometry");
    row(
        "at no number",
        [](auto &event) { event.geometry = schema::Geometry::at({std::nan(""), 0}); }, "geometry");
    row(
        "a type that is none",
        [](auto &event) { event.type = static_cast<schema::EventType>(200); }, "type");
}

void TestCanonicalEvent::impossibleFactIsRefused()
{
    QFETCH(Change, change);
    QFETCH(QByteArray, reason);
    auto raw = draft();
    change(raw);
    const auto event = events::canonicalEvent(raw, kArrival);
    QVERIFY(!event.has_value());
    QVERIFY(event.error().code == ErrorCode::InvalidInput);
    QVERIFY2(QByteArray(event.error().what.c_str()).contains(reason), event.error().what.c_str());
}

void TestCanonicalEvent::hashFollowsWhatIsSaid_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("changes");
    const auto row = [](const char *name, Change change, bool changes) {
        QTest::newRow(name) << std::move(change) << changes;
    };
    row("nothing", [](auto &) {}, false);
    row(
        "only the time stamp of the source", [](auto &event) { event.times.publishedAt = kNow; },
        false);
    row("the title", [](auto &event) { event.title += "!"; }, true);
    row("the moment", [](auto &event) { event.times.observedAt += 1ms; }, true);
    row(
        "the place", [](auto &event) { event.geometry = schema::Geometry::at({10, 20.0001}); },
        true);
    row("how grave", [](auto &event) { event.severity = 0.41F; }, true);
    row("an attribute", [](auto &event) { event.attributes = {{"tsunami", true}}; }, true);
    row(
        "a link", [](auto &event) { event.entities = {{{5}, schema::EntityRole::Topic, 1}}; },
        true);
    row(
        "that it is withdrawn", [](auto &event) { event.state = schema::EventState::Retracted; },
        true);
}

void TestCanonicalEvent::hashFollowsWhatIsSaid()
{
    QFETCH(Change, change);
    QFETCH(bool, changes);
    auto raw = draft();
    change(raw);
    QCOMPARE(made(raw).contentHash != made(draft()).contentHash, changes);
}

void TestCanonicalEvent::standingFollowsHashAndDate_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("standing");
    const auto row = [](const char *name, Change change, Standing standing) {
        QTest::newRow(name) << std::move(change) << int(standing);
    };
    row("the same again", [](auto &) {}, Standing::Unchanged);
    row(
        "the same with a newer stamp", [](auto &event) { event.times.publishedAt = kNow; },
        Standing::Unchanged);
    row(
        "something else, later",
        [](auto &event) {
            event.severity = 1;
            event.times.publishedAt = kNow;
        },
        Standing::Revision);
    row(
        "something else, undated",
        [](auto &event) {
            event.severity = 1;
            event.times.publishedAt.reset();
        },
        Standing::Revision);
    row(
        "something else, earlier",
        [](auto &event) {
            event.severity = 1;
            event.times.publishedAt = kNow - 45min;
        },
        Standing::Outdated);
    row(
        "withdrawn", [](auto &event) { event.state = schema::EventState::Retracted; },
        Standing::Retraction);
}

void TestCanonicalEvent::standingFollowsHashAndDate()
{
    QFETCH(Change, change);
    QFETCH(int, standing);
    const auto known = made(draft());
    auto raw = draft();
    change(raw);
    const auto said = made(raw);
    QCOMPARE(int(events::standingOf(said, &known)), standing);
    QVERIFY(events::standingOf(said, nullptr) == Standing::New);
}

void TestCanonicalEvent::batchIsFolded()
{
    auto revision = draft();
    revision.severity = 0.9F;
    revision.times.publishedAt = kNow;
    auto other = draft();
    other.sourceRef = "us2";
    std::vector<schema::Event> batch{made(draft()), made(draft()), made(other), made(revision),
                                     made(draft())};
    events::foldBatch(batch);
    QCOMPARE(batch.size(), 3U);
    QCOMPARE(batch[1].sourceRef, std::string("us2"));
    QCOMPARE(batch[2].severity, 0.9F); // and the old statement that came after it is left out
}

QTEST_APPLESS_MAIN(TestCanonicalEvent)
#include "tst_canonical_event.moc"
