// SPDX-License-Identifier: AGPL-3.0-or-later
#include "own_source_rig.h"

#include "chrona/storage/entity_store.h"

#include <algorithm>

using namespace chrona;
using namespace std::chrono_literals;

/// A content system of a person's own the whole way: added by its address, read with the person's
/// key, and given drafts.
class TestOwnInstallation : public OwnSourceRig {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openAll("directus"); }
    void init();
    void cleanup() { finish(); }
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
                                              *m_library->find("directus"), kToday);
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

    std::string m_token;
};

void TestOwnInstallation::init()
{
    m_token = kToken;
    prepare();
    m_server->answer("/items/posts", {.status = 200,
                                      .headers = {{"Content-Type", "application/json"}},
                                      .body = R"({"data":[{"id":7,"title":"Port closed"}]})"});
    begin([this](const schema::Source &) -> Result<std::string> {
        if (m_token.empty())
            return fail(ErrorCode::NotFound, "none");
        return m_token;
    });
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
            QVERIFY2(!sources::ownInstallationSource({kPosts, {}, {}}, entry, kToday),
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
    QVERIFY(net::find(m_server->received().back().headers, "Authorization"));
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
