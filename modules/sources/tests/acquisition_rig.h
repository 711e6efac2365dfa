// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "canonicalise.h"
#include "quake_feed.h"

#include "chrona/base/log.h"
#include "chrona/net/loopback.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/test_database.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <mutex>

using namespace chrona;
using namespace std::chrono_literals;
using schema::SourceState;

inline constexpr Instant kNow = Instant(1'795'248'000s); // 2026-11-21T08:00:00Z
inline constexpr const char *kWeek = "/earthquakes/feed/v1.0/summary/all_week.geojson";
inline constexpr const char *kHour = "/earthquakes/feed/v1.0/summary/all_hour.geojson";
inline constexpr const char *kQuery = "/fdsnws/event/1/query";
inline constexpr const char *kKey = "usgs-earthquakes";
inline constexpr const char *kNone = R"({"type":"FeatureCollection","features":[]})";

inline net::Answer json(std::string body, net::Headers headers = {})
{
    headers.push_back({"Content-Type", "application/json"});
    return {.status = 200, .headers = std::move(headers), .body = std::move(body)};
}

/// One source the whole way: registry entry, real connector, real HTTP over loopback, raw log,
/// events in a real Postgres.
class AcquisitionRig : public QObject {
protected:
    void openAll();
    void prepare();
    void finish();
    void begin();
    void end();
    [[nodiscard]] sources::SourceView view();
    [[nodiscard]] std::size_t eventCount();
    [[nodiscard]] std::size_t requests(std::string_view part);
    void runAgain();
    /// What the log has of the source since the test began.
    [[nodiscard]] std::string logged();

    QTemporaryDir m_folder;
    std::unique_ptr<storage::TestDatabase> m_database;
    std::unique_ptr<connect::ConnectorLibrary> m_library;
    std::unique_ptr<net::ReplayServer> m_server;
    std::shared_ptr<storage::Pool> m_pool;
    std::shared_ptr<ManualClock> m_clock;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<sources::Acquisition> m_acquisition;
    std::mutex m_mutex;
    std::vector<SourceState> m_states;
    std::atomic<int> m_stored = 0;
};

inline void AcquisitionRig::openAll()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
    auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    QVERIFY2(library.has_value(), library ? "" : library.error().what.c_str());
    m_library = std::move(*library);
    QVERIFY(m_library->find(kKey) != nullptr);
}

inline void AcquisitionRig::prepare()
{
    m_server = std::make_unique<net::ReplayServer>();
    m_server->answer(kWeek, json(quakeFeed({{"us1"}, {"us2", 6.5}})));
    m_server->answer(kHour, json(quakeFeed({{"us1"}})));
    m_server->answer(kQuery, json(kNone));
    m_clock = std::make_shared<ManualClock>(kNow);
    auto pool = storage::Pool::open(m_database->freshConnectionString(), 4);
    QVERIFY2(pool.has_value(), pool ? "" : pool.error().what.c_str());
    m_pool = *pool;
    m_stored = 0;
    m_states.clear();
    const std::string file = m_folder.filePath(QStringLiteral("log")).toStdString();
    QVERIFY(log::open({}));
    std::filesystem::remove(file);
    QVERIFY(log::open({.file = file}));
}

inline std::string AcquisitionRig::logged()
{
    log::flush();
    std::ifstream file(m_folder.filePath(QStringLiteral("log")).toStdString());
    std::string lines;
    for (std::string line; std::getline(file, line);)
        if (line.contains("usgs"))
            lines += line + "\n";
    return lines;
}

inline void AcquisitionRig::finish()
{
    end();
    QVERIFY(log::open({}));
    m_pool.reset();
    m_server.reset();
}

inline void AcquisitionRig::begin()
{
    m_http = net::loopbackClient(*m_server, "earthquake.usgs.gov", m_clock);
    sources::Acquisition::Listener listener;
    listener.stored = [this](const sources::StoredBatch &batch) {
        m_stored += static_cast<int>(batch.events.size());
    };
    listener.sourceChanged = [this](const sources::SourceView &view) {
        if (view.source.key != kKey) // the other sources change too, whenever they like
            return;
        const std::lock_guard lock(m_mutex);
        m_states.push_back(view.health.state);
    };
    auto acquisition =
        sources::Acquisition::start({m_pool, *m_library, *m_http, canonicalise, m_clock}, listener,
                                    {.workers = 2, .batchItems = 500, .jitterSeed = 7});
    QVERIFY2(acquisition.has_value(), acquisition ? "" : acquisition.error().what.c_str());
    m_acquisition = std::move(*acquisition);
}

inline void AcquisitionRig::end()
{
    m_acquisition.reset();
    m_http.reset();
}

inline sources::SourceView AcquisitionRig::view()
{
    for (const auto &view : m_acquisition->sources())
        if (view.source.key == kKey)
            return view;
    return {};
}

inline std::size_t AcquisitionRig::eventCount()
{
    auto lease = m_pool->take();
    const auto events = storage::findEvents(**lease, {.withRetracted = true});
    return events ? events->size() : 0;
}

inline std::size_t AcquisitionRig::requests(std::string_view part)
{
    std::size_t count = 0;
    for (const auto &request : m_server->received())
        count += request.target.contains(part) ? 1 : 0;
    return count;
}

inline void AcquisitionRig::runAgain()
{
    const auto before = view().health.lastAttemptAt;
    m_clock->advance(5min);
    QVERIFY(m_acquisition->runNow(kKey).has_value());
    QTRY_VERIFY(view().health.lastAttemptAt != before &&
                view().health.state != SourceState::Running);
}
