// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace chrona::bench {

/// A process of its own that is so many venues at once: WebSockets on loopback which say prices,
/// evenly over venues and markets. Its processor time is not the measured program's.
class PriceStorm {
public:
    struct Wish {
        std::size_t venues = 1; ///< it begins when so many have subscribed
        std::size_t markets = 63;
        std::size_t ticksPerSecond = 0; ///< 0: as fast as they are taken
    };
    /// Before any thread is started.
    [[nodiscard]] static Result<PriceStorm> begin(const Wish &wish);
    ~PriceStorm(); ///< ends it
    PriceStorm(PriceStorm &&other) noexcept;
    PriceStorm &operator=(PriceStorm &&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    PriceStorm(pid_t process, std::uint16_t port) : m_process(process), m_port(port) {}
    pid_t m_process;
    std::uint16_t m_port;
};

/// "M07": the base of a market.
[[nodiscard]] std::string stormBase(std::size_t market);

} // namespace chrona::bench
