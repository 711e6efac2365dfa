// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/case_store.h"
#include "chrona/storage/fresh_database.h"

#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;

namespace {

const InvestigationId kCase{42};

CaseItem item(std::int64_t id, CaseItemKind kind, const char *title)
{
    CaseItem made;
    made.id = {id};
    made.kind = kind;
    made.title = title;
    return made;
}

CaseItem &in(Investigation &investigation, std::int64_t id)
{
    return *std::ranges::find(investigation.items, CaseItemId{id}, &CaseItem::id);
}

CaseItem pinOf(std::int64_t id, std::int64_t event, const char *label)
{
    CaseItem pin = item(id, CaseItemKind::Pin, "");
    pin.target.id = event;
    pin.target.label = label;
    return pin;
}

CaseItem linkOf(CaseItemId from, CaseItemId to, Bearing bearing)
{
    CaseItem link = item(linkIdFor(from, to).value, CaseItemKind::Link, "");
    link.from = from;
    link.to = to;
    link.bearing = bearing;
    return link;
}

} // namespace

class TestCaseStore : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init() { beginFresh(); }
    void everyFieldComesBack();
    void firstEditBringsTheHead();
    void staleWriteIsToldWithTheNewerState();
    void sameWriteTwiceIsOneRevision();
    void editsOfDifferentItemsMerge();
    void journalTellsWhatWasDone();
    void archivedIsNotChanged();
    void listCountsAndSearches();
    void itemKeepsItsKind();
    void mergeAddsWhatNobodyHad();
    void mergeTwiceChangesNothing();
    void newerVersionReplacesWhatItCameFrom();
    void olderVersionChangesNothing();
    void bothChangedKeepsBoth();
    void removedHereStaysRemoved();
    void withheldWordsDoNotEraseOurs();
    void withheldWordsComeHome();
    void evidenceIsKeptOnce();

private:
    CaseEdits edit(std::vector<CaseItem> items, const char *at = "2026-11-20T10:00")
    {
        const auto done = editCase(*m_connection, kCase, items, parseInstant(at).value());
        if (!done)
            qFatal("%s", done.error().what.c_str());
        return *done;
    }
    CaseMerge merge(const Investigation &from)
    {
        const auto done = mergeCase(*m_connection, from, parseInstant("2026-11-22").value());
        if (!done)
            qFatal("%s", done.error().what.c_str());
        return *done;
    }
    Investigation all() { return loadCase(*m_connection, kCase).value(); }
    CaseItem stored(std::int64_t id)
    {
        const auto investigation = all();
        const auto found = std::ranges::find(investigation.items, CaseItemId{id}, &CaseItem::id);
        return found == investigation.items.end() ? CaseItem{} : *found;
    }
    /// A head, a pin and a note.
    void begin()
    {
        edit({item(42, CaseItemKind::Case, "Strait"), pinOf(7, 700, "Storm"),
              item(9, CaseItemKind::Note, "First")});
    }
};

void TestCaseStore::everyFieldComesBack()
{
    CaseItem pin = pinOf(7, 700, "Storm");
    pin.text = "two\nlines";
    pin.tags = {"a", "b"};
    pin.target.kind = PinKind::MapView;
    pin.target.key = "topic:trade";
    pin.target.query = "oil";
    pin.target.begin = parseInstant("2026-01-01").value();
    pin.target.end = parseInstant("2026-02-01").value();
    pin.target.box = GeoBox{170, -10, -170, 20.5};
    pin.target.types = 0xf0000001;
    pin.strength = 0.25F;
    pin.confidence = 0.75F;
    pin.x = -3;
    pin.y = 8;
    pin.evidence = evidenceHashOf("x");
    pin.copyOf = {8};
    pin.withheld = true;
    const auto edits =
        edit({item(42, CaseItemKind::Case, "Strait"), pin,
              item(9, CaseItemKind::Hypothesis, "It rises"), linkOf({7}, {9}, Bearing::Against)});
    pin.revision = 1;
    pin.createdAt = pin.changedAt = parseInstant("2026-11-20T10:00").value();
    QVERIFY(stored(7) == pin);
    QVERIFY(stored(linkIdFor({7}, {9}).value).bearing == Bearing::Against);
    QVERIFY(edits.items[1] == pin);
}

void TestCaseStore::firstEditBringsTheHead()
{
    const std::vector note{item(9, CaseItemKind::Note, "alone")};
    const auto refused = editCase(*m_connection, kCase, note, Instant{});
    QVERIFY(!refused && refused.error().code == ErrorCode::NotFound);
    begin();
    QCOMPARE(all().items.size(), std::size_t(3));
    QCOMPARE(headOf(all())->title, std::string("Strait"));
}

void TestCaseStore::staleWriteIsToldWithTheNewerState()
{
    begin();
    CaseItem mine = stored(9), theirs = stored(9);
    theirs.title = "Theirs";
    QVERIFY(edit({theirs}).stale.empty());
    mine.title = "Mine";
    const auto edits = edit({mine});
    QCOMPARE(edits.stale, std::vector{CaseItemId{9}});
    QCOMPARE(edits.items.at(0).title, std::string("Theirs"));
    QCOMPARE(edits.items.at(0).revision, 2U);
    QCOMPARE(stored(9).title, std::string("Theirs"));
}

void TestCaseStore::sameWriteTwiceIsOneRevision()
{
    begin();
    CaseItem note = stored(9);
    note.text = "more";
    QCOMPARE(edit({note}).items[0].revision, 2U);
    const auto again = edit({note}); // the answer to the first was lost
    QVERIFY(again.stale.empty() && again.steps.empty());
    QCOMPARE(again.items[0].revision, 2U);
}

void TestCaseStore::editsOfDifferentItemsMerge()
{
    begin();
    CaseItem note = stored(9), pin = stored(7);
    note.text = "one window";
    pin.title = "another window";
    QVERIFY(edit({note}).stale.empty());
    QVERIFY(edit({pin}).stale.empty());
    QCOMPARE(stored(9).text, std::string("one window"));
    QCOMPARE(stored(7).title, std::string("another window"));
}

void TestCaseStore::journalTellsWhatWasDone()
{
    begin();
    CaseItem note = stored(9);
    note.removed = true;
    edit({note}, "2026-11-20T11:00");
    note = stored(9);
    note.removed = false;
    edit({note}, "2026-11-20T12:00");
    std::vector<StepAction> actions;
    for (const CaseStep &step : all().steps)
        if (step.item == CaseItemId{9})
            actions.push_back(step.action);
    QVERIFY((actions == std::vector{StepAction::Added, StepAction::Removed, StepAction::Restored}));
    QCOMPARE(all().steps.back().summary, std::string("First"));
}

void TestCaseStore::archivedIsNotChanged()
{
    begin();
    const Instant now = parseInstant("2026-11-21").value();
    QVERIFY(setCaseState(*m_connection, kCase, InvestigationState::Archived, now));
    const std::vector note{item(10, CaseItemKind::Note, "late")};
    const auto refused = editCase(*m_connection, kCase, note, now);
    QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
    QVERIFY(listCases(*m_connection, {}).value().empty());
    QCOMPARE(listCases(*m_connection, {.withArchived = true}).value().size(), std::size_t(1));
    QVERIFY(setCaseState(*m_connection, kCase, InvestigationState::Open, now));
    QVERIFY(editCase(*m_connection, kCase, note, now));
    QVERIFY(!setCaseState(*m_connection, {43}, InvestigationState::Open, now));
}

void TestCaseStore::listCountsAndSearches()
{
    begin();
    const auto listed = listCases(*m_connection, {}).value();
    QCOMPARE(listed.size(), std::size_t(1));
    QCOMPARE(listed[0].title, std::string("Strait"));
    QCOMPARE(listed[0].pins + 10 * listed[0].notes + 100 * listed[0].hypotheses, 11U);
    QCOMPARE(findCaseItems(*m_connection, {.text = "sToR"}).value().at(0).item.id, CaseItemId{7});
    QVERIFY(findCaseItems(*m_connection, {.text = "100%"}).value().empty());
    QVERIFY(listCases(*m_connection, {.text = "no such words"}).value().empty());
    CaseItem pin = stored(7);
    pin.removed = true;
    edit({pin});
    QVERIFY2(findCaseItems(*m_connection, {.text = "storm"}).value().empty(), "it is removed");
}

void TestCaseStore::itemKeepsItsKind()
{
    begin();
    CaseItem note = stored(9);
    note.kind = CaseItemKind::Hypothesis;
    const auto refused = editCase(*m_connection, kCase, std::vector{note}, Instant{});
    QVERIFY(!refused && refused.error().code == ErrorCode::InvalidInput);
    QCOMPARE(stored(9).revision, 1U);
}

void TestCaseStore::mergeAddsWhatNobodyHad()
{
    begin();
    const Investigation exported = all();
    m_connection.emplace(m_database->fresh());
    const CaseMerge merged = merge(exported);
    QCOMPARE(merged.added, 3U);
    QVERIFY(all().items == exported.items);
}

void TestCaseStore::mergeTwiceChangesNothing()
{
    begin();
    Investigation other = all();
    in(other, 9).text = "changed elsewhere";
    CaseItem mine = stored(9);
    mine.text = "changed here";
    edit({mine});
    QCOMPARE(merge(other).copies, 1U);
    const Investigation once = all();
    const CaseMerge again = merge(other);
    QCOMPARE(again.added + again.updated + again.copies, 0U);
    QVERIFY(all() == once);
}

void TestCaseStore::newerVersionReplacesWhatItCameFrom()
{
    begin();
    const Investigation old = all();
    CaseItem note = stored(9);
    note.text = "later";
    edit({note}, "2026-11-20T11:00");
    const Investigation newer = all();
    m_connection.emplace(m_database->fresh());
    merge(old);
    const CaseMerge merged = merge(newer);
    QCOMPARE(merged.updated, 1U);
    QCOMPARE(merged.copies, 0U);
    QCOMPARE(stored(9).text, std::string("later"));
}

void TestCaseStore::olderVersionChangesNothing()
{
    begin();
    const Investigation old = all();
    CaseItem note = stored(9);
    note.text = "later";
    edit({note}, "2026-11-20T11:00");
    QCOMPARE(merge(old).kept, 3U);
    QCOMPARE(stored(9).text, std::string("later"));
}

void TestCaseStore::bothChangedKeepsBoth()
{
    begin();
    Investigation other = all();
    in(other, 42).title = "Their title";
    in(other, 9).text = "theirs";
    CaseItem head = stored(42), note = stored(9);
    head.title = "Our title";
    note.text = "ours";
    edit({head, note});
    QCOMPARE(merge(other).copies, 2U);
    QCOMPARE(stored(9).text, std::string("ours"));
    const Investigation merged = all();
    QCOMPARE(headOf(merged)->title, std::string("Our title"));
    const auto copy = [&](std::int64_t of) {
        return std::ranges::find(merged.items, CaseItemId{of}, &CaseItem::copyOf);
    };
    QCOMPARE(copy(9)->text, std::string("theirs"));
    QCOMPARE(copy(42)->title, std::string("Their title"));
    QVERIFY2(copy(42)->kind == CaseItemKind::Note, "there is one head");
    QVERIFY(validate(merged).empty());
}

void TestCaseStore::removedHereStaysRemoved()
{
    begin();
    const Investigation old = all();
    CaseItem note = stored(9);
    note.removed = true;
    edit({note}, "2026-11-20T11:00");
    merge(old);
    QVERIFY(stored(9).removed);
}

void TestCaseStore::withheldWordsDoNotEraseOurs()
{
    begin();
    CaseItem pin = stored(7);
    pin.title = "a caption";
    Investigation file = all();
    // As a file carries it: the hash of what it says is in its journal, the words are not.
    CaseItem &carried = in(file, 7);
    file.steps.push_back({parseInstant("2026-11-20T11:00").value(),
                          {7},
                          CaseItemKind::Pin,
                          StepAction::Changed,
                          2,
                          contentHashOf(pin),
                          {}});
    carried.title = pin.title;
    carried.target.label.clear();
    carried.withheld = true;
    QCOMPARE(merge(file).updated, 1U);
    QCOMPARE(stored(7).title, std::string("a caption"));
    QCOMPARE(stored(7).target.label, std::string("Storm"));
    QVERIFY(!stored(7).withheld);
    QCOMPARE(merge(file).updated, 0U);
}

void TestCaseStore::withheldWordsComeHome()
{
    begin();
    const Investigation home = all();
    Investigation file = home;
    CaseItem &carried = in(file, 7);
    carried.target.label.clear();
    carried.withheld = true;
    m_connection.emplace(m_database->fresh());
    merge(file);
    QVERIFY(stored(7).withheld);
    QCOMPARE(merge(home).updated, 1U);
    QCOMPARE(stored(7).target.label, std::string("Storm"));
}

void TestCaseStore::evidenceIsKeptOnce()
{
    begin();
    CaseEvidence evidence;
    evidence.hash = evidenceHashOf("{}");
    QVERIFY(storeCaseEvidence(*m_connection, kCase, {&evidence, 1}));
    evidence.content = "{}";
    evidence.redistribution = Redistribution::Allowed;
    QVERIFY2(storeCaseEvidence(*m_connection, kCase, {&evidence, 1}), "it was withheld before");
    evidence.content.clear();
    QVERIFY(storeCaseEvidence(*m_connection, kCase, {&evidence, 1}));
    const auto kept = all().evidence;
    QCOMPARE(kept.size(), std::size_t(1));
    QCOMPARE(kept[0].content, std::string("{}"));
    QVERIFY(kept[0].redistribution == Redistribution::Allowed);
}

QTEST_GUILESS_MAIN(TestCaseStore)
#include "tst_case_store.moc"
