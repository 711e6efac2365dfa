// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/connect/connector_library.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/event.h"
#include "chrona/schema/source.h"
#include "chrona/storage/event_store.h"

#include <cstdint>
#include <functional>
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
/// One thread. Several normalisers of one database do not hurt: the slower one rolls back.
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

    /// One batch. A report with no items means that the log is consumed. Retryable errors leave all
    /// as it was.
    [[nodiscard]] Result<NormaliseReport> step(storage::Connection &connection,
                                               std::stop_token stop = {});

private:
    class Batch;
    Parts m_parts;
    std::uint32_t m_itemsMax;
};

} // namespace chrona::sources
