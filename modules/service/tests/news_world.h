// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "cluster_pipeline.h"

#include "chrona/events/canonical_event.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include <initializer_list>
#include <memory>
#include <string_view>

namespace chrona::service {

/// A database with one source whose reports are put into stories as they are told.
class NewsWorld {
public:
    static constexpr Instant kDay{std::chrono::sys_days(std::chrono::year(2026) / 11 / 18)};
    static constexpr Instant kNow = kDay + std::chrono::hours(20);

    explicit NewsWorld(storage::TestDatabase &database) : m_connection(database.fresh())
    {
        m_source.key = "desk";
        m_source.id = schema::sourceIdFor(m_source.key);
        m_source.name = "The desk";
        m_source.licence = "CC0-1.0";
        m_source.redistribution = schema::Redistribution::Allowed;
        m_source.publisherFamily = "desk";
        m_isSound = storage::storeSources(m_connection, {&m_source, 1}).has_value();
    }

    void tell(std::initializer_list<std::string_view> titles)
    {
        std::vector<schema::Event> events;
        for (const std::string_view title : titles) {
            schema::Event event;
            event.type = schema::EventType::News;
            event.title = title;
            event.sourceRef = title;
            event.times.observedAt =
                kDay + std::chrono::hours(9) + std::chrono::minutes(events.size());
            event.times.publishedAt = event.times.observedAt;
            const events::Arrival origin{m_source.id, schema::IngestMode::Full,
                                         kDay + std::chrono::hours(10)};
            events.push_back(events::canonicalEvent(std::move(event), origin).value());
        }
        m_isSound = m_isSound && storage::storeEvents(m_connection, events) && refresh();
    }
    [[nodiscard]] bool refresh()
    {
        return refreshClusters(m_connection, kDay - std::chrono::days(1), {}).has_value();
    }

    [[nodiscard]] schema::EventId idOf(std::string_view title)
    {
        return {number("SELECT id FROM chrona_world.event WHERE title = $1", title)};
    }
    [[nodiscard]] std::int64_t storyOf(std::string_view title)
    {
        return number("SELECT cluster_id FROM chrona_world.cluster_member WHERE event_id = $1",
                      idOf(title));
    }
    /// Of a query with one number; 0 where it gives no row.
    [[nodiscard]] std::int64_t number(const char *sql, storage::Parameter parameter)
    {
        const auto rows = m_connection.query(sql, {std::move(parameter)});
        return rows && !rows->isEmpty() ? rows->first().int64(0) : 0;
    }

    [[nodiscard]] storage::Connection &connection() { return m_connection; }
    [[nodiscard]] bool isSound() const { return m_isSound; } ///< everything told was stored

private:
    storage::Connection m_connection;
    schema::Source m_source;
    bool m_isSound = false;
};

} // namespace chrona::service
