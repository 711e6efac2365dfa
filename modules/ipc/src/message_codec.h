// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"
#include "codec.h"

/// How a message becomes CBOR and back, made once for each message in one of message_codec_*.cpp:
/// all in one file, they take longer to compile than the rest of the module.
namespace chrona::ipc {

template <class Message> QByteArray encode(const Message &message)
{
    return Encoder::encode(message);
}

template <class Message> Result<Message> decode(std::span<const std::byte> cbor)
{
    constexpr Decoder::Limits kLimits{kNestingMax, kDecodedBytesMax};
    return Decoder::decode<Message>(cbor, kLimits);
}

} // namespace chrona::ipc

#define CHRONA_MESSAGE(Message)                                                                    \
    template QByteArray encode(const Message &);                                                   \
    template Result<Message> decode<Message>(std::span<const std::byte>);
