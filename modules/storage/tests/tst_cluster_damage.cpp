// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scratch_cluster.h"

#include "chrona/storage/connection.h"
#include "chrona/storage/copy.h"
#include "damage.h"

#include <fstream>

using namespace chrona;
using namespace chrona::storage;
namespace fs = std::filesystem;

/// A byte that the disk changed behind our back must be told of, by the table's name, and never be
/// taken for data.
class TestClusterDamage : public QObject, private ScratchCluster {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_cluster.reset(); }
    void damagedTableIsNamed();
    void damagedIndexIsNamedAndCanBeMadeAnew();
    void damageIsNamedInATransactionAndInACopy();
    void fileNameInAMessage_data();
    void fileNameInAMessage();

private:
    [[nodiscard]] Connection connect() const
    {
        auto connection = Connection::open(m_cluster->connectionString());
        if (!connection)
            qFatal("%s", describe(connection.error()).c_str());
        return std::move(*connection);
    }
    void makeWorld();
    /// Changes one byte in the second block of a table's or an index's file while nobody looks.
    void flipByteOf(const char *relation);
};

void TestClusterDamage::makeWorld()
{
    make();
    Connection connection = connect();
    QVERIFY(connection.script("CREATE SCHEMA world; "
                              "CREATE TABLE world.fact AS SELECT i, 'fact ' || i AS words FROM "
                              "generate_series(1, 9000) i; "
                              "CREATE UNIQUE INDEX fact_i ON world.fact (i); "
                              "CREATE TABLE world.other AS SELECT 1 AS i; CHECKPOINT"));
}

void TestClusterDamage::flipByteOf(const char *relation)
{
    std::string path;
    {
        Connection connection = connect();
        const auto rows = connection.query("SELECT pg_relation_filepath($1::regclass)", {relation});
        QVERIFY(rows);
        path = rows->first().string(0);
    }
    m_cluster.reset();
    std::fstream file(fs::path(m_folder->path().toStdString()) / "postgres/data" / path,
                      std::ios::in | std::ios::out | std::ios::binary);
    constexpr std::streamoff kPlace = 8192 + 6000; // inside the rows of the second block
    file.seekg(kPlace);
    const int byte = file.get();
    file.seekp(kPlace);
    file.put(static_cast<char>(byte ^ 0x40));
    QVERIFY(file.good());
    file.close();
    open();
}

void TestClusterDamage::damagedTableIsNamed()
{
    makeWorld();
    flipByteOf("world.fact");
    Connection connection = connect();
    for (int i = 0; i < 2; ++i) { // and not once only
        const auto sum = connection.query("SELECT count(*) FROM world.fact WHERE words <> ''");
        QVERIFY(!sum);
        QVERIFY(sum.error().code == ErrorCode::Corrupt);
        QVERIFY(!sum.error().retryable);
        QVERIFY2(sum.error().what.contains("world.fact"), sum.error().what.c_str());
        QVERIFY2(sum.error().remedy.contains("backup"), sum.error().remedy.c_str());
    }
    // What is whole is still read and written.
    QVERIFY(connection.isUsable());
    QVERIFY(connection.exec("INSERT INTO world.other VALUES (2)"));
    const auto rest = connection.query("SELECT words FROM world.fact WHERE i = 9000");
    QVERIFY(rest);
    QCOMPARE(rest->first().text(0), std::string_view("fact 9000"));
}

void TestClusterDamage::damagedIndexIsNamedAndCanBeMadeAnew()
{
    makeWorld();
    flipByteOf("world.fact_i");
    Connection connection = connect();
    QVERIFY(connection.script("SET enable_seqscan = off; SET enable_bitmapscan = off"));
    const char *kSql = "SELECT count(*) FROM world.fact WHERE i > 0";
    const auto sum = connection.query(kSql);
    QVERIFY(!sum);
    QVERIFY(sum.error().code == ErrorCode::Corrupt);
    QVERIFY2(sum.error().what.contains("the index world.fact_i of the table world.fact "),
             sum.error().what.c_str());
    const std::string remedy = sum.error().remedy;
    const std::size_t at = remedy.find("REINDEX");
    QVERIFY2(at != std::string::npos, remedy.c_str());
    QVERIFY(connection.script(remedy.substr(at))); // the remedy is one
    QCOMPARE(connection.query(kSql)->first().int64(0), 9000);
}

void TestClusterDamage::damageIsNamedInATransactionAndInACopy()
{
    makeWorld();
    flipByteOf("world.fact");
    Connection connection = connect();
    {
        auto transaction = Transaction::begin(connection);
        QVERIFY(transaction);
        const auto sum = transaction->query("SELECT count(words) FROM world.fact");
        QVERIFY(!sum);
        QVERIFY2(sum.error().what.contains("table world.fact"), sum.error().what.c_str());
    }
    const Status copied =
        connection.copyOut("COPY (SELECT i FROM world.fact) TO STDOUT (FORMAT binary)",
                           [](const CopyRow &) { return Status(); });
    QVERIFY(!copied);
    QVERIFY2(copied.error().what.contains("table world.fact"), copied.error().what.c_str());
    QVERIFY(connection.exec("INSERT INTO world.other VALUES (3)"));
}

void TestClusterDamage::fileNameInAMessage_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("path"); // empty: none
    QTest::addColumn<qint64>("fileNode");
    QTest::newRow("as 17 says it")
        << "invalid page in block 3 of relation base/16384/24601" << "base/16384/24601" << 24601LL;
    QTest::newRow("as 18 says it") << "invalid page in block 3 of relation \"base/5/77\""
                                   << "base/5/77" << 77LL;
    QTest::newRow("beside the table") << "invalid page in block 0 of relation base/5/77_vm"
                                      << "base/5/77" << 77LL;
    QTest::newRow("no file") << "could not find the database" << QString() << 0LL;
    QTest::newRow("no number") << "could not open base/" << QString() << 0LL;
}

void TestClusterDamage::fileNameInAMessage()
{
    QFETCH(QString, message);
    QFETCH(QString, path);
    QFETCH(qint64, fileNode);
    const auto file = damagedFileIn(message.toStdString());
    QCOMPARE(file.has_value(), !path.isEmpty());
    if (file) {
        QCOMPARE(QString::fromStdString(file->path), path);
        QCOMPARE(qint64{file->fileNode}, fileNode);
    }
}

QTEST_GUILESS_MAIN(TestClusterDamage)
#include "tst_cluster_damage.moc"
