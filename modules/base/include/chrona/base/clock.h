// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <atomic>

namespace chrona {

/// Where time comes from. Engines are given moments; adapters are given a Clock.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override
    {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

/// Stands still until it is moved. Any thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : m_now(start.time_since_epoch().count()) {}
    [[nodiscard]] Instant now() const override { return Instant(Duration(m_now.load())); }
    void advance(Duration step) { m_now += step.count(); }

private:
    std::atomic<std::int64_t> m_now;
};

} // namespace chrona
