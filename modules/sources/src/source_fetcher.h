// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "fetch_memory.h"

#include "chrona/connect/ports.h"
#include "chrona/net/http_client.h"
#include "chrona/schema/source.h"

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
    };
    SourceFetcher(Run run, FetchMemory &memory) : m_run(std::move(run)), m_memory(memory) {}

    [[nodiscard]] Result<connect::Response> get(const connect::Request &request) override;

    [[nodiscard]] std::uint32_t requests() const { return m_requests; }
    /// Until when a host of this run wants to be left alone.
    [[nodiscard]] std::optional<Instant> closedUntil() const { return m_closedUntil; }

private:
    [[nodiscard]] net::Request requestFor(const connect::Request &request) const;

    Run m_run;
    FetchMemory &m_memory;
    std::uint32_t m_requests = 0;
    std::optional<Instant> m_closedUntil;
};

} // namespace chrona::sources
