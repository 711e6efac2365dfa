// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/flare/chain_client.h"
#include "chrona/flare/reward_data.h"
#include "chrona/flare/validators.h"
#include "chrona/net/http_client.h"

using namespace chrona;
using namespace chrona::flare;
using chrona::fuzz::mustHold;

namespace {

/// A node that says these bytes to everything.
class Saying final : public net::Transport {
public:
    explicit Saying(std::string body) : m_body(std::move(body)) {}
    Result<net::Exchange> send(const net::Request &, std::stop_token) override
    {
        return net::Exchange{200, {}, m_body};
    }

private:
    std::string m_body;
};

void askAll(ChainClient &client)
{
    Address account{};
    account.fill(0x77);
    Bytes32 word{};
    word[31] = 77;
    if (const auto blocks = client.blocks(20, 1, Bodies::WithTransactions))
        mustHold(blocks->size() == 1 && blocks->front().number == 20);
    if (const auto logs = client.logs({20, 22, {account}, {word}}))
        for (const Log &log : *logs)
            mustHold(log.block >= 20 && log.block <= 22 && log.address == account);
    (void)client.newestBlock();
    (void)client.head();
    (void)client.balance(account);
    (void)client.call(account, word);
    const Bytes raw{1, 2, 3};
    (void)client.send(raw);
}

void askPlatform(net::HttpClient &http)
{
    NodeId node{};
    node.fill(0x11);
    const std::array<NodeId, 1> asked{node};
    if (const auto seen = readValidators(http, "https://one/ext/bc/P", asked))
        mustHold(seen->size() <= 1 && (seen->empty() || seen->front().node == node));
}

} // namespace

/// Whatever a node answers, and whatever is published as reward data and as passes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(fuzz::textOf(data, size));
    if (const auto read = readRewardData(text))
        for (const ProvenClaim &claim : read->claims)
            mustHold(claim.rewardEpoch == read->rewardEpoch);
    (void)readPublishedPasses(text, 7);
    if (const auto node = parseNodeId(text))
        mustHold(parseNodeId(nodeIdText(*node)) == *node);
    auto http =
        net::HttpClient::create({.userAgent = "Chrona/test", .hostRate = {1e6, 1'000'000, 8}},
                                std::make_unique<Saying>(text));
    const auto client =
        ChainClient::create({.endpoints = {"https://one/"}, .chainId = 114}, **http);
    askAll(**client);
    askPlatform(**http);
    return 0;
}
