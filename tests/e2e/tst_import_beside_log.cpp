// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "chrona/connect/connector_library.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

namespace {

constexpr auto kSource = "usgs-earthquakes"_L1;
constexpr int kPatienceMs = 60'000;

/// In the documented form of the USGS feeds; no real event.
QByteArray feed(std::initializer_list<std::pair<const char *, double>> quakes)
{
    QByteArray features;
    for (const auto &[id, magnitude] : quakes)
        features += (features.isEmpty() ? "" : ",") +
                    u"{\"type\":\"Feature\",\"id\":\"%1\",\"geometry\":{\"type\":\"Point\","
                    "\"coordinates\":[-70.5,-33.25,10]},\"properties\":{\"mag\":%2,"
                    "\"place\":\"Testville\",\"time\":1795244400123,\"updated\":1795246200000,"
                    "\"status\":\"reviewed\",\"type\":\"earthquake\","
                    "\"title\":\"M %2 - Testville\"}}"_s.arg(QLatin1StringView(id))
                        .arg(magnitude)
                        .toUtf8();
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

} // namespace

/// What an import says of a live source's events, while the service remembers what the source said
/// last (ADR 92).
class TestImportBesideLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void termsOfTheSourceStay();
    void earlierWordsAfterAnImportAreARevision();

private:
    /// As if it had been fetched just now.
    void say(std::initializer_list<std::pair<const char *, double>> quakes)
    {
        const storage::RawItem item{.sourceRef = "feed-" + std::to_string(m_said++),
                                    .kind = "geojson",
                                    .url = "https://earthquake.usgs.gov/feed",
                                    .contentType = "application/json",
                                    .payload = feed(quakes).toStdString(),
                                    .publishedAt = {},
                                    .fetchedAt = m_fetchedAt += std::chrono::minutes(1)};
        QVERIFY(storage::appendRaw(*m_connection, m_source, {&item, 1}));
    }
    /// What stands in the database: "title, revision"; empty where it does not.
    [[nodiscard]] QString stored(const QString &ref)
    {
        const auto rows = m_connection->query(
            "SELECT title || ', ' || revision FROM chrona_world.event WHERE source_ref = $1",
            {ref.toStdString()});
        return rows && !rows->isEmpty() ? QString::fromStdString(rows->first().string(0))
                                        : QString();
    }
    /// What a client is shown.
    [[nodiscard]] QString shown(const QString &ref) const
    {
        const Ran ran = m_programs.chronactl({u"events"_s, u"--text"_s, u"Testville"_s});
        for (const QString &line : ran.out.split(u'\n', Qt::SkipEmptyParts)) {
            const QJsonObject one = QJsonDocument::fromJson(line.toUtf8()).object();
            if (one[u"source_ref"_s].toString() == ref)
                return u"%1, %2"_s.arg(one[u"title"_s].toString()).arg(one[u"revision"_s].toInt());
        }
        return {};
    }
    void import(const QByteArray &rows)
    {
        const QString file =
            m_programs.file(u"corrected.csv"_s, "type,title,observed_at,source_ref\n" + rows);
        const Ran ran = m_programs.chronactl(
            {u"import"_s, u"--kind"_s, u"events"_s, u"--source"_s, kSource, file});
        QVERIFY2(ran.code == 0, qPrintable(ran.err));
    }

    std::unique_ptr<storage::TestDatabase> m_server;
    std::optional<storage::Connection> m_connection;
    schema::SourceId m_source;
    int m_said = 0;
    Instant m_fetchedAt = parseInstant("2026-11-21T08:00:00Z").value();
    Programs m_programs;
};

/// A live service with one connector whose sources are switched off: nobody is asked, and what is
/// put into the log is read.
void TestImportBesideLog::initTestCase()
{
    const QString plugins = QFileInfo(m_programs.dataFolder()).dir().filePath(u"connectors"_s);
    QVERIFY(QDir().mkpath(plugins));
    QVERIFY(QFile::copy(QStringLiteral(CHRONA_CONNECTORS_DIR "/usgs-earthquakes.so"),
                        plugins + u"/usgs-earthquakes.so"_s));
    const auto library = connect::ConnectorLibrary::load(plugins.toStdString());
    QVERIFY(library);
    const auto *entry = (*library)->find("usgs-earthquakes");
    QVERIFY(entry != nullptr);
    m_server = storage::TestDatabase::open();
    QVERIFY(m_server);
    const std::string way = m_server->freshConnectionString();
    m_connection = storage::Connection::open(way).value();
    const auto &sources = entry->description.sources;
    QVERIFY(storage::storeSources(*m_connection, sources));
    for (const schema::Source &source : sources)
        QVERIFY(storage::setSourceEnabled(*m_connection, source.id, storage::SourceSwitch::Off));
    m_source = schema::sourceIdFor(std::string(kSource.data(), std::size_t(kSource.size())));
    QVERIFY(m_programs.startService(
        {u"--database"_s, QString::fromStdString(way), u"--plugins"_s, plugins}));
    QCOMPARE(m_programs.chronactl({u"config"_s, u"set"_s, u"sources.live"_s, u"true"_s}).code, 0);
    say({{"us1", 5}});
    QTRY_COMPARE_WITH_TIMEOUT(stored(u"us1"_s), u"M 5 - Testville, 1"_s, kPatienceMs);
}

void TestImportBesideLog::termsOfTheSourceStay()
{
    const auto show = [this] {
        const Ran ran =
            m_programs.chronactl({u"sources"_s, u"show"_s, QString(kSource), u"--json"_s});
        return QJsonDocument::fromJson(ran.out.toUtf8()).object();
    };
    const QJsonObject before = show();
    QVERIFY(!before[u"licence"_s].toString().isEmpty());
    import("earthquake,M 4 - Testville,2026-11-20T10:00:00Z,us0\n");
    const QJsonObject after = show();
    for (const QString &word : {u"licence"_s, u"redistribution"_s, u"attribution"_s, u"mode"_s})
        QCOMPARE(after[word], before[word]);
}

void TestImportBesideLog::earlierWordsAfterAnImportAreARevision()
{
    // Said again beside something new: it is known, and goes no further.
    say({{"us1", 5}, {"us2", 5}});
    QTRY_COMPARE_WITH_TIMEOUT(stored(u"us2"_s), u"M 5 - Testville, 1"_s, kPatienceMs);
    QCOMPARE(stored(u"us1"_s), u"M 5 - Testville, 1"_s);
    import("earthquake,M 7 - Testville,2026-11-21T07:40:00Z,us1\n");
    QCOMPARE(stored(u"us1"_s), u"M 7 - Testville, 2"_s);
    QCOMPARE(shown(u"us1"_s), u"M 7 - Testville, 2"_s);
    // The source still says what it said last; after the import that is no repeat.
    say({{"us1", 5}, {"us2", 5}, {"us3", 5}});
    QTRY_COMPARE_WITH_TIMEOUT(stored(u"us3"_s), u"M 5 - Testville, 1"_s, kPatienceMs);
    QCOMPARE(stored(u"us1"_s), u"M 5 - Testville, 3"_s); // in the same transaction
    QCOMPARE(shown(u"us1"_s), u"M 5 - Testville, 3"_s);
}

QTEST_GUILESS_MAIN(TestImportBesideLog)
#include "tst_import_beside_log.moc"
