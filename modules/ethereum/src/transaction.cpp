// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/transaction.h"

#include "chrona/ethereum/keccak.h"
#include "chrona/ethereum/rlp.h"

#include <algorithm>

namespace chrona::ethereum {
namespace {

using Items = std::vector<RlpItem>;

RlpItem recipient(const Transaction &transaction)
{
    return transaction.to ? RlpItem(Bytes(transaction.to->begin(), transaction.to->end()))
                          : RlpItem(Bytes{});
}

RlpItem accessItems(const std::vector<AccessEntry> &list)
{
    Items entries;
    for (const AccessEntry &entry : list) {
        Items keys;
        for (const Bytes32 &key : entry.storageKeys)
            keys.emplace_back(Bytes(key.begin(), key.end()));
        entries.emplace_back(Items{RlpItem(Bytes(entry.address.begin(), entry.address.end())),
                                   RlpItem(std::move(keys))});
    }
    return entries;
}

/// The fields that both the unsigned and the signed form begin with.
Items commonFields(const Transaction &transaction)
{
    const auto number = [](const Uint256 &value) { return RlpItem(value); };
    if (transaction.type == TransactionType::Legacy)
        return {number(transaction.nonce),    number(transaction.gasPrice),
                number(transaction.gasLimit), recipient(transaction),
                number(transaction.value),    RlpItem(transaction.data)};
    return {number(transaction.chainId),      number(transaction.nonce),
            number(transaction.maxPriorityFeePerGas), number(transaction.maxFeePerGas),
            number(transaction.gasLimit),     recipient(transaction),
            number(transaction.value),        RlpItem(transaction.data),
            accessItems(transaction.accessList)};
}

Bytes envelope(const Transaction &transaction, Items fields)
{
    Bytes bytes;
    if (transaction.type == TransactionType::FeeMarket)
        bytes.push_back(static_cast<std::uint8_t>(transaction.type));
    append(bytes, encodeRlp(RlpItem(std::move(fields))));
    return bytes;
}

/// Reads the fields of a decoded list in order; remembers that something was wrong.
class FieldReader {
public:
    explicit FieldReader(const Items &items) : m_items(items) {}
    /// Nothing: what should have been a list was none.
    explicit FieldReader(const Items *items) : m_items(items ? *items : kNone), m_good(items) {}

    Bytes bytes()
    {
        if (m_next >= m_items.size() || m_items[m_next].isList()) {
            m_good = false;
            return {};
        }
        return std::get<Bytes>(m_items[m_next++].value);
    }
    Uint256 number()
    {
        const Bytes value = bytes();
        if (value.size() > 32 || (!value.empty() && value.front() == 0))
            m_good = false;
        return Uint256::fromBytes(value);
    }
    std::uint64_t smallNumber()
    {
        const auto value = number().toUint64();
        m_good = m_good && value.has_value();
        return value.value_or(0);
    }
    std::optional<Address> recipient()
    {
        const Bytes value = bytes();
        if (value.empty())
            return std::nullopt;
        Address address{};
        if (value.size() == address.size())
            std::ranges::copy(value, address.begin());
        else
            m_good = false;
        return address;
    }
    Bytes32 word() { return number().toBytes(); }
    std::vector<AccessEntry> accessList()
    {
        std::vector<AccessEntry> list;
        for (const RlpItem &item : items()) {
            FieldReader entry(std::get_if<Items>(&item.value));
            const auto address = entry.recipient();
            AccessEntry &made = list.emplace_back();
            made.address = address.value_or(Address{});
            for (const RlpItem &key : entry.items())
                made.storageKeys.push_back(wordIn(key));
            m_good = m_good && entry.isGood() && address.has_value() && entry.m_next == 2;
        }
        return list;
    }
    [[nodiscard]] bool isGood() const { return m_good; }

private:
    const Items &items()
    {
        if (m_next >= m_items.size() || !m_items[m_next].isList()) {
            m_good = false;
            return kNone;
        }
        return std::get<Items>(m_items[m_next++].value);
    }
    Bytes32 wordIn(const RlpItem &item)
    {
        const auto *bytes = std::get_if<Bytes>(&item.value);
        Bytes32 word{};
        if (bytes && bytes->size() == word.size())
            std::ranges::copy(*bytes, word.begin());
        else
            m_good = false;
        return word;
    }

    static inline const Items kNone{};
    const Items &m_items;
    std::size_t m_next = 0;
    bool m_good = true;
};

std::unexpected<Error> notATransaction(const char *why)
{
    return fail(ErrorCode::InvalidInput, std::string("not a transaction: ") + why);
}

Transaction readCommon(FieldReader &reader, TransactionType type)
{
    Transaction transaction;
    transaction.type = type;
    if (type == TransactionType::FeeMarket)
        transaction.chainId = reader.smallNumber();
    transaction.nonce = reader.smallNumber();
    if (type == TransactionType::Legacy) {
        transaction.gasPrice = reader.number();
    } else {
        transaction.maxPriorityFeePerGas = reader.number();
        transaction.maxFeePerGas = reader.number();
    }
    transaction.gasLimit = reader.number();
    transaction.to = reader.recipient();
    transaction.value = reader.number();
    transaction.data = reader.bytes();
    if (type == TransactionType::FeeMarket)
        transaction.accessList = reader.accessList();
    return transaction;
}

struct Envelope {
    TransactionType type;
    Items fields;
};

Result<Envelope> openEnvelope(ByteView raw, std::size_t legacyFields, std::size_t feeMarketFields)
{
    if (raw.empty())
        return notATransaction("it is empty");
    const bool legacy = raw.front() >= 0xc0;
    if (!legacy && raw.front() != 0x02)
        return notATransaction("its type is not supported");
    auto item = decodeRlp(legacy ? raw : raw.subspan(1));
    if (!item)
        return std::unexpected(item.error());
    if (!item->isList())
        return notATransaction("it is not a list");
    Items &fields = std::get<Items>(item->value);
    if (fields.size() != (legacy ? legacyFields : feeMarketFields))
        return notATransaction("it has a wrong number of fields");
    return Envelope{legacy ? TransactionType::Legacy : TransactionType::FeeMarket,
                    std::move(fields)};
}

} // namespace

Bytes signingPayload(const Transaction &transaction)
{
    Items fields = commonFields(transaction);
    if (transaction.type == TransactionType::Legacy) {
        fields.emplace_back(Uint256(transaction.chainId));
        fields.emplace_back(Bytes{});
        fields.emplace_back(Bytes{});
    }
    return envelope(transaction, std::move(fields));
}

SignedTransaction sign(const Transaction &transaction, const PrivateKey &key)
{
    return assemble(transaction, sign(key, keccak256(signingPayload(transaction))));
}

SignedTransaction assemble(const Transaction &transaction, const Signature &signature)
{
    SignedTransaction result;
    result.signature = signature;
    Uint256 v(result.signature.recoveryId);
    if (transaction.type == TransactionType::Legacy)
        v += Uint256(transaction.chainId) * Uint256(2) + Uint256(35);
    Items fields = commonFields(transaction);
    fields.emplace_back(v);
    fields.emplace_back(Uint256::fromBytes(result.signature.r));
    fields.emplace_back(Uint256::fromBytes(result.signature.s));
    result.raw = envelope(transaction, std::move(fields));
    result.hash = keccak256(result.raw);
    return result;
}

Result<DecodedTransaction> decodeSigned(ByteView raw)
{
    const auto opened = openEnvelope(raw, 9, 12);
    if (!opened)
        return std::unexpected(opened.error());
    FieldReader reader(opened->fields);
    DecodedTransaction decoded;
    decoded.transaction = readCommon(reader, opened->type);
    std::uint64_t v = reader.smallNumber();
    decoded.signature.r = reader.word();
    decoded.signature.s = reader.word();
    if (opened->type == TransactionType::Legacy) {
        if (v < 37)
            return notATransaction("it is not protected against replay on another chain");
        decoded.transaction.chainId = (v - 35) / 2;
        v = (v - 35) % 2;
    }
    if (!reader.isGood() || v > 1)
        return notATransaction("a field is malformed");
    decoded.signature.recoveryId = static_cast<std::uint8_t>(v);
    const auto from =
        recoverSigner(decoded.signature, keccak256(signingPayload(decoded.transaction)));
    if (!from)
        return std::unexpected(from.error());
    decoded.from = *from;
    return decoded;
}

Result<Transaction> decodeUnsigned(ByteView payload)
{
    const auto opened = openEnvelope(payload, 9, 9);
    if (!opened)
        return std::unexpected(opened.error());
    FieldReader reader(opened->fields);
    Transaction transaction = readCommon(reader, opened->type);
    if (opened->type == TransactionType::Legacy) {
        transaction.chainId = reader.smallNumber();
        if (!reader.bytes().empty() || !reader.bytes().empty())
            return notATransaction("it is signed already");
    }
    if (!reader.isGood())
        return notATransaction("a field is malformed");
    return transaction;
}

} // namespace chrona::ethereum
