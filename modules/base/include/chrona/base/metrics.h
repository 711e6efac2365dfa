// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace chrona {

/// Counts up. Any thread; a reader sees it within one store.
class Counter {
public:
    void add(std::uint64_t amount = 1) { m_value.fetch_add(amount, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

/// Holds the latest value. Any thread.
class Gauge {
public:
    void set(std::int64_t value) { m_value.store(value, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> m_value{0};
};

/// The numbers of one process by name ("ingest.events"). Counters and gauges live as long as the
/// registry, so a duty asks once and keeps the reference. Any thread.
class Metrics {
public:
    struct Sample {
        std::string name;
        std::int64_t value;
    };

    [[nodiscard]] Counter &counter(std::string_view name);
    [[nodiscard]] Gauge &gauge(std::string_view name);
    [[nodiscard]] std::vector<Sample> samples() const;

private:
    mutable std::mutex m_mutex;
    std::map<std::string, Counter, std::less<>> m_counters;
    std::map<std::string, Gauge, std::less<>> m_gauges;
};

} // namespace chrona
