// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <functional>
#include <stop_token>

namespace chrona::briefing {

/// The steps of a making that takes long: counts those that are done, tells of each, and ends the
/// making at the first that is done after a stop was asked for. One thread at a time; the stop may
/// be asked for on any.
class Steps {
public:
    using Tell = std::function<void(std::size_t done, std::size_t total)>;

    /// By default nobody watches and nobody stops it.
    explicit Steps(std::stop_token stop = {}, Tell tell = {});

    /// So many more are to come. Said before the first, a share of the total never falls.
    void expect(std::size_t more) { m_total += more; }
    /// One is done. Cancelled: a stop was asked for, and what is made ends with this.
    [[nodiscard]] Status done();
    /// Within a step that is long itself.
    [[nodiscard]] bool isStopped() const { return m_stop.stop_requested(); }

    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] std::size_t total() const { return m_total; }
    [[nodiscard]] const std::stop_token &stopToken() const { return m_stop; }

private:
    std::stop_token m_stop;
    Tell m_tell;
    std::size_t m_count = 0, m_total = 0;
};

} // namespace chrona::briefing
