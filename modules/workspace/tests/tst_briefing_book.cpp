// SPDX-License-Identifier: AGPL-3.0-or-later
#include "served_session.h"

#include "chrona/formats/briefing_json.h"
#include "chrona/workspace/briefing_book.h"
#include "chrona/workspace/briefing_notes.h"

#include <QSettings>
#include <QSignalSpy>

using namespace chrona;
using namespace chrona::workspace;
using testing::ServedSession;

namespace {

struct Claim {
    const char *key;
    const char *text;
};

/// A briefing with a headline and a section of these claims.
schema::Briefing madeBriefing(const char *day, std::initializer_list<Claim> claims)
{
    const schema::Evidence inputs{schema::EvidenceKind::Note, 2, {}, "Inputs"};
    const auto claim = [&](const char *text, const char *key) {
        return schema::Statement{text, schema::StatementBasis::Computed, {inputs}, 1, key};
    };
    schema::Briefing briefing;
    briefing.day = *parseDate(day);
    briefing.coversFrom = Instant(briefing.day);
    briefing.coversUntil = briefing.knownAt = briefing.generatedAt =
        Instant(briefing.day) + std::chrono::hours(31);
    briefing.title = std::string("Daily briefing: ") + day;
    briefing.sections = {{schema::SectionKind::Headline, "In short", {claim("In short.", "head")}},
                         {schema::SectionKind::Markets, "Markets", {}}};
    for (const Claim &one : claims)
        briefing.sections[1].blocks.emplace_back(claim(one.text, one.key));
    schema::Citation citation;
    citation.number = 1;
    citation.kind = inputs.kind;
    citation.id = inputs.id;
    citation.label = inputs.label;
    citation.redistribution = schema::Redistribution::Allowed;
    briefing.citations = {citation};
    return briefing;
}

ipc::BriefingReply stored(const schema::Briefing &briefing)
{
    return {formatDate(briefing.day), 1,  briefing.knownAt,
            briefing.knownAt,         {}, formats::writeBriefingJson(briefing)};
}

ipc::JobEntry dailyJob(ipc::JobState state, std::int64_t done)
{
    ipc::JobEntry job;
    job.id = {77};
    job.kind = "briefing.daily";
    job.state = state;
    job.progress = {"briefing.daily", done, 10};
    return job;
}

} // namespace

class TestBriefingBook : public QObject, private ServedSession {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { close(); }
    void newestDayIsOpened();
    void neighboursFollowTheDays();
    void searchNarrowsTheHistory();
    void dayWithoutBriefingIsNotFound();
    void unreadableDocumentIsAFailure();
    void emptyServiceHasNothingToOpen();
    void comparisonTellsWhatCameAndWent();
    void subjectsDecideNotPlaces();
    void makingIsFollowedToItsEnd();
    void lostJobSaysWhy();
    void notesAreKeptByTheDay();
    void notesArePrintedFirstAndCited();
    void longNoteStaysValid();

private:
    void publish(const ipc::JobEntry &job, const std::function<bool()> &until);
};

void TestBriefingBook::init()
{
    makeWorld();
    m_world->briefings = {
        stored(madeBriefing("2026-11-20", {{"move:SPY", "SPY fell."}, {"move:GLD", "Gold rose."}})),
        stored(madeBriefing("2026-11-19", {{"move:SPY", "SPY rose."}, {"move:USO", "Oil fell."}})),
        stored(madeBriefing("2026-11-18", {{"move:SPY", "SPY stood still."}}))};
}

void TestBriefingBook::publish(const ipc::JobEntry &job, const std::function<bool()> &until)
{
    // Told again until the subscription is there: what is told before it is nobody's loss.
    QTRY_VERIFY_WITH_TIMEOUT((m_world->server->publish(ipc::JobChanged{.job = job}), until()),
                             20'000);
}

void TestBriefingBook::newestDayIsOpened()
{
    start();
    const BriefingBook book(*m_session);
    QTRY_VERIFY_WITH_TIMEOUT(book.current().has_value(), 20'000);
    QCOMPARE(book.current()->day, QStringLiteral("2026-11-20"));
    QCOMPARE(book.currentState(), ListState::Ready);
    QCOMPARE(book.days().size(), std::size_t(3));
    QCOMPARE(book.current()->document, m_world->briefings[0].document);
}

void TestBriefingBook::neighboursFollowTheDays()
{
    start();
    BriefingBook book(*m_session);
    QTRY_VERIFY_WITH_TIMEOUT(book.current().has_value(), 20'000);
    QCOMPARE(book.neighbour(1), QString());
    QCOMPARE(book.neighbour(-1), QStringLiteral("2026-11-19"));
    book.open(book.neighbour(-1));
    QTRY_COMPARE_WITH_TIMEOUT(book.current()->day, QStringLiteral("2026-11-19"), 20'000);
    QCOMPARE(book.neighbour(1), QStringLiteral("2026-11-20"));
}

void TestBriefingBook::searchNarrowsTheHistory()
{
    start();
    BriefingBook book(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(book.days().size(), std::size_t(3), 20'000);
    book.setSearch(QStringLiteral("Oil fell"));
    QTRY_COMPARE_WITH_TIMEOUT(book.days().size(), std::size_t(1), 20'000);
    QCOMPARE(book.days()[0].day, std::string("2026-11-19"));
    QCOMPARE(book.current()->day, QStringLiteral("2026-11-20")); // what is read stays
}

void TestBriefingBook::dayWithoutBriefingIsNotFound()
{
    start();
    BriefingBook book(*m_session);
    QTRY_VERIFY_WITH_TIMEOUT(book.current().has_value(), 20'000);
    book.open(QStringLiteral("2020-02-29"));
    QTRY_COMPARE_WITH_TIMEOUT(book.currentState(), ListState::Failed, 20'000);
    QVERIFY(book.problem()->code == ErrorCode::NotFound);
    QVERIFY(!book.current());
    QCOMPARE(book.wantedDay(), QStringLiteral("2020-02-29"));
}

void TestBriefingBook::unreadableDocumentIsAFailure()
{
    m_world->briefings[0].document = R"({"version": 99})";
    start();
    const BriefingBook book(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(book.currentState(), ListState::Failed, 20'000);
    QVERIFY(book.problem() && book.problem()->code != ErrorCode::NotFound);
}

void TestBriefingBook::emptyServiceHasNothingToOpen()
{
    m_world->briefings.clear();
    start();
    const BriefingBook book(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(book.currentState(), ListState::Ready, 20'000);
    QVERIFY(!book.current() && book.wantedDay().isEmpty());
}

void TestBriefingBook::comparisonTellsWhatCameAndWent()
{
    start();
    BriefingBook book(*m_session);
    QTRY_VERIFY_WITH_TIMEOUT(book.current().has_value(), 20'000);
    book.compareWith(QStringLiteral("2026-11-19"));
    QTRY_VERIFY_WITH_TIMEOUT(book.changes().has_value(), 20'000);
    QCOMPARE(book.changes()->told.size(), std::size_t(2));
    QVERIFY(book.changes()->told.at("move:SPY") == BlockChange::Reworded);
    QVERIFY(book.changes()->told.at("move:GLD") == BlockChange::New);
    QCOMPARE(book.changes()->ended.size(), std::size_t(1));
    QCOMPARE(book.changes()->ended[0].key, std::string("move:USO"));
    book.open(QStringLiteral("2026-11-18"));
    QTRY_COMPARE_WITH_TIMEOUT(book.current()->day, QStringLiteral("2026-11-18"), 20'000);
    QCOMPARE(book.changes()->ended.size(), std::size_t(1)); // the comparison goes on
    book.compareWith({});
    QVERIFY(!book.changes());
}

void TestBriefingBook::subjectsDecideNotPlaces()
{
    const auto one = madeBriefing("2026-11-19", {{"a", "A."}, {"b", "B."}, {"", "Today only."}});
    const auto other = madeBriefing("2026-11-20", {{"b", "B."}, {"", "Other."}, {"a", "A."}});
    const BriefingChanges changes = changesFrom(one, other);
    QVERIFY(changes.told.empty() && changes.ended.empty());
}

void TestBriefingBook::makingIsFollowedToItsEnd()
{
    start();
    BriefingBook book(*m_session);
    QTRY_VERIFY_WITH_TIMEOUT(book.current().has_value(), 20'000);
    book.make(QStringLiteral("2026-11-17"));
    book.make(QStringLiteral("2026-11-17")); // one at a time
    QVERIFY(book.making().has_value());
    publish(dailyJob(ipc::JobState::Running, 4), [&] { return book.making()->share > 0.3; });
    QCOMPARE(m_world->runs.size(), std::size_t(1));
    QCOMPARE(m_world->runs[0].day, std::string("2026-11-17"));
    m_world->briefings.push_back(stored(madeBriefing("2026-11-17", {})));
    publish(dailyJob(ipc::JobState::Done, 10), [&] { return !book.making().has_value(); });
    QTRY_COMPARE_WITH_TIMEOUT(book.current() ? book.current()->day : QString(),
                              QStringLiteral("2026-11-17"), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(book.days().size(), std::size_t(4), 20'000);
}

void TestBriefingBook::lostJobSaysWhy()
{
    start();
    BriefingBook book(*m_session);
    QTRY_VERIFY_WITH_TIMEOUT(book.current().has_value(), 20'000);
    book.make({});
    ipc::JobEntry job = dailyJob(ipc::JobState::Dead, 0);
    job.lastError = "the disk is full";
    publish(job, [&] { return book.making() && !book.making()->problem.empty(); });
    QCOMPARE(book.making()->problem, std::string("the disk is full"));
    QVERIFY(book.current().has_value());
}

void TestBriefingBook::notesAreKeptByTheDay()
{
    const QString file = m_folder->filePath(QStringLiteral("notes.ini"));
    const QString text = QStringLiteral("First, with \"quotes\"\nand ünïcode; second line");
    {
        QSettings settings(file, QSettings::IniFormat);
        BriefingNotes notes(settings);
        QSignalSpy changed(&notes, &BriefingNotes::changed);
        notes.setText(QStringLiteral("2026-11-20"), text);
        notes.setText(QStringLiteral("2026-11-20"), text);
        QCOMPARE(changed.count(), 1);
        notes.setText(QStringLiteral("2026-11-19"), QString(30'000, QLatin1Char('x')));
    }
    QSettings settings(file, QSettings::IniFormat);
    BriefingNotes notes(settings);
    QCOMPARE(notes.text(QStringLiteral("2026-11-20")), text);
    QCOMPARE(notes.text(QStringLiteral("2026-11-19")).size(), BriefingNotes::kLengthMax);
    notes.setText(QStringLiteral("2026-11-20"), QStringLiteral("  \n"));
    QCOMPARE(notes.text(QStringLiteral("2026-11-20")), QString());
}

void TestBriefingBook::notesArePrintedFirstAndCited()
{
    const auto plain = madeBriefing("2026-11-20", {{"a", "A."}});
    QVERIFY(withNotes(plain, QStringLiteral(" \n "), "Notes") == plain);
    const auto noted = withNotes(plain, QStringLiteral("Mine.\n\n<b>Second</b>."), "Notes");
    QCOMPARE(noted.sections.size(), plain.sections.size() + 1);
    QVERIFY(noted.sections[0].kind == schema::SectionKind::Notes);
    QCOMPARE(noted.sections[0].blocks.size(), std::size_t(2));
    QVERIFY2(schema::validate(noted).empty(), "what is exported is a valid briefing");
    const auto again = formats::readBriefingJson(formats::writeBriefingJson(noted));
    QVERIFY(again && *again == noted);
}

void TestBriefingBook::longNoteStaysValid()
{
    const auto noted = withNotes(madeBriefing("2026-11-20", {{"a", "A."}}),
                                 QString(BriefingNotes::kLengthMax, QChar(0x20AC)), "Notes");
    QVERIFY(schema::validate(noted).empty());
}

QTEST_GUILESS_MAIN(TestBriefingBook)
#include "tst_briefing_book.moc"
