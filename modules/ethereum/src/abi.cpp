// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/abi.h"

#include "chrona/ethereum/keccak.h"

#include <algorithm>
#include <format>

namespace chrona::ethereum {
namespace {

using Kind = AbiType::Kind;
using Values = std::vector<AbiValue>;

std::unexpected<Error> mismatch(const AbiType &type)
{
    return fail(ErrorCode::InvalidInput, std::format("the value is not a {}", type.canonical()));
}

std::unexpected<Error> malformed(const char *why)
{
    return fail(ErrorCode::InvalidInput, std::string("malformed ABI data: ") + why);
}

bool fits(const AbiType &type, const Uint256 &number)
{
    if (type.kind == Kind::Bool)
        return number <= Uint256(1);
    if (type.kind == Kind::Uint)
        return number.bitWidth() <= type.size;
    // Two's complement: either below half the range, or above the sign-extended lower end.
    const Uint256 half = Uint256(1) << static_cast<unsigned>(type.size - 1);
    return number < half || Uint256() - number <= half;
}

/// A type seen at each place of a list: tuples have their own, arrays repeat one.
const AbiType &partAt(const AbiType &type, std::size_t index)
{
    return type.kind == Kind::Array ? type.parts.front() : type.parts[index];
}

Status encodeValue(Bytes &out, const AbiType &type, const AbiValue &value);

template <class TypeAt>
Status encodeList(Bytes &out, std::span<const AbiValue> values, TypeAt typeAt)
{
    std::size_t headSize = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        headSize += typeAt(i).headSize();
    Bytes tail;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const AbiType &type = typeAt(i);
        Bytes &place = type.isDynamic() ? tail : out;
        if (type.isDynamic())
            append(out, Uint256(headSize + tail.size()).toBytes());
        if (auto done = encodeValue(place, type, values[i]); !done)
            return done;
    }
    append(out, tail);
    return {};
}

void appendPadded(Bytes &out, ByteView bytes)
{
    append(out, bytes);
    out.resize(out.size() + (32 - bytes.size() % 32) % 32);
}

Status encodeBytes(Bytes &out, const AbiType &type, const Bytes &bytes)
{
    if (type.kind == Kind::Account) {
        if (bytes.size() != 20)
            return mismatch(type);
        append(out, Uint256::fromBytes(bytes).toBytes());
        return {};
    }
    if (type.kind == Kind::FixedBytes) {
        if (bytes.size() != static_cast<std::size_t>(type.size))
            return mismatch(type);
        appendPadded(out, bytes);
        return {};
    }
    if (type.kind != Kind::DynamicBytes && type.kind != Kind::String)
        return mismatch(type);
    append(out, Uint256(bytes.size()).toBytes());
    appendPadded(out, bytes);
    return {};
}

Status encodeValue(Bytes &out, const AbiType &type, const AbiValue &value)
{
    if (const auto *number = std::get_if<Uint256>(&value.value)) {
        const bool numeric =
            type.kind == Kind::Uint || type.kind == Kind::Int || type.kind == Kind::Bool;
        if (!numeric || !fits(type, *number))
            return mismatch(type);
        append(out, number->toBytes());
        return {};
    }
    if (const auto *bytes = std::get_if<Bytes>(&value.value))
        return encodeBytes(out, type, *bytes);
    const Values &items = std::get<Values>(value.value);
    if (type.kind != Kind::Array && type.kind != Kind::Tuple)
        return mismatch(type);
    const std::size_t expected =
        type.kind == Kind::Tuple ? type.parts.size() : type.count.value_or(items.size());
    if (items.size() != expected)
        return mismatch(type);
    if (type.kind == Kind::Array && !type.count)
        append(out, Uint256(items.size()).toBytes());
    return encodeList(out, items,
                      [&](std::size_t i) -> const AbiType & { return partAt(type, i); });
}

/// Reads values relative to the start of the list they stand in.
class AbiDecoder {
public:
    /// Bounds the work that a few hostile bytes can ask for through repeated offsets.
    explicit AbiDecoder(ByteView data) : m_data(data), m_valuesLeft(data.size() / 32 * 4 + 64) {}

    template <class TypeAt>
    Result<Values> list(std::size_t base, std::size_t count, TypeAt typeAt, int depth)
    {
        Values values;
        std::size_t position = base;
        for (std::size_t i = 0; i < count; ++i) {
            const AbiType &type = typeAt(i);
            std::size_t at = position;
            if (type.isDynamic()) {
                const auto offset = sizeAt(position);
                if (!offset)
                    return std::unexpected(offset.error());
                at = base + *offset;
            }
            auto value = one(type, at, depth + 1);
            if (!value)
                return std::unexpected(value.error());
            values.push_back(std::move(*value));
            position += type.headSize();
        }
        return values;
    }

private:
    Result<ByteView> bytesAt(std::size_t position, std::size_t size) const
    {
        if (position > m_data.size() || size > m_data.size() - position)
            return malformed("it ends too early");
        return m_data.subspan(position, size);
    }
    Result<std::size_t> sizeAt(std::size_t position) const
    {
        const auto word = bytesAt(position, 32);
        if (!word)
            return std::unexpected(word.error());
        const auto size = Uint256::fromBytes(*word).toUint64();
        if (!size || *size > m_data.size())
            return malformed("an offset or length points outside");
        return *size;
    }

    Result<AbiValue> one(const AbiType &type, std::size_t position, int depth)
    {
        if (depth > 32 || m_valuesLeft-- == 0)
            return malformed("it nests or repeats too much");
        switch (type.kind) {
        case Kind::DynamicBytes:
        case Kind::String: return dynamicBytes(position);
        case Kind::Tuple:
        case Kind::Array: return composite(type, position, depth);
        default: return word(type, position);
        }
    }
    Result<AbiValue> dynamicBytes(std::size_t position) const
    {
        const auto size = sizeAt(position);
        if (!size)
            return std::unexpected(size.error());
        const auto bytes = bytesAt(position + 32, *size);
        if (!bytes)
            return std::unexpected(bytes.error());
        return AbiValue(Bytes(bytes->begin(), bytes->end()));
    }
    Result<AbiValue> composite(const AbiType &type, std::size_t position, int depth)
    {
        std::size_t count = type.kind == Kind::Tuple ? type.parts.size() : type.count.value_or(0);
        if (type.kind == Kind::Array && !type.count) {
            const auto size = sizeAt(position);
            if (!size)
                return std::unexpected(size.error());
            count = *size;
            position += 32;
            if (count * type.parts.front().headSize() > m_data.size())
                return malformed("an array is longer than the data");
        }
        auto items = list(
            position, count, [&](std::size_t i) -> const AbiType & { return partAt(type, i); },
            depth);
        if (!items)
            return std::unexpected(items.error());
        return AbiValue(std::move(*items));
    }
    Result<AbiValue> word(const AbiType &type, std::size_t position) const
    {
        const auto bytes = bytesAt(position, 32);
        if (!bytes)
            return std::unexpected(bytes.error());
        const auto isZero = [](std::uint8_t byte) { return byte == 0; };
        if (type.kind == Kind::FixedBytes) {
            const auto size = static_cast<std::size_t>(type.size);
            if (!std::ranges::all_of(bytes->subspan(size), isZero))
                return malformed("padding is not zero");
            return AbiValue(Bytes(bytes->begin(), bytes->begin() + type.size));
        }
        if (type.kind == Kind::Account) {
            if (!std::ranges::all_of(bytes->first(12), isZero))
                return malformed("padding is not zero");
            return AbiValue(Bytes(bytes->begin() + 12, bytes->end()));
        }
        const Uint256 number = Uint256::fromBytes(*bytes);
        if (!fits(type, number))
            return malformed("a number is out of its type's range");
        return AbiValue(number);
    }

    ByteView m_data;
    std::size_t m_valuesLeft;
};

/// What stands in a topic: the value itself where it is one word, else its hash.
Result<Bytes32> topicOf(const AbiType &type, const AbiValue &value)
{
    if (type.kind == Kind::DynamicBytes || type.kind == Kind::String) {
        const auto *bytes = std::get_if<Bytes>(&value.value);
        return bytes ? Result<Bytes32>(keccak256(*bytes)) : mismatch(type);
    }
    if (type.kind == Kind::Array || type.kind == Kind::Tuple)
        return fail(ErrorCode::InvalidInput, "indexed arrays and tuples are not supported");
    Bytes encoded;
    if (auto done = encodeValue(encoded, type, value); !done)
        return std::unexpected(done.error());
    return Uint256::fromBytes(encoded).toBytes();
}

bool isHashedTopic(const AbiType &type)
{
    return type.isDynamic() || type.kind == Kind::Array || type.kind == Kind::Tuple;
}

} // namespace

Result<Bytes> encodeAbi(std::span<const AbiType> types, std::span<const AbiValue> values)
{
    if (types.size() != values.size())
        return fail(ErrorCode::InvalidInput, std::format("{} values for {} parameters",
                                                         values.size(), types.size()));
    Bytes out;
    const auto done =
        encodeList(out, values, [&](std::size_t i) -> const AbiType & { return types[i]; });
    if (!done)
        return std::unexpected(done.error());
    return out;
}

Result<std::vector<AbiValue>> decodeAbi(std::span<const AbiType> types, ByteView data)
{
    return AbiDecoder(data).list(
        0, types.size(), [&](std::size_t i) -> const AbiType & { return types[i]; }, 0);
}

Result<Bytes> encodeCall(const AbiSignature &function, std::span<const AbiValue> values)
{
    const auto arguments = encodeAbi(function.parameters, values);
    if (!arguments)
        return arguments;
    const auto selector = function.selector();
    Bytes call(selector.begin(), selector.end());
    append(call, *arguments);
    return call;
}

Result<EventLog> encodeLog(const AbiSignature &event, std::span<const AbiValue> values)
{
    if (event.parameters.size() != values.size())
        return fail(ErrorCode::InvalidInput, "a wrong number of values for the event");
    EventLog log;
    log.topics.push_back(event.topic());
    std::vector<AbiType> plainTypes;
    Values plainValues;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const AbiType &type = event.parameters[i];
        if (!type.indexed) {
            plainTypes.push_back(type);
            plainValues.push_back(values[i]);
            continue;
        }
        const auto topic = topicOf(type, values[i]);
        if (!topic)
            return std::unexpected(topic.error());
        log.topics.push_back(*topic);
    }
    auto data = encodeAbi(plainTypes, plainValues);
    if (!data)
        return std::unexpected(data.error());
    log.data = std::move(*data);
    return log;
}

Result<std::vector<AbiValue>> decodeLog(const AbiSignature &event, const EventLog &log)
{
    if (log.topics.empty() || log.topics.front() != event.topic())
        return fail(ErrorCode::InvalidInput, "the log is of another event");
    std::vector<AbiType> plainTypes;
    for (const AbiType &type : event.parameters)
        if (!type.indexed)
            plainTypes.push_back(type);
    if (log.topics.size() != 1 + event.parameters.size() - plainTypes.size())
        return malformed("a wrong number of topics");
    auto plain = decodeAbi(plainTypes, log.data);
    if (!plain)
        return plain;
    Values values;
    auto nextTopic = log.topics.begin() + 1;
    auto nextPlain = plain->begin();
    for (const AbiType &type : event.parameters) {
        if (!type.indexed) {
            values.push_back(std::move(*nextPlain++));
        } else if (const Bytes32 &topic = *nextTopic++; isHashedTopic(type)) {
            values.emplace_back(topic);
        } else {
            auto value = decodeAbi(std::span(&type, 1), topic);
            if (!value)
                return value;
            values.push_back(std::move(value->front()));
        }
    }
    return values;
}

} // namespace chrona::ethereum
