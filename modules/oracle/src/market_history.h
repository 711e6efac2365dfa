// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace chrona::oracle {

/// What one currency's view of the factor was estimated to be over the last 25 seconds, in steps of
/// 50 ms: what a late or lagging message must be compared with.
class MarketHistory {
public:
    static constexpr std::int64_t kStepMs = 50;
    static constexpr std::int64_t kSteps = 512;
    struct Range {
        double low = 0, high = 0;
    };

    void start(std::int64_t atMs, double value)
    {
        m_values.fill(value);
        m_newest = atMs / kStepMs;
    }
    /// Times must not go back. Steps in between keep the value before.
    void put(std::int64_t atMs, double value)
    {
        const std::int64_t step = atMs / kStepMs;
        const double before = m_values[place(m_newest)];
        for (std::int64_t i = std::max(m_newest + 1, step - kSteps + 1); i < step; ++i)
            m_values[place(i)] = before;
        m_newest = std::max(step, m_newest);
        m_values[place(m_newest)] = value;
    }
    /// What a late message tells of a moment holds for all that came after it: else the next late
    /// message would be compared with what is known better already, and tell the same once more.
    void correct(double fromMs, double by)
    {
        const auto first =
            static_cast<std::int64_t>(std::ceil(fromMs / static_cast<double>(kStepMs)));
        for (auto step = std::max(first, m_newest - kSteps + 1); step <= m_newest; ++step)
            m_values[place(step)] += by;
    }
    /// Between steps by a straight line; beyond either end the value there.
    [[nodiscard]] double at(double ms) const
    {
        const double x = ms / static_cast<double>(kStepMs);
        const double newest = static_cast<double>(m_newest);
        if (!(x < newest))
            return m_values[place(m_newest)];
        const double clipped = std::max(x, newest - static_cast<double>(kSteps - 1));
        const auto below = static_cast<std::int64_t>(clipped);
        const double part = clipped - static_cast<double>(below);
        const double low = m_values[place(below)];
        return low + part * (m_values[place(below + 1)] - low);
    }
    [[nodiscard]] Range range(double fromMs, double toMs) const
    {
        Range found{at(fromMs), at(fromMs)};
        const auto last = std::min(static_cast<std::int64_t>(toMs) / kStepMs, m_newest);
        auto step = std::max(static_cast<std::int64_t>(fromMs) / kStepMs, m_newest - kSteps + 1);
        for (; step <= last; ++step) {
            found.low = std::min(found.low, m_values[place(step)]);
            found.high = std::max(found.high, m_values[place(step)]);
        }
        return found;
    }
    [[nodiscard]] const std::array<double, kSteps> &values() const { return m_values; }

private:
    static std::size_t place(std::int64_t step)
    {
        return static_cast<std::size_t>(step & (kSteps - 1));
    }
    std::array<double, kSteps> m_values{};
    std::int64_t m_newest = 0;
};

} // namespace chrona::oracle
