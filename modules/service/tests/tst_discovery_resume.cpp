// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discovery_pipeline.h"
#include "discovery_world.h"
#include "feature_pipeline.h"

#include "chrona/storage/pool.h"
#include "chrona/storage/test_database.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace chrona;
using namespace chrona::service;

namespace {

const char *const kWork = "--work";

std::unique_ptr<JobRunner> runnerFor(const std::string &database, const Settings &settings)
{
    auto pool = storage::Pool::open(database, 8);
    if (!pool)
        return nullptr;
    return std::make_unique<JobRunner>(*pool, discoveryKinds(settings),
                                       [](storage::Connection &, schema::JobId) {});
}

/// The other process: does jobs until it is killed.
int workUntilKilled(const char *database, const char *folder)
{
    const auto settings = Settings::open(std::filesystem::path(folder) / "config.json");
    const auto runner = settings ? runnerFor(database, **settings) : nullptr;
    if (!runner)
        return 1;
    std::getchar(); // whoever started it never says anything
    return 0;
}

} // namespace

/// A service that is killed in the middle of a search, and the one that is started after it.
class TestDiscoveryResume : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKilledSearchGoesOnToTheSameBits();

private:
    [[nodiscard]] std::string text(const char *sql)
    {
        const auto rows = m_connection->query(sql);
        return rows && !rows->isEmpty() && !rows->first().isNull(0) ? rows->first().string(0)
                                                                    : std::string();
    }
    /// All that a run stored, without its number and end.
    [[nodiscard]] std::string storedBy(const char *run)
    {
        const std::string of =
            std::string(" = (SELECT ") + run + "(id) FROM chrona_signal.discovery_run)";
        const auto all = [&](const std::string &without, const std::string &table,
                             const std::string &key) {
            return text(("SELECT string_agg((to_jsonb(x)" + without +
                         ")::text, ' ' ORDER BY "
                         "(to_jsonb(x)" +
                         without + ")::text) FROM chrona_signal." + table + " x WHERE " + key + of)
                            .c_str());
        };
        return all(" - 'id' - 'finished_at'", "discovery_run", "id") +
               all(" - 'run_id'", "signal", "run_id") + all(" - 'run_id'", "episode", "run_id") +
               all(" - 'run_id'", "refused", "run_id");
    }

    std::optional<storage::Connection> m_connection;
};

void TestDiscoveryResume::aKilledSearchGoesOnToTheSameBits()
{
    const auto database = storage::TestDatabase::open();
    QVERIFY(database);
    const std::string where = database->freshConnectionString();
    auto connection = storage::Connection::open(where);
    QVERIFY(connection);
    m_connection.emplace(std::move(*connection));
    testing::DiscoveryWorld().store(*m_connection);
    RunningJob refresh(jobs::ClaimedJob{});
    const auto refreshed = featureKinds().front().work(*m_connection, refresh);
    QVERIFY(refreshed && (!refreshed->store || refreshed->store(*m_connection)));

    // The search stops where it keeps its second look: this session has the lock.
    QVERIFY(m_connection->script(
        "CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$; "
        "CREATE TRIGGER wait_here BEFORE INSERT ON chrona_signal.search_part FOR EACH ROW "
        "WHEN (NEW.part LIKE 'second look%') EXECUTE FUNCTION wait_here()"));
    QVERIFY(m_connection->query("SELECT pg_advisory_lock(4711)"));
    QVERIFY(jobs::enqueue(*m_connection,
                          {.queue = std::string(jobs::queue::kDiscovery), .kind = kDiscoveryRun}));
    const QTemporaryDir folder;
    QProcess other;
    other.setProcessChannelMode(QProcess::ForwardedChannels);
    other.start(QCoreApplication::applicationFilePath(),
                {QString::fromLatin1(kWork), QString::fromStdString(where), folder.path()});
    QTRY_COMPARE_WITH_TIMEOUT(
        text("SELECT count(*)::text FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
             "WHERE d.datname = current_database() AND l.locktype = 'advisory' "
             "AND NOT l.granted"),
        std::string("1"), 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(text("SELECT checkpoint::text FROM chrona_ops.job").contains("as_of"),
                             30'000);
    other.kill();
    QVERIFY(other.waitForFinished());
    QVERIFY(other.exitStatus() == QProcess::CrashExit);

    // Its sessions end with it, and its lease runs out.
    QVERIFY(m_connection->query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                "datname = current_database() AND pid <> pg_backend_pid()"));
    QVERIFY(m_connection->query("SELECT pg_advisory_unlock(4711)"));
    QVERIFY(m_connection->script("DROP TRIGGER wait_here ON chrona_signal.search_part"));
    QCOMPARE(text("SELECT string_agg(part, ',') FROM chrona_signal.search_part"),
             std::string("first look 0"));
    QCOMPARE(text("SELECT count(*)::text FROM chrona_signal.discovery_run"), std::string("0"));
    QVERIFY(m_connection->exec("UPDATE chrona_ops.job SET lease_until = now() - interval '1 s'"));

    const auto settings =
        Settings::open(folder.filePath(QStringLiteral("config.json")).toStdString());
    QVERIFY(settings);
    const std::string checkpoint = text("SELECT checkpoint::text FROM chrona_ops.job");
    {
        const auto runner = runnerFor(where, **settings);
        QVERIFY(runner);
        QTRY_COMPARE_WITH_TIMEOUT(text("SELECT outcome::text FROM chrona_ops.job_history"),
                                  std::string("done"), 120'000);
    }
    QCOMPARE(text("SELECT result->>'parts_kept' FROM chrona_ops.job_history"), std::string("1"));
    QCOMPARE(text("SELECT count(*)::text FROM chrona_signal.search_part"), std::string("0"));

    // The same search in one go.
    jobs::ClaimedJob claimed;
    claimed.checkpoint = checkpoint;
    RunningJob whole(claimed);
    const auto done = discoveryKinds(**settings).front().work(*m_connection, whole);
    QVERIFY(done && done->store(*m_connection));
    QVERIFY(done->resultJson.contains(R"("parts_kept":0)"));
    QVERIFY(storedBy("min").size() > 10'000);
    QCOMPARE(storedBy("min"), storedBy("max"));
}

int main(int argc, char **argv)
{
    if (argc == 4 && std::string_view(argv[1]) == kWork)
        return workUntilKilled(argv[2], argv[3]);
    const QCoreApplication app(argc, argv);
    TestDiscoveryResume test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_discovery_resume.moc"
