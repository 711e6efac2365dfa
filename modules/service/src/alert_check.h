// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "brief_material.h"

#include "chrona/briefing/relevance.h"
#include "chrona/ipc/messages_alerts.h"
#include "chrona/storage/alert_store.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

/// A person's rules against what is stored. On a worker's thread, with its connection.
namespace chrona::service {

class Settings;

/// The rules that ship.
[[nodiscard]] std::vector<schema::AlertRule> shippedAlertRules();

/// How often each kind of event happens, which novelty is measured by. Counting the last days for
/// each handful of events that comes would cost more than all the rest; a minute changes nothing.
struct UsualCache {
    static constexpr std::chrono::minutes kAgeMax{1};
    std::optional<briefing::UsualRates> rates{};
    Instant madeAt{};
};
/// Events that have just come, against the rules that watch events. How many crossings were new.
[[nodiscard]] Result<std::size_t> checkCame(storage::Connection &connection,
                                            const Settings &settings,
                                            std::span<const schema::Event> came, Instant now,
                                            UsualCache &usual);
/// All rules, against what an hour looks at; prices are read where a rule asks for a move.
[[nodiscard]] Result<std::size_t> checkHour(storage::Connection &connection,
                                            const Settings &settings, const BriefMaterial &material,
                                            Instant now);
/// Announces what waited for the end of quiet hours that are over.
[[nodiscard]] Status announceWaiting(storage::Connection &connection, const Settings &settings,
                                     Instant now);

[[nodiscard]] Result<ipc::AlertPreviewReply> previewRule(storage::Connection &connection,
                                                         const ipc::AlertPreview &asked);

} // namespace chrona::service
