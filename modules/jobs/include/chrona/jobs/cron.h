// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/storage/connection.h"

#include <bitset>
#include <string>
#include <string_view>

namespace chrona::jobs {

/// "minute hour day-of-month month day-of-week" in UTC, with *, lists, ranges and steps; Sunday is
/// 0 and 7. As everywhere, a day matches either day field when both are limited.
class CronRule {
public:
    [[nodiscard]] static Result<CronRule> parse(std::string_view text);
    /// The first matching minute after a moment; NotFound for a rule that never matches (30
    /// February).
    [[nodiscard]] Result<Instant> nextAfter(Instant moment) const;

private:
    [[nodiscard]] bool matchesDay(Date date) const;

    std::bitset<60> m_minutes;
    std::bitset<24> m_hours;
    std::bitset<32> m_days;
    std::bitset<13> m_months;
    std::bitset<7> m_weekdays;
    bool m_daysLimited = false;
    bool m_weekdaysLimited = false;
};

struct Schedule {
    std::string name; ///< unique
    std::string queue;
    std::string kind;
    std::string payload = "{}";
    std::string cron;
};
/// Adds a schedule or brings it up to date; a known one keeps its next run unless its rule changed.
[[nodiscard]] Status saveSchedule(storage::Connection &connection, const Schedule &schedule,
                                  Instant now);

/// Enqueues what is due, each schedule once however many runs were slept through; its jobs carry
/// the moment they stand for ({"scheduled_for": …} beside the payload) and are unique by it. The
/// number of jobs enqueued. Several services may call this at once. A clock that jumps ahead and
/// back again makes a moment's job at most twice: early, and when the moment really comes.
[[nodiscard]] Result<std::int64_t> runDueSchedules(storage::Connection &connection, Instant now);

} // namespace chrona::jobs
