// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/alert.h"
#include "chrona/schema/event.h"
#include "chrona/storage/connection.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chrona::storage {

/// Rules that ship: each is added under its name unless it was there before, also when a person
/// changed or removed it since.
[[nodiscard]] Status seedAlertRules(Connection &connection,
                                    std::span<const schema::AlertRule> shipped);
/// All that are not removed, in the order in which they were made.
[[nodiscard]] Result<std::vector<schema::AlertRule>> loadAlertRules(Connection &connection);
/// A null id makes a new rule (Conflict where its name is taken), another replaces it where the
/// revision is the stored one (Conflict where it is not, NotFound where there is none). The rule
/// with its new revision. InvalidInput for one that is not valid, or one too many.
[[nodiscard]] Result<schema::AlertRule> saveAlertRule(Connection &connection,
                                                      const schema::AlertRule &rule);
/// What it told stays, what waited to be announced goes. NotFound where there is none.
[[nodiscard]] Status removeAlertRule(Connection &connection, schema::AlertRuleId id);

/// Crossings of one rule that belong together.
struct CrossingBatch {
    const schema::AlertRule *rule = nullptr;
    std::string group;
    bool isQuiet = false; ///< now: recorded, and announced later
    bool holds = false;   ///< a state that lasts until endCrossings()
    bool synthetic = false;
    std::vector<schema::AlertCrossing> crossings;
};
/// Stores what has not crossed before. A batch with something new is added to the alert of its
/// rule and group that was raised within the rule's re-arm time or still waits; else it raises one.
/// One transaction; two writers wait for each other. How many crossings were new.
[[nodiscard]] Result<std::size_t>
recordCrossings(Connection &connection, std::span<const CrossingBatch> batches, Instant now);

struct HeldCrossing {
    schema::AlertRuleId rule;
    std::string subject;
    friend bool operator==(const HeldCrossing &, const HeldCrossing &) = default;
};
/// Those that last and have not ended.
[[nodiscard]] Result<std::vector<HeldCrossing>> loadHeldCrossings(Connection &connection);
[[nodiscard]] Status endCrossings(Connection &connection, std::span<const HeldCrossing> ended,
                                  Instant now);

/// Announces alerts that waited.
[[nodiscard]] Status announceAlerts(Connection &connection, std::span<const schema::AlertId> alerts,
                                    Instant now);

struct AlertListQuery {
    std::optional<Instant> from{}, to{};     ///< raised in [from, to)
    std::optional<Instant> announcedAfter{}; ///< announced, and later than that
    std::optional<Instant> announcedUntil{}; ///< announced, and not later than that
    bool waiting = false;                    ///< only those that wait to be announced
    schema::AlertRuleId rule{};              ///< null: all
    std::uint32_t limit = 200;
};
/// Newest first, each with its weightiest crossings.
[[nodiscard]] Result<std::vector<schema::Alert>> loadAlerts(Connection &connection,
                                                            const AlertListQuery &query);

/// How often events of a type happened in a country, [from, to).
struct KindCount {
    schema::EventType type = schema::EventType::News;
    std::string country; ///< empty: none is named
    std::int64_t count = 0;
};
[[nodiscard]] Result<std::vector<KindCount>> countKinds(Connection &connection, Instant from,
                                                        Instant to);

} // namespace chrona::storage
