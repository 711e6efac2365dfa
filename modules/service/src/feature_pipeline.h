// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"

#include "chrona/features/buckets.h"
#include "chrona/features/definition.h"
#include "chrona/storage/feature_store.h"

#include <vector>

namespace chrona::service {

inline constexpr const char *kFeaturesRefresh = "features.refresh";

/// When the day's decision is taken, for features and discovery alike.
[[nodiscard]] features::DecisionClock decisionClock();
/// The day after the last one whose decision lies at or before the moment.
[[nodiscard]] Date decidedUntil(Instant moment);

/// Whether features of a definition are searched where nobody says otherwise: changes and standings
/// of a series say the same as its level once trends are taken out, and prices lead each other by
/// what is in them already; testing them too would only raise the bar for all.
[[nodiscard]] bool mayBeSearched(const features::Definition &definition);
/// The shipped part of the catalogue, in the version of this program.
[[nodiscard]] std::vector<storage::FeatureDefinition> shippedDefinitions();
[[nodiscard]] Status storeShippedDefinitions(storage::Connection &connection);

/// Keeps the features of the catalogue up to date. Each definition is brought up to date in one
/// transaction that says so, so a job that was killed or cancelled goes on where it was. New facts
/// touch their buckets only; values are appended. A definition is built anew when its rule changed,
/// or when history was filled in behind what had been told. One of the user's that cannot be
/// computed says why in the catalogue and holds up no other.
[[nodiscard]] std::vector<JobRunner::Kind> featureKinds();
/// One refresh of its own beside the hourly ones; those that wait at once become one.
[[nodiscard]] jobs::NewJob featureRefreshAt(Instant due);
[[nodiscard]] Status scheduleFeatures(storage::Connection &connection, Instant now);

} // namespace chrona::service
