// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_keys.h"

#include "chrona/base/log.h"
#include "chrona/events/canonical_event.h"
#include "chrona/keys/key_entry.h"
#include "chrona/keys/test_keyring.h"
#include "chrona/net/loopback.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/test_database.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <format>

using namespace chrona;
using namespace std::chrono_literals;
using schema::SourceState;

namespace {

constexpr Instant kKeyNow = Instant(1'795'248'000s); // 2026-11-21T08:00:00Z
/// A keychain, a server and a database answer on a machine that has other work too.
constexpr int kPatienceMs = 60'000;
constexpr const char *kSource = "eia";
constexpr const char *kCanary = "canary-0a1b2c3d4e5f";
constexpr std::array kRoutes = {"/v2/petroleum/pri/spt/data/", "/v2/natural-gas/pri/fut/data/",
                                "/v2/petroleum/stoc/wstk/data/", "/v2/natural-gas/stor/wkly/data/"};

keys::Secret secret(std::string text)
{
    return std::move(
        keys::Secret::take({reinterpret_cast<std::uint8_t *>(text.data()), text.size()}).value());
}

/// As the source documents it, the key that it was asked with included.
std::string reply(const std::string &key)
{
    return R"({"response":{"data":[{"period":"2026-11-19","series":"RWTC","value":"61.25",)"
           R"("units":"$/BBL"}]},"request":{"command":"/v2/petroleum/pri/spt/data/",)"
           R"("params":{"api_key":")" +
           key + R"("}}})";
}

Result<schema::Event> canonicalise(schema::Event draft, const schema::Source &source,
                                   Instant ingestedAt)
{
    return events::canonicalEvent(std::move(draft), {source.id, source.mode, ingestedAt});
}

} // namespace

/// A person's own key from a real Secret Service to a real request, and nowhere else.
class TestSourceKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();
    void missingKeyIsAStateWithItsRemedy();
    void keyReachesTheSourceAndNothingElse();
    void refusedKeySaysWhatToDo();
    void whoWaitsIsSentAwayAtTheEnd();

private:
    void begin();
    [[nodiscard]] sources::SourceView view();
    void answerAll(const net::Answer &answer);
    [[nodiscard]] QByteArray everythingStored();

    QTemporaryDir m_folder;
    keys::TestKeyring m_keyring;
    std::unique_ptr<keys::Vault> m_vault; ///< the person's side
    std::unique_ptr<storage::TestDatabase> m_database;
    std::unique_ptr<connect::ConnectorLibrary> m_library;
    std::unique_ptr<net::ReplayServer> m_server;
    std::shared_ptr<storage::Pool> m_pool;
    std::shared_ptr<ManualClock> m_clock;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<service::SourceKeys> m_keys;
    std::unique_ptr<sources::Acquisition> m_acquisition;
};

void TestSourceKeys::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const auto started = m_keyring.start();
    QVERIFY2(started, started ? "" : describe(started.error()).c_str());
    Result<std::unique_ptr<keys::Vault>> vault = fail(ErrorCode::Unavailable, "not asked yet");
    QTRY_VERIFY2_WITH_TIMEOUT((vault = keys::openKeychain(keys::kSecretService)).has_value(),
                              describe(vault.error()).c_str(), kPatienceMs);
    m_vault = std::move(*vault);

    QVERIFY(log::open({.file = m_folder.filePath(QStringLiteral("chronad.log")).toStdString(),
                       .level = log::Level::Debug}));
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
    auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    QVERIFY2(library.has_value(), library ? "" : library.error().what.c_str());
    m_library = std::move(*library);
    QVERIFY(m_library->find(kSource) != nullptr);
}

void TestSourceKeys::cleanupTestCase()
{
    m_vault.reset();
}

void TestSourceKeys::init()
{
    (void)m_vault->remove(kSource);
    m_server = std::make_unique<net::ReplayServer>();
    m_clock = std::make_shared<ManualClock>(kKeyNow);
    auto pool = storage::Pool::open(m_database->freshConnectionString(), 4);
    QVERIFY2(pool.has_value(), pool ? "" : pool.error().what.c_str());
    m_pool = *pool;
    m_keys = std::make_unique<service::SourceKeys>();
}

void TestSourceKeys::cleanup()
{
    m_acquisition.reset();
    m_keys.reset();
    m_http.reset();
    m_pool.reset();
    m_server.reset();
}

void TestSourceKeys::begin()
{
    m_http = net::loopbackClient(*m_server, "api.eia.gov", m_clock);
    auto acquisition = sources::Acquisition::start(
        {.pool = m_pool,
         .library = *m_library,
         .http = *m_http,
         .canonicalise = canonicalise,
         .clock = m_clock,
         .enrich = {},
         .keyOf = [this](const schema::Source &source) { return m_keys->keyOf(source.key); }},
        {}, {.workers = 2, .batchItems = 500, .jitterSeed = 7});
    QVERIFY2(acquisition.has_value(), acquisition ? "" : acquisition.error().what.c_str());
    m_acquisition = std::move(*acquisition);
    QVERIFY(m_acquisition->enable(kSource)); // sources with keys are off until a person wants them
}

sources::SourceView TestSourceKeys::view()
{
    for (const auto &view : m_acquisition->sources())
        if (view.source.key == kSource)
            return view;
    return {};
}

void TestSourceKeys::answerAll(const net::Answer &answer)
{
    for (const char *route : kRoutes)
        m_server->answer(route, answer);
}

/// Every row of every table, bytes as hex digits.
QByteArray TestSourceKeys::everythingStored()
{
    auto lease = m_pool->take();
    const auto tables = (*lease)->query("SELECT format('%I.%I', schemaname, tablename) FROM "
                                        "pg_tables WHERE schemaname LIKE 'chrona%'");
    QByteArray all;
    if (!tables)
        return all;
    for (const storage::Row table : *tables) {
        const std::string sql = std::format(
            "SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {} t", table.text(0));
        if (const auto rows = (*lease)->query(sql.c_str()))
            all += QByteArray::fromStdString(rows->first().string(0));
    }
    return all;
}

void TestSourceKeys::missingKeyIsAStateWithItsRemedy()
{
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(view().health.state == SourceState::NeedsKey, kPatienceMs);
    QVERIFY2(view().health.lastError.contains("chronactl key add eia"),
             view().health.lastError.c_str());
    QCOMPARE(view().health.failuresInRow, 0U);
    QCOMPARE(view().health.requestsToday, 0U);
    QVERIFY(m_server->received().empty()); // nobody is asked without a key

    answerAll({.status = 200, .body = reply("")});
    QVERIFY(m_vault->write(kSource, secret(kCanary)));
    m_clock->advance(5min); // no run now: the key is found by itself
    QTRY_VERIFY_WITH_TIMEOUT(view().health.lastSuccessAt.has_value(), kPatienceMs);
    QVERIFY(view().health.state == SourceState::Idle);
    QVERIFY(view().health.lastError.empty());
}

void TestSourceKeys::keyReachesTheSourceAndNothingElse()
{
    QVERIFY(m_vault->write(kSource, secret(kCanary)));
    // The source moves one address and echoes the key in its words, as real ones do.
    answerAll({.status = 200, .body = reply(kCanary)});
    m_server->answer(
        kRoutes[0],
        {net::Answer{.status = 302,
                     .headers = {{"Location", std::string("https://api.eia.gov") + kRoutes[0] +
                                                  "?moved=1&api_key=" + kCanary}}},
         net::Answer{.status = 200, .body = reply(kCanary)}});
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(view().health.lastSuccessAt.has_value(), kPatienceMs);
    const auto received = m_server->received();
    QVERIFY(!received.empty());
    for (const auto &request : received)
        QVERIFY2(request.target.contains(std::string("api_key=") + kCanary),
                 request.target.c_str());
    QTRY_VERIFY_WITH_TIMEOUT(everythingStored().contains("eia:RWTC"), kPatienceMs);

    const QByteArray stored = everythingStored();
    QVERIFY2(stored.contains(QByteArray("[key]").toHex()), "the payload is kept without the key");
    for (const QByteArray &canary : {QByteArray(kCanary), QByteArray(kCanary).toHex()})
        QVERIFY2(!stored.contains(canary), "the database holds the key");
    log::flush();
    QFile file(m_folder.filePath(QStringLiteral("chronad.log")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY2(!file.readAll().contains(kCanary), "the log holds the key");
}

void TestSourceKeys::refusedKeySaysWhatToDo()
{
    QVERIFY(m_vault->write(kSource, secret(kCanary)));
    answerAll({.status = 403, .body = std::string("no such key: ") + kCanary});
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(view().health.failuresInRow == 1, kPatienceMs);
    QVERIFY(view().health.state == SourceState::Failing);
    QVERIFY2(view().health.lastError.contains("chronactl key add eia"),
             view().health.lastError.c_str());
    QVERIFY(!view().health.lastError.contains(kCanary));
}

void TestSourceKeys::whoWaitsIsSentAwayAtTheEnd()
{
    m_keys->close();
    const auto refused = m_keys->keyOf(kSource);
    QVERIFY(!refused && refused.error().code == ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestSourceKeys)
#include "tst_source_keys.moc"
