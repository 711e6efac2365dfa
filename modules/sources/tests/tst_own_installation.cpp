// SPDX-License-Identifier: AGPL-3.0-or-later
#include "canonicalise.h"

#include "chrona/net/loopback.h"
#include "chrona/sources/acquisition.h"
#include "chrona/sources/own_feed.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace std::chrono_literals;

/// A content system of a person's own the whole way: added by its address, read with the person's
/// key, and given drafts; real HTTP over loopback, the real connector, a real Postgres.
class TestOwnInstallation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void addressIsJudged_data();
    void addressIsJudged();
    void onlySystemsOfPeoplesOwnAreAdded();
    void itemsBecomeEntities();
    void draftsAreLaidDownOnce();
    void draftsThatCannotBeLaidDown();

private:
    [[nodiscard]] Result<schema::Source> installation(std::string address) const
    {
        return sources::ownInstallationSource({std::move(address), "Our desk", {}},
                                              *m_library->find("directus"), kInstalledOn);
    }
    [[nodiscard]] std::string add()
    {
        const auto source = installation(kPosts);
        return source && m_acquisition->add(*source) ? source->key : std::string();
    }
    [[nodiscard]] std::vector<net::ReceivedRequest> posted() const
    {
        auto all = m_server->received();
        std::erase_if(all, [](const auto &request) { return request.method != "POST"; });
        return all;
    }

    static constexpr const char *kPosts = "https://cms.example.org/items/posts";
    static constexpr const char *kToken = "token-of-the-desk";
    static constexpr Date kInstalledOn = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);

    std::unique_ptr<storage::TestDatabase> m_database;
    std::unique_ptr<connect::ConnectorLibrary> m_library;
    std::unique_ptr<net::ReplayServer> m_server;
    std::shared_ptr<storage::Pool> m_pool;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<sources::Acquisition> m_acquisition;
    std::string m_token;
};

void TestOwnInstallation::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
    auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    QVERIFY2(library.has_value(), library ? "" : library.error().what.c_str());
    m_library = std::move(*library);
    QVERIFY(m_library->find("directus") != nullptr);
}

void TestOwnInstallation::init()
{
    m_token = kToken;
    m_server = std::make_unique<net::ReplayServer>();
    m_server->answer("/items/posts", {.status = 200,
                                      .headers = {{"Content-Type", "application/json"}},
                                      .body = R"({"data":[{"id":7,"title":"Port closed"}]})"});
    auto pool = storage::Pool::open(m_database->freshConnectionString(), 4);
    QVERIFY2(pool.has_value(), pool ? "" : pool.error().what.c_str());
    m_pool = *pool;
    m_http = net::loopbackClient(*m_server, ".example.org",
                                 std::make_shared<ManualClock>(SystemClock().now()));
    auto acquisition = sources::Acquisition::start(
        {.pool = m_pool,
         .library = *m_library,
         .http = *m_http,
         .canonicalise = canonicalise,
         .clock = nullptr,
         .keyOf = [this](const schema::Source &) -> Result<std::string> {
             if (m_token.empty())
                 return fail(ErrorCode::NotFound, "none");
             return m_token;
         }},
        {}, {.workers = 2, .batchItems = 500, .jitterSeed = 7});
    QVERIFY2(acquisition.has_value(), acquisition ? "" : acquisition.error().what.c_str());
    m_acquisition = std::move(*acquisition);
    for (const auto &known : m_acquisition->sources())
        QVERIFY(m_acquisition->disable(known.source.key));
}

void TestOwnInstallation::cleanup()
{
    m_acquisition.reset();
    m_http.reset();
    m_pool.reset();
    m_server.reset();
}

void TestOwnInstallation::addressIsJudged_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("a public name") << "https://cms.example.com/items/posts" << true;
    QTest::newRow("another port") << "https://cms.example.com:8055/items/posts" << true;
    QTest::newRow("without encryption") << "http://cms.example.com/items/posts" << false;
    QTest::newRow("this machine") << "https://localhost:8055/items/posts" << false;
    QTest::newRow("the home network") << "https://192.168.1.10/items/posts" << false;
    QTest::newRow("a cloud's metadata") << "https://169.254.169.254/items/x" << false;
    QTest::newRow("with a password") << "https://me:pw@cms.example.com/items/x" << false;
}

void TestOwnInstallation::addressIsJudged()
{
    QFETCH(QString, address);
    QFETCH(bool, allowed);
    const auto source = installation(address.toStdString());
    QCOMPARE(source.has_value(), allowed);
    if (source)
        QVERIFY(schema::validate(*source).empty());
}

void TestOwnInstallation::onlySystemsOfPeoplesOwnAreAdded()
{
    const auto source = installation("https://cms.example.org:8055/items/posts/?limit=1#x");
    QVERIFY(source.has_value());
    QVERIFY(source->key.starts_with("own.cms.example.org."));
    QCOMPARE(source->connector, std::string("directus"));
    QCOMPARE(source->address, std::string("https://cms.example.org:8055/items/posts"));
    QCOMPARE(source->hosts, std::vector<std::string>{"cms.example.org:8055"});
    QVERIFY(source->mode == schema::IngestMode::OwnKeyLocal);
    QVERIFY(source->redistribution == schema::Redistribution::Forbidden);
    QVERIFY(source->enabled && sources::isOwn(*source));
    for (const auto &entry : m_library->entries())
        if (entry.description.id != "directus" && entry.description.id != "twenty")
            QVERIFY2(!sources::ownInstallationSource({kPosts, {}, {}}, entry, kInstalledOn),
                     entry.description.id.c_str());
}

void TestOwnInstallation::itemsBecomeEntities()
{
    QVERIFY(!add().empty());
    QTRY_VERIFY([this] {
        auto lease = m_pool->take();
        const auto known = storage::loadEntities(**lease);
        return known && std::ranges::contains(*known, "directus:posts/7", &schema::Entity::key);
    }());
    const auto *asked = net::find(m_server->received().back().headers, "Authorization");
    QVERIFY(asked != nullptr);
}

void TestOwnInstallation::draftsAreLaidDownOnce()
{
    const std::string key = add();
    QVERIFY(!key.empty());
    m_server->answer("/items/posts", {.status = 200,
                                      .headers = {{"Content-Type", "application/json"}},
                                      .body = R"({"data":{"id":"5c9f"}})"});
    const auto id = m_acquisition->publish(key, {.title = "The day", .body = "# The day"});
    QVERIFY2(id.has_value(), id ? "" : id.error().what.c_str());
    QCOMPARE(*id, std::string("5c9f"));
    QCOMPARE(posted().size(), 1U);
    const net::ReceivedRequest draft = posted().front();
    QCOMPARE(draft.target, std::string("/items/posts"));
    QCOMPARE(draft.body, std::string(R"({"title":"The day","body":"# The day","status":"draft"})"));
    const auto *authorization = net::find(draft.headers, "Authorization");
    QVERIFY(authorization != nullptr);
    QCOMPARE(*authorization, std::string("Bearer ") + kToken);
}

void TestOwnInstallation::draftsThatCannotBeLaidDown()
{
    const std::string key = add();
    QVERIFY(!key.empty());
    const connect::WrittenText text{.title = "The day", .body = "# The day"};
    QVERIFY(m_acquisition->publish("nobody", text).error().code == ErrorCode::NotFound);
    // What the system answers may have been done: it is asked once, and told.
    m_server->answer("/items/posts", {.status = 503});
    const auto failed = m_acquisition->publish(key, text);
    QVERIFY(!failed.has_value());
    QVERIFY(!failed.error().what.contains(kToken));
    QCOMPARE(posted().size(), 1U);
    m_token.clear();
    const auto keyless = m_acquisition->publish(key, text);
    QVERIFY(!keyless && keyless.error().code == ErrorCode::Denied);
    QVERIFY(keyless.error().remedy.contains("chronactl key add"));
    m_token = kToken;
    QVERIFY(m_acquisition->disable(key));
    const auto disabled = m_acquisition->publish(key, text);
    QVERIFY(!disabled && disabled.error().code == ErrorCode::Denied);
    // A source of another connector takes none.
    QVERIFY(m_acquisition->enable("twenty"));
    const auto other = m_acquisition->publish("twenty", text);
    QVERIFY(!other && other.error().code == ErrorCode::Conflict);
    QCOMPARE(posted().size(), 1U);
}

QTEST_GUILESS_MAIN(TestOwnInstallation)
#include "tst_own_installation.moc"
