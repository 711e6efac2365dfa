// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/indexer.h"
#include "chrona/flare/submitter.h"
#include "chrona/flare/test_signing.h"
#include "chrona/net/http_client.h"
#include "chrona/storage/test_database.h"

#include <functional>

namespace chrona::flare {

/// The first whole reward epoch of Coston2 after the day on which the test chain begins.
inline constexpr std::uint32_t kTestEpoch = 6'349;

/// The same prices for whoever asks, a little different in each round.
class SteadyValues final : public ValueSource {
public:
    Result<std::vector<std::optional<double>>> valuesFor(RoundId round,
                                                         std::span<const ftso::Feed> feeds) override
    {
        if (isSilent)
            return fail(ErrorCode::Unavailable, "no prices");
        std::vector<std::optional<double>> values;
        for (std::size_t i = 0; i < feeds.size(); ++i)
            values.emplace_back(100.0 + static_cast<double>(i) +
                                0.01 * static_cast<double>(round % 7));
        return values;
    }
    bool isSilent = false;
};

/// Passes requests on; the test decides which of them fail, before they were sent or after.
class FaultyTransport final : public net::Transport {
public:
    enum class Fault : std::uint8_t { None, BeforeSending, AfterSending };
    using Decide = std::function<Fault(const net::Request &request)>;
    explicit FaultyTransport(Decide decide)
        : m_decide(std::move(decide)),
          m_inner(net::makeNetworkTransport(net::AddressPolicy::PublicAndLoopback))
    {
    }
    Result<net::Exchange> send(const net::Request &request, std::stop_token stop) override
    {
        const Fault fault = m_decide(request);
        if (fault == Fault::BeforeSending)
            return fail(ErrorCode::Timeout, "the test lost the request");
        auto exchange = m_inner->send(request, std::move(stop));
        if (fault == Fault::AfterSending)
            return fail(ErrorCode::Timeout, "the test lost the answer");
        return exchange;
    }

private:
    Decide m_decide;
    std::unique_ptr<net::Transport> m_inner;
};

inline std::unique_ptr<net::HttpClient> faultyHttp(FaultyTransport::Decide decide)
{
    auto http =
        net::HttpClient::create({.userAgent = "Chrona/test", .hostRate = {100'000, 100'000, 8}},
                                std::make_unique<FaultyTransport>(std::move(decide)));
    return std::move(http.value());
}

/// Signing ends before the next commit, so that a test can begin with one.
inline constexpr Schedule kTestSchedule{.signUntil = 70};

inline Submitter::Options submitterOptions(const OracleWorld &world, ChainId chain)
{
    return {.setup = networkSetup("coston2").value(),
            .chain = chain,
            .identity = world.providers.front().identity,
            .relay = world.relay,
            .mode = Mode::Submit,
            .schedule = kTestSchedule,
            .fees = {}};
}

} // namespace chrona::flare
