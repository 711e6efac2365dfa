// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;
using chrona::schema::CaseItem;
using chrona::schema::CaseItemKind;
using chrona::workspace::Investigation;
using chrona::workspace::Investigations;
using chrona::workspace::Session;

namespace {

constexpr int kLongMs = 60'000;

/// A client as a window is one: a session and what it has open.
struct Window {
    explicit Window(const QString &dataFolder)
        : session(options(dataFolder)), book(session, nullptr)
    {
        session.open();
    }
    static workspace::SessionOptions options(const QString &dataFolder)
    {
        workspace::SessionOptions made;
        made.dataFolder = dataFolder.toStdString();
        return made;
    }
    [[nodiscard]] std::string textOf(schema::CaseItemId id) const
    {
        const CaseItem *item = book.current()->find(id);
        return item ? item->text : std::string();
    }
    void write(schema::CaseItemId id, const char *text)
    {
        CaseItem item = *book.current()->find(id);
        item.text = text;
        book.current()->change(u"Write"_s, {item});
    }

    Session session;
    Investigations book;
};

} // namespace

/// Investigations through real processes: the shell, two windows on one, and files.
class TestInvestigations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void shellGathersAndTells();
    void fileGoesElsewhereAndComesBack();
    void whatHasNoTermsIsWithheld();
    void twoAreCompared();
    void fileIsReadWithoutAService();
    void wordsAreFoundAlike();
    void archivedOneRests();
    void twoWindowsMergeByItem();
    void lateEditIsNotLost();
    void undoTakesBackOwnWorkOnly();
    void editsWaitForTheService();
    void refusals_data();
    void refusals();

private:
    [[nodiscard]] Ran run(const QStringList &words) { return runOn(m_programs, words); }
    [[nodiscard]] static Ran runOn(const Programs &programs, QStringList words)
    {
        words.prepend(u"investigation"_s);
        const Ran ran = programs.chronactl(words, std::chrono::seconds(120));
        if (ran.code != 0)
            qWarning("%s", qPrintable(ran.err));
        return ran;
    }
    [[nodiscard]] static QJsonObject objectOf(const Ran &ran)
    {
        return QJsonDocument::fromJson(ran.out.toUtf8()).object();
    }
    [[nodiscard]] QString firstEvent()
    {
        const Ran ran = m_programs.chronactl({u"events"_s, u"--limit"_s, u"1"_s});
        return QJsonDocument::fromJson(ran.out.toUtf8()).object()[u"id"_s].toString();
    }
    /// Two windows on one investigation that holds one note.
    struct Pair {
        std::unique_ptr<Window> first, second;
        schema::CaseItemId note;
    };
    void openPair(Pair &pair, const QString &title);

    Programs m_programs;
};

void TestInvestigations::initTestCase()
{
    QVERIFY(m_programs.startService());
    QCOMPARE(
        m_programs.chronactl({u"demo"_s, u"load"_s, u"--events"_s, u"2000"_s, u"--years"_s, u"1"_s})
            .code,
        0);
}

void TestInvestigations::openPair(Pair &pair, const QString &title)
{
    pair.first = std::make_unique<Window>(m_programs.dataFolder());
    pair.second = std::make_unique<Window>(m_programs.dataFolder());
    for (Window *window : {pair.first.get(), pair.second.get()})
        QTRY_COMPARE_WITH_TIMEOUT(window->session.state(), Session::State::Ready, kLongMs);
    Investigation *made = pair.first->book.create(title);
    CaseItem note = workspace::newCaseItem(CaseItemKind::Note);
    note.text = "begin";
    pair.note = note.id;
    made->change(u"Note"_s, {note});
    QTRY_COMPARE_WITH_TIMEOUT(made->unsaved(), std::size_t(0), kLongMs);
    Investigation *seen = pair.second->book.show(made->id());
    QTRY_VERIFY_WITH_TIMEOUT(seen->find(note.id), kLongMs);
    QCOMPARE(seen->title(), title);
}

void TestInvestigations::shellGathersAndTells()
{
    const QString event = firstEvent();
    QVERIFY(!event.isEmpty());
    QCOMPARE(
        run({u"new"_s, u"Strait"_s, u"--question"_s, u"Who closes it?"_s, u"--tag"_s, u"oil"_s})
            .code,
        0);
    const QJsonObject pin =
        objectOf(run({u"pin"_s, u"Strait"_s, u"event:"_s + event, u"--json"_s}));
    QCOMPARE(pin[u"target"_s].toString(), u"event:"_s + event);
    QVERIFY2(pin[u"evidence"_s].isString(), "what was pinned is kept as it was");
    const QString id = pin[u"id"_s].toString();
    QCOMPARE(run({u"note"_s, u"Strait"_s, u"Freight rises"_s, u"--hypothesis"_s, u"--for"_s, id,
                  u"--confidence"_s, u"0.7"_s})
                 .code,
             0);
    QCOMPARE(run({u"pin"_s, u"Strait"_s, u"window:2026-01-01/2026-02-01"_s}).code, 0);
    const QJsonObject shown = objectOf(run({u"show"_s, u"Strait"_s, u"--json"_s}));
    QCOMPARE(shown[u"question"_s].toString(), u"Who closes it?"_s);
    QCOMPARE(shown[u"items"_s].toArray().size(), 4);
    QVERIFY(shown[u"journal"_s].toArray().size() >= 5);
    QVERIFY(shown[u"evidence"_s].toArray()[0].toObject()[u"synthetic"_s].toBool());
    QVERIFY(run({u"list"_s, u"--text"_s, u"FREIGHT"_s}).out.contains(u"Strait"_s));
    QVERIFY(!run({u"list"_s, u"--text"_s, u"no such words"_s}).out.contains(u"Strait"_s));
    QCOMPARE(run({u"remove"_s, u"Strait"_s, id}).code, 0);
    QVERIFY(!run({u"show"_s, u"Strait"_s}).out.contains(u"event:"_s + event));
    QCOMPARE(objectOf(run({u"snapshot"_s, u"Strait"_s, u"--json"_s}))[u"changed"_s].toInt(), 0);
    const QString told = run({u"brief"_s, u"Strait"_s, u"--json"_s}).out;
    QVERIFY2(told.contains(u"Strait: "_s) && told.contains(u"Hypothesis: Freight rises"_s),
             qPrintable(told));
    QVERIFY(told.contains(u"\"synthetic\":true"_s));
}

void TestInvestigations::fileGoesElsewhereAndComesBack()
{
    QCOMPARE(run({u"new"_s, u"Travels"_s}).code, 0);
    QCOMPARE(run({u"pin"_s, u"Travels"_s, u"event:"_s + firstEvent()}).code, 0);
    QCOMPARE(run({u"note"_s, u"Travels"_s, u"from here"_s}).code, 0);
    const QString there = m_programs.dataFolder() + u"/there.chrona"_s;
    const QString back = m_programs.dataFolder() + u"/back.chrona"_s;
    QCOMPARE(run({u"export"_s, u"Travels"_s, there}).code, 0);
    Programs elsewhere;
    QVERIFY(elsewhere.startService());
    const QJsonObject first = objectOf(runOn(elsewhere, {u"import"_s, there, u"--json"_s}));
    QCOMPARE(first[u"added"_s].toInt(), 3);
    const QJsonObject again = objectOf(runOn(elsewhere, {u"import"_s, there, u"--json"_s}));
    QCOMPARE(again[u"added"_s].toInt() + again[u"updated"_s].toInt() + again[u"copies"_s].toInt(),
             0);
    QCOMPARE(runOn(elsewhere, {u"note"_s, u"Travels"_s, u"from there"_s}).code, 0);
    QCOMPARE(runOn(elsewhere, {u"export"_s, u"Travels"_s, back}).code, 0);
    const QJsonObject home = objectOf(run({u"import"_s, back, u"--json"_s}));
    QCOMPARE(home[u"added"_s].toInt(), 1);
    QCOMPARE(home[u"kept"_s].toInt(), 3);
    const QString shown = run({u"show"_s, u"Travels"_s}).out;
    QVERIFY(shown.contains(u"from here"_s) && shown.contains(u"from there"_s));
}

/// Imported events have an own source whose terms nobody gave.
void TestInvestigations::whatHasNoTermsIsWithheld()
{
    const QString own = m_programs.file(
        u"own.csv"_s, "type,title,observed_at,source_ref\nnews,Secret meeting,2026-11-01,m1\n");
    QCOMPARE(m_programs.chronactl({u"import"_s, u"--kind"_s, u"events"_s, own}).code, 0);
    const Ran found = m_programs.chronactl({u"events"_s, u"--text"_s, u"Secret meeting"_s});
    const QString id = QJsonDocument::fromJson(found.out.toUtf8()).object()[u"id"_s].toString();
    QCOMPARE(run({u"new"_s, u"Quiet"_s}).code, 0);
    QCOMPARE(run({u"pin"_s, u"Quiet"_s, u"event:"_s + id}).code, 0);
    const QString path = m_programs.dataFolder() + u"/quiet.chrona"_s;
    const Ran exported = run({u"export"_s, u"Quiet"_s, path, u"--json"_s});
    QCOMPARE(objectOf(exported)[u"withheld"_s].toArray().size(), 1);
    QVERIFY2(exported.err.contains(u"withheld"_s), "that something is missing is said");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("Secret meeting"));
    // Coming home, it takes nothing away.
    QCOMPARE(objectOf(run({u"import"_s, path, u"--json"_s}))[u"kept"_s].toInt(), 2);
    QVERIFY(run({u"show"_s, u"Quiet"_s}).out.contains(u"Secret meeting"_s));
}

void TestInvestigations::twoAreCompared()
{
    for (const QString &title : {u"Left"_s, u"Right"_s})
        QCOMPARE(run({u"new"_s, title}).code, 0);
    for (const QString &place : {u"region:JP"_s, u"region:US-TX"_s})
        QCOMPARE(run({u"pin"_s, u"Left"_s, place}).code, 0);
    for (const QString &place : {u"region:JP"_s, u"topic:energy"_s})
        QCOMPARE(run({u"pin"_s, u"Right"_s, place}).code, 0);
    const auto labels = [](const QJsonObject &told, const QString &part) {
        QStringList all;
        for (const QJsonValue &one : told[part].toArray())
            all += one[u"kind"_s].toString() + u' ' + one[u"label"_s].toString();
        return all;
    };
    const QJsonObject told = objectOf(run({u"compare"_s, u"Left"_s, u"Right"_s, u"--json"_s}));
    QCOMPARE(labels(told, u"both"_s), QStringList{u"region JP"_s});
    QCOMPARE(labels(told, u"only_first"_s), QStringList{u"region US-TX"_s});
    QCOMPARE(labels(told, u"only_second"_s).size(), 1);
    QVERIFY(labels(told, u"only_second"_s).front().startsWith(u"topic "_s));
    QVERIFY(labels(told, u"kept_otherwise"_s).isEmpty());
    const Ran table = run({u"compare"_s, u"Right"_s, u"Left"_s});
    QVERIFY2(table.out.contains(QRegularExpression(u"only_second +region +US-TX"_s)),
             qPrintable(table.out));
    const Ran unknown = run({u"compare"_s, u"Left"_s, u"Nobody's"_s});
    QVERIFY(unknown.code != 0 && unknown.err.contains(u"Nobody's"_s));
}

void TestInvestigations::fileIsReadWithoutAService()
{
    QCOMPARE(run({u"new"_s, u"Carried"_s, u"--question"_s, u"Where to?"_s}).code, 0);
    QCOMPARE(run({u"note"_s, u"Carried"_s, u"Über die Straße"_s}).code, 0);
    const QString file = m_programs.file(u"carried.chrona"_s, {});
    QVERIFY(QFile::remove(file));
    QCOMPARE(run({u"export"_s, u"Carried"_s, file}).code, 0);
    // In a folder of its own no service runs, and reading starts none.
    const QTemporaryDir elsewhere;
    const Programs nobody(elsewhere.path());
    const Ran told = runOn(nobody, {u"read"_s, file});
    QCOMPARE(told.code, 0);
    QVERIFY2(told.out.contains(u"Where to?"_s) && told.out.contains(u"Über die Straße"_s),
             qPrintable(told.out));
    QVERIFY(!QFileInfo::exists(nobody.dataFolder()));
    const QString broken = m_programs.file(u"broken.chrona"_s, "SQLite format 3\0 and rubbish");
    const Ran refused = runOn(nobody, {u"read"_s, broken});
    QVERIFY(refused.code != 0 && refused.err.contains(u"no investigation"_s));
}

/// No language model is set up here: the vectors are the service's own, and the answer says so.
void TestInvestigations::wordsAreFoundAlike()
{
    QCOMPARE(run({u"new"_s, u"Weather"_s}).code, 0);
    QCOMPARE(run({u"note"_s, u"Weather"_s, u"Refineries close before landfall"_s}).code, 0);
    const Ran told = run({u"list"_s, u"--text"_s, u"landfall"_s, u"--alike"_s});
    QCOMPARE(told.code, 0);
    QVERIFY2(told.out.contains(u"alike by built-in"_s) &&
                 told.out.contains(u"Refineries close before landfall"_s),
             qPrintable(told.out));
    QVERIFY(!told.out.contains(u"Carried"_s));
}

void TestInvestigations::archivedOneRests()
{
    QCOMPARE(run({u"new"_s, u"Done"_s}).code, 0);
    QCOMPARE(run({u"archive"_s, u"Done"_s}).code, 0);
    QVERIFY(!run({u"list"_s}).out.contains(u"Done"_s));
    QVERIFY(run({u"list"_s, u"--archived"_s}).out.contains(u"Done"_s));
    QCOMPARE(run({u"note"_s, u"Done"_s, u"late"_s}).code, 4);
    QCOMPARE(run({u"reopen"_s, u"Done"_s}).code, 0);
    QCOMPARE(run({u"note"_s, u"Done"_s, u"in time"_s}).code, 0);
}

void TestInvestigations::twoWindowsMergeByItem()
{
    Pair pair;
    openPair(pair, u"Two windows"_s);
    if (QTest::currentTestFailed())
        return;
    CaseItem pin = workspace::newCaseItem(CaseItemKind::Pin);
    pin.target.kind = schema::PinKind::Region;
    pin.target.key = pin.target.label = "US-TX";
    pair.first->write(pair.note, "from the first");
    pair.second->book.current()->change(u"Pin"_s, {pin});
    QTRY_COMPARE_WITH_TIMEOUT(pair.second->textOf(pair.note), std::string("from the first"),
                              kLongMs);
    QTRY_VERIFY_WITH_TIMEOUT(pair.first->book.current()->find(pin.id), kLongMs);
    for (Window *window : {pair.first.get(), pair.second.get()}) {
        QVERIFY(window->book.current()->conflicts().empty());
        QTRY_COMPARE_WITH_TIMEOUT(window->book.current()->unsaved(), std::size_t(0), kLongMs);
    }
    QTRY_COMPARE_WITH_TIMEOUT(pair.first->book.current()->steps().size(), std::size_t(4), kLongMs);
}

void TestInvestigations::lateEditIsNotLost()
{
    Pair pair;
    openPair(pair, u"Late"_s);
    if (QTest::currentTestFailed())
        return;
    // In one turn of the loop: neither can have heard of the other.
    pair.first->write(pair.note, "first");
    pair.second->write(pair.note, "second");
    Investigation &first = *pair.first->book.current();
    Investigation &second = *pair.second->book.current();
    QTRY_COMPARE_WITH_TIMEOUT(first.conflicts().size() + second.conflicts().size(), std::size_t(1),
                              kLongMs);
    Window &late = first.conflicts().empty() ? *pair.second : *pair.first;
    Window &early = first.conflicts().empty() ? *pair.first : *pair.second;
    const std::string ours = late.book.current()->conflicts().at(pair.note.value).text;
    QVERIFY(ours != late.textOf(pair.note));
    QTRY_COMPARE_WITH_TIMEOUT(early.textOf(pair.note), late.textOf(pair.note), kLongMs);
    late.book.current()->resolve(pair.note, Investigation::Resolution::KeepOurs, u"Keep"_s);
    QTRY_COMPARE_WITH_TIMEOUT(early.textOf(pair.note), ours, kLongMs);
    QVERIFY(late.book.current()->conflicts().empty());
}

void TestInvestigations::undoTakesBackOwnWorkOnly()
{
    Pair pair;
    openPair(pair, u"Undo"_s);
    if (QTest::currentTestFailed())
        return;
    QUndoStack &undo = pair.first->session.undoStack();
    pair.first->write(pair.note, "mine");
    QTRY_COMPARE_WITH_TIMEOUT(pair.second->textOf(pair.note), std::string("mine"), kLongMs);
    undo.undo();
    QTRY_COMPARE_WITH_TIMEOUT(pair.second->textOf(pair.note), std::string("begin"), kLongMs);
    undo.redo();
    QTRY_COMPARE_WITH_TIMEOUT(pair.second->textOf(pair.note), std::string("mine"), kLongMs);
    pair.second->write(pair.note, "theirs");
    QTRY_COMPARE_WITH_TIMEOUT(pair.first->textOf(pair.note), std::string("theirs"), kLongMs);
    undo.undo();
    QCOMPARE(pair.first->textOf(pair.note), std::string("theirs"));
    undo.undo(); // the note itself, which somebody else has written into since
    QVERIFY(!pair.first->book.current()->find(pair.note)->removed);
}

void TestInvestigations::editsWaitForTheService()
{
    Pair pair;
    openPair(pair, u"Away"_s);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(m_programs.stopService());
    QTRY_COMPARE_WITH_TIMEOUT(pair.first->session.state(), Session::State::Lost, kLongMs);
    pair.first->write(pair.note, "written alone");
    QCOMPARE(pair.first->book.current()->unsaved(), std::size_t(1));
    QVERIFY2(!pair.first->book.close(pair.first->book.current()->id()), "it would be lost");
    QVERIFY(m_programs.startService());
    QTRY_COMPARE_WITH_TIMEOUT(pair.first->book.current()->unsaved(), std::size_t(0), kLongMs);
    QTRY_COMPARE_WITH_TIMEOUT(pair.second->textOf(pair.note), std::string("written alone"),
                              kLongMs);
}

void TestInvestigations::refusals_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    const QString text = m_programs.file(u"text.chrona"_s, QByteArray(5000, 'a'));
    QTest::newRow("one that nobody began") << QStringList{u"show"_s, u"Nobody's"_s} << 1;
    QTest::newRow("a pin of nothing") << QStringList{u"pin"_s, u"Strait"_s, u"nonsense"_s} << 2;
    QTest::newRow("an event that is not there")
        << QStringList{u"pin"_s, u"Strait"_s, u"event:12345"_s} << 1;
    QTest::newRow("a verb that is none") << QStringList{u"burn"_s, u"Strait"_s} << 2;
    QTest::newRow("a file that is none") << QStringList{u"import"_s, text} << 1;
    QTest::newRow("a title without words") << QStringList{u"new"_s, QString()} << 1;
}

void TestInvestigations::refusals()
{
    QFETCH(QStringList, words);
    QFETCH(int, code);
    words.prepend(u"investigation"_s);
    const Ran ran = m_programs.chronactl(words);
    QCOMPARE(ran.code, code);
    QVERIFY(!ran.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestInvestigations)
#include "tst_investigations.moc"
