// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/messages.h"

#include <algorithm>
#include <array>
#include <format>
#include <vector>

namespace chrona::ipc {
namespace {

template <class Variant> struct Alternatives;

template <class... Messages> struct Alternatives<std::variant<Messages...>> {
    using Variant = std::variant<Messages...>;
    static constexpr std::array kNumbers{Messages::kType...};

    /// nullopt: none of them has this number. Which alternative it is gets told by its type: left
    /// to find it by conversion, the compiler would weigh each message against all others.
    static std::optional<Result<Variant>> decodeOne(std::uint16_t type,
                                                    std::span<const std::byte> cbor)
    {
        std::optional<Result<Variant>> result;
        const auto attempt = [&]<class Message>(std::type_identity<Message>) {
            if (type != Message::kType)
                return false;
            if (Result<Message> message = decode<Message>(cbor))
                result.emplace(std::in_place, std::in_place_type<Message>, std::move(*message));
            else
                result.emplace(std::unexpect, std::move(message.error()));
            return true;
        };
        (attempt(std::type_identity<Messages>{}) || ...);
        return result;
    }
};

template <class... Variants> consteval bool numbersDiffer()
{
    std::vector<std::uint16_t> numbers;
    (numbers.insert(numbers.end(), Alternatives<Variants>::kNumbers.begin(),
                    Alternatives<Variants>::kNumbers.end()),
     ...);
    std::ranges::sort(numbers);
    return std::ranges::adjacent_find(numbers) == numbers.end();
}
static_assert(numbersDiffer<ClientRequest, SessionRequest, AnyNotification, AnyReply>(),
              "two messages have one number");

std::unexpected<Error> unknownType(std::uint16_t type)
{
    return fail(ErrorCode::Corrupt, std::format("a message of unknown type {:#06x}", type));
}

template <class Variant>
Result<Variant> decodeAmong(std::uint16_t type, std::span<const std::byte> cbor)
{
    auto result = Alternatives<Variant>::decodeOne(type, cbor);
    if (!result)
        return unknownType(type);
    return std::move(*result);
}

} // namespace

Result<ClientRequest> decodeRequest(std::uint16_t type, std::span<const std::byte> cbor)
{
    return decodeAmong<ClientRequest>(type, cbor);
}

Result<AnyNotification> decodeNotification(std::uint16_t type, std::span<const std::byte> cbor)
{
    return decodeAmong<AnyNotification>(type, cbor);
}

Result<AnyMessage> decodeMessage(std::uint16_t type, std::span<const std::byte> cbor)
{
    std::optional<Result<AnyMessage>> found;
    const auto attempt = [&]<class Part>(std::type_identity<Part>) {
        auto part = Alternatives<Part>::decodeOne(type, cbor);
        if (part)
            found = part->transform(
                [](Part &one) { return AnyMessage(std::in_place_type<Part>, std::move(one)); });
        return part.has_value();
    };
    const bool isKnown = attempt(std::type_identity<ClientRequest>{}) ||
                         attempt(std::type_identity<SessionRequest>{}) ||
                         attempt(std::type_identity<AnyNotification>{}) ||
                         attempt(std::type_identity<AnyReply>{});
    if (!isKnown)
        return unknownType(type);
    return std::move(*found);
}

} // namespace chrona::ipc
