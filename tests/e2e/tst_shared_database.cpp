// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "chrona/storage/connection.h"
#include "chrona/storage/test_database.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

namespace {

/// Tables as other owners have them in a database that we are given.
constexpr const char *kForeign =
    "CREATE SCHEMA core; CREATE SCHEMA workspace_a; CREATE SCHEMA timeseries;"
    "CREATE TABLE public.directus_users (id int PRIMARY KEY, name text);"
    "INSERT INTO public.directus_users VALUES (1, 'somebody');"
    "CREATE TABLE core.company (id int); INSERT INTO core.company VALUES (7);"
    "CREATE TABLE workspace_a.deal (id int);"
    "CREATE TABLE timeseries.event (id int, what text);"
    "INSERT INTO timeseries.event VALUES (1, 'not ours');"
    "CREATE TABLE public.alembic_version (version_num text);"
    "INSERT INTO public.alembic_version VALUES ('abc')";

/// Everything that is not ours, as one text: names, columns, and the rows of the tables above.
constexpr const char *kFingerprint =
    "SELECT (SELECT string_agg(format('%s.%s.%s:%s', table_schema, table_name, column_name, "
    "data_type),"
    "  ',' ORDER BY table_schema, table_name, column_name) FROM information_schema.columns WHERE "
    "table_schema NOT LIKE 'chrona\\_%'"
    "  AND table_schema NOT IN ('pg_catalog', 'information_schema'))"
    " || (SELECT string_agg(u::text, ',') FROM public.directus_users u)"
    " || (SELECT string_agg(c::text, ',') FROM core.company c)"
    " || (SELECT string_agg(e::text, ',') FROM timeseries.event e)"
    " || (SELECT string_agg(a::text, ',') FROM public.alembic_version a)";

} // namespace

/// A service on a database that has other owners, instead of a cluster of its own.
class TestSharedDatabase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void otherOwnersKeepWhatTheyHave();
};

void TestSharedDatabase::otherOwnersKeepWhatTheyHave()
{
    const auto server = storage::TestDatabase::open();
    QVERIFY(server);
    const std::string way = server->emptyConnectionString();
    auto connection = storage::Connection::open(way);
    QVERIFY(connection.has_value());
    QVERIFY(connection->script(kForeign).has_value());
    const auto before = connection->query(kFingerprint);
    QVERIFY(before.has_value());

    Programs programs;
    QVERIFY(programs.startService({u"--database"_s, QString::fromStdString(way)}));
    const Ran status = programs.chronactl({u"status"_s, u"--json"_s});
    const QJsonObject database =
        QJsonDocument::fromJson(status.out.toUtf8()).object()[u"database"_s].toObject();
    QCOMPARE(database[u"private_cluster"_s].toBool(true), false);
    QCOMPARE(programs.postmaster(), 0);
    QCOMPARE(
        programs
            .chronactl({u"demo"_s, u"load"_s, u"--events"_s, u"2000"_s}, std::chrono::seconds(120))
            .code,
        0);
    QCOMPARE(programs.chronactl({u"demo"_s, u"clear"_s}).code, 0);
    QVERIFY(programs.stopService());

    const auto after = connection->query(kFingerprint);
    QVERIFY(after.has_value());
    QVERIFY(!before->first().string(0).empty());
    QCOMPARE(after->first().string(0), before->first().string(0));
}

QTEST_GUILESS_MAIN(TestSharedDatabase)
#include "tst_shared_database.moc"
