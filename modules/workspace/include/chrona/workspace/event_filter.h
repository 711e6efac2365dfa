// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/event_columns.h"
#include "chrona/schema/geometry.h"
#include "chrona/workspace/event_ids.h"

#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace chrona::workspace {

/// [begin, end)
struct TimeWindow {
    Instant begin;
    Instant end;
    friend bool operator==(const TimeWindow &, const TimeWindow &) = default;
};

/// What events must be like to be seen. Retracted events never pass.
struct EventFilter {
    std::uint32_t types = ~0U;          ///< bit 1 << schema::EventType
    float severityMin = 0;              ///< 0–1
    float confidenceMin = 0;            ///< 0–1
    std::optional<schema::GeoBox> box;  ///< with one, events without a place do not pass
    std::vector<std::uint16_t> regions; ///< EventSnapshot::regions; empty: all
    std::vector<std::uint16_t> sources; ///< EventSnapshot::sources; empty: all
    QStringList words;                  ///< all of them in the title, in any case
    friend bool operator==(const EventFilter &, const EventFilter &) = default;
};

/// Everything that decides which rows are visible.
struct EventCriteria {
    TimeWindow window;
    EventFilter filter;
    std::optional<Instant> asOf; ///< only what was available then
    friend bool operator==(const EventCriteria &, const EventCriteria &) = default;
};

/// Rows of `columns` (ordered by observedAt) that pass. Any thread, pure.
struct SelectedRows {
    std::vector<std::uint32_t> inWindow;
    std::vector<std::uint32_t> anyTime;
};
/// `titled` holds the events whose title has the filter's words; null: any title will do.
[[nodiscard]] SelectedRows selectRows(const schema::EventColumns &columns,
                                      const EventCriteria &criteria,
                                      const EventIdTable *titled = nullptr);

} // namespace chrona::workspace
