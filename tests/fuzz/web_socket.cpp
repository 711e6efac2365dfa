// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/net/web_socket_frames.h"

using namespace chrona::net;

/// Whatever a server sends: frames are read as they come in pieces, and what was read can be sent.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const WebSocketRole self = bytes[0] & 1 ? WebSocketRole::Client : WebSocketRole::Server;
    const std::size_t piece = 1 + static_cast<std::uint8_t>(bytes[0]) / 2;
    WebSocketReader reader(self, 4'096);
    for (std::size_t at = 1; at < size; at += piece) {
        reader.append(bytes.substr(at, piece));
        while (true) {
            const auto message = reader.next();
            if (!message)
                return 0;
            if (!*message)
                break;
            const std::string frame = frameOf(**message, 0x12345678U);
            chrona::fuzz::mustHold(frame.size() > (*message)->payload.size());
        }
    }
    return 0;
}
