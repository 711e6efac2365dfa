// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/migrations.h"
#include "chrona/storage/pool.h"
#include "chrona/storage/private_cluster.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/small_disk.h"
#include "disk_room.h"

#include <QTest>

#include <atomic>
#include <fstream>
#include <semaphore>
#include <thread>

using namespace chrona;
using namespace chrona::storage;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMib = 1 << 20;

/// Appends to the raw log batch by batch, as acquisition does, until it is told to end. What fails
/// is tried again; only what was acknowledged counts.
class Writer {
public:
    explicit Writer(std::shared_ptr<Pool> pool)
        : m_pool(std::move(pool)), m_thread([this] { run(); })
    {
    }
    ~Writer() { end(); }
    void end()
    {
        m_ending = true;
        if (m_thread.joinable())
            m_thread.join();
    }
    [[nodiscard]] std::int64_t acknowledged() const { return m_acknowledged; }
    [[nodiscard]] std::int64_t refused() const { return m_refused; }
    [[nodiscard]] Error lastError() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_lastError;
    }

private:
    void run()
    {
        while (!m_ending) {
            const auto done = append();
            if (done) {
                m_acknowledged += *done;
                ++m_batch;
                continue;
            }
            const std::scoped_lock lock(m_mutex);
            m_lastError = done.error();
            ++m_refused;
        }
    }
    Result<std::int64_t> append()
    {
        auto lease = m_pool->take();
        if (!lease)
            return std::unexpected(lease.error());
        std::vector<RawItem> items(50);
        for (std::size_t i = 0; i < items.size(); ++i) {
            items[i].sourceRef = std::format("{}-{}", m_batch, i);
            items[i].kind = "text";
            items[i].payload = payloadOf(items[i].sourceRef);
            items[i].fetchedAt = parseInstant("2026-01-01T00:00:00Z").value();
        }
        return appendRaw(**lease, {1}, items).transform([](const AppendReport &report) {
            return report.appended + report.duplicates; // once more after a lost answer
        });
    }
    /// 8 KiB that do not shrink.
    static std::string payloadOf(const std::string &ref)
    {
        std::string payload;
        std::size_t state = std::hash<std::string>{}(ref);
        while (payload.size() < 8192) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            payload += static_cast<char>(state >> 56);
        }
        return payload;
    }

    std::shared_ptr<Pool> m_pool;
    std::atomic<bool> m_ending = false;
    std::atomic<std::int64_t> m_acknowledged = 0;
    std::atomic<std::int64_t> m_refused = 0;
    std::int64_t m_batch = 0;
    mutable std::mutex m_mutex;
    Error m_lastError;
    std::thread m_thread;
};

} // namespace

class TestClusterDisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void roomIsShortUntilThereIsPlenty();
    void writingPausesAndGoesOnByItself();
    void withoutAnyRoomNothingAcknowledgedIsLost();

private:
    void openCluster();
    /// What the service does every half second.
    bool isPaused()
    {
        auto refusal = m_cluster->watchRoom();
        const bool isShort = refusal.has_value();
        m_pool->refuseWrites(std::move(refusal));
        return isShort;
    }
    [[nodiscard]] std::int64_t countRows()
    {
        auto lease = m_pool->take();
        if (!lease)
            return -1;
        const auto rows = (*lease)->query("SELECT count(*), count(DISTINCT source_ref) "
                                          "FROM chrona_world.raw_item");
        return rows && rows->first().int64(0) == rows->first().int64(1) ? rows->first().int64(0)
                                                                        : -1;
    }
    [[nodiscard]] Status checkpoint()
    {
        auto lease = m_pool->take();
        return lease ? (*lease)->script("CHECKPOINT") : Status(std::unexpected(lease.error()));
    }
    [[nodiscard]] int panics() const
    {
        std::ifstream log(m_options.dataFolder / "log/postgres.log");
        int count = 0;
        for (std::string line; std::getline(log, line);)
            count += line.contains("PANIC") ? 1 : 0;
        return count;
    }

    std::unique_ptr<SmallDisk> m_disk;
    PrivateCluster::Options m_options;
    std::unique_ptr<PrivateCluster> m_cluster;
    std::shared_ptr<Pool> m_pool;
};

void TestClusterDisk::init()
{
    m_disk = SmallDisk::open();
    if (!m_disk)
        QSKIP("no small disk here: neither CHRONA_SMALL_DISK nor a namespace of one's own");
    m_options = {.dataFolder = m_disk->folder() / "postgres",
                 .socketFolder = m_disk->folder() / "s",
                 .freeBytesMin = 100 * kMib,
                 .startBytesMin = 40 * kMib,
                 .writeBytesMin = 96 * kMib,
                 .ballastBytes = 48 * kMib};
    m_disk->leave(400 * kMib);
    openCluster();
    QVERIFY(m_pool);
    // The server's own vacuum writes whenever it likes, and the last byte is not for it.
    auto lease = m_pool->take();
    QVERIFY(lease);
    const Status quiet = (*lease)->script(
        "DO $$ DECLARE each regclass; BEGIN FOR each IN SELECT oid FROM pg_class WHERE "
        "relnamespace = 'chrona_world'::regnamespace AND relkind = 'r' LOOP EXECUTE "
        "format('ALTER TABLE %s SET (autovacuum_enabled = off, toast.autovacuum_enabled = off)', "
        "each); END LOOP; END $$");
    QVERIFY2(quiet, quiet ? "" : describe(quiet.error()).c_str());
}

void TestClusterDisk::cleanup()
{
    if (QTest::currentTestFailed() && m_disk) {
        std::ifstream log(m_options.dataFolder / "log/postgres.log");
        for (std::string line; std::getline(log, line);)
            qWarning("%s", line.c_str());
        qWarning("%llu bytes are free", static_cast<unsigned long long>(m_disk->freeBytes()));
    }
    m_pool.reset();
    m_cluster.reset();
    m_disk.reset();
}

void TestClusterDisk::openCluster()
{
    m_pool.reset();
    m_cluster.reset();
    auto cluster = PrivateCluster::open(m_options);
    QVERIFY2(cluster, cluster ? "" : describe(cluster.error()).c_str());
    m_cluster = std::move(*cluster);
    auto pool = Pool::open(m_cluster->connectionString(), 4);
    QVERIFY(pool);
    m_pool = *pool;
    auto lease = m_pool->take();
    QVERIFY(lease);
    const Status migrated = migrate(**lease);
    QVERIFY2(migrated, migrated ? "" : describe(migrated.error()).c_str());
}

void TestClusterDisk::roomIsShortUntilThereIsPlenty()
{
    DiskRoom room(100, 40);
    QVERIFY(!room.update(100));
    QVERIFY(room.update(99));
    QVERIFY(room.update(99 + 40)); // the ballast alone is no relief
    QVERIFY(room.update(164));
    QVERIFY(!room.update(165));
    QVERIFY(!room.update(165 - 40)); // and taking it again is no new alarm
}

void TestClusterDisk::writingPausesAndGoesOnByItself()
{
    const fs::path ballast = m_options.dataFolder / "ballast";
    QVERIFY(fs::exists(ballast));
    const std::int64_t postmaster = m_cluster->processId();
    QVERIFY(!isPaused());
    Writer writer(m_pool);
    QTRY_VERIFY_WITH_TIMEOUT(writer.acknowledged() > 0, 60'000);

    m_disk->leave(80 * kMib);
    QVERIFY(isPaused());
    QVERIFY(!fs::exists(ballast));
    QTRY_VERIFY_WITH_TIMEOUT(writer.refused() > 100, 60'000);
    const Error error = writer.lastError();
    QVERIFY(error.code == ErrorCode::Exhausted);
    QVERIFY(error.retryable);
    QVERIFY2(error.what.contains("is full"), error.what.c_str());
    QVERIFY2(error.remedy.contains("by itself"), error.remedy.c_str());
    QVERIFY(isPaused()); // by the ballast's room alone it does not go on
    const std::int64_t kept = writer.acknowledged();
    QCOMPARE(countRows(), kept);

    // Others take the last byte as well: the server goes on reading, and does not fall over.
    m_disk->leave(0);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(isPaused());
        QCOMPARE(countRows(), kept);
    }
    // A checkpoint that finds no room for its files fails, is made later, and does no more harm.
    std::ignore = checkpoint();
    QCOMPARE(countRows(), kept);
    QCOMPARE(writer.acknowledged(), kept);

    m_disk->leave(300 * kMib);
    const Status made = checkpoint();
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QVERIFY(!isPaused());
    QVERIFY(fs::exists(ballast));
    QTRY_VERIFY_WITH_TIMEOUT(writer.acknowledged() > kept, 60'000);
    writer.end();
    QCOMPARE(countRows(), writer.acknowledged());
    QCOMPARE(m_cluster->processId(), postmaster);
    QVERIFY(m_cluster->isRunning());
    QCOMPARE(panics(), 0);
}

/// Quicker than anybody watches: the server itself meets the end of the disk.
void TestClusterDisk::withoutAnyRoomNothingAcknowledgedIsLost()
{
    Writer writer(m_pool);
    QTRY_VERIFY_WITH_TIMEOUT(writer.acknowledged() > 0, 60'000);
    m_disk->leave(0);
    QTRY_VERIFY_WITH_TIMEOUT(writer.refused() > 0, 120'000);
    const int panicsBefore = panics();
    QVERIFY(isPaused());
    // The ballast's room is all that it has: enough to come back and to be read.
    QTRY_VERIFY_WITH_TIMEOUT(isPaused() && (countRows() >= 0 || !m_cluster->isRunning()), 120'000);
    writer.end();
    if (!m_cluster->isRunning()) {
        m_disk->leave(50 * kMib);
        openCluster();
    }
    QVERIFY(isPaused());
    for (int i = 0; i < 20; ++i)
        QVERIFY(countRows() >= writer.acknowledged());
    QVERIFY(panics() <= panicsBefore + 1);
    // Starting again on the full disk works too, and begins paused.
    m_pool.reset();
    m_cluster.reset();
    m_disk->leave(50 * kMib);
    openCluster();
    QVERIFY(isPaused());
    QVERIFY(countRows() >= writer.acknowledged());

    m_disk->leave(300 * kMib);
    QVERIFY(!isPaused());
    const std::int64_t before = countRows();
    Writer again(m_pool);
    QTRY_VERIFY_WITH_TIMEOUT(again.acknowledged() > writer.acknowledged() + 500, 120'000);
    again.end();
    // The second writer began with the same items: each is there once.
    QCOMPARE(countRows(), std::max(before, again.acknowledged()));
    QVERIFY(panics() <= panicsBefore + 1);
}

int main(int argc, char *argv[])
{
    SmallDisk::prepare();
    QCoreApplication application(argc, argv);
    TestClusterDisk test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_cluster_disk.moc"
