// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/clock.h"
#include "chrona/connect/connector_library.h"
#include "chrona/net/http_client.h"
#include "chrona/sources/normaliser.h"
#include "chrona/sources/schedule.h"
#include "chrona/storage/pool.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace chrona::sources {

/// One line of the registry as people see it.
struct SourceView {
    schema::Source source;
    schema::SourceHealth health;
    std::optional<std::uint32_t> budgetLeft; ///< requests left today; nullopt: no daily limit
};

/// The person's own key for a source, from the keychain. The service hands it over: this module
/// does not know the keychain. Called on the threads that fetch; NotFound where there is none.
using KeyOf = std::function<Result<std::string>(const schema::Source &source)>;

/// Reads the world: runs every enabled source at its cadence on a few worker threads, appends what
/// comes to the raw log, and normalises the log on a thread of its own.
///
/// A fetch appends its items, its cursor and its validators in one transaction: committed means
/// acknowledged, and whatever ends before is fetched again. A failed run changes nothing but the
/// source's health; it is tried later, further and further apart, never in a hot loop.
///
/// Any thread. Callbacks come from worker threads, one of each kind at a time, and must not call
/// back into stop() or destroy the object.
class Acquisition {
public:
    struct Parts {
        std::shared_ptr<storage::Pool> pool; ///< two connections beside the callers' own
        const connect::ConnectorLibrary &library;
        net::HttpClient &http;
        Canonicalise canonicalise;
        std::shared_ptr<const Clock> clock; ///< null: the system's
        Enrich enrich{};                    ///< may be empty
        KeyOf keyOf{};                      ///< may be empty: then no source has a key
    };
    struct Listener {
        std::function<void(StoredBatch)> stored;
        std::function<void(const SourceView &)> sourceChanged;
    };
    struct Options {
        std::size_t workers = 4;
        std::uint32_t batchItems = 500;
        std::uint64_t jitterSeed = 0; ///< 0: from the system
    };

    /// Registers what the connectors bring, loads users' own sources and all health, and begins.
    [[nodiscard]] static Result<std::unique_ptr<Acquisition>> start(Parts parts, Listener listener,
                                                                    Options options);
    ~Acquisition(); ///< stops
    Acquisition(const Acquisition &) = delete;
    Acquisition &operator=(const Acquisition &) = delete;

    /// Cancels requests in flight and returns when all threads have ended.
    void stop();

    [[nodiscard]] std::vector<SourceView> sources() const; ///< by key
    /// NotFound for an unknown source, Conflict for one that no connector reads, Denied for one
    /// that is disabled or has used up its day.
    [[nodiscard]] Status runNow(std::string_view sourceKey);
    [[nodiscard]] Status enable(std::string_view sourceKey);
    [[nodiscard]] Status disable(std::string_view sourceKey);
    /// A user's own source, read by a connector that is loaded. InvalidInput with every fault
    /// found.
    [[nodiscard]] Status add(schema::Source source);
    /// Takes a person's own source out: it is asked no more. Denied for one that a connector
    /// brings. What came from it stays, and so does its entry where something did.
    [[nodiscard]] Status remove(std::string_view sourceKey);

    /// Lays a text down in a source's system, once, and says what it is called there. Conflict
    /// where its connector takes none, Denied for a source that is disabled or has no key. Blocks.
    [[nodiscard]] Result<std::string> publish(std::string_view sourceKey,
                                              const connect::WrittenText &text,
                                              std::stop_token stop = {});

    void setPace(Pace pace);

    /// Somebody else has stored other statements of these sources: a repeat is judged by the
    /// database again.
    void forgetKnown();

private:
    struct State;
    explicit Acquisition(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace chrona::sources
