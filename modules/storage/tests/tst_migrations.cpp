// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_store.h"
#include "chrona/storage/migrations.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/private_cluster.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/test_database.h"
#include "sample_events.h"

#include <QTest>

#include <thread>

using namespace chrona;
using namespace chrona::storage;

class TestMigrations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyMigrationIsAppliedOnce();
    void killedAtAnyStatementItResumes();
    void severalProgramsMigrateAtOnce();
    void changedFileIsRefused();
    void newerDatabaseIsRefused();
    void failedMigrationLeavesNothing();
    void neighboursAreNotTouched();
    void rangesAreMadeAheadOfNeed();
    void expiredRangesAreDropped();
    void lateRowsMoveOutOfTheDefault();

private:
    std::unique_ptr<TestDatabase> m_database;
};

/// Everything about schemas that are not ours: tables, columns, indexes, functions, and rows.
static std::string fingerprintOfOthers(Connection &connection)
{
    std::string text;
    const auto add = [&](const std::string &sql) {
        const auto rows = connection.query(sql.c_str());
        if (!rows) {
            text += rows.error().what;
            return;
        }
        for (const Row row : *rows)
            text += row.string(0) + '\n';
    };
    const std::string others =
        "n.nspname !~ '^(chrona_|pg_)' AND n.nspname <> 'information_schema'";
    add("SELECT n.nspname || '.' || c.relname || c.relkind::text || c.oid || "
        "coalesce(c.relacl::text, '')"
        " || c.relfilenode || coalesce(pg_get_indexdef(c.oid), '') FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " +
        others + " ORDER BY 1");
    add("SELECT a.attrelid || a.attname || a.atttypid || a.attnotnull::text FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
        + others + " ORDER BY 1");
    add("SELECT p.oid || p.proname || p.prosrc FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE " + others + " ORDER BY 1");
    add("SELECT n.nspname || n.oid || coalesce(n.nspacl::text, '') FROM pg_namespace n WHERE " +
        others + " ORDER BY 1");
    // What lies in a schema of ours is ours: the index of parts of names brings its extension.
    add("SELECT extname || extversion FROM pg_extension e JOIN pg_namespace n "
        "ON n.oid = e.extnamespace WHERE n.nspname NOT LIKE 'chrona\\_%' ORDER BY 1");
    add("SELECT coalesce(setconfig::text, '') FROM pg_db_role_setting ORDER BY 1");
    const auto tables = connection.query(
        ("SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n "
         "ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND " + others + " ORDER BY 1").c_str());
    for (const Row row : *tables)
        add("SELECT md5(coalesce(string_agg(t::text || xmin::text || ctid::text, ',' ORDER BY "
            "ctid), ''))"
            " FROM " +
            row.string(0) + " t");
    return text;
}

/// The tables and columns of ours, for comparing two databases.
static std::string shapeOfOurs(Connection &connection)
{
    const auto rows = connection.query(
        "SELECT coalesce(string_agg(n.nspname || '.' || c.relname || '.' || a.attname || "
        "a.atttypid::regtype, ';' ORDER BY 1, n.nspname, c.relname, a.attnum), '') "
        "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname LIKE 'chrona%' AND a.attnum "
        "> 0");
    return rows ? rows->first().string(0) : rows.error().what;
}

void TestMigrations::initTestCase()
{
    m_database = TestDatabase::open();
    QVERIFY(m_database);
}

void TestMigrations::everyMigrationIsAppliedOnce()
{
    auto connection = Connection::open(m_database->emptyConnectionString());
    QVERIFY(connection);
    QCOMPARE(schemaVersion(*connection).value(), 0);
    int statements = 0;
    QVERIFY(migrate(*connection, [&statements](const MigrationStep &) { ++statements; }));
    QVERIFY(statements > 40);
    QCOMPARE(schemaVersion(*connection).value(), builtInMigrations().back().version);
    statements = 0;
    QVERIFY(migrate(*connection, [&statements](const MigrationStep &) { ++statements; }));
    QCOMPARE(statements, 0);
    for (std::size_t i = 0; i < builtInMigrations().size(); ++i)
        QCOMPARE(builtInMigrations()[i].version, static_cast<int>(i) + 1);
}

void TestMigrations::killedAtAnyStatementItResumes()
{
    auto whole = Connection::open(m_database->emptyConnectionString());
    std::vector<MigrationStep> steps;
    QVERIFY(migrate(*whole, [&steps](const MigrationStep &step) { steps.push_back(step); }));
    const std::string expected = shapeOfOurs(*whole);

    const std::string where = m_database->emptyConnectionString();
    auto killer = Connection::open(where);
    QVERIFY(killer);
    // A migration that was killed begins again, the ones before it stand: so the next try comes one
    // statement further.
    for (const MigrationStep &target : steps) {
        auto connection = Connection::open(where);
        QVERIFY(connection);
        const std::int32_t id = connection->query("SELECT pg_backend_pid()")->first().int32(0);
        const Status done = migrate(*connection, [&](const MigrationStep &step) {
            if (step.version == target.version && step.statement == target.statement)
                QVERIFY(killer->query("SELECT pg_terminate_backend($1, 20000)", {id})
                            ->first().boolean(0));
        });
        QVERIFY(!done);
        QVERIFY(done.error().retryable);
        QCOMPARE(schemaVersion(*killer).value(), target.version - 1);
    }
    auto last = Connection::open(where);
    QVERIFY(migrate(*last));
    QCOMPARE(shapeOfOurs(*last), expected);
}

void TestMigrations::severalProgramsMigrateAtOnce()
{
    const std::string where = m_database->emptyConnectionString();
    std::array<Status, 4> outcomes;
    std::vector<std::thread> threads;
    for (Status &outcome : outcomes) {
        threads.emplace_back([&outcome, where] {
            auto connection = Connection::open(where);
            outcome =
                connection ? migrate(*connection) : Status(std::unexpected(connection.error()));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (const Status &outcome : outcomes)
        QVERIFY2(outcome, outcome ? "" : outcome.error().what.c_str());
}

void TestMigrations::changedFileIsRefused()
{
    Connection connection = m_database->fresh();
    std::vector<Migration> migrations(builtInMigrations().begin(), builtInMigrations().end());
    const std::string changed = std::string(migrations[1].sql) + "\n-- changed";
    migrations[1].sql = changed;
    const Status done = migrate(connection, migrations);
    QVERIFY(!done);
    QVERIFY(done.error().code == ErrorCode::Conflict);
    QVERIFY(done.error().what.contains("migration 2"));
}

void TestMigrations::newerDatabaseIsRefused()
{
    Connection connection = m_database->fresh();
    const auto older = builtInMigrations().first(builtInMigrations().size() - 1);
    const std::string before = shapeOfOurs(connection);
    const Status done = migrate(connection, older);
    QVERIFY(!done);
    QVERIFY(done.error().code == ErrorCode::Conflict);
    QVERIFY(!done.error().remedy.empty());
    QCOMPARE(shapeOfOurs(connection), before);
}

void TestMigrations::failedMigrationLeavesNothing()
{
    Connection connection = m_database->fresh();
    std::vector<Migration> migrations(builtInMigrations().begin(), builtInMigrations().end());
    const int version = migrations.back().version + 1;
    migrations.push_back({version, "bad", "CREATE TABLE chrona_ops.half (id int); SELECT 1/0;"});
    const std::string before = shapeOfOurs(connection);
    QVERIFY(!migrate(connection, migrations));
    QCOMPARE(shapeOfOurs(connection), before);
    migrations.back().sql = "CREATE TABLE chrona_ops.half (note text DEFAULT 'a;b--'); -- ; end\n";
    QVERIFY(migrate(connection, migrations));
    QCOMPARE(schemaVersion(connection).value(), version);
}

void TestMigrations::neighboursAreNotTouched()
{
    auto connection = Connection::open(m_database->emptyConnectionString());
    QVERIFY(connection);
    const Status prepared = connection->script(R"sql(
        CREATE TABLE public.directus_users (id int PRIMARY KEY, email text UNIQUE);
        INSERT INTO public.directus_users SELECT i, 'u' || i FROM generate_series(1, 50) i;
        CREATE TABLE public.directus_collections (collection text PRIMARY KEY, note json);
        CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY);
        INSERT INTO public.alembic_version VALUES ('ab12cd');
        CREATE TABLE public.event (id int); INSERT INTO public.event VALUES (1);
        CREATE TABLE public.source (id int);
        CREATE SCHEMA core; CREATE TABLE core.company (id serial PRIMARY KEY, name text);
        INSERT INTO core.company (name) SELECT 'c' || i FROM generate_series(1, 20) i;
        CREATE FUNCTION core.now() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE SCHEMA workspace_x; CREATE TABLE workspace_x.deal (id int, amount numeric);
        INSERT INTO workspace_x.deal VALUES (1, 10.5);
        CREATE SCHEMA timeseries; CREATE TABLE timeseries.observation (at timestamptz, v float8);
        INSERT INTO timeseries.observation SELECT now(), i FROM generate_series(1, 100) i;
        CREATE SCHEMA chronicle; CREATE TABLE chronicle.event (id int);)sql");
    QVERIFY2(prepared, prepared ? "" : prepared.error().what.c_str());
    const std::string before = fingerprintOfOthers(*connection);
    QVERIFY(before.contains("directus_users"));

    QVERIFY(migrate(*connection));
    const auto events = sampleEvents(200);
    QVERIFY(storeEvents(*connection, events));
    const RawItem item{"a", "k", "https://example.org", "text/plain", "x", {}, Instant()};
    QVERIFY(appendRaw(*connection, {1}, {&item, 1}));
    QVERIFY(ensurePartitions(*connection));
    QCOMPARE(fingerprintOfOthers(*connection), before);

    // And the proof can fail.
    QVERIFY(connection->script("UPDATE core.company SET name = 'x' WHERE id = 1"));
    QVERIFY(fingerprintOfOthers(*connection) != before);
}

static std::int64_t countRanges(Connection &connection, const char *table)
{
    return connection.query("SELECT count(*) FROM pg_inherits WHERE inhparent = $1::text::regclass",
                            {table})->first().int64(0);
}

void TestMigrations::rangesAreMadeAheadOfNeed()
{
    Connection connection = m_database->fresh();
    QCOMPARE(countRanges(connection, "chrona_world.raw_item"), 1 + 7 + 1); // default, today, ahead
    QCOMPARE(countRanges(connection, "chrona_world.event"), 2 + 1 + 8);    // also "before"
    QVERIFY(ensurePartitions(connection));
    QCOMPARE(countRanges(connection, "chrona_world.raw_item"), 1 + 7 + 1);
    const Instant from = parseInstant("2020-02-29").value();
    const Instant to = parseInstant("2021-01-01").value();
    QVERIFY(ensurePartitions(connection, "chrona_world.event", {from, to}));
    QCOMPARE(countRanges(connection, "chrona_world.event"), 2 + 1 + 8 + 5);
    QVERIFY(!ensurePartitions(connection, "chrona_world.entity", {from, to}));
}

void TestMigrations::expiredRangesAreDropped()
{
    Connection connection = m_database->fresh();
    const Instant now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    const Instant old = now - std::chrono::days(30);
    QVERIFY(ensurePartitions(connection, "chrona_world.raw_item", {old, now}));
    const std::int64_t before = countRanges(connection, "chrona_world.raw_item");
    const auto dropped =
        dropExpired(connection, "chrona_world.raw_item", now - std::chrono::days(10));
    QVERIFY2(dropped, dropped ? "" : dropped.error().what.c_str());
    QCOMPARE(*dropped, 20);
    QCOMPARE(countRanges(connection, "chrona_world.raw_item"), before - 20);
    const auto kept = dropExpired(connection, "chrona_world.event", now);
    QVERIFY(!kept);
    QVERIFY(kept.error().code == ErrorCode::Denied);
}

void TestMigrations::lateRowsMoveOutOfTheDefault()
{
    Connection connection = m_database->fresh();
    QVERIFY(
        connection.script("INSERT INTO chrona_oracle.venue (name) VALUES ('v'); "
                          "INSERT INTO chrona_oracle.feed (symbol) VALUES ('f'); "
                          "INSERT INTO chrona_oracle.quote SELECT '2023-05-05 12:00+00', now(), "
                          "1, 1, 1, 1, 1, 1, 1, false"));
    QCOMPARE(rowsInDefaultPartitions(connection)->size(), std::size_t{1});
    const Instant at = parseInstant("2023-05-05T12:00:00Z").value();
    QVERIFY(ensurePartitions(connection, "chrona_oracle.quote", {at, at}));
    QVERIFY(rowsInDefaultPartitions(connection)->empty());
    const auto rows = connection.query("SELECT count(*) FROM chrona_oracle.quote_20230505");
    QVERIFY(rows);
    QCOMPARE(rows->first().int64(0), 1);
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
