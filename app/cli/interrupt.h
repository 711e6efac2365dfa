// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

namespace chrona::cli {

/// While it lives, Ctrl-C and SIGTERM ask for a stop instead of ending the process; a second one
/// ends it. At most one at a time.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::jthread m_watcher;
};

} // namespace chrona::cli
