// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/briefing/inputs.h"
#include "chrona/briefing/steps.h"

#include <optional>
#include <string_view>
#include <vector>

/// The daily briefing. Pure and deterministic: the same inputs make the same bytes, on any thread.
namespace chrona::briefing {

/// Of `BriefingInputs::steps` that one daily briefing does; the caller expects them.
inline constexpr std::size_t kDailySteps = 8;

/// Largest moves, what may have mattered, signals, comparable days, what to watch, what changed,
/// data health: in this order, each section saying what is missing where it has nothing. A day
/// without trading, events or sources makes a shorter briefing, never a failure.
///
/// Nothing with a time of availability after `knownAt` can change a byte.
/// Fails with InvalidInput where the inputs contradict themselves: a decision before the day, a
/// column whose parts differ in length or whose days are not ascending, a symbol that comes twice.
/// Cancelled where its steps are stopped.
[[nodiscard]] Result<schema::Briefing> dailyBriefing(const BriefingInputs &inputs,
                                                     const BriefingPolicy &policy = {});

/// "Explain this move" for one target: its move and what the events say about it.
/// NotFound where no target has the symbol or it has no move on the day.
[[nodiscard]] Result<schema::Section> explainMove(const BriefingInputs &inputs,
                                                  std::string_view symbol,
                                                  const BriefingPolicy &policy = {});

/// The same for a stretch of days, as a briefing of that one section with its citations: the move
/// from the close of `from` (nullopt: the session before) to that of the day, and what may have
/// mattered meanwhile. NotFound where there is no such move, InvalidInput where `from` is not
/// before the day.
[[nodiscard]] Result<schema::Briefing> explainedMove(const BriefingInputs &inputs,
                                                     std::string_view symbol,
                                                     std::optional<Date> from,
                                                     const BriefingPolicy &policy = {});

/// What the later briefing says of the same subjects (`Statement::key`) that the earlier one does
/// not, and the reverse. Changes of one day against any other.
[[nodiscard]] std::vector<schema::Change> changesBetween(const schema::Briefing &earlier,
                                                         const schema::Briefing &later);

} // namespace chrona::briefing
