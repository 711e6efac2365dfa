// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_client.h"
#include "chrona/net/http_client.h"

namespace chrona::flare {

/// The nodes of a network as a person named them, and what asks them.
struct ChainAccess {
    std::unique_ptr<net::HttpClient> http; ///< outlives the client
    std::unique_ptr<ChainClient> client;

    struct Options {
        std::vector<std::string> endpoints;
        std::uint64_t chainId = 0;
        bool allowThisMachine = false;
        std::string userAgent{};
        std::stop_token stop{};
    };
};
[[nodiscard]] Result<ChainAccess> openChainAccess(const ChainAccess::Options &options);

} // namespace chrona::flare
