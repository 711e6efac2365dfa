// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/messages.h"

#include <algorithm>
#include <format>
#include <vector>

namespace chrona::ipc {
namespace {

struct Recoder {
    std::uint16_t type;
    Result<QByteArray> (*recode)(std::span<const std::byte> cbor);
};

template <class Message> Result<QByteArray> recodeAs(std::span<const std::byte> cbor)
{
    const auto message = decode<Message>(cbor);
    if (!message)
        return std::unexpected(message.error());
    return encode(*message);
}

template <class... Messages>
constexpr void append(std::vector<Recoder> &all, std::type_identity<std::variant<Messages...>>)
{
    (all.push_back({Messages::kType, &recodeAs<Messages>}), ...);
}

constexpr std::vector<Recoder> allMessages()
{
    std::vector<Recoder> all;
    append(all, std::type_identity<ClientRequest>{});
    append(all, std::type_identity<SessionRequest>{});
    append(all, std::type_identity<AnyNotification>{});
    append(all, std::type_identity<AnyReply>{});
    return all;
}

consteval bool numbersDiffer()
{
    auto all = allMessages();
    std::ranges::sort(all, {}, &Recoder::type);
    return std::ranges::adjacent_find(all, {}, &Recoder::type) == all.end();
}
static_assert(numbersDiffer(), "two messages have one number");

} // namespace

std::unexpected<Error> unknownMessage(std::uint16_t type)
{
    return fail(ErrorCode::Corrupt, std::format("a message of unknown type {:#06x}", type));
}

Result<QByteArray> recode(std::uint16_t type, std::span<const std::byte> cbor)
{
    static const std::vector<Recoder> kAll = allMessages();
    const auto found = std::ranges::find(kAll, type, &Recoder::type);
    if (found == kAll.end())
        return unknownMessage(type);
    return found->recode(cbor);
}

} // namespace chrona::ipc
