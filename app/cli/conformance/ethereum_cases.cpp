// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_cases.h"

#include "case_values.h"

#include "chrona/ethereum/abi.h"
#include "chrona/ethereum/keccak.h"
#include "chrona/ethereum/merkle.h"
#include "chrona/ethereum/rlp.h"
#include "chrona/ethereum/transaction.h"

#include <format>

namespace chrona::conformance {
namespace {

using namespace ethereum;
using Kind = AbiType::Kind;

QString keccakCase(const QJsonObject &c)
{
    const Bytes input = bytesOf(member(c, "input"));
    QString text;
    if (c.contains(u"text"))
        text = compare("hash of the text", keccak256(textOf(member(c, "text"))), member(c, "hash"));
    return firstOf({compare("hash", keccak256(input), member(c, "hash")), text});
}

/// A JSON value as a value of an ABI type.
AbiValue abiValue(const AbiType &type, const QJsonValue &value)
{
    switch (type.kind) {
    case Kind::Bool: return Uint256(value.toBool() ? 1 : 0);
    case Kind::Uint: return numberOf(value);
    case Kind::Int: {
        const auto number = unwrap(Int256::parse(
            value.isString() ? textOf(value) : std::format("{}", std::int64_t(value.toDouble()))));
        return number.isNegative() ? Uint256() - number.magnitude() : number.magnitude();
    }
    case Kind::String: {
        const std::string text = textOf(value);
        return Bytes(text.begin(), text.end());
    }
    case Kind::Account: return Bytes(bytesOf(QJsonValue(value.toString().toLower())));
    case Kind::FixedBytes:
    case Kind::DynamicBytes: return bytesOf(value);
    case Kind::Array:
    case Kind::Tuple: break;
    }
    std::vector<AbiValue> items;
    std::size_t index = 0;
    for (const QJsonValue &item : value.toArray()) {
        const bool array = type.kind == Kind::Array;
        if (!array && index >= type.parts.size())
            throw CaseError{QStringLiteral("too many members")};
        items.push_back(abiValue(type.parts[array ? 0 : index], item));
        ++index;
    }
    return items;
}

std::vector<AbiValue> abiValues(const std::vector<AbiType> &types, const QJsonValue &list)
{
    AbiType tuple;
    tuple.kind = Kind::Tuple;
    tuple.parts = types;
    return std::get<std::vector<AbiValue>>(abiValue(tuple, list).value);
}

QString abiEncodeCase(const QJsonObject &c)
{
    std::vector<AbiType> types;
    for (const QJsonValue &type : member(c, "types").toArray())
        types.push_back(unwrap(parseAbiType(textOf(type))));
    const auto values = abiValues(types, member(c, "values"));
    const Bytes encoded = unwrap(encodeAbi(types, values));
    const bool back = unwrap(decodeAbi(types, encoded)) == values;
    return firstOf({compare("encoding", encoded, member(c, "encoded")),
                    back ? QString() : QStringLiteral("it does not decode to the values")});
}

QString abiCallCase(const QJsonObject &c)
{
    const auto function = unwrap(parseAbiSignature(textOf(member(c, "signature"))));
    const auto values = abiValues(function.parameters, member(c, "args"));
    return firstOf(
        {compare("selector", function.selector(), member(c, "selector")),
         compare("calldata", unwrap(encodeCall(function, values)), member(c, "calldata"))});
}

QString abiEventCase(const QJsonObject &c)
{
    const auto event = unwrap(parseAbiSignature(textOf(member(c, "event"))));
    const auto values = abiValues(event.parameters, member(c, "values"));
    const EventLog log = unwrap(encodeLog(event, values));
    const QJsonArray topics = member(c, "topics").toArray();
    if (topics.size() != qsizetype(log.topics.size()))
        return QStringLiteral("a wrong number of topics");
    for (qsizetype i = 0; i < topics.size(); ++i)
        if (QString wrong = compare("topic", log.topics[std::size_t(i)], topics[i]);
            !wrong.isEmpty())
            return wrong;
    const bool back = unwrap(decodeLog(event, log)) == values;
    return firstOf({compare("canonical form", event.canonical(), textOf(member(c, "canonical"))),
                    compare("data", log.data, member(c, "data")),
                    back ? QString() : QStringLiteral("it does not decode to the values")});
}

RlpItem rlpItem(const QJsonValue &value)
{
    if (!value.isArray())
        return bytesOf(value);
    std::vector<RlpItem> items;
    for (const QJsonValue &item : value.toArray())
        items.push_back(rlpItem(item));
    return items;
}

QString rlpCase(const QJsonObject &c)
{
    const RlpItem item = rlpItem(member(c, "value"));
    const Bytes encoded = encodeRlp(item);
    const bool back = unwrap(decodeRlp(encoded)) == item;
    return firstOf({compare("encoding", encoded, member(c, "rlp")),
                    back ? QString() : QStringLiteral("it does not decode to the value")});
}

QString refusedRlpCase(const QJsonObject &c)
{
    const QJsonValue text = c.contains(u"rlp") ? member(c, "rlp") : member(c, "value");
    return decodeRlp(bytesOf(text)) ? QStringLiteral("it was accepted") : QString();
}

QString keyCase(const QJsonObject &c)
{
    const PrivateKey key = keyOf(member(c, "privateKey"));
    const PublicKey point = publicKeyOf(key);
    const Address address = ethereum::addressOf(key);
    return firstOf(
        {compare("public key", point, member(c, "publicKeyUncompressed")),
         compare("compressed key", compress(point), member(c, "publicKeyCompressed")),
         compare("address", address, member(c, "address")),
         compare("checksum", toChecksummed(address), textOf(member(c, "addressChecksum")))});
}

QString refusedKeyCase(const QJsonObject &c)
{
    const auto bytes = parseBytes32(textOf(member(c, "value")));
    return bytes && PrivateKey::fromBytes(*bytes) ? QStringLiteral("it was accepted") : QString();
}

QString checksumCase(const QJsonObject &c)
{
    if (!parseAddress(textOf(member(c, "good"))))
        return QStringLiteral("the good one was refused");
    return parseAddress(textOf(member(c, "bad"))) ? QStringLiteral("the bad one was accepted")
                                                  : QString();
}

QString treeCase(const QJsonObject &c)
{
    std::vector<Bytes32> leaves;
    for (const QJsonValue &leaf : member(c, "leaves").toArray())
        leaves.push_back(wordOf(leaf));
    const MerkleTree tree(leaves);
    QString wrong = compare("root", tree.root().value_or(Bytes32{}), member(c, "root"));
    std::size_t index = 0;
    // Large trees come without their inner nodes.
    for (const QJsonValue &node : c.value(u"tree").toArray()) {
        if (index >= tree.nodes().size())
            return QStringLiteral("the tree has too few nodes");
        wrong = firstOf({wrong, compare("node", tree.nodes()[index++], node)});
    }
    for (const QJsonValue &value : member(c, "proofs").toArray()) {
        const QJsonObject entry = value.toObject();
        const auto proof = tree.proof(wordOf(member(entry, "leaf")));
        const QJsonArray expected = member(entry, "proof").toArray();
        if (!proof || qsizetype(proof->size()) != expected.size())
            return QStringLiteral("a proof has a wrong length");
        for (qsizetype i = 0; i < expected.size(); ++i)
            wrong = firstOf({wrong, compare("sibling", (*proof)[std::size_t(i)], expected[i])});
    }
    return wrong;
}

QString proofCase(const QJsonObject &c)
{
    std::vector<Bytes32> proof;
    for (const QJsonValue &sibling : member(c, "proof").toArray())
        proof.push_back(wordOf(sibling));
    const bool valid =
        verifyMerkleProof(wordOf(member(c, "leaf")), proof, wordOf(member(c, "root")));
    return valid == member(c, "valid").toBool() ? QString() : QStringLiteral("wrong verdict");
}

QString signedCase(const QJsonObject &c, const Bytes32 &digest)
{
    const Signature signature = sign(keyOf(member(c, "privateKey")), digest);
    return firstOf(
        {compare("digest", digest, member(c, "digest")),
         compare("v", std::to_string(signature.v()), std::to_string(smallOf(member(c, "v")))),
         compare("r", signature.r, member(c, "r")), compare("s", signature.s, member(c, "s"))});
}

QString personalHashCase(const QJsonObject &c)
{
    const Bytes32 digest = personalDigest(wordOf(member(c, "messageHash")));
    const Bytes vrs = toVrs(sign(keyOf(member(c, "privateKey")), digest));
    QString wrong = signedCase(c, digest);
    if (c.contains(u"vrs"))
        wrong = firstOf({wrong, compare("vrs", vrs, member(c, "vrs"))});
    if (c.contains(u"vrsIndexed") && c.contains(u"index")) {
        Bytes indexed = vrs;
        const std::uint64_t index = smallOf(member(c, "index"));
        indexed.push_back(static_cast<std::uint8_t>(index >> 8));
        indexed.push_back(static_cast<std::uint8_t>(index));
        wrong = firstOf({wrong, compare("vrsIndexed", indexed, member(c, "vrsIndexed"))});
    }
    return wrong;
}

QString personalTextCase(const QJsonObject &c)
{
    return signedCase(c, personalDigest(textOf(member(c, "text"))));
}

QString highSCase(const QJsonObject &c)
{
    return recoverSigner(signatureOf(c), wordOf(member(c, "digest")))
               ? QStringLiteral("it was accepted")
               : QString();
}

AccessEntry accessEntryOf(const QJsonObject &object)
{
    AccessEntry entry;
    entry.address = addressOf(member(object, "address"));
    for (const QJsonValue &key : member(object, "storageKeys").toArray())
        entry.storageKeys.push_back(wordOf(key));
    return entry;
}

Transaction transactionOf(const QJsonObject &t)
{
    Transaction transaction;
    transaction.chainId = smallOf(member(t, "chainId"));
    transaction.nonce = smallOf(member(t, "nonce"));
    transaction.gasLimit = numberOf(member(t, "gasLimit"));
    transaction.value = numberOf(member(t, "value"));
    transaction.data = bytesOf(member(t, "data"));
    if (!member(t, "to").isNull())
        transaction.to = addressOf(member(t, "to"));
    if (smallOf(member(t, "type")) == 0) {
        transaction.type = TransactionType::Legacy;
        transaction.gasPrice = numberOf(member(t, "gasPrice"));
    } else {
        transaction.maxFeePerGas = numberOf(member(t, "maxFeePerGas"));
        transaction.maxPriorityFeePerGas = numberOf(member(t, "maxPriorityFeePerGas"));
        for (const QJsonValue &value : t.value(u"accessList").toArray())
            transaction.accessList.push_back(accessEntryOf(value.toObject()));
    }
    return transaction;
}

QString transactionCase(const QJsonObject &c)
{
    const Transaction transaction = transactionOf(member(c, "tx").toObject());
    const SignedTransaction made = sign(transaction, keyOf(member(c, "privateKey")));
    const Bytes payload = signingPayload(transaction);
    const auto decoded = unwrap(decodeSigned(made.raw));
    return firstOf(
        {compare("unsigned form", payload, member(c, "unsignedRlp")),
         compare("signing hash", keccak256(payload), member(c, "signingHash")),
         compare("raw", made.raw, member(c, "raw")), compare("hash", made.hash, member(c, "hash")),
         compare("sender", decoded.from, member(c, "from")),
         decoded.transaction == transaction ? QString() : QStringLiteral("it does not read back")});
}

} // namespace

void addEthereumCheckers(std::map<std::string, Checker> &checkers)
{
    addCases(checkers, "keccak256", QString(), keccakCase);
    addCases(checkers, "abi_encode", QString(), abiEncodeCase);
    addCases(checkers, "abi_calls", QString(), abiCallCase);
    addCases(checkers, "abi_events", QString(), abiEventCase);
    addCases(checkers, "rlp", QStringLiteral("encode"), rlpCase);
    addCases(checkers, "rlp", QStringLiteral("invalid"), refusedRlpCase);
    addCases(checkers, "keys_addresses", QStringLiteral("keys"), keyCase);
    addCases(checkers, "keys_addresses", QStringLiteral("invalidPrivateKeys"), refusedKeyCase);
    addCases(checkers, "keys_addresses", QStringLiteral("badChecksum"), checksumCase);
    addCases(checkers, "merkle_trees", QStringLiteral("trees"), treeCase);
    addCases(checkers, "merkle_trees", QStringLiteral("verify"), proofCase);
    addCases(checkers, "personal_sign", QStringLiteral("hashes"), personalHashCase);
    addCases(checkers, "personal_sign", QStringLiteral("texts"), personalTextCase);
    addCases(checkers, "personal_sign", QStringLiteral("highS"), highSCase);
    addCases(checkers, "transactions", QString(), transactionCase);
}

} // namespace chrona::conformance
