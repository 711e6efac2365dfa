// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/abi.h"

#include "chrona/base/ascii.h"
#include "chrona/ethereum/keccak.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::ethereum {
namespace {

using Kind = AbiType::Kind;

std::unexpected<Error> notAType(std::string_view text)
{
    return fail(ErrorCode::InvalidInput,
                std::format("'{}' is not a Solidity type", text.substr(0, 60)));
}

/// "uint8 v,(a,b) t" → its parts at depth 0.
std::vector<std::string_view> splitTopLevel(std::string_view text)
{
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (text[i] == ',' && depth == 0) {
            parts.push_back(trimmedOf(" ", text.substr(begin, i - begin)));
            begin = i + 1;
        }
    }
    if (!trimmedOf(" ", text).empty())
        parts.push_back(trimmedOf(" ", text.substr(begin)));
    return parts;
}

std::optional<int> numberIn(std::string_view text)
{
    int value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

Result<AbiType> parseParameter(std::string_view text, int depth);

Result<std::vector<AbiType>> parseParameters(std::string_view text, int depth)
{
    std::vector<AbiType> types;
    for (const std::string_view part : splitTopLevel(text)) {
        auto type = parseParameter(part, depth);
        if (!type)
            return std::unexpected(type.error());
        types.push_back(std::move(*type));
    }
    return types;
}

Result<AbiType> parseElementary(std::string_view text)
{
    AbiType type;
    const auto sized = [&](std::string_view prefix, Kind kind, int fallback) {
        type.kind = kind;
        type.size = text == prefix ? fallback : numberIn(text.substr(prefix.size())).value_or(-1);
    };
    if (text == "address")
        type.kind = Kind::Account;
    else if (text == "bool")
        type.kind = Kind::Bool;
    else if (text == "string")
        type.kind = Kind::String;
    else if (text == "bytes")
        type.kind = Kind::DynamicBytes;
    else if (text.starts_with("bytes"))
        sized("bytes", Kind::FixedBytes, -1);
    else if (text.starts_with("uint"))
        sized("uint", Kind::Uint, 256);
    else if (text.starts_with("int"))
        sized("int", Kind::Int, 256);
    else
        return notAType(text);
    const bool number = type.kind == Kind::Uint || type.kind == Kind::Int;
    if (number && (type.size < 8 || type.size > 256 || type.size % 8 != 0))
        return notAType(text);
    if (type.kind == Kind::FixedBytes && (type.size < 1 || type.size > 32))
        return notAType(text);
    return type;
}

/// "[]" and "[3]" after a type, outermost last.
Result<AbiType> wrapArrays(AbiType type, std::string_view suffix)
{
    while (!suffix.empty()) {
        const std::size_t close = suffix.find(']');
        if (suffix.front() != '[' || close == std::string_view::npos)
            return notAType(suffix);
        AbiType array;
        array.kind = Kind::Array;
        if (close > 1) {
            const auto count = numberIn(suffix.substr(1, close - 1));
            if (!count || *count < 1)
                return notAType(suffix);
            array.count = static_cast<std::size_t>(*count);
        }
        array.parts.push_back(std::move(type));
        type = std::move(array);
        suffix.remove_prefix(close + 1);
    }
    return type;
}

Result<AbiType> parseTyped(std::string_view text, int depth)
{
    if (depth > 16)
        return notAType(text);
    std::size_t end = text.find('[');
    Result<AbiType> base = notAType(text);
    if (const std::size_t open = text.find('('); open == 0 || text.starts_with("tuple(")) {
        const std::size_t close = text.rfind(')');
        if (close == std::string_view::npos)
            return notAType(text);
        auto parts = parseParameters(text.substr(open + 1, close - open - 1), depth + 1);
        if (!parts)
            return std::unexpected(parts.error());
        AbiType tuple;
        tuple.kind = Kind::Tuple;
        tuple.parts = std::move(*parts);
        base = std::move(tuple);
        end = close + 1;
    } else {
        base = parseElementary(text.substr(0, end));
    }
    if (!base)
        return base;
    return wrapArrays(std::move(*base), end < text.size() ? text.substr(end) : std::string_view{});
}

/// A type, then perhaps "indexed", then perhaps a name.
Result<AbiType> parseParameter(std::string_view text, int depth)
{
    const std::size_t close = text.rfind(')');
    const std::size_t from = close == std::string_view::npos ? 0 : close;
    const std::size_t space = text.find(' ', from);
    auto type = parseTyped(trimmedOf(" ", text.substr(0, space)), depth);
    if (!type || space == std::string_view::npos)
        return type;
    std::string_view rest = trimmedOf(" ", text.substr(space));
    if (rest == "indexed" || rest.starts_with("indexed ")) {
        type->indexed = true;
        rest = trimmedOf(" ", rest.substr(7));
    }
    type->name = rest;
    return type;
}

std::string canonicalList(const std::vector<AbiType> &types)
{
    std::string text = "(";
    for (const AbiType &type : types)
        text += (text.size() > 1 ? "," : "") + type.canonical();
    return text + ")";
}

} // namespace

Result<AbiType> parseAbiType(std::string_view text)
{
    return parseParameter(trimmedOf(" ", text), 0);
}

bool AbiType::isDynamic() const
{
    if (kind == Kind::DynamicBytes || kind == Kind::String || (kind == Kind::Array && !count))
        return true;
    return std::ranges::any_of(parts, &AbiType::isDynamic);
}

std::size_t AbiType::headSize() const
{
    if (isDynamic())
        return 32;
    if (kind == Kind::Array)
        return *count * parts.front().headSize();
    if (kind != Kind::Tuple)
        return 32;
    std::size_t total = 0;
    for (const AbiType &part : parts)
        total += part.headSize();
    return total;
}

std::string AbiType::canonical() const
{
    switch (kind) {
    case Kind::Uint: return std::format("uint{}", size);
    case Kind::Int: return std::format("int{}", size);
    case Kind::Account: return "address";
    case Kind::Bool: return "bool";
    case Kind::FixedBytes: return std::format("bytes{}", size);
    case Kind::DynamicBytes: return "bytes";
    case Kind::String: return "string";
    case Kind::Tuple: return canonicalList(parts);
    case Kind::Array: break;
    }
    return parts.front().canonical() + (count ? std::format("[{}]", *count) : "[]");
}

Result<AbiSignature> parseAbiSignature(std::string_view text)
{
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos || open == 0 || !text.ends_with(')'))
        return fail(ErrorCode::InvalidInput,
                    std::format("'{}' is not a signature", text.substr(0, 60)));
    auto parameters = parseParameters(text.substr(open + 1, text.size() - open - 2), 0);
    if (!parameters)
        return std::unexpected(parameters.error());
    return AbiSignature{std::string(text.substr(0, open)), std::move(*parameters)};
}

std::string AbiSignature::canonical() const
{
    return name + canonicalList(parameters);
}

Bytes32 AbiSignature::topic() const
{
    return keccak256(canonical());
}

std::array<std::uint8_t, 4> AbiSignature::selector() const
{
    const Bytes32 hash = topic();
    return {hash[0], hash[1], hash[2], hash[3]};
}

} // namespace chrona::ethereum
