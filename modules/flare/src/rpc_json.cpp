// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rpc_json.h"

#include <QJsonArray>

#include <charconv>
#include <format>

namespace chrona::flare {
namespace {

// A node's own limit on one transaction is 128 KiB; code and state come in no answer that we ask
// for.
constexpr std::size_t kInputBytesMax = 256 << 10;
constexpr std::size_t kLogBytesMax = 256 << 10;
constexpr qsizetype kTransactionsMax = 20'000;
constexpr qsizetype kTopicsMax = 4;

std::unexpected<Error> corrupt(std::string what)
{
    return fail(ErrorCode::Corrupt, std::move(what));
}

std::string textOf(const QJsonValue &value)
{
    return value.toString().toStdString();
}

/// Reads fields one after the other and keeps the first failure.
class Fields {
public:
    explicit Fields(const QJsonValue &value) : m_object(value.toObject())
    {
        if (!value.isObject())
            m_status = corrupt("an object was expected");
    }
    [[nodiscard]] QJsonValue at(const char *name) const
    {
        return m_object.value(QLatin1StringView(name));
    }
    template <class T, class Read> void read(T &into, const char *name, Read reader)
    {
        if (!m_status)
            return;
        auto result = reader(at(name));
        if (result)
            into = std::move(*result);
        else
            m_status = corrupt(std::format("{}: {}", name, result.error().what));
    }
    [[nodiscard]] const Status &status() const { return m_status; }

private:
    QJsonObject m_object;
    Status m_status;
};

Result<ChainTransaction> readTransaction(const QJsonValue &value, const Block &block)
{
    Fields fields(value);
    ChainTransaction transaction;
    std::uint64_t number = 0, index = 0;
    Bytes32 blockHash{};
    fields.read(transaction.hash, "hash", readHash);
    fields.read(transaction.from, "from", readAddress);
    if (!fields.at("to").isNull())
        fields.read(transaction.to, "to", readAddress);
    fields.read(index, "transactionIndex", readQuantity);
    fields.read(number, "blockNumber", readQuantity);
    fields.read(blockHash, "blockHash", readHash);
    fields.read(transaction.input, "input",
                [](const QJsonValue &input) { return readBytes(input, kInputBytesMax); });
    if (!fields.status())
        return std::unexpected(fields.status().error());
    if (number != block.number || blockHash != block.hash || index != block.transactions.size())
        return corrupt("a transaction is not where the block has it");
    transaction.index = static_cast<std::uint32_t>(index);
    return transaction;
}

} // namespace

Result<std::uint64_t> readQuantity(const QJsonValue &value)
{
    const std::string text = textOf(value);
    std::uint64_t number = 0;
    if (text.size() < 3 || text.size() > 18 || !text.starts_with("0x"))
        return corrupt("a quantity was expected");
    const auto [end, error] =
        std::from_chars(text.data() + 2, text.data() + text.size(), number, 16);
    if (error != std::errc{} || end != text.data() + text.size())
        return corrupt("a quantity was expected");
    return number;
}

Result<Uint256> readNumber(const QJsonValue &value)
{
    std::string text = textOf(value);
    if (text.size() < 3 || text.size() > 66 || !text.starts_with("0x"))
        return corrupt("a number was expected");
    if (text.size() % 2 != 0)
        text.insert(2, "0");
    auto bytes = ethereum::parseHex(text);
    if (!bytes)
        return corrupt("a number was expected");
    return Uint256::fromBytes(*bytes);
}

Result<Bytes> readBytes(const QJsonValue &value, std::size_t bytesMax)
{
    const std::string text = textOf(value);
    if (!value.isString() || text.size() > 2 + 2 * bytesMax)
        return corrupt("bytes are missing or more than allowed");
    auto bytes = ethereum::parseHex(text);
    if (!bytes)
        return corrupt("bytes were expected");
    return bytes;
}

Result<Bytes32> readHash(const QJsonValue &value)
{
    auto hash = ethereum::parseBytes32(textOf(value));
    if (!hash)
        return corrupt("a hash was expected");
    return hash;
}

Result<Address> readAddress(const QJsonValue &value)
{
    // Nodes write any case; checksums are for people.
    const auto bytes = readBytes(value, 20);
    if (!bytes || bytes->size() != 20)
        return corrupt("an address was expected");
    Address address{};
    std::ranges::copy(*bytes, address.begin());
    return address;
}

Result<Block> readBlock(const QJsonValue &value, Bodies bodies)
{
    if (value.isNull())
        return fail(ErrorCode::Unavailable, "the node does not have the block yet");
    Fields fields(value);
    Block block;
    std::uint64_t time = 0;
    fields.read(block.number, "number", readQuantity);
    fields.read(block.hash, "hash", readHash);
    fields.read(block.parent, "parentHash", readHash);
    fields.read(time, "timestamp", readQuantity);
    if (!fields.at("baseFeePerGas").isUndefined() && !fields.at("baseFeePerGas").isNull())
        fields.read(block.baseFee, "baseFeePerGas", readNumber);
    if (!fields.status())
        return std::unexpected(fields.status().error());
    if (time > std::uint64_t{1} << 40U || block.number > std::uint64_t{1} << 48U)
        return corrupt("the block's number or time is beyond all reason");
    block.time = static_cast<Seconds>(time);
    if (bodies == Bodies::HeadersOnly)
        return block;
    const QJsonValue list = fields.at("transactions");
    if (!list.isArray() || list.toArray().size() > kTransactionsMax)
        return corrupt("the block's transactions are missing or too many");
    for (const QJsonValue &each : list.toArray()) {
        auto transaction = readTransaction(each, block);
        if (!transaction)
            return std::unexpected(transaction.error());
        block.transactions.push_back(std::move(*transaction));
    }
    return block;
}

Result<Log> readLog(const QJsonValue &value)
{
    Fields fields(value);
    Log log;
    std::uint64_t index = 0;
    fields.read(log.address, "address", readAddress);
    fields.read(log.block, "blockNumber", readQuantity);
    fields.read(log.blockHash, "blockHash", readHash);
    fields.read(index, "logIndex", readQuantity);
    fields.read(log.data, "data",
                [](const QJsonValue &data) { return readBytes(data, kLogBytesMax); });
    if (!fields.status())
        return std::unexpected(fields.status().error());
    if (index > 1'000'000 || fields.at("removed").toBool())
        return corrupt("a log that was removed, or with an index beyond all reason");
    log.index = static_cast<std::uint32_t>(index);
    const QJsonArray topics = fields.at("topics").toArray();
    if (topics.size() > kTopicsMax)
        return corrupt("a log with more than four topics");
    for (const QJsonValue &each : topics) {
        const auto topic = readHash(each);
        if (!topic)
            return std::unexpected(topic.error());
        log.topics.push_back(*topic);
    }
    return log;
}

Result<std::optional<Receipt>> readReceipt(const QJsonValue &value, const Bytes32 &hash)
{
    if (value.isNull())
        return std::nullopt;
    Fields fields(value);
    Receipt receipt;
    Bytes32 named{};
    std::uint64_t status = 0;
    fields.read(named, "transactionHash", readHash);
    fields.read(receipt.block, "blockNumber", readQuantity);
    fields.read(receipt.blockHash, "blockHash", readHash);
    fields.read(status, "status", readQuantity);
    fields.read(receipt.gasUsed, "gasUsed", readQuantity);
    fields.read(receipt.gasPrice, "effectiveGasPrice", readNumber);
    if (!fields.status())
        return std::unexpected(fields.status().error());
    if (named != hash || status > 1)
        return corrupt("the receipt is of another transaction");
    receipt.succeeded = status == 1;
    return receipt;
}

QString quantity(std::uint64_t value)
{
    return QStringLiteral("0x") + QString::number(value, 16);
}

QString hex(ByteView bytes)
{
    return QString::fromStdString(ethereum::toHex(bytes));
}

} // namespace chrona::flare
