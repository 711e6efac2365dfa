// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/connect/connector_library.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/event.h"
#include "chrona/schema/source.h"
#include "chrona/sources/known_events.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/raw_log.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::sources {

/// A draft as the engine of events makes it canonical. The service hands the engine over: this
/// module does not know it (docs/adr/0015-normaliser-port.md).
using Canonicalise = std::function<Result<schema::Event>(
    schema::Event draft, const schema::Source &source, Instant ingestedAt)>;

/// What the text of a canonical event says beyond its fields: links, region and place are put into
/// the event, and the entities it now names come back. Also the engine of events', handed over.
/// Deterministic and quick: it runs before the event is stored.
using Enrich = std::function<std::vector<schema::Entity>(schema::Event &event)>;

/// What a batch has added, told after its commit and from the normaliser's thread. Events that were
/// known and are unchanged may be among them.
struct StoredBatch {
    schema::Source source;
    std::vector<schema::Event> events;
    storage::StoreReport report;
};

struct NormaliseReport {
    std::int64_t items = 0;       ///< raw items that the cursor went over
    std::int64_t quarantined = 0; ///< of these could not be read at all
    std::int64_t rejected = 0;    ///< parts that cannot be facts, among parts that can
    storage::StoreReport events;
};

/// Carries the raw log to canonical facts. Effects and cursor move in one transaction, so that
/// every item has its effect once, whenever the process ends. An item that cannot be read, or that
/// the database refuses, goes to quarantine with its reason, and the cursor moves on.
///
/// While a batch is stored, facts are made of the next one on a thread beside: `canonicalise` and
/// `enrich` are called there, of one batch at a time and in the order of the log. Events that say
/// what was said last go no further (KnownEvents); they count as duplicates.
///
/// One thread. Several normalisers of one database do not hurt: the slower one rolls back, and
/// each forgets what it knew when another one has moved the cursor.
class Normaliser {
public:
    struct Parts {
        const connect::ConnectorLibrary &library;
        Canonicalise canonicalise;
        std::function<void(StoredBatch)> stored; ///< may be empty
        Enrich enrich{};                         ///< may be empty
    };
    static constexpr const char *kCursor = "normalise";

    explicit Normaliser(Parts parts, std::uint32_t itemsMax = 500);
    ~Normaliser();
    Normaliser(const Normaliser &) = delete;
    Normaliser &operator=(const Normaliser &) = delete;

    /// One batch. A report with no items means that the log is consumed. Retryable errors leave all
    /// as it was.
    [[nodiscard]] Result<NormaliseReport> step(storage::Connection &connection,
                                               std::stop_token stop = {});

    /// Somebody else has stored statements of sources that are read here. Any thread.
    void forgetKnown();

private:
    struct Reading;
    class Writer;
    [[nodiscard]] Result<std::unique_ptr<Reading>> read(storage::Connection &connection,
                                                        storage::RawPosition from);
    void startOver();

    Parts m_parts;
    std::uint32_t m_itemsMax;
    KnownEvents m_known; ///< of the thread that makes facts; nobody else's while that runs
    std::optional<storage::RawPosition> m_end; ///< where the last step left the cursor
    std::atomic<bool> m_forget = false;
    std::unique_ptr<Reading> m_ahead; // last: its end waits for the thread that uses the others
};

} // namespace chrona::sources
