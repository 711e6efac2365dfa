// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "canonicalise.h"

#include "chrona/net/loopback.h"
#include "chrona/sources/acquisition.h"
#include "chrona/sources/own_feed.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/test_database.h"

#include <QTest>

/// A source of a person's own the whole way: real HTTP over loopback, the real connector, a real
/// Postgres.
class OwnSourceRig : public QObject {
protected:
    static constexpr chrona::Instant kNow{std::chrono::seconds(1'795'248'000)}; // 2026-11-21 08:00
    static constexpr chrona::Date kToday = std::chrono::floor<std::chrono::days>(kNow);

    [[nodiscard]] static chrona::sources::OwnFeed
    desk(std::string address = "https://desk.example.org/feed.xml");
    [[nodiscard]] static chrona::net::Answer feedAnswer(chrona::net::Headers headers = {});
    /// With the connectors, of which this one is needed.
    void openAll(const char *connector = chrona::sources::kOwnFeedConnector);
    void prepare();
    void finish();
    void begin(chrona::sources::KeyOf keyOf = {});
    /// Adds the desk's feed and gives its key.
    [[nodiscard]] std::string addDesk();
    [[nodiscard]] chrona::sources::SourceView view(const std::string &key);
    [[nodiscard]] std::size_t eventCount();
    [[nodiscard]] std::size_t requests(std::string_view target);

    std::unique_ptr<chrona::storage::TestDatabase> m_database;
    std::unique_ptr<chrona::connect::ConnectorLibrary> m_library;
    std::unique_ptr<chrona::net::ReplayServer> m_server;
    std::shared_ptr<chrona::storage::Pool> m_pool;
    std::shared_ptr<chrona::ManualClock> m_clock;
    std::unique_ptr<chrona::net::HttpClient> m_http;
    std::unique_ptr<chrona::sources::Acquisition> m_acquisition;
};

inline chrona::sources::OwnFeed OwnSourceRig::desk(std::string address)
{
    return {.address = std::move(address),
            .name = "A desk",
            .licence = "CC-BY-4.0",
            .termsUrl = "https://desk.example.org/terms",
            .redistribution = chrona::schema::Redistribution::WithAttribution,
            .retention = chrona::schema::RetentionClass::Days90,
            .mode = chrona::schema::IngestMode::MetadataOnly,
            .attribution = {},
            .publisherFamily = {},
            .every = {}};
}

inline chrona::net::Answer OwnSourceRig::feedAnswer(chrona::net::Headers headers)
{
    headers.push_back({"Content-Type", "application/rss+xml"});
    return {.status = 200, .headers = std::move(headers), .body = R"(<?xml version="1.0"?>
<rss version="2.0"><channel>
<title>A desk of one's own</title><link>https://desk.example.org/</link>
<item><title>Ferry line opens between Abville and Corstadt</title><guid>desk-1</guid>
<link>https://desk.example.org/1</link><pubDate>Sat, 21 Nov 2026 07:00:00 GMT</pubDate></item>
</channel></rss>)"};
}

inline void OwnSourceRig::openAll(const char *connector)
{
    m_database = chrona::storage::TestDatabase::open();
    QVERIFY(m_database);
    auto library = chrona::connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    QVERIFY2(library.has_value(), library ? "" : library.error().what.c_str());
    m_library = std::move(*library);
    QVERIFY(m_library->find(connector) != nullptr);
}

inline void OwnSourceRig::prepare()
{
    m_server = std::make_unique<chrona::net::ReplayServer>();
    m_server->answer("/feed.xml", feedAnswer());
    m_clock = std::make_shared<chrona::ManualClock>(kNow);
    auto pool = chrona::storage::Pool::open(m_database->freshConnectionString(), 4);
    QVERIFY2(pool.has_value(), pool ? "" : pool.error().what.c_str());
    m_pool = *pool;
}

inline void OwnSourceRig::finish()
{
    m_acquisition.reset();
    m_http.reset();
    m_pool.reset();
    m_server.reset();
}

inline void OwnSourceRig::begin(chrona::sources::KeyOf keyOf)
{
    m_acquisition.reset();
    m_http = chrona::net::loopbackClient(*m_server, ".example.org", m_clock);
    auto acquisition =
        chrona::sources::Acquisition::start({.pool = m_pool,
                                             .library = *m_library,
                                             .http = *m_http,
                                             .canonicalise = canonicalise,
                                             .clock = m_clock,
                                             .keyOf = std::move(keyOf)},
                                            {}, {.workers = 2, .batchItems = 500, .jitterSeed = 7});
    QVERIFY2(acquisition.has_value(), acquisition ? "" : acquisition.error().what.c_str());
    m_acquisition = std::move(*acquisition);
    // What the connectors bring is somebody else's test.
    for (const auto &known : m_acquisition->sources())
        if (known.source.address.empty())
            QVERIFY(m_acquisition->disable(known.source.key));
}

inline std::string OwnSourceRig::addDesk()
{
    const auto source = chrona::sources::ownFeedSource(desk(), kToday);
    if (!source || !m_acquisition->add(*source))
        return {};
    return source->key;
}

inline chrona::sources::SourceView OwnSourceRig::view(const std::string &key)
{
    for (const auto &view : m_acquisition->sources())
        if (view.source.key == key)
            return view;
    return {};
}

inline std::size_t OwnSourceRig::eventCount()
{
    auto lease = m_pool->take();
    const auto events =
        chrona::storage::findEvents(**lease, {.text = "Ferry line opens", .withRetracted = true});
    return events ? events->size() : 0;
}

inline std::size_t OwnSourceRig::requests(std::string_view target)
{
    std::size_t count = 0;
    for (const auto &request : m_server->received())
        count += request.target == target ? 1 : 0;
    return count;
}
