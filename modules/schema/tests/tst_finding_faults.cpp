// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fault_rows.h"

#include <QTest>

using namespace chrona;
using namespace chrona::schema;
using namespace fault_rows;

class TestFindingFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void finding_data();
    void finding();
    void ledger_data();
    void ledger();
};

void TestFindingFaults::finding_data()
{
    addColumns();
    const auto signal = rowsOf(sound::signal);
    signal("an effect above 1", [](Signal &s) { s.effect = -1.5; }, "effect");
    signal("the sign turned, the id not", [](Signal &s) { s.effect = 0.12; }, "id");
    signal(
        "a median outside its quartiles", [](Signal &s) { s.distribution.median = 0.5; },
        "distribution.median");
    signal(
        "blocks that overlap",
        [](Signal &s) { s.distribution.blocks[1].begin -= std::chrono::days(1); },
        "distribution.blocks[1].begin");
    const auto withFolds = [](Signal &s) -> std::vector<FoldEffect> & {
        const Date first = s.distribution.blocks[0].begin;
        const auto on = [first](int day) { return first + std::chrono::days(day); };
        s.folds = {{on(90), on(100), on(200), {1, 5}, 0.1, 100},
                   {on(190), on(200), on(300), {2, 3}, -0.1, 100}};
        return s.folds;
    };
    signal(
        "a fold that trained on what it tried",
        [=](Signal &s) { withFolds(s)[1].trainedUntil += std::chrono::days(20); },
        "folds[1].trained_until");
    signal(
        "folds that overlap",
        [=](Signal &s) {
            withFolds(s)[1].begin -= std::chrono::days(5);
            s.folds[1].trainedUntil = s.folds[0].begin;
        },
        "folds[1].begin");
    signal(
        "a fold's effect above 1", [=](Signal &s) { withFolds(s)[0].effect = 1.5; },
        "folds[0].effect");
    signal(
        "a window that was not searched", [](Signal &s) { s.window.horizon = 10; },
        "horizons_searched");
    signal(
        "horizon 0",
        [](Signal &s) {
            s.window.horizon = 0;
            s.horizonsSearched = {0};
        },
        "window.horizon");
    signal("no control at all", [](Signal &s) { s.controls.clear(); }, "controls");
    signal("a control twice", [](Signal &s) { s.controls[1] = s.controls[0]; }, "controls[1]");
    signal(
        "more independent days than days", [](Signal &s) { s.sampleSizeEffective = 2501; },
        "sample_size_effective");
    signal(
        "episodes with the oldest first",
        [](Signal &s) { std::swap(s.episodes[0], s.episodes[1]); }, "episodes[1].begin");
    signal(
        "an episode still running",
        [](Signal &s) { s.episodes[0].forwardReturn = s.episodes[0].returnPercentile = kNan; }, "");
    signal(
        "new but not elevated", [](Signal &s) { s.novelty.elevated = false; },
        "novelty.newly_elevated");
    const auto feature = rowsOf(sound::feature);
    feature("a weekly bucket", [](Feature &f) { f.frequency = Frequency::Week; }, "frequency");
    feature("no rule", [](Feature &f) { f.rule.clear(); }, "rule");
    QTest::newRow("a value known before its bucket ended") << Check([] {
        FeatureValue value = sound::featureValue();
        value.knownAt = value.bucketAt + std::chrono::hours(23);
        return validate(value, Frequency::Day);
    }) << QByteArray("known_at");
    QTest::newRow("a bucket that begins at noon") << Check([] {
        FeatureValue value = sound::featureValue();
        value.bucketAt += std::chrono::hours(-12);
        return validate(value, Frequency::Day);
    }) << QByteArray("bucket_at");
    const auto cluster = rowsOf(sound::cluster);
    cluster(
        "a representative from elsewhere", [](Cluster &c) { c.representative = {99}; },
        "representative");
    cluster(
        "more publishers than reports", [](Cluster &c) { c.publisherFamilies = 3; },
        "publisher_families");
    cluster("merged into itself", [](Cluster &c) { c.mergedInto = c.id; }, "merged_into");
    const auto relation = rowsOf(sound::relation);
    relation("to itself", [](Relation &r) { r.to = r.from; }, "to");
    relation(
        "stated by nobody",
        [](Relation &r) {
            r.evidence.clear();
            r.evidenceCount = 0;
        },
        "evidence");
    const auto briefing = rowsOf(sound::briefing);
    briefing(
        "a claim without evidence",
        [](Briefing &b) { std::get<Statement>(b.sections[0].blocks[0]).evidence.clear(); },
        "sections[0].blocks[0].evidence");
    briefing(
        "evidence that names nothing",
        [](Briefing &b) { std::get<Statement>(b.sections[0].blocks[0]).evidence[0].id = 0; },
        "sections[0].blocks[0].evidence[0].id");
    briefing(
        "a row with a cell too few",
        [](Briefing &b) { std::get<Table>(b.sections[0].blocks[1]).rows[1].cells.pop_back(); },
        "sections[0].blocks[1].rows[1]");
    briefing(
        "a chart with more x than y",
        [](Briefing &b) { std::get<Chart>(b.sections[0].blocks[2]).series[0].x.push_back(4); },
        "sections[0].blocks[2].series[0]");
    briefing("covering no time", [](Briefing &b) { b.coversUntil = b.coversFrom; }, "covers_until");
    const auto hourly = rowsOf(sound::hourlyUpdate);
    hourly(
        "an hour that begins at half past",
        [](HourlyUpdate &u) { u.hour += std::chrono::minutes(30); }, "hour");
    hourly("an hour in which nothing changed", [](HourlyUpdate &u) { u.changes.clear(); }, "");
    const auto investigation = rowsOf(sound::investigation);
    investigation(
        "a link from nowhere", [](Investigation &i) { i.items.erase(i.items.begin() + 1); },
        "items[2]");
    investigation(
        "a link with the id of another", [](Investigation &i) { i.items[3].id = {5}; },
        "items[3].id");
    investigation(
        "an item twice", [](Investigation &i) { i.items.push_back(i.items[1]); }, "items[4].id");
    investigation(
        "no head", [](Investigation &i) { i.items.erase(i.items.begin()); }, "items");
    investigation(
        "a pin of nothing", [](Investigation &i) { i.items[1].target.id = 0; },
        "items[1].target.id");
    investigation(
        "tags out of order", [](Investigation &i) { i.items[2].tags = {"oil", "freight"}; },
        "items[2].tags");
    investigation(
        "evidence that is not what was hashed",
        [](Investigation &i) { i.evidence[0].content = "[]"; }, "evidence[0].hash");
    const auto watchlist = rowsOf(sound::watchlist);
    watchlist("watching nothing", [](Watchlist &w) { w.items[0].instrument = {}; }, "items[0]");
    const auto exposure = rowsOf(sound::exposure);
    exposure(
        "a filing that is not named", [](Exposure &e) { e.origin = ExposureOrigin::Filing; },
        "evidence");
    exposure("more than all of it", [](Exposure &e) { e.weight = -1.1; }, "weight");
}

void TestFindingFaults::finding()
{
    verifyRow();
}

void TestFindingFaults::ledger_data()
{
    addColumns();
    const auto quote = rowsOf(sound::quote);
    quote("a price of 0", [](Quote &q) { q.bid = 0; }, "bid");
    quote("no price at all", [](Quote &q) { q.bid = q.ask = q.last = kNan; }, "last");
    quote("a crossed book is kept", [](Quote &q) { q.bid = q.ask + 1; }, "");
    quote("an infinite price", [](Quote &q) { q.last = kInfinite; }, "last");
    const auto consensus = rowsOf(sound::consensus);
    consensus(
        "weight without use", [](Consensus &c) { c.venues[1].weight = 0.1; }, "venues[1].weight");
    consensus("a count that does not fit", [](Consensus &c) { c.venuesUsed = 2; }, "venues_used");
    const auto round = rowsOf(sound::round);
    round("final without a time", [](Round &r) { r.finalizedAt.reset(); }, "finalized_at");
    round(
        "a median outside the quartiles", [](Round &r) { r.feeds[0].median = Decimal(9, 0); },
        "feeds[0].median");
    const auto submission = rowsOf(sound::submission);
    submission("included in no block", [](Submission &s) { s.blockNumber = 0; }, "block_number");
    submission(
        "failed for no reason",
        [](Submission &s) {
            s.state = SubmissionState::Failed;
            s.blockNumber = 0;
            s.includedAt.reset();
        },
        "reason");
    submission(
        "sent without a transaction",
        [](Submission &s) {
            s.state = SubmissionState::Sent;
            s.blockNumber = 0;
            s.includedAt.reset();
            s.transaction.reset();
        },
        "transaction");
    const auto reward = rowsOf(sound::reward);
    reward("a negative reward", [](Reward &r) { r.amount = Decimal(-1, 0); }, "amount");
    reward("a positive penalty", [](Reward &r) { r.kind = RewardKind::Penalty; }, "amount");
    const auto delegation = rowsOf(sound::delegation);
    delegation("more than the whole", [](Delegation &d) { d.shareBps = 10'001; }, "share_bps");
    delegation("from nobody", [](Delegation &d) { d.delegator.fill(0); }, "delegator");
}

void TestFindingFaults::ledger()
{
    verifyRow();
}

QTEST_GUILESS_MAIN(TestFindingFaults)
#include "tst_finding_faults.moc"
