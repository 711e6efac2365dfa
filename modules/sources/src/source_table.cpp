// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_table.h"

#include "chrona/sources/schedule.h"
#include "chrona/storage/source_store.h"

#include <algorithm>

namespace chrona::sources {
namespace {

/// Until a key is looked for again.
constexpr auto kKeyPause = std::chrono::minutes(2);

} // namespace

Result<SourceTable> loadTable(storage::Connection &connection,
                              const connect::ConnectorLibrary &library, Instant now)
{
    for (const auto &entry : library.entries())
        if (auto stored = storage::storeSources(connection, entry.description.sources); !stored)
            return std::unexpected(stored.error());
    const auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    const auto healths = storage::loadSourceHealth(connection);
    if (!healths)
        return std::unexpected(healths.error());
    SourceTable table;
    for (const auto &source : *sources) {
        Known known{.source = source, .health = {}};
        known.health.source = source.id;
        const auto health = std::ranges::find(*healths, source.id, &schema::SourceHealth::source);
        if (health != healths->end())
            known.health = *health;
        if (known.health.state != schema::SourceState::NeedsKey &&
            known.health.state != schema::SourceState::Refused)
            known.health.state =
                schema::SourceState::Idle; // whoever ran when the process ended runs no more
        if (!known.health.nextRunAt)
            known.health.nextRunAt = now;
        if (const auto *entry = library.find(source.connector))
            known.connector = entry->connector;
        table.emplace(source.key, std::move(known));
    }
    return table;
}

SourceView viewOf(const Known &known, Instant now)
{
    SourceView view{known.source, known.health, budgetLeft(known.source, known.health, now)};
    view.health.requestsToday = requestsOf(known.health, now);
    if (known.isRunning)
        view.health.state = schema::SourceState::Running;
    view.health.state = stateOf(view.source, view.health, now);
    return view;
}

Known *takeDue(SourceTable &table, Instant now, Instant &next)
{
    Known *due = nullptr;
    for (auto &[key, known] : table) {
        if (known.connector == nullptr || !known.source.enabled || known.isRunning)
            continue;
        const Instant at = known.health.nextRunAt.value_or(now);
        if (at <= now && (due == nullptr || at < *due->health.nextRunAt))
            due = &known;
        else
            next = std::min(next, at);
    }
    return due;
}

void settle(Known &known, const FetchOutcome &outcome, const SettleTime &at)
{
    const auto &[now, pace, chance] = at;
    auto &health = known.health;
    health.requestsToday += outcome.requests;
    health.state = outcome.lacksKey ? schema::SourceState::NeedsKey : schema::SourceState::Idle;
    if (outcome.lacksKey) {
        // Nobody was asked, so looking again soon costs nobody anything: a key that was just
        // entered is used within minutes.
        health.lastError = describe(outcome.status.error());
        health.nextRunAt = now + std::min<Duration>(known.source.cadence, kKeyPause);
    } else if (outcome.refusedUntil) {
        // Nor is this a failure: the host has answered, and its word is kept.
        health.state = schema::SourceState::Refused;
        health.failuresInRow = 0;
        health.lastError = describe(outcome.status.error());
        health.nextRunAt =
            std::max(*outcome.refusedUntil, nextAfterSuccess(known.source, now, pace, chance));
    } else if (outcome.status) {
        health.failuresInRow = 0;
        health.lastError.clear();
        health.lastSuccessAt = now;
        health.itemsTotal += static_cast<std::uint64_t>(outcome.items);
        health.nextRunAt = nextAfterSuccess(known.source, now, pace, chance);
    } else {
        ++health.failuresInRow;
        health.lastError = describe(outcome.status.error());
        health.nextRunAt = nextAfterFailure(known.source, health.failuresInRow, now,
                                            outcome.closedUntil, chance);
    }
    if (outcome.pause)
        health.nextRunAt = std::max(*health.nextRunAt, now + *outcome.pause);
    if (budgetLeft(known.source, health, now) == 0U) {
        const auto tomorrow = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
        health.nextRunAt = std::max<Instant>(*health.nextRunAt, tomorrow);
    }
}

} // namespace chrona::sources
