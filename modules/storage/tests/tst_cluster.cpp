// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/connection.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/migrations.h"
#include "chrona/storage/private_cluster.h"
#include "cluster_user.h"
#include "postgres_binaries.h"
#include "postmaster_file.h"
#include "sample_events.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <semaphore>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace chrona;
using namespace chrona::storage;
namespace fs = std::filesystem;

/// Asks until it is so; the test's own time limit ends what never becomes so.
template <class Condition> static void waitUntil(Condition condition)
{
    while (!condition())
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

class TestCluster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startsStopsAndStartsAgain();
    void listensToThisUserOnly();
    void longDataFolderStillStarts();
    void foreignLocaleDoesNotMatter();
    void secondInstanceIsRefused();
    void stalePidFileDoesNotMatter();
    void recycledPidIsSeenThrough();
    void orphanIsStoppedAndNothingIsLost();
    void deathOfTheParentStopsPostgres();
    void killedInTheMiddleOfABulkNothingIsLostOrDoubled();
    void deathIsNoticed();
    void otherMajorVersionIsNamed();
    void choosingAVersion_data();
    void choosingAVersion();
    void fullDiskIsRefused();
    void ballastComesAndGoes();
    void unknownContentIsNotOverwritten();
    void brokenStartSaysWhy();
    void stopRequestEndsTheWait();
    void foreignSocketFolderIsRefused();
    void rootIsRefused();

private:
    [[nodiscard]] PrivateCluster::Options options() const
    {
        const fs::path root = m_folder->path().toStdString();
        return {.dataFolder = root / "postgres", .socketFolder = root / "s",
                .durability = PrivateCluster::Durability::Scratch, .ballastBytes = 0};
    }
    /// Opens or fails the test with the reason.
    std::unique_ptr<PrivateCluster> open(const PrivateCluster::Options &options)
    {
        auto cluster = PrivateCluster::open(options);
        if (!cluster)
            QTest::qFail(describe(cluster.error()).c_str(), __FILE__, __LINE__);
        return cluster ? std::move(*cluster) : nullptr;
    }

    std::optional<QTemporaryDir> m_folder;
};

static std::int64_t countRows(const PrivateCluster &cluster, const char *table)
{
    auto connection = Connection::open(cluster.connectionString());
    const auto rows = connection->query((std::string("SELECT count(*) FROM ") + table).c_str());
    return rows ? rows->first().int64(0) : -1;
}

static Status execute(const PrivateCluster &cluster, const char *sql)
{
    auto connection = Connection::open(cluster.connectionString());
    return connection ? connection->script(sql) : Status(std::unexpected(connection.error()));
}

/// Opens the cluster in a child process of ours and kills that process: what remains is an orphan.
static void openInKilledProcess(const PrivateCluster::Options &options)
{
    const pid_t child = ::fork();
    if (child == 0) {
        auto cluster = PrivateCluster::open(options);
        if (!cluster ||
            !execute(**cluster, "CREATE TABLE public.kept AS SELECT generate_series(1, 100) i"))
            ::_exit(1);
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QVERIFY(WIFSIGNALED(status));
}

void TestCluster::init()
{
    m_folder.emplace();
    QVERIFY(m_folder->isValid());
}

void TestCluster::startsStopsAndStartsAgain()
{
    {
        auto cluster = open(options());
        QVERIFY(cluster);
        QVERIFY(cluster->isRunning());
        QVERIFY(execute(*cluster, "CREATE TABLE public.t AS SELECT 1"));
        QVERIFY(cluster->stop());
        QVERIFY(!cluster->isRunning());
        QVERIFY(cluster->stop());
    }
    auto cluster = open(options());
    QVERIFY(cluster);
    QCOMPARE(countRows(*cluster, "public.t"), 1);
    auto connection = Connection::open(cluster->connectionString());
    const auto settings = connection->query(
        "SELECT current_setting('data_checksums'), current_setting('listen_addresses'), "
        "current_setting('server_encoding'), lower('ÄÖ')");
    QCOMPARE(settings->first().text(0), std::string_view("on"));
    QCOMPARE(settings->first().text(1), std::string_view(""));
    QCOMPARE(settings->first().text(2), std::string_view("UTF8"));
    if (cluster->serverVersion().starts_with("17"))
        QCOMPARE(settings->first().text(3), std::string_view("äö"));
}

void TestCluster::listensToThisUserOnly()
{
    auto cluster = open(options());
    QVERIFY(cluster);
    struct stat info{};
    QCOMPARE(::stat((options().socketFolder / ".s.PGSQL.5432").c_str(), &info), 0);
    QCOMPARE(static_cast<int>(info.st_mode & 0777), 0700);
    QCOMPARE(::stat(options().socketFolder.c_str(), &info), 0);
    QCOMPARE(static_cast<int>(info.st_mode & 0777), 0700);
    // No internet socket of the postmaster: none of its descriptors is in the kernel's lists.
    const std::string process = "/proc/" + std::to_string(cluster->processId());
    std::string sockets;
    for (const auto &entry : fs::directory_iterator(process + "/fd")) {
        std::error_code ignored;
        const std::string target = fs::read_symlink(entry.path(), ignored).string();
        if (target.starts_with("socket:["))
            sockets += target.substr(8, target.size() - 9) + ' ';
    }
    QVERIFY(!sockets.empty());
    for (const char *list : {"/net/tcp", "/net/tcp6"}) {
        std::ifstream lines(process + list);
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::string word;
            for (int i = 0; i < 10; ++i)
                words >> word;
            QVERIFY2(word == "inode" || word == "0" || !sockets.contains(word + ' '), line.c_str());
        }
    }
}

void TestCluster::longDataFolderStillStarts()
{
    PrivateCluster::Options longer = options();
    longer.dataFolder =
        fs::path(m_folder->path().toStdString()) / std::string(200, 'x') / "postgres";
    longer.socketFolder.clear();
    auto cluster = open(longer);
    QVERIFY(cluster);
    QVERIFY(execute(*cluster, "SELECT 1"));
    const auto sockets = socketFolderFor(longer.dataFolder);
    QVERIFY(sockets);
    QVERIFY(sockets->string().size() < 90);
    QVERIFY(socketFolderFor(longer.dataFolder / "other").value() != *sockets);
    cluster.reset();
    fs::remove_all(*sockets);
}

void TestCluster::foreignLocaleDoesNotMatter()
{
    qputenv("LANG", "xx_XX.UTF-8");
    qputenv("LC_ALL", "xx_XX");
    auto cluster = open(options());
    qunsetenv("LANG");
    qunsetenv("LC_ALL");
    QVERIFY(cluster);
    QVERIFY(execute(*cluster, "SELECT 'Ä'"));
}

void TestCluster::secondInstanceIsRefused()
{
    auto first = open(options());
    QVERIFY(first);
    const auto second = PrivateCluster::open(options());
    QVERIFY(!second);
    QVERIFY(second.error().code == ErrorCode::Conflict);
    QVERIFY(execute(*first, "SELECT 1"));
}

/// A pid file that names a process, as a killed postmaster leaves it.
static void writePidFile(const PrivateCluster::Options &options, pid_t process)
{
    const std::string cluster = (options.dataFolder / "data").string();
    const std::string rest = "\n" + cluster + "\n1700000000\n5432\n" +
                             options.socketFolder.string() + "\n\n  5432001        17\nready   \n";
    std::ofstream(cluster + "/postmaster.pid") << process << rest;
    std::ofstream(options.socketFolder / ".s.PGSQL.5432.lock") << process << rest;
}

void TestCluster::stalePidFileDoesNotMatter()
{
    QVERIFY(open(options())); // made, stopped
    const pid_t dead = ::fork();
    if (dead == 0)
        ::_exit(0);
    ::waitpid(dead, nullptr, 0);
    writePidFile(options(), dead);
    QVERIFY(open(options()));
}

void TestCluster::recycledPidIsSeenThrough()
{
    QVERIFY(open(options()));
    const pid_t stranger = ::fork();
    if (stranger == 0) {
        ::execlp("sleep", "sleep", "600", nullptr);
        ::_exit(1);
    }
    writePidFile(options(), stranger);
    const fs::path data = options().dataFolder / "data";
    QVERIFY(findPostmaster(data).state == PostmasterState::Recycled);
    auto cluster = open(options());
    QVERIFY(cluster);
    QCOMPARE(::kill(stranger, 0), 0); // and the stranger lives on
    ::kill(stranger, SIGKILL);
    ::waitpid(stranger, nullptr, 0);
}

void TestCluster::orphanIsStoppedAndNothingIsLost()
{
    // A postmaster that is nobody's child and was told nothing: started by hand, as after a crash
    // on a system without PR_SET_PDEATHSIG.
    QVERIFY(open(options()));
    const fs::path data = options().dataFolder / "data";
    const pid_t orphan = ::fork();
    if (orphan == 0) {
        const std::string program = (findPostgres().front().folder / "postgres").string();
        ::execl(program.c_str(), program.c_str(), "-D", data.c_str(), "-k",
                options().socketFolder.c_str(), "-h", "", nullptr);
        ::_exit(1);
    }
    std::thread reaper([orphan] { ::waitpid(orphan, nullptr, 0); });
    const std::string where = "host=" + options().socketFolder.string() + " dbname=chrona";
    waitUntil([&] {
        auto connection = Connection::open(where);
        return connection &&
               connection->script("CREATE TABLE public.kept AS SELECT generate_series(1, 100)");
    });
    QVERIFY(findPostmaster(data).state == PostmasterState::Running);
    auto cluster = open(options());
    reaper.join();
    QVERIFY(cluster);
    QVERIFY(cluster->processId() != orphan);
    QCOMPARE(countRows(*cluster, "public.kept"), 100);
}

void TestCluster::deathOfTheParentStopsPostgres()
{
    openInKilledProcess(options());
    auto cluster = open(options());
    QVERIFY(cluster);
    QCOMPARE(countRows(*cluster, "public.kept"), 100);
    QVERIFY(cluster->stop());
#ifdef __linux__
    openInKilledProcess([this] {
        auto other = options();
        other.dataFolder = other.dataFolder.parent_path() / "other";
        return other;
    }());
    const fs::path data = options().dataFolder.parent_path() / "other/data";
    waitUntil([&] { return findPostmaster(data).state == PostmasterState::None; });
#endif
}

void TestCluster::killedInTheMiddleOfABulkNothingIsLostOrDoubled()
{
    constexpr std::size_t kBatch = 500;
    PrivateCluster::Options full = options();
    full.durability = PrivateCluster::Durability::Full;
    const auto events = sampleEvents(20'000);
    std::size_t acknowledged = 0;
    std::uint32_t random = 12345;
    for (int round = 0; round < 3; ++round) {
        auto cluster = open(full);
        QVERIFY(cluster);
        auto connection = Connection::open(cluster->connectionString());
        QVERIFY(connection);
        QVERIFY(migrate(*connection));
        random = random * 1664525 + 1013904223;
        const std::size_t killAfter = 1 + (random >> 16) % 10;
        const auto postmaster = static_cast<pid_t>(cluster->processId());
        std::size_t batches = 0;
        std::binary_semaphore isDue(0);
        std::thread killer([&] {
            isDue.acquire();
            ::kill(postmaster, SIGKILL); // while the next batch is under way
        });
        // Goes on where the last acknowledged batch ended, like any caller that keeps its place.
        while (acknowledged + kBatch <= events.size()) {
            const auto part = std::span(events).subspan(acknowledged, kBatch);
            if (!storeEvents(*connection, part))
                break;
            acknowledged += kBatch;
            if (++batches == killAfter)
                isDue.release();
        }
        killer.join();
        waitUntil([&] { return !cluster->isRunning(); });
    }
    auto cluster = open(full);
    QVERIFY(cluster);
    QVERIFY(acknowledged >= 3 * kBatch);
    auto connection = Connection::open(cluster->connectionString());
    const auto rows = connection->query(
        "SELECT count(*), count(DISTINCT id), (SELECT count(*) FROM chrona_world.event_key), "
        "(SELECT count(*) FROM chrona_world.event_entity) FROM chrona_world.event");
    const std::int64_t stored = rows->first().int64(0);
    // The batch that was under way may have been committed without an answer.
    QVERIFY(stored == static_cast<std::int64_t>(acknowledged) ||
            stored == static_cast<std::int64_t>(acknowledged + kBatch));
    QCOMPARE(rows->first().int64(1), stored);
    QCOMPARE(rows->first().int64(2), stored);
    QCOMPARE(rows->first().int64(3), 2 * stored);
    const auto again = storeEvents(*connection, std::span(events).first(acknowledged));
    QVERIFY(again);
    QCOMPARE(again->duplicates, static_cast<std::int64_t>(acknowledged));
}

void TestCluster::deathIsNoticed()
{
    auto cluster = open(options());
    QVERIFY(cluster);
    ::kill(static_cast<pid_t>(cluster->processId()), SIGKILL);
    waitUntil([&] { return !cluster->isRunning(); });
    QVERIFY(cluster->stop());
    cluster.reset();
    QVERIFY(open(options()));
}

void TestCluster::otherMajorVersionIsNamed()
{
    QVERIFY(open(options()));
    std::ofstream(options().dataFolder / "data/PG_VERSION") << "9\n";
    const auto cluster = PrivateCluster::open(options());
    QVERIFY(!cluster);
    QVERIFY(cluster.error().code == ErrorCode::Conflict);
    QVERIFY(cluster.error().what.contains("PostgreSQL 9,"));
    QVERIFY(cluster.error().what.contains(findPostgres().front().version));
}

void TestCluster::choosingAVersion_data()
{
    QTest::addColumn<QList<int>>("installed");
    QTest::addColumn<int>("written");  // 0: a new cluster
    QTest::addColumn<int>("expected"); // 0: refused
    QTest::newRow("the newest for a new cluster") << QList<int>{17, 16, 15} << 0 << 17;
    QTest::newRow("the one that wrote it") << QList<int>{17, 16, 15} << 16 << 16;
    QTest::newRow("never another one") << QList<int>{17, 15} << 16 << 0;
    QTest::newRow("none installed") << QList<int>{} << 0 << 0;
    QTest::newRow("too old for a new cluster") << QList<int>{14} << 0 << 0;
}

void TestCluster::choosingAVersion()
{
    QFETCH(QList<int>, installed);
    QFETCH(int, written);
    QFETCH(int, expected);
    std::vector<PostgresBinaries> found;
    for (const int major : installed)
        found.push_back({"/nowhere", std::to_string(major) + ".1", major});
    const auto chosen = choosePostgres(found, written == 0 ? std::nullopt : std::optional(written));
    QCOMPARE(chosen ? chosen->major : 0, expected);
    if (!chosen)
        QVERIFY(!chosen.error().remedy.empty());
}

void TestCluster::fullDiskIsRefused()
{
    PrivateCluster::Options greedy = options();
    greedy.freeBytesMin = std::uint64_t{1} << 60;
    const auto cluster = PrivateCluster::open(greedy);
    QVERIFY(!cluster);
    QVERIFY(cluster.error().code == ErrorCode::Exhausted);
    QVERIFY(!fs::exists(greedy.dataFolder / "data"));
}

void TestCluster::ballastComesAndGoes()
{
    PrivateCluster::Options heavy = options();
    heavy.ballastBytes = 1 << 20;
    const fs::path ballast = heavy.dataFolder / "ballast";
    {
        auto cluster = open(heavy);
        QVERIFY(cluster);
        QCOMPARE(fs::file_size(ballast), std::uintmax_t{1} << 20);
        QVERIFY(cluster->releaseBallast());
        QVERIFY(!fs::exists(ballast));
        QVERIFY(cluster->releaseBallast());
    }
    QVERIFY(open(heavy));
    QVERIFY(fs::exists(ballast));
}

void TestCluster::unknownContentIsNotOverwritten()
{
    fs::create_directories(options().dataFolder / "data");
    std::ofstream(options().dataFolder / "data/precious") << "x";
    const auto cluster = PrivateCluster::open(options());
    QVERIFY(!cluster);
    QVERIFY(cluster.error().code == ErrorCode::Corrupt);
    QVERIFY(fs::exists(options().dataFolder / "data/precious"));
    // What a killed initdb leaves is no cluster, and goes.
    fs::remove_all(options().dataFolder / "data");
    fs::create_directories(options().dataFolder / "data.new/base");
    QVERIFY(open(options()));
    QVERIFY(!fs::exists(options().dataFolder / "data.new"));
}

void TestCluster::brokenStartSaysWhy()
{
    QVERIFY(open(options()));
    fs::remove_all(options().dataFolder / "data/global");
    const auto cluster = PrivateCluster::open(options());
    QVERIFY(!cluster);
    QVERIFY(cluster.error().code == ErrorCode::Unavailable);
    QVERIFY2(cluster.error().what.contains("global"), cluster.error().what.c_str());
}

void TestCluster::stopRequestEndsTheWait()
{
    std::stop_source stop;
    stop.request_stop();
    const auto cluster = PrivateCluster::open(options(), stop.get_token());
    QVERIFY(!cluster);
    QVERIFY(cluster.error().code == ErrorCode::Cancelled);
    QVERIFY(findPostmaster(options().dataFolder / "data").state == PostmasterState::None);
    QVERIFY(open(options()));
}

void TestCluster::foreignSocketFolderIsRefused()
{
    const fs::path link = fs::path(m_folder->path().toStdString()) / "link";
    fs::create_directory_symlink("/tmp", link);
    PrivateCluster::Options tricked = options();
    tricked.socketFolder = link;
    const auto cluster = PrivateCluster::open(tricked);
    QVERIFY(!cluster);
    QVERIFY(cluster.error().code == ErrorCode::Denied);
}

void TestCluster::rootIsRefused()
{
    const auto root = clusterUser(0);
    QVERIFY(!root);
    QVERIFY(root.error().code == ErrorCode::Denied);
    QVERIFY(!root.error().remedy.empty());
    QVERIFY(!clusterUser(4'000'000'000)); // a number that nobody has
    QVERIFY(clusterUser(::geteuid()));
}

QTEST_GUILESS_MAIN(TestCluster)
#include "tst_cluster.moc"
