// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/alert.h"
#include "chrona/ui/theme.h"

#include <QString>

/// Alerts and rules in the person's words.
namespace chrona::ui {

[[nodiscard]] QString nameOf(schema::AlertWatch watch);
[[nodiscard]] QString nameOf(schema::AlertUrgency urgency);
[[nodiscard]] QString nameOf(schema::AlertGrouping grouping);
[[nodiscard]] Role roleOf(schema::AlertUrgency urgency);

/// "Storm warning for the Gulf · relevance 0.72".
[[nodiscard]] QString crossingText(schema::AlertWatch watch, const schema::AlertCrossing &one);
/// What crossed first by weight, and how many more did.
[[nodiscard]] QString sentenceOf(const schema::Alert &alert);

} // namespace chrona::ui
