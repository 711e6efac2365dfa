// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "fetch_memory.h"
#include "robots_book.h"

#include "chrona/connect/publisher.h"
#include "chrona/net/http_client.h"
#include "chrona/schema/source.h"
#include "chrona/sources/acquisition.h"

#include <optional>
#include <stop_token>

namespace chrona::sources {

/// The only implementation of connect's Fetcher: one run of one source. Holds the connector to the
/// hosts, the rate and the daily budget of the source's registry entry, redirects included.
class SourceFetcher final : public connect::Fetcher {
public:
    enum class Haste : std::uint8_t {
        Patient,
        Urgent, ///< a price that comes late is none: one attempt, of some seconds
    };
    struct Run {
        const schema::Source &source;
        net::HttpClient &http;
        std::optional<std::uint32_t> budget; ///< requests left today
        std::stop_token stop;
        Haste haste = Haste::Patient;
        const KeyOf *keyOf = nullptr; ///< null or empty: no source has a key
        RobotsBook *robots = nullptr; ///< null: no source is held to a robots.txt
        Instant now{};
    };
    SourceFetcher(Run run, FetchMemory &memory) : m_run(std::move(run)), m_memory(memory) {}

    [[nodiscard]] Result<connect::Response> get(const connect::Request &request) override;

    /// Sent once: what might have arrived is not sent again. Nothing of it is remembered.
    [[nodiscard]] Result<connect::Response> post(const connect::Posting &posting);

    [[nodiscard]] std::uint32_t requests() const { return m_requests; }
    /// Until when a host of this run wants to be left alone.
    [[nodiscard]] std::optional<Instant> closedUntil() const { return m_closedUntil; }

    /// The source asked with a key, and the keychain holds none for it.
    [[nodiscard]] bool lacksKey() const { return m_lacksKey; }

    /// A robots.txt refused an address; it is looked at again then.
    [[nodiscard]] std::optional<Instant> refusedUntil() const { return m_refusedUntil; }
    /// The least time between two requests by a host's robots.txt.
    [[nodiscard]] std::optional<Duration> pause() const { return m_pause; }

private:
    [[nodiscard]] net::Request requestFor(const connect::Request &request) const;
    [[nodiscard]] Status addKey(net::Request &request, const connect::KeyPlace &place);
    [[nodiscard]] Result<net::Response> ask(net::Request &wire, const std::string &address);
    [[nodiscard]] Error withoutKey(Error error, const connect::KeyPlace &place) const;
    [[nodiscard]] bool keepsToRobots() const;
    [[nodiscard]] Status keepToRobots(const std::string &url);
    [[nodiscard]] Result<RobotsBook::Known> robotsOf(const std::string &url);
    [[nodiscard]] net::Request robotsRequest(const std::string &origin,
                                             const RobotsBook::Known &known) const;
    [[nodiscard]] bool isFresh(std::string_view url) const;

    Run m_run;
    FetchMemory &m_memory;
    std::string m_key; ///< looked up once a run, at the first request that wants it
    bool m_lacksKey = false;
    std::uint32_t m_requests = 0;
    std::optional<Instant> m_closedUntil, m_refusedUntil;
    std::optional<Duration> m_pause;
};

} // namespace chrona::sources
