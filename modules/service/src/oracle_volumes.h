// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_desk.h"

#include <mutex>

namespace chrona::service {

/// What each market traded in the last hour, in steps of ten seconds. Written by the run's thread,
/// read from any.
class OracleVolumes final : public DeskSink {
public:
    static constexpr std::int64_t kStepMs = 10'000;
    static constexpr std::size_t kSteps = 360;

    explicit OracleVolumes(const OraclePlan &plan);

    void answered(std::uint32_t, const oracle::Answer &) override {}
    void epochEnded(std::int64_t, std::uint32_t, const oracle::Answer &,
                    const oracle::BandChoice &) override
    {
    }
    void secondEnded(std::int64_t atMs, std::span<const DeskBar> bars,
                     std::span<const DeskAnomaly> anomalies) override;

    struct Volume {
        std::string venue;
        double volume = 0; ///< of the base currency
    };
    /// Of a feed's own price markets over the last `windowMs`; empty for a feed that is not priced.
    [[nodiscard]] std::vector<Volume> of(const std::string &feed, std::int64_t windowMs) const;

private:
    void goTo(std::int64_t step);

    const OraclePlan &m_plan;
    mutable std::mutex m_mutex;
    std::vector<std::size_t> m_firstMarket; ///< of each venue
    std::vector<float> m_traded;            ///< kSteps of each market
    std::int64_t m_step = 0;                ///< the newest
};

} // namespace chrona::service
