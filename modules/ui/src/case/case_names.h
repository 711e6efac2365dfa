// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"
#include "text/time_text.h"

#include <QString>

namespace chrona::ui {

/// The user's words for what is in an investigation.
[[nodiscard]] QString pinKindName(schema::PinKind kind); ///< "Events", for a heading
[[nodiscard]] QString pinKindIcon(schema::PinKind kind); ///< of resources/icons
[[nodiscard]] QString itemKindName(schema::CaseItemKind kind);
[[nodiscard]] QString actionName(schema::StepAction action); ///< "added"
[[nodiscard]] QString bearingName(schema::Bearing bearing);  ///< "for"
/// What a pin's target is called; its file keeps the name that it was pinned by.
[[nodiscard]] QString targetName(const schema::PinTarget &target);
/// What an item is called in a list; never empty.
[[nodiscard]] QString itemTitle(const schema::CaseItem &item);
/// The second line of a pin: what it points at, beyond its label.
[[nodiscard]] QString targetDetail(const schema::PinTarget &target, const TimeText &times);

} // namespace chrona::ui
