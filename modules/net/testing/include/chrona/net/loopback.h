// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/clock.h"
#include "chrona/net/address.h"
#include "chrona/net/http_client.h"
#include "chrona/net/replay_server.h"

#include <memory>
#include <string>
#include <utility>

namespace chrona::net {

/// Leads what is meant for public hosts to the replay server, by its path: where `hosts` is
/// "example.org", "https://www.example.org/feed" asks the server for "/feed", and every other host
/// is refused. All else is the real transport, with short patience.
class LoopbackTransport final : public Transport {
public:
    LoopbackTransport(const ReplayServer &server, std::string hosts)
        : LoopbackTransport(server.url(""), std::move(hosts))
    {
    }
    /// The server is in another process: "http://127.0.0.1:PORT".
    LoopbackTransport(std::string serverUrl, std::string hosts)
        : m_base(std::move(serverUrl)), m_hosts(std::move(hosts)),
          m_network(makeNetworkTransport(AddressPolicy::PublicAndLoopback))
    {
    }

    Result<Exchange> send(const Request &request, std::stop_token stop) override
    {
        using namespace std::chrono_literals;
        const auto parts = splitUrl(request.url);
        if (!parts || !parts->host.ends_with(m_hosts))
            return fail(ErrorCode::Denied, "the test asks no other host");
        const auto path = request.url.find('/', request.url.find("://") + 3);
        Request local = request;
        local.url = m_base + (path == std::string::npos ? "/" : request.url.substr(path));
        local.timeouts = {
            .resolve = 5s, .connect = 5s, .firstByte = 500ms, .idle = 500ms, .total = 1s};
        return m_network->send(local, stop);
    }

private:
    std::string m_base, m_hosts;
    std::unique_ptr<Transport> m_network;
};

/// Retries and buckets do not hold a test up: time passes on the test's clock.
class NoWait final : public Waiter {
public:
    explicit NoWait(ManualClock &clock) : m_clock(clock) {}
    void wait(std::chrono::milliseconds time, std::stop_token) override { m_clock.advance(time); }

private:
    ManualClock &m_clock;
};

/// A client of the replay server that believes it asks the world.
[[nodiscard]] inline std::unique_ptr<HttpClient>
loopbackClient(const ReplayServer &server, std::string hosts,
               const std::shared_ptr<ManualClock> &clock)
{
    HttpClient::Options options;
    options.userAgent = "Chrona/test";
    return HttpClient::create(options,
                              std::make_unique<LoopbackTransport>(server, std::move(hosts)), clock,
                              std::make_shared<NoWait>(*clock))
        .value();
}

} // namespace chrona::net
