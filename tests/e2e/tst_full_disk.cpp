// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "chrona/storage/small_disk.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;

namespace {

constexpr std::uint64_t kMib = 1 << 20;

} // namespace

/// A disk that fills up under the running service: it says so, keeps what it has and lets it be
/// read, takes in nothing more, and goes on by itself when there is room again.
class TestFullDisk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aFullDiskPausesTheServiceAndRoomEndsThat();
    void aServiceStartsOnAFullDiskAndCanBeRead();

private:
    [[nodiscard]] QJsonObject status() const
    {
        return QJsonDocument::fromJson(
                   m_programs->chronactl({u"status"_s, u"--json"_s}).out.toUtf8())
            .object();
    }
    [[nodiscard]] QString problem() const
    {
        return status()[u"database"_s].toObject()[u"problem"_s].toString();
    }
    [[nodiscard]] Ran import(const QString &name, const QByteArray &ref) const
    {
        return m_programs->chronactl({u"import"_s, u"--kind"_s, u"events"_s,
                                      m_programs->file(name, "type,title,observed_at,source_ref\n"
                                                             "news,One,2026-01-01T00:00:00Z," +
                                                                 ref + "\n")});
    }

    std::unique_ptr<chrona::storage::SmallDisk> m_disk;
    std::unique_ptr<Programs> m_programs;
};

void TestFullDisk::init()
{
    m_disk = chrona::storage::SmallDisk::open();
    if (!m_disk)
        QSKIP("no small disk here: neither CHRONA_SMALL_DISK nor a namespace of one's own");
    m_programs = std::make_unique<Programs>(QString::fromStdString(m_disk->folder().string()));
}

void TestFullDisk::cleanup()
{
    m_programs.reset();
    m_disk.reset();
}

void TestFullDisk::aFullDiskPausesTheServiceAndRoomEndsThat()
{
    QVERIFY(m_programs->startService());
    QCOMPARE(import(u"a.csv"_s, "a").code, 0);
    const qint64 postmaster = m_programs->postmaster();

    m_disk->leave(100 * kMib);
    QTRY_VERIFY_WITH_TIMEOUT(problem().contains(u"is full"_s), 60'000);
    QVERIFY2(problem().contains(u"free room"_s), qPrintable(problem()));
    QTRY_VERIFY_WITH_TIMEOUT(status()[u"pressure"_s].toString().contains(u"stop_writing"_s),
                             60'000);
    QCOMPARE(m_programs->chronactl({u"health"_s}).code, 1);
    const Ran refused = import(u"b.csv"_s, "b");
    QVERIFY(refused.code != 0);
    QVERIFY2(refused.err.contains(u"disk"_s), qPrintable(refused.err));
    QFile log(m_programs->dataFolder() + u"/log/chronad.log"_s);
    QVERIFY2(log.open(QIODevice::ReadOnly), qPrintable(log.fileName()));
    QVERIFY(log.readAll().contains("is full"));

    // The very last byte goes too; it is still read.
    m_disk->leave(0);
    const Ran events = m_programs->chronactl({u"events"_s});
    QVERIFY2(events.code == 0, qPrintable(events.err));
    QVERIFY(events.out.contains(u"One"_s));
    QCOMPARE(status()[u"event_count"_s].toInt(), 1);

    m_disk->leave(500 * kMib);
    QTRY_VERIFY_WITH_TIMEOUT(problem().isEmpty(), 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(!status()[u"pressure"_s].toString().contains(u"stop_writing"_s),
                             60'000);
    QTRY_COMPARE_WITH_TIMEOUT(import(u"b.csv"_s, "b").code, 0, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(status()[u"event_count"_s].toInt(), 2, 60'000);
    QCOMPARE(m_programs->postmaster(), postmaster);
}

void TestFullDisk::aServiceStartsOnAFullDiskAndCanBeRead()
{
    QVERIFY(m_programs->startService());
    QCOMPARE(import(u"a.csv"_s, "a").code, 0);
    m_programs->killService();
    // Less than a new database would be made with, and than is written with; enough to start.
    m_disk->leave(100 * kMib);
    QVERIFY(m_programs->startService());
    QTRY_VERIFY_WITH_TIMEOUT(problem().contains(u"is full"_s), 60'000);
    const Ran events = m_programs->chronactl({u"events"_s});
    QVERIFY2(events.code == 0, qPrintable(events.err));
    QVERIFY(events.out.contains(u"One"_s));
    QVERIFY(m_programs->stopService());
}

int main(int argc, char *argv[])
{
    chrona::storage::SmallDisk::prepare();
    QCoreApplication application(argc, argv);
    TestFullDisk test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_full_disk.moc"
