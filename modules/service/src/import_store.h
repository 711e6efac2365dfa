// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "event_cache.h"
#include "name_index.h"

#include "chrona/events/place_names.h"
#include "chrona/events/port_names.h"
#include "chrona/formats/import.h"
#include "chrona/schema/source.h"
#include "chrona/storage/event_store.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace chrona::service {

/// Writes the batches of one import. Each batch is whole or not there at all, and giving it again
/// after a failure or a crash doubles nothing. One thread, one connection at a time.
class ImportStore {
public:
    /// Told of events after their commit.
    using EventsStored = std::function<void(std::vector<schema::Event>, EventCache::Revisions)>;

    ImportStore(schema::Source source, EventsStored eventsStored);

    /// Registers the source, and reads what drafts refer to.
    [[nodiscard]] Status begin(storage::Connection &connection, formats::ImportKind kind);
    /// Calendars of known instruments, for the reader of bars.
    [[nodiscard]] const std::map<std::string, std::string, std::less<>> &calendars() const
    {
        return m_calendars;
    }
    [[nodiscard]] Status store(storage::Connection &connection, formats::ImportBatch batch);
    [[nodiscard]] const storage::StoreReport &report() const { return m_report; }

private:
    [[nodiscard]] Status storeEvents(storage::Connection &connection,
                                     std::vector<formats::EventDraft> drafts);
    /// Links an event to what its row names; shipping is where the port lies that it names.
    [[nodiscard]] Status link(schema::Event &event, std::span<const std::string> names);
    /// Links the port that a row of shipping means and puts the row there; where only a city is
    /// called so, puts it in the city. True: it is a port. region: in which, where the row says it.
    [[nodiscard]] bool linkPort(schema::Event &event, std::string_view name,
                                std::string_view region);
    [[nodiscard]] Status storeBars(storage::Connection &connection,
                                   const std::vector<formats::BarDraft> &drafts);
    [[nodiscard]] Status storeObservations(storage::Connection &connection,
                                           const std::vector<formats::ObservationDraft> &drafts);
    [[nodiscard]] Status storeQuotes(storage::Connection &connection,
                                     const std::vector<schema::Quote> &quotes);
    [[nodiscard]] Status count(const Result<storage::StoreReport> &report);

    schema::Source m_source;
    EventsStored m_eventsStored;
    std::optional<NameIndex> m_names;
    struct Gazetteer {
        events::PlaceNames places;
        events::PortNames ports;
    };
    std::optional<Gazetteer> m_gazetteer; ///< read when the first row of shipping wants it
    std::map<std::string, std::string, std::less<>> m_calendars;
    std::set<std::string, std::less<>> m_seriesKnown;
    // Kept until they are stored: a batch that is tried again needs them then.
    std::vector<schema::Entity> m_newEntities;
    std::vector<schema::Instrument> m_newInstruments;
    std::vector<schema::Series> m_newSeries;
    storage::StoreReport m_report;
};

/// The registry entry of a source that a person brings: own data, kept, never passed on.
[[nodiscard]] Result<schema::Source> ownSource(std::string_view key, formats::ImportKind kind);

} // namespace chrona::service
