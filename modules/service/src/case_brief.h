// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "brief_material.h"
#include "merged_names.h"

#include "chrona/schema/investigation.h"
#include "chrona/storage/brief_store.h"

namespace chrona::service {

class Settings;

/// Leaves of a day's material what bears on what is pinned: events that are pinned or name a pinned
/// region, entity or topic, lie in a pinned view or pass a pinned search; targets that are pinned,
/// else those that it reaches most; signals that are pinned or of those targets.
void keepWhatBearsOn(const schema::Investigation &investigation, BriefMaterial &material,
                     const MergedNames &names = {});

/// The question, the hypotheses with what speaks for and against them, the notes.
[[nodiscard]] briefing::Subject subjectOf(const schema::Investigation &investigation);

/// The day's briefing over an investigation. Nothing is stored: it is told when it is asked for.
/// A stop breaks off the query that runs, or ends it after the step that is being done.
[[nodiscard]] Result<storage::BriefingRecord>
makeCaseBrief(storage::Connection &connection, const schema::Investigation &investigation,
              const BriefMoment &moment, const Settings &settings, briefing::Steps &steps);

} // namespace chrona::service
