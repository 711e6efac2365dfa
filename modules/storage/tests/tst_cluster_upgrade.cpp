// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/cluster_upgrade.h"
#include "chrona/storage/connection.h"
#include "chrona/storage/migrations.h"
#include "chrona/storage/raw_log.h"
#include "cluster_access.h"
#include "postmaster_file.h"
#include "upgrade_folders.h"
#include "upgrade_steps.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <signal.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace chrona;
using namespace chrona::storage;
namespace fs = std::filesystem;

/// The whole way with real servers and the real pg_upgrade. One major version is installed where
/// this runs, so it plays both: what counts as old and new is the plan's to say.
class TestClusterUpgrade : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everythingMovesAndTheOldOneStaysUntilTheNewHasServed();
    void killedInTheMiddleOfTheCopyTheOldOneServes();
    void failureKeepsItsReasonAndTheOldOneServes();
    void whatCannotBeUpgradedSaysWhy();

private:
    [[nodiscard]] UpgradePlan plan(const ClusterAccess &access) const
    {
        const PostgresBinaries installed = findPostgres().front();
        return {.from = {installed.folder, oldVersion(), installed.major - 1},
                .to = installed,
                .sockets = access.sockets,
                .user = access.user,
                .durability = m_options.durability};
    }
    Result<UpgradeReport> upgrade(std::function<void(UpgradePlan &)> change = [](UpgradePlan &) {})
    {
        auto access = ClusterAccess::take(m_options, {});
        if (!access)
            return std::unexpected(access.error());
        UpgradePlan plan = this->plan(*access);
        change(plan);
        return runUpgrade(access->folder, plan, {});
    }
    /// Runs an upgrade in a process that is killed on its way.
    void killUpgrade(std::function<void(UpgradePlan &)> change)
    {
        const pid_t child = ::fork();
        if (child == 0) {
            std::ignore = upgrade(std::move(change));
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status));
    }
    std::unique_ptr<PrivateCluster> open()
    {
        auto cluster = PrivateCluster::open(m_options);
        if (!cluster)
            QTest::qFail(describe(cluster.error()).c_str(), __FILE__, __LINE__);
        return cluster ? std::move(*cluster) : nullptr;
    }
    /// Opens, looks whether everything is there, and says which cluster it was.
    std::int64_t served();
    [[nodiscard]] bool exists(const char *name) const
    {
        return fs::exists(m_options.dataFolder / name);
    }
    [[nodiscard]] static std::string oldVersion()
    {
        return std::format("{}.0", findPostgres().front().major - 1);
    }
    [[nodiscard]] static std::string keptName()
    {
        return std::format("data.old-{}", findPostgres().front().major - 1);
    }
    void useFolder(const fs::path &root)
    {
        m_options = {.dataFolder = root / "postgres",
                     .socketFolder = root / "s",
                     .durability = PrivateCluster::Durability::Scratch,
                     .ballastBytes = 0};
    }

    QTemporaryDir m_world; ///< with the cluster that each test gets a copy of
    std::optional<QTemporaryDir> m_folder;
    PrivateCluster::Options m_options;
    std::int64_t m_oldIdentity = 0;
};

namespace {

constexpr std::string_view kCursor = "reader";

std::vector<RawItem> items()
{
    std::vector<RawItem> items(300);
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i].sourceRef = std::format("item {}", i);
        items[i].kind = "text";
        items[i].payload = std::string(3000 + i, 'x');
        items[i].fetchedAt = parseInstant("2026-01-01T00:00:00Z").value();
    }
    return items;
}

} // namespace

void TestClusterUpgrade::initTestCase()
{
    QVERIFY(m_world.isValid());
    useFolder(m_world.path().toStdString());
    auto cluster = open();
    QVERIFY(cluster);
    auto connection = Connection::open(cluster->connectionString());
    QVERIFY(connection);
    QVERIFY(migrate(*connection));
    // The log's first hundred were read: that place is a transaction's number, which a copy by rows
    // would turn into nonsense (ADR 0012).
    const auto all = items();
    QVERIFY(appendRaw(*connection, {1}, std::span(all).first(100)));
    const auto read = readRaw(*connection, kCursor, 1000);
    QVERIFY(read);
    QCOMPARE(read->size(), std::size_t{100});
    QVERIFY(advanceCursor(*connection, kCursor, {}, read->back().position));
    QVERIFY(appendRaw(*connection, {1}, std::span(all).subspan(100)));
    m_oldIdentity =
        connection->query("SELECT system_identifier FROM pg_control_system()")->first().int64(0);
}

void TestClusterUpgrade::init()
{
    m_folder.emplace();
    QVERIFY(m_folder->isValid());
    useFolder(m_folder->path().toStdString());
    fs::copy(fs::path(m_world.path().toStdString()) / "postgres", m_options.dataFolder,
             fs::copy_options::recursive);
}

std::int64_t TestClusterUpgrade::served()
{
    auto cluster = open();
    if (!cluster)
        return 0;
    auto connection = Connection::open(cluster->connectionString());
    const auto rows = connection->query(
        "SELECT (SELECT count(*) FROM chrona_world.raw_item), (SELECT system_identifier FROM "
        "pg_control_system()), current_setting('data_checksums') = 'on', lower('ÄÖ') = 'äö'");
    if (!rows) {
        QTest::qFail(describe(rows.error()).c_str(), __FILE__, __LINE__);
        return 0;
    }
    const auto rest = readRaw(*connection, kCursor, 1000);
    const bool isWhole = rows->first().int64(0) == 300 && rows->first().boolean(2) &&
                         rows->first().boolean(3) && rest && rest->size() == 200 &&
                         rest->front().item == items()[100];
    if (!isWhole)
        QTest::qFail("something is missing", __FILE__, __LINE__);
    if (exists("data.upgrade"))
        QTest::qFail("a half upgrade is left", __FILE__, __LINE__);
    return rows->first().int64(1);
}

/// No process of ours runs between two steps, so the folder as it was at one is what a kill there
/// would have left.
void TestClusterUpgrade::everythingMovesAndTheOldOneStaysUntilTheNewHasServed()
{
    const fs::path root = m_folder->path().toStdString();
    const auto report = upgrade([&](UpgradePlan &plan) {
        plan.reached = [&](UpgradeStep step) {
            if (step == UpgradeStep::Marked || step == UpgradeStep::OldAside)
                fs::copy(m_options.dataFolder,
                         root / (step == UpgradeStep::Marked ? "marked" : "aside"),
                         fs::copy_options::recursive);
        };
    });
    QVERIFY2(report, report ? "" : describe(report.error()).c_str());
    QCOMPARE(report->from, oldVersion());
    QCOMPARE(report->to, findPostgres().front().version);
    QCOMPARE(report->kept, m_options.dataFolder / keptName());
    QVERIFY(!fs::exists(m_options.dataFolder / "log/upgrade"));
    // Until it has been stopped in order once, there is a way back, and no further upgrade.
    const auto early = upgrade();
    QVERIFY(!early);
    QVERIFY(early.error().code == ErrorCode::Conflict);
    QVERIFY2(early.error().what.contains(keptName()), early.error().what.c_str());
    QVERIFY(fs::exists(report->kept));
    const std::int64_t fresh = served();
    QVERIFY(fresh != m_oldIdentity);
    QVERIFY(fs::exists(report->kept));
    QCOMPARE(served(), fresh);
    QVERIFY(!fs::exists(report->kept));
    QVERIFY(!exists("data.gone"));

    m_options.dataFolder = root / "marked"; // whole, but the old one is still in place
    QVERIFY(exists("data"));
    QVERIFY(exists("data.upgrade"));
    QCOMPARE(served(), m_oldIdentity);
    QVERIFY(!exists(keptName().c_str()));
    m_options.dataFolder = root / "aside"; // between the two renames
    QVERIFY(!exists("data"));
    QCOMPARE(served(), fresh);
    QVERIFY(exists(keptName().c_str()));
}

void TestClusterUpgrade::killedInTheMiddleOfTheCopyTheOldOneServes()
{
    // pg_upgrade starts servers of its own; the kill falls when one of them is up.
    killUpgrade([this](UpgradePlan &plan) {
        plan.reached = [this](UpgradeStep reached) {
            if (reached != UpgradeStep::Made)
                return;
            std::thread([fresh = m_options.dataFolder / "data.upgrade"] {
                while (findPostmaster(fresh).state != PostmasterState::Running)
                    std::this_thread::yield();
                ::kill(::getpid(), SIGKILL);
            }).detach();
        };
    });
    QCOMPARE(served(), m_oldIdentity);
    QVERIFY(!exists(keptName().c_str()));
}

void TestClusterUpgrade::failureKeepsItsReasonAndTheOldOneServes()
{
    const fs::path bin = fs::path(m_folder->path().toStdString()) / "bin";
    fs::create_directory(bin);
    for (const auto &program : fs::directory_iterator(findPostgres().front().folder))
        fs::create_symlink(program.path(), bin / program.path().filename());
    fs::remove(bin / "pg_upgrade");
    std::ofstream(bin / "pg_upgrade") << "#!/bin/sh\necho 'the moon is wrong'\nexit 1\n";
    fs::permissions(bin / "pg_upgrade", fs::perms::owner_all);
    const auto report = upgrade([&](UpgradePlan &plan) { plan.to.folder = bin; });
    QVERIFY(!report);
    QVERIFY2(report.error().what.contains("the moon is wrong"), report.error().what.c_str());
    const fs::path kept = m_options.dataFolder / "log/upgrade";
    QVERIFY2(report.error().remedy.contains(kept.string()), report.error().remedy.c_str());
    std::ifstream said(kept / "pg_upgrade.txt");
    QVERIFY(std::string(std::istreambuf_iterator<char>(said), {}).contains("the moon is wrong"));
    QCOMPARE(served(), m_oldIdentity);
    QVERIFY(!exists(keptName().c_str()));
}

void TestClusterUpgrade::whatCannotBeUpgradedSaysWhy()
{
    const auto newest = upgradeCluster(m_options);
    QVERIFY(!newest);
    QVERIFY(newest.error().code == ErrorCode::InvalidInput);
    QVERIFY(!newest.error().remedy.empty());
    {
        const auto access = ClusterAccess::take(m_options, {});
        QVERIFY(access);
        QVERIFY(checkRoomForCopy(access->folder, 0));
        const Status room = checkRoomForCopy(access->folder, std::uint64_t{1} << 58);
        QVERIFY(!room);
        QVERIFY(room.error().code == ErrorCode::Exhausted);
        QVERIFY(!room.error().remedy.empty());
        const auto busy = upgradeCluster(m_options);
        QVERIFY(!busy);
        QVERIFY(busy.error().code == ErrorCode::Conflict);
    }
    std::ofstream(m_options.dataFolder / "data/PG_VERSION") << "9\n";
    const auto missing = upgradeCluster(m_options);
    QVERIFY(!missing);
    QVERIFY(missing.error().code == ErrorCode::Conflict);
    QVERIFY2(missing.error().remedy.contains("--upgrade-database"), missing.error().remedy.c_str());
    PrivateCluster::Options empty = m_options;
    empty.dataFolder = m_options.dataFolder.parent_path() / "empty";
    const auto nothing = upgradeCluster(empty);
    QVERIFY(!nothing);
    QVERIFY(nothing.error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestClusterUpgrade)
#include "tst_cluster_upgrade.moc"
