// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/sdmx.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace chrona::formats {

/// An observation as a message states it: text, so that each form is judged by the same rules.
struct SdmxStated {
    std::string_view period;
    std::string_view value; ///< empty or "NaN": there is none
    SdmxValues attributes;
};

/// Gathers a SeriesSet. Once a limit is passed, or a message cannot be right as a whole, the
/// failure stays and nothing more is taken.
class SdmxBuilder {
public:
    explicit SdmxBuilder(const SdmxLimits &limits) : m_limits(limits) {}

    /// The series of these dimensions, which may come in several parts. nullptr: failed.
    SdmxSeries *series(SdmxValues dimensions, SdmxValues attributes);
    void observe(SdmxSeries &series, SdmxStated stated);
    void fault(std::string where, std::string reason);
    void refuse(std::string reason);
    [[nodiscard]] bool failed() const { return !m_failure.empty(); }

    SeriesSet set; ///< flow and time are set by the reader
    [[nodiscard]] Result<SeriesSet> take();

private:
    const SdmxLimits &m_limits;
    std::unordered_map<std::string, std::size_t> m_byKey;
    std::size_t m_observations = 0;
    std::string m_failure;
};

/// True for the names of time: TIME_PERIOD, TIME.
[[nodiscard]] bool isSdmxTime(std::string_view id);
/// "ECB:EXR(1.0)", also at the end of a URN.
[[nodiscard]] std::optional<SdmxFlow> sdmxFlowFrom(std::string_view name);

} // namespace chrona::formats
