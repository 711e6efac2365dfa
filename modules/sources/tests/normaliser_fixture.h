// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "canonicalise.h"
#include "quake_feed.h"

#include "chrona/sources/normaliser.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#define CHECKED(name, expression)                                                                  \
    auto name = (expression);                                                                      \
    if (!(name))                                                                                   \
    qFatal("%s", describe((name).error()).c_str())

/// A real Postgres, the real connector, and payloads in the raw log, one a minute.
class NormaliserFixture : public QObject {
protected:
    static constexpr chrona::Instant kFetchedFrom{
        std::chrono::seconds(1'795'248'000)}; // 2026-11-21T08:00:00Z

    void open()
    {
        m_database = chrona::storage::TestDatabase::open();
        QVERIFY(m_database);
        CHECKED(library, chrona::connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR));
        m_library = std::move(*library);
        QVERIFY(m_library->find("usgs-earthquakes") != nullptr);
    }

    void begin()
    {
        m_connection.reset();
        m_connection.emplace(m_database->fresh());
        const auto &entries = m_library->find("usgs-earthquakes")->description.sources;
        CHECKED(done, chrona::storage::storeSources(*m_connection, entries));
        m_usgs = entries.front().id;
        m_told.clear();
    }

    void append(const std::string &payload, const std::string &ref = "feed",
                chrona::schema::SourceId source = {})
    {
        const chrona::storage::RawItem item{.sourceRef = ref,
                                            .kind = "geojson",
                                            .url = "https://earthquake.usgs.gov/" + ref,
                                            .contentType = "application/json",
                                            .payload = payload,
                                            .publishedAt = {},
                                            .fetchedAt =
                                                kFetchedFrom + std::chrono::minutes(m_minute++)};
        CHECKED(done, chrona::storage::appendRaw(*m_connection, source.isNull() ? m_usgs : source,
                                                 std::span(&item, 1)));
    }

    [[nodiscard]] chrona::sources::Normaliser
    normaliser(chrona::sources::Canonicalise engine = canonicalise)
    {
        return chrona::sources::Normaliser({*m_library, std::move(engine), [this](auto batch) {
                                                m_told.push_back(std::move(batch));
                                            }});
    }

    chrona::sources::NormaliseReport consume(chrona::sources::Normaliser &normaliser)
    {
        chrona::sources::NormaliseReport sum;
        for (;;) {
            CHECKED(report, normaliser.step(*m_connection));
            if (report->items == 0)
                return sum;
            sum.items += report->items;
            sum.quarantined += report->quarantined;
            sum.rejected += report->rejected;
            sum.events += report->events;
        }
    }

    [[nodiscard]] std::vector<chrona::schema::Event> stored()
    {
        CHECKED(events, chrona::storage::findEvents(*m_connection, {.withRetracted = true}));
        return *events;
    }

    std::unique_ptr<chrona::storage::TestDatabase> m_database;
    std::unique_ptr<chrona::connect::ConnectorLibrary> m_library;
    std::optional<chrona::storage::Connection> m_connection;
    chrona::schema::SourceId m_usgs;
    std::vector<chrona::sources::StoredBatch> m_told;
    int m_minute = 0;
};
