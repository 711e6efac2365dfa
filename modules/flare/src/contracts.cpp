// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/contracts.h"

#include "abi_fields.h"
#include "contract_call.h"

#include <format>

namespace chrona::flare {
namespace {

constexpr std::size_t kContractsMax = 1'000;
constexpr std::size_t kNameBytesMax = 100;

} // namespace

Result<std::vector<ethereum::AbiValue>> callFunction(ChainClient &client, const Address &contract,
                                                     std::string_view function,
                                                     std::span<const ethereum::AbiValue> arguments,
                                                     std::string_view returns, std::stop_token stop)
{
    const auto signature = ethereum::parseAbiSignature(function);
    const auto returned = ethereum::parseAbiSignature(returns);
    if (!signature || !returned)
        return fail(ErrorCode::InvalidInput, std::format("{} is no function", function));
    const auto data = ethereum::encodeCall(*signature, arguments);
    if (!data)
        return std::unexpected(data.error());
    const auto answer = client.call(contract, *data, std::move(stop));
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->empty())
        return fail(ErrorCode::NotFound,
                    std::format("there is no contract at {}", ethereum::toChecksummed(contract)));
    auto values = ethereum::decodeAbi(returned->parameters, *answer);
    if (!values)
        return fail(ErrorCode::Corrupt,
                    std::format("{} answered with other values than it declares", function));
    return values;
}

Result<std::vector<NamedContract>> readContracts(ChainClient &client, const Address &registry,
                                                 std::stop_token stop)
{
    const auto values = callFunction(client, registry, "getAllContracts()", {},
                                     "r(string[],address[])", std::move(stop));
    if (!values)
        return std::unexpected(values.error());
    const auto &names = listIn(values->at(0)), &addresses = listIn(values->at(1));
    if (names.size() != addresses.size() || names.size() > kContractsMax)
        return fail(ErrorCode::Corrupt, "the registry's names and addresses do not fit together");
    std::vector<NamedContract> contracts;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Bytes name = bytesIn(names[i]);
        if (name.size() > kNameBytesMax ||
            std::ranges::any_of(name, [](std::uint8_t c) { return c < 33 || c > 126; }))
            continue;
        contracts.push_back({std::string(name.begin(), name.end()), addressIn(addresses[i])});
    }
    return contracts;
}

Result<Address> contractNamed(std::span<const NamedContract> contracts, std::string_view name)
{
    const auto found = std::ranges::find(contracts, name, &NamedContract::name);
    if (found == contracts.end())
        return fail(ErrorCode::NotFound, std::format("the registry names no {}", name));
    return found->address;
}

std::vector<Address> followedContracts(std::span<const NamedContract> contracts)
{
    constexpr std::array<std::string_view, 7> kNames{
        "Relay",         "FlareSystemsManager",     "VoterRegistry", "FlareSystemsCalculator",
        "RewardManager", "FtsoRewardOffersManager", "FastUpdater"};
    std::vector<Address> followed;
    for (const std::string_view name : kNames)
        if (const auto address = contractNamed(contracts, name))
            followed.push_back(*address);
    return followed;
}

Result<std::uint64_t> firstBlockAt(ChainClient &client, Seconds time, std::stop_token stop)
{
    const auto head = client.head(stop);
    if (!head)
        return std::unexpected(head.error());
    std::uint64_t low = 0, high = *head;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        const auto block = client.blocks(middle, 1, Bodies::HeadersOnly, stop);
        if (!block)
            return std::unexpected(block.error());
        if (block->front().time < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Result<Uint256> readWrappedSupply(ChainClient &client, const Address &wrappedCoin,
                                  std::stop_token stop)
{
    return callFunction(client, wrappedCoin, "totalSupply()", {}, "r(uint256)", std::move(stop))
        .transform([](const auto &values) { return numberIn(values.front()); });
}

Result<std::vector<OpenReward>> readOpenRewards(ChainClient &client, const Address &rewardManager,
                                                const Address &account, std::stop_token stop)
{
    const ethereum::AbiValue arguments[] = {account};
    const auto values = callFunction(client, rewardManager, "getStateOfRewards(address)", arguments,
                                     "r((uint24,bytes20,uint120,uint8,bool)[][])", std::move(stop));
    if (!values)
        return std::unexpected(values.error());
    std::vector<OpenReward> rewards;
    for (const auto &epoch : listIn(values->front()))
        for (const auto &state : listIn(epoch)) {
            const auto &fields = listIn(state);
            rewards.push_back({static_cast<std::uint32_t>(smallIn(fields.at(0))),
                               fixedIn<20>(fields.at(1)), numberIn(fields.at(2)),
                               static_cast<std::uint8_t>(smallIn(fields.at(3)))});
        }
    return rewards;
}

} // namespace chrona::flare
