// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/clock.h"
#include "chrona/net/http_client.h"
#include "chrona/net/replay_server.h"
#include "chrona/net/transport.h"

#include <memory>
#include <string>

namespace chrona::sources::testing {

using namespace std::chrono_literals;

/// Leads what is meant for the public host to the test's server; all else is the real transport.
class LoopbackTransport final : public net::Transport {
public:
    explicit LoopbackTransport(std::string base)
        : m_base(std::move(base)),
          m_network(net::makeNetworkTransport(net::AddressPolicy::PublicAndLoopback))
    {
    }
    Result<net::Exchange> send(const net::Request &request, std::stop_token stop) override
    {
        constexpr std::string_view kPublic = "https://earthquake.usgs.gov";
        if (!request.url.starts_with(kPublic))
            return fail(ErrorCode::Denied, "the test asks no other host");
        net::Request local = request;
        local.url = m_base + request.url.substr(kPublic.size());
        local.timeouts = {
            .resolve = 5s, .connect = 5s, .firstByte = 500ms, .idle = 500ms, .total = 1s};
        return m_network->send(local, stop);
    }

private:
    std::string m_base;
    std::unique_ptr<net::Transport> m_network;
};

/// Retries and buckets do not hold the test up.
class NoWait final : public net::Waiter {
public:
    explicit NoWait(ManualClock &clock) : m_clock(clock) {}
    void wait(std::chrono::milliseconds time, std::stop_token) override { m_clock.advance(time); }

private:
    ManualClock &m_clock;
};

inline net::Answer json(std::string body, net::Headers headers = {})
{
    headers.push_back({"Content-Type", "application/json"});
    return {.status = 200, .headers = std::move(headers), .body = std::move(body)};
}

} // namespace chrona::sources::testing
