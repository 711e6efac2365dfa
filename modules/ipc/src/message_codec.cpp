// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/messages.h"

#include <format>

namespace chrona::ipc {
namespace {

template <class Variant> struct Alternatives;

template <class... Messages> struct Alternatives<std::variant<Messages...>> {
    /// nullopt: none of them has this number.
    static std::optional<Result<std::variant<Messages...>>>
    decodeOne(std::uint16_t type, std::span<const std::byte> cbor)
    {
        std::optional<Result<std::variant<Messages...>>> result;
        const auto attempt = [&]<class Message>(std::type_identity<Message>) {
            if (type == Message::kType)
                result = decode<Message>(cbor);
        };
        (attempt(std::type_identity<Messages>{}), ...);
        return result;
    }

    static constexpr bool numbersDiffer()
    {
        const std::uint16_t numbers[] = {Messages::kType...};
        for (std::size_t left = 0; left < std::size(numbers); ++left)
            for (std::size_t right = left + 1; right < std::size(numbers); ++right)
                if (numbers[left] == numbers[right])
                    return false;
        return true;
    }
};

template <class... Parts> struct Joined;
template <class... A, class... B, class... C, class... D>
struct Joined<std::variant<A...>, std::variant<B...>, std::variant<C...>, std::variant<D...>> {
    using Type = std::variant<A..., B..., C..., D...>;
};
using Everything = Joined<ClientRequest, SessionRequest, AnyNotification, AnyReply>::Type;
static_assert(Alternatives<Everything>::numbersDiffer(), "two messages have one number");

template <class Variant>
Result<Variant> decodeAmong(std::uint16_t type, std::span<const std::byte> cbor)
{
    auto result = Alternatives<Variant>::decodeOne(type, cbor);
    if (!result)
        return fail(ErrorCode::Corrupt, std::format("a message of unknown type {:#06x}", type));
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
    return decodeAmong<Everything>(type, cbor).transform([](Everything message) {
        return std::visit(
            []<class Message>(Message &&one) {
                using Type = std::remove_cvref_t<Message>;
                if constexpr (std::constructible_from<ClientRequest, std::in_place_type_t<Type>>)
                    return AnyMessage(ClientRequest(std::forward<Message>(one)));
                else if constexpr (std::constructible_from<SessionRequest,
                                                           std::in_place_type_t<Type>>)
                    return AnyMessage(SessionRequest(std::forward<Message>(one)));
                else if constexpr (std::constructible_from<AnyNotification,
                                                           std::in_place_type_t<Type>>)
                    return AnyMessage(AnyNotification(std::forward<Message>(one)));
                else
                    return AnyMessage(AnyReply(std::forward<Message>(one)));
            },
            std::move(message));
    });
}

} // namespace chrona::ipc
