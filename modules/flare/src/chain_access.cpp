// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/chain_access.h"

#include <algorithm>

namespace chrona::flare {
namespace {

using namespace std::chrono_literals;

/// A node of one's own is asked as often as is useful; public ones close the door to that.
net::HttpClient::Options politeness(const ChainAccess::Options &options)
{
    const double perSecond = options.allowThisMachine ? 1'000 : 8;
    return {.userAgent = options.userAgent,
            .hostRate = {perSecond, static_cast<std::uint32_t>(perSecond), 8},
            .waitMax = 5s};
}

/// How far ahead of this machine's clock a block may be. Nodes of one's own may have any time: a
/// chain for trying things out runs as it likes.
std::optional<std::chrono::seconds> aheadMax(const std::vector<std::string> &endpoints)
{
    const auto isOwn = [](const std::string &url) {
        const auto parts = net::splitUrl(url);
        return parts && (parts->host == "localhost" || parts->host == "::1" ||
                         parts->host == "[::1]" || parts->host.starts_with("127."));
    };
    return std::ranges::all_of(endpoints, isOwn) ? std::nullopt : std::optional(15s);
}

} // namespace

Result<ChainAccess> openChainAccess(const ChainAccess::Options &options)
{
    const auto policy = options.allowThisMachine ? net::AddressPolicy::PublicAndLoopback
                                                 : net::AddressPolicy::PublicOnly;
    auto http = net::HttpClient::create(politeness(options), net::makeNetworkTransport(policy));
    if (!http)
        return std::unexpected(http.error());
    auto client = ChainClient::create({.endpoints = options.endpoints,
                                       .chainId = options.chainId,
                                       .aheadMax = aheadMax(options.endpoints),
                                       .stop = options.stop},
                                      **http);
    if (!client)
        return std::unexpected(client.error());
    return ChainAccess{std::move(*http), std::move(*client)};
}

} // namespace chrona::flare
