// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "brief_material.h"
#include "job_runner.h"

#include "chrona/ipc/messages.h"
#include "chrona/storage/brief_store.h"

#include <stop_token>

namespace chrona::service {

class Settings;

/// Rows of the database → briefing engine → documents. Everything runs on a worker's thread with
/// its connection, reads outside of a transaction, and stores nothing by itself.
inline constexpr const char *kDailyBriefing = "briefing.daily";
inline constexpr const char *kHourlyUpdate = "briefing.hourly";

/// When the briefing of a day is due: at the hour of the setting, on the morning after it, or now
/// where that lies ahead.
[[nodiscard]] Instant decisionFor(Date day, const Settings &settings, Instant now);
/// The newest day of New York's exchange whose session was over at a moment.
[[nodiscard]] Date lastSession(Instant moment);
/// Begin of the newest hour that was over at a moment.
[[nodiscard]] Instant lastFullHour(Instant moment);

/// The briefing of a day from what was known at a moment, and nothing later. What changed since the
/// day before is told against the stored briefing that knew nothing later either, else against one
/// that is made for it; then half of the steps are that one's. A stop breaks off the query that
/// runs, or ends it after the step that is being done.
/// InvalidInput for a moment before the day.
[[nodiscard]] Result<storage::BriefingRecord>
makeDaily(storage::Connection &connection, const BriefMoment &moment, const Settings &settings,
          const std::stop_token &stop, const briefing::Steps::Tell &tell = {});

/// One target's move up to the day, from the close of `from` or of the session before.
struct MoveAsked {
    std::string symbol;
    std::optional<Date> from;
};
/// Nothing is stored: it is told when it is asked for. Without a model's words.
[[nodiscard]] Result<schema::Briefing>
makeExplanation(storage::Connection &connection, const BriefMoment &moment, const MoveAsked &asked,
                const Settings &settings, std::stop_token stop);

struct HourMoment {
    Instant hour; ///< its begin
    Instant knownAt;
};
/// Whether a person's rules are looked at: not for an hour that is told once more.
enum class AlertsAre : std::uint8_t { Kept, Checked };
[[nodiscard]] Result<storage::HourlyRecord> makeHourly(storage::Connection &connection,
                                                       const HourMoment &moment, AlertsAre alerts,
                                                       const Settings &settings,
                                                       std::stop_token stop);

/// The quiet hours that hold for all rules.
[[nodiscard]] schema::QuietHours quietHours(const Settings &settings);
/// How far this computer's clock on the wall is from UTC.
[[nodiscard]] Duration localOffset(Instant instant);

/// `settings` must outlive the runner.
[[nodiscard]] std::vector<JobRunner::Kind> briefingKinds(const Settings &settings);
/// The daily one at its hour, which moves in UTC with summer time: each run sets it anew.
[[nodiscard]] Status scheduleBriefings(storage::Connection &connection, const Settings &settings,
                                       Instant now);
/// The lists that ship: broad market, sectors, macro, volatility; and the rules that do.
[[nodiscard]] Status seedDefaults(storage::Connection &connection);

/// As it is stored.
[[nodiscard]] storage::BriefingRecord recordOf(const schema::Briefing &briefing);

// As clients see it
[[nodiscard]] ipc::BriefingEntry entryFor(const storage::BriefingRecord &record);
[[nodiscard]] Result<ipc::HourlyReply> replyFor(storage::Connection &connection,
                                                const storage::HourlyRecord &record);
/// What clients are told when a job of this kind has ended well.
[[nodiscard]] Result<ipc::BriefingChanged> newsOf(storage::Connection &connection,
                                                  ipc::BriefingKind kind);

} // namespace chrona::service
