// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/case_file.h"
#include "chrona/workspace/investigation.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::schema;
using namespace chrona::workspace;

namespace {

Instant at(const char *text)
{
    return parseInstant(text).value();
}

CaseEvidence evidenceOf(const char *content, Redistribution redistribution)
{
    CaseEvidence evidence;
    evidence.content = content;
    evidence.hash = evidenceHashOf(content);
    evidence.takenAt = at("2026-11-20");
    evidence.source = "usgs";
    evidence.attribution = "By the survey";
    evidence.redistribution = redistribution;
    return evidence;
}

CaseItem pinOf(std::int64_t id, const char *label, const CaseEvidence &evidence)
{
    CaseItem pin = newCaseItem(CaseItemKind::Pin);
    pin.id = {id};
    pin.target.id = id * 100;
    pin.target.label = label;
    pin.evidence = evidence.hash;
    return pin;
}

/// Two pins, one of them of a source that forbids; a hypothesis that rests on the first.
schema::Investigation made()
{
    schema::Investigation all;
    all.id = {42};
    all.createdAt = all.updatedAt = at("2026-11-20");
    CaseItem head = newCaseItem(CaseItemKind::Case);
    head.id = {42};
    head.title = "Strait é";
    head.tags = {"oil"};
    CaseItem claim = newCaseItem(CaseItemKind::Hypothesis);
    claim.id = {9};
    claim.title = "Freight rises";
    all.evidence = {evidenceOf("{\"title\":\"open words\"}", Redistribution::WithAttribution),
                    evidenceOf("{\"title\":\"secret words\"}", Redistribution::Forbidden)};
    all.items = {head, claim, pinOf(3, "open words", all.evidence[0]),
                 pinOf(4, "secret words", all.evidence[1]), caseLink({3}, {9}, Bearing::For)};
    for (CaseItem &item : all.items) {
        item.createdAt = item.changedAt = at("2026-11-20");
        item.revision = 2;
        all.steps.push_back({item.changedAt, item.id, item.kind, StepAction::Added, 2,
                             contentHashOf(item), summaryOf(item)});
    }
    return all;
}

bool sameItems(schema::Investigation left, schema::Investigation right)
{
    const auto byId = [](schema::Investigation &one) {
        std::ranges::sort(one.items, {}, [](const CaseItem &item) { return item.id; });
    };
    byId(left);
    byId(right);
    return left.items == right.items;
}

/// Runs statements on a file as somebody with an SQLite shell could.
void tamper(const QString &path, const QStringList &statements)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            QVERIFY2(query.exec(statement), qPrintable(statement));
        }
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
}

} // namespace

class TestCaseFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack();
    void forbiddenWordsStayAndAreNamed();
    void eventsWithoutEvidenceAreWithheld();
    void whatIsPortableStaysAsItIs();
    void failureLeavesTheOldFile();
    void readingWritesNothing();
    void tamperedFileIsRefused_data();
    void tamperedFileIsRefused();
    void foreignFileIsRefused_data();
    void foreignFileIsRefused();
    void damageIsSurvived();

private:
    [[nodiscard]] QString path(const char *name = "one.chrona") const
    {
        return m_folder.filePath(QString::fromLatin1(name));
    }
    void write(const QString &to, const schema::Investigation &investigation = made())
    {
        const auto done = writeCaseFile(to, investigation);
        QVERIFY2(done, done ? "" : done.error().what.c_str());
    }

    QTemporaryDir m_folder;
};

void TestCaseFile::everythingComesBack()
{
    const QString to = path("with ? and % and é.chrona");
    write(to);
    const auto read = readCaseFile(to);
    QVERIFY2(read, read ? "" : read.error().what.c_str());
    const PortableCase given = portable(made());
    QVERIFY(sameItems(*read, given.investigation));
    QVERIFY(read->steps == given.investigation.steps);
    QCOMPARE(read->evidence.size(), std::size_t(2));
    QCOMPARE(formatInstant(read->createdAt), std::string("2026-11-20T00:00:00Z"));
    QCOMPARE(headOf(*read)->title, std::string("Strait é"));
}

void TestCaseFile::forbiddenWordsStayAndAreNamed()
{
    const auto withheld = writeCaseFile(path(), made());
    QVERIFY(withheld);
    QCOMPARE(withheld->size(), std::size_t(1));
    QCOMPARE(withheld->front().item, CaseItemId{4});
    QCOMPARE(withheld->front().source, std::string("usgs"));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(!bytes.contains("secret words"));
    QVERIFY(bytes.contains("open words") && bytes.contains("By the survey"));
    const auto read = readCaseFile(path());
    const auto pin = std::ranges::find(read->items, CaseItemId{4}, &CaseItem::id);
    QVERIFY(pin->withheld && pin->target.label.empty());
    QVERIFY2(pin->evidence == made().evidence[1].hash, "its hash says what it was");
}

void TestCaseFile::eventsWithoutEvidenceAreWithheld()
{
    schema::Investigation all = made();
    all.evidence.clear();
    all.items[2].target.kind = PinKind::Region;
    all.items[2].target.key = "US-TX";
    const PortableCase made = portable(all);
    QCOMPARE(made.withheld.size(), std::size_t(1));
    QCOMPARE(made.withheld[0].item, CaseItemId{4});
    QVERIFY(made.withheld[0].source.empty());
}

void TestCaseFile::whatIsPortableStaysAsItIs()
{
    const schema::Investigation once = portable(made()).investigation;
    QVERIFY(portable(once).investigation == once);
    QCOMPARE(portable(once).withheld.size(), std::size_t(1));
}

void TestCaseFile::failureLeavesTheOldFile()
{
    write(path("old.chrona"));
    schema::Investigation broken = made();
    broken.items.erase(broken.items.begin()); // no head
    QVERIFY(!writeCaseFile(path("old.chrona"), broken));
    QVERIFY(readCaseFile(path("old.chrona")));
    const auto nowhere = writeCaseFile(path("no/such/folder.chrona"), made());
    QVERIFY(!nowhere && nowhere.error().code == ErrorCode::Unavailable);
    const QStringList left =
        QDir(m_folder.path()).entryList({u".chrona-*"_s}, QDir::Hidden | QDir::Files);
    QVERIFY2(left.isEmpty(), "half a file is left behind");
}

void TestCaseFile::readingWritesNothing()
{
    const QString folder = path("sealed");
    QVERIFY(QDir().mkpath(folder));
    write(folder + u"/one.chrona"_s);
    // A journal beside it would be played into it by anybody who opens it to write.
    QFile journal(folder + u"/one.chrona-journal"_s);
    QVERIFY(journal.open(QIODevice::WriteOnly) && journal.write("junk") == 4);
    journal.close();
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner);
    const auto read = readCaseFile(folder + u"/one.chrona"_s);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY2(read, read ? "" : read.error().what.c_str());
    QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 2);
}

void TestCaseFile::tamperedFileIsRefused_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::newRow("a trigger") << QStringList{
        u"CREATE TRIGGER t AFTER INSERT ON item BEGIN DELETE FROM step; END"_s};
    QTest::newRow("a view in place of a table") << QStringList{
        u"DROP TABLE step"_s, u"CREATE VIEW step AS SELECT 1 AS number, randomblob(9) AS record"_s};
    QTest::newRow("a table more") << QStringList{u"CREATE TABLE more (x)"_s};
    QTest::newRow("a table less") << QStringList{u"DROP TABLE evidence"_s};
    QTest::newRow("an id that is none")
        << QStringList{u"UPDATE investigation SET value = 'x' WHERE key = 'id'"_s};
    QTest::newRow("another investigation's id")
        << QStringList{u"UPDATE investigation SET value = '7' WHERE key = 'id'"_s};
    QTest::newRow("a record that is none")
        << QStringList{u"UPDATE item SET record = x'ff' WHERE id = 9"_s};
    QTest::newRow("a record that is a number") << QStringList{u"UPDATE item SET record = 7"_s};
    QTest::newRow("no head") << QStringList{u"DELETE FROM item WHERE id = 42"_s};
    QTest::newRow("another program's") << QStringList{u"PRAGMA application_id = 1"_s, u"VACUUM"_s};
    QTest::newRow("of a newer version") << QStringList{u"PRAGMA user_version = 2"_s, u"VACUUM"_s};
    QTest::newRow("evidence that was changed") << QStringList{
        u"UPDATE evidence SET content = '{\"title\":\"other words\"}' WHERE content <> ''"_s};
}

void TestCaseFile::tamperedFileIsRefused()
{
    QFETCH(QStringList, statements);
    const QString to = path("tampered.chrona");
    write(to);
    tamper(to, statements);
    const auto read = readCaseFile(to);
    QVERIFY(!read);
    QVERIFY(!read.error().what.empty() && !read.error().remedy.empty());
    QVERIFY(read.error().code == ErrorCode::Corrupt || read.error().code == ErrorCode::Denied);
}

void TestCaseFile::foreignFileIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a text") << QByteArray(5000, 'a');
    QTest::newRow("a header alone") << QByteArray("SQLite format 3\0", 16);
    QTest::newRow("a picture") << QByteArray("\x89PNG\r\n") + QByteArray(200, '\0');
}

void TestCaseFile::foreignFileIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFile file(path("foreign.chrona"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const auto read = readCaseFile(file.fileName());
    QVERIFY(!read && read.error().code == ErrorCode::Corrupt);
    const auto absent = readCaseFile(path("absent.chrona"));
    QVERIFY(!absent && absent.error().code == ErrorCode::Unavailable);
}

/// Cut off and with bytes turned anywhere: refused, or what it was.
void TestCaseFile::damageIsSurvived()
{
    write(path());
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    QRandomGenerator random(1);
    for (int round = 0; round < 400; ++round) {
        QByteArray damaged = whole;
        if (round % 4 == 0)
            damaged.truncate(random.bounded(damaged.size()));
        for (int hit = random.bounded(1, 6); hit > 0 && !damaged.isEmpty(); --hit)
            damaged[random.bounded(damaged.size())] = static_cast<char>(random.bounded(256));
        QFile target(path("damaged.chrona"));
        QVERIFY(target.open(QIODevice::WriteOnly) && target.write(damaged) == damaged.size());
        target.close();
        if (const auto read = readCaseFile(target.fileName()))
            QVERIFY(validate(*read).empty());
        else
            QVERIFY(!read.error().what.empty());
    }
}

QTEST_GUILESS_MAIN(TestCaseFile)
#include "tst_case_file.moc"
