// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chain_asking.h"
#include "rpc_json.h"

#include "chrona/ethereum/keccak.h"

#include <QJsonArray>

#include <algorithm>

namespace chrona::flare {
namespace {

constexpr std::size_t kCallBytesMax = 4 << 20;
constexpr qsizetype kLogsMax = 100'000;
constexpr std::chrono::milliseconds kMoreMax{1'500};

/// No code tells these apart; nodes of different makers differ in capitals and little else.
SendOutcome outcomeOf(std::string said)
{
    std::ranges::transform(said, said.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    const auto says = [&said](std::string_view words) { return said.contains(words); };
    if (says("already known") || says("known transaction") || says("already imported"))
        return SendOutcome::AlreadyKnown;
    if (says("nonce too low"))
        return SendOutcome::NonceTooLow;
    if (says("underpriced") || says("fee too low") || says("too low to replace"))
        return SendOutcome::Underpriced;
    if (says("insufficient funds") || says("doesn't have enough funds"))
        return SendOutcome::NoFunds;
    return SendOutcome::Refused;
}

QJsonObject callObject(const std::optional<Address> &from, const Address &to, ByteView data)
{
    QJsonObject object{{QStringLiteral("to"), hex(to)}, {QStringLiteral("data"), hex(data)}};
    if (from)
        object.insert(QStringLiteral("from"), hex(*from));
    return object;
}

} // namespace

Result<std::uint64_t> ChainClient::head(std::stop_token stop)
{
    const Request requests[] = {{"eth_blockNumber", {}}};
    return ask(
        requests, [](const Answers &answers) { return readQuantity(answers.results.front()); },
        std::move(stop));
}

Result<Block> ChainClient::newestBlock(std::stop_token stop)
{
    const Request requests[] = {{"eth_getBlockByNumber", {QStringLiteral("latest"), false}}};
    return ask(
        requests,
        [this](const Answers &answers) -> Result<Block> {
            auto block = readBlock(answers.results.front(), Bodies::HeadersOnly);
            if (block && isFromTheFuture(*block))
                return fail(ErrorCode::Corrupt, "the node's newest block is from the future",
                            "see that this machine's clock is right");
            return block;
        },
        std::move(stop));
}

Result<std::vector<Block>> ChainClient::blocks(std::uint64_t first, std::uint64_t count,
                                               Bodies bodies, std::stop_token stop)
{
    std::vector<Request> requests;
    for (std::uint64_t i = 0; i < count; ++i)
        requests.push_back(
            {"eth_getBlockByNumber", {quantity(first + i), bodies == Bodies::WithTransactions}});
    return ask(
        std::span<const Request>(requests),
        [this, first, bodies](const Answers &answers) -> Result<std::vector<Block>> {
            std::vector<Block> blocks;
            for (const QJsonValue &result : answers.results) {
                auto block = readBlock(result, bodies);
                if (!block)
                    return std::unexpected(block.error());
                if (block->number != first + blocks.size())
                    return fail(ErrorCode::Corrupt, "the node gave another block than asked");
                if (isFromTheFuture(*block))
                    return fail(ErrorCode::Corrupt, "the node gave a block from the future");
                if (!blocks.empty() &&
                    (block->parent != blocks.back().hash || block->time < blocks.back().time))
                    return fail(ErrorCode::Corrupt, "the node's blocks do not follow each other");
                blocks.push_back(std::move(*block));
            }
            return blocks;
        },
        std::move(stop));
}

Result<std::vector<Log>> ChainClient::logs(const LogFilter &filter, std::stop_token stop)
{
    QJsonArray addresses, topics;
    for (const Address &address : filter.addresses)
        addresses.append(hex(address));
    for (const Bytes32 &topic : filter.topics)
        topics.append(hex(topic));
    const Request requests[] = {
        {"eth_getLogs",
         {QJsonObject{{QStringLiteral("fromBlock"), quantity(filter.first)},
                      {QStringLiteral("toBlock"), quantity(filter.last)},
                      {QStringLiteral("address"), addresses},
                      {QStringLiteral("topics"), QJsonArray{QJsonValue(topics)}}}}}};
    return ask(
        requests,
        [&filter](const Answers &answers) -> Result<std::vector<Log>> {
            const QJsonArray list = answers.results.front().toArray();
            if (!answers.results.front().isArray() || list.size() > kLogsMax)
                return fail(ErrorCode::Corrupt, "a list of logs was expected, and not too many");
            std::vector<Log> logs;
            for (const QJsonValue &each : list) {
                auto log = readLog(each);
                if (!log)
                    return std::unexpected(log.error());
                if (log->block < filter.first || log->block > filter.last || log->topics.empty() ||
                    !std::ranges::contains(filter.addresses, log->address) ||
                    !std::ranges::contains(filter.topics, log->topics.front()))
                    return fail(ErrorCode::Corrupt, "the node gave logs that were not asked for");
                logs.push_back(std::move(*log));
            }
            const auto place = [](const Log &log) { return std::pair(log.block, log.index); };
            std::ranges::sort(logs, {}, place);
            if (std::ranges::adjacent_find(logs, {}, place) != logs.end())
                return fail(ErrorCode::Corrupt, "the node gave a log twice");
            return logs;
        },
        std::move(stop));
}

Result<Bytes> ChainClient::call(const Address &to, ByteView data, std::stop_token stop)
{
    const Request requests[] = {{"eth_call", {callObject({}, to, data), QStringLiteral("latest")}}};
    return ask(
        requests,
        [](const Answers &answers) { return readBytes(answers.results.front(), kCallBytesMax); },
        std::move(stop));
}

Result<Uint256> ChainClient::balance(const Address &account, std::stop_token stop)
{
    const Request requests[] = {{"eth_getBalance", {hex(account), QStringLiteral("latest")}}};
    return ask(
        requests, [](const Answers &answers) { return readNumber(answers.results.front()); },
        std::move(stop));
}

Result<std::uint64_t> ChainClient::nonce(const Address &account, NonceAt at, std::stop_token stop)
{
    const Request requests[] = {
        {"eth_getTransactionCount",
         {hex(account),
          at == NonceAt::Latest ? QStringLiteral("latest") : QStringLiteral("pending")}}};
    return ask(
        requests, [](const Answers &answers) { return readQuantity(answers.results.front()); },
        std::move(stop));
}

Result<std::uint64_t> ChainClient::estimateGas(const Address &from, const Address &to,
                                               ByteView data, std::stop_token stop)
{
    const Request requests[] = {{"eth_estimateGas", {callObject(from, to, data)}}};
    return ask(
        requests, [](const Answers &answers) { return readQuantity(answers.results.front()); },
        std::move(stop));
}

Result<std::uint64_t> ChainClient::estimateGas(const Address &from, const Address &to,
                                               ByteView data, const Uint256 &value,
                                               std::stop_token stop)
{
    QJsonObject object = callObject(from, to, data);
    // Without leading zeros, as quantities are written.
    QString digits = hex(value.toBytes()).mid(2);
    while (digits.size() > 1 && digits.startsWith(u'0'))
        digits.remove(0, 1);
    object.insert(QStringLiteral("value"), QStringLiteral("0x") + digits);
    const Request requests[] = {{"eth_estimateGas", {object}}};
    return ask(
        requests, [](const Answers &answers) { return readQuantity(answers.results.front()); },
        std::move(stop));
}

Result<bool> ChainClient::isContract(const Address &account, std::stop_token stop)
{
    const Request requests[] = {{"eth_getCode", {hex(account), QStringLiteral("latest")}}};
    return ask(
        requests,
        [](const Answers &answers) {
            return readBytes(answers.results.front(), kCallBytesMax)
                .transform([](const Bytes &code) { return !code.empty(); });
        },
        std::move(stop));
}

Result<Standing> ChainClient::standing(const Address &account,
                                       std::span<const Bytes32> transactions, std::stop_token stop)
{
    std::vector<Request> requests{
        {"eth_getTransactionCount", {hex(account), QStringLiteral("latest")}}};
    for (const Bytes32 &hash : transactions)
        requests.push_back({"eth_getTransactionReceipt", {hex(hash)}});
    return ask(
        std::span<const Request>(requests),
        [transactions](const Answers &answers) -> Result<Standing> {
            const auto nonce = readQuantity(answers.results.front());
            if (!nonce)
                return std::unexpected(nonce.error());
            Standing standing{.nonce = *nonce};
            for (std::size_t i = 0; i < transactions.size(); ++i) {
                auto receipt = readReceipt(answers.results[i + 1], transactions[i]);
                if (!receipt)
                    return std::unexpected(receipt.error());
                standing.receipts.push_back(*receipt);
            }
            return standing;
        },
        std::move(stop));
}

Result<SendResult> ChainClient::send(ByteView raw, std::stop_token stop)
{
    const Request requests[] = {{"eth_sendRawTransaction", {hex(raw)}}};
    std::optional<SendResult> best;
    Error last{ErrorCode::Unavailable, "no node could be asked"};
    for (const std::size_t endpoint : order()) {
        // Once one has it, nobody else is waited for: the next deadline is near.
        const bool isOut = best && best->outcome <= SendOutcome::AlreadyKnown;
        const auto answers =
            askOne(endpoint, requests, isOut ? kMoreMax : m_options.answerMax, stop);
        SendResult result;
        if (answers && answers->refusal.empty()) {
            const auto hash = readHash(answers->results.front());
            if (!hash || *hash != ethereum::keccak256(raw)) {
                note(endpoint, {ErrorCode::Corrupt, "the node names another transaction"});
                continue;
            }
            result.outcome = SendOutcome::Accepted;
        } else if (answers) {
            result = {outcomeOf(answers->refusal), answers->refusal};
        } else {
            last = answers.error();
            note(endpoint, last);
            continue;
        }
        if (!best || result.outcome < best->outcome)
            best = std::move(result);
    }
    if (!best)
        return std::unexpected(last);
    return *best;
}

} // namespace chrona::flare
