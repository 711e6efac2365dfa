// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace chrona::net {

/// One thing that a scripted WebSocket does, faults included.
struct StreamStep {
    enum class Kind : std::uint8_t {
        Say,       ///< a text
        SayBinary, ///< bytes
        SayInTwo,  ///< a text in two fragments
        Expect,    ///< waits until the client has said something that holds the text
        Ping,
        Flood,     ///< the text `number` times
        HalfFrame, ///< the first half of a frame of the text, then nothing
        Garbage,   ///< the text as bare bytes
        Drop,      ///< a reset
        Close,     ///< with `number` as the code and the text as the reason
    };
    Kind kind = Kind::Say;
    std::string text{};
    std::uint32_t number = 0;
};

/// What happens after a client has come; then the stream stays open and silent. `status` other than
/// 101 refuses the client instead.
struct StreamScript {
    std::vector<StreamStep> steps{};
    int status = 101;
    bool isStalled = false; ///< the request is read and nothing is sent
};

} // namespace chrona::net
