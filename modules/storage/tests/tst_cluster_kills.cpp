// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scratch_cluster.h"

#include "chrona/storage/pool.h"

#include <fstream>
#include <set>
#include <signal.h>
#include <sstream>

using namespace chrona;
using namespace chrona::storage;
namespace fs = std::filesystem;

/// What SIGKILL leaves in the system, beyond what tst_cluster looks at.
class TestClusterKills : public QObject, private ScratchCluster {
    Q_OBJECT

private Q_SLOTS:
    void init() { make(); }
    void killedBackendCostsNothingThatWasAcknowledged();
    void killedPostmastersLeaveNoSharedMemory();
};

void TestClusterKills::killedBackendCostsNothingThatWasAcknowledged()
{
    auto pool = Pool::open(m_cluster->connectionString(), 2);
    QVERIFY(pool);
    std::int64_t backend = 0;
    {
        auto lease = (*pool)->take();
        QVERIFY(lease);
        QVERIFY((*lease)->script("CREATE TABLE public.kept AS SELECT generate_series(1, 100)"));
        backend = (*lease)->query("SELECT pg_backend_pid()::bigint")->first().int64(0);
    }
    const std::int64_t postmaster = m_cluster->processId();
    QCOMPARE(::kill(static_cast<pid_t>(backend), SIGKILL), 0);
    // All sessions end, the server recovers by itself, and the pool finds it again.
    const auto count = [&]() -> std::int64_t {
        auto lease = (*pool)->take();
        const auto rows = lease ? (*lease)->query("SELECT count(*) FROM public.kept")
                                : Result<Rows>(std::unexpected(lease.error()));
        return rows ? rows->first().int64(0) : -1;
    };
    QTRY_COMPARE_WITH_TIMEOUT(count(), 100, 60'000);
    QVERIFY(m_cluster->isRunning());
    QCOMPARE(m_cluster->processId(), postmaster);
}

#ifdef __linux__
/// System V segments that these processes made; others' do not count.
static std::int64_t segmentsOf(const std::set<std::int64_t> &creators)
{
    std::ifstream lines("/proc/sysvipc/shm");
    std::int64_t count = 0;
    for (std::string line; std::getline(lines, line);) {
        // key shmid perms size cpid …
        std::istringstream words(line);
        std::string key, id, mode, size;
        std::int64_t creator = 0;
        if (words >> key >> id >> mode >> size >> creator && creators.contains(creator))
            ++count;
    }
    return count;
}
#endif

/// Systems whose limits are low run out of segments after some kills, and the server says "no space
/// left" then.
void TestClusterKills::killedPostmastersLeaveNoSharedMemory()
{
#ifdef __linux__
    std::set<std::int64_t> postmasters{m_cluster->processId()};
    QCOMPARE(segmentsOf(postmasters), 1);
    for (int round = 0; round < 3; ++round) {
        ::kill(static_cast<pid_t>(m_cluster->processId()), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(!m_cluster->isRunning(), 60'000);
        open();
        QVERIFY(postmasters.insert(m_cluster->processId()).second);
        QCOMPARE(segmentsOf(postmasters), 1);
    }
    QVERIFY(m_cluster->stop());
    QCOMPARE(segmentsOf(postmasters), 0);
#else
    QSKIP("reads Linux's list of segments");
#endif
}

QTEST_GUILESS_MAIN(TestClusterKills)
#include "tst_cluster_kills.moc"
