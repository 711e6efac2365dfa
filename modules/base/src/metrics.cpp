// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/metrics.h"

namespace chrona {

Counter &Metrics::counter(std::string_view name)
{
    const std::lock_guard lock(m_mutex);
    return m_counters.try_emplace(std::string(name)).first->second;
}

Gauge &Metrics::gauge(std::string_view name)
{
    const std::lock_guard lock(m_mutex);
    return m_gauges.try_emplace(std::string(name)).first->second;
}

std::vector<Metrics::Sample> Metrics::samples() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Sample> all;
    for (const auto &[name, counter] : m_counters)
        all.push_back({name, static_cast<std::int64_t>(counter.value())});
    for (const auto &[name, gauge] : m_gauges)
        all.push_back({name, gauge.value()});
    return all;
}

} // namespace chrona
