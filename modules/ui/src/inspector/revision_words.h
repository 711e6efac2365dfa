// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"

#include <QString>

#include <optional>
#include <span>

namespace chrona::ui {

/// What one statement of a source says otherwise than the one before it, in a few words: "headline;
/// severity 35 % → 60 %; retracted". Empty where nothing that is shown differs.
[[nodiscard]] QString changeText(const schema::Event &before, const schema::Event &after);

/// Which revision stood at a moment: the last that was available then. nullptr: none was.
[[nodiscard]] const schema::Event *revisionAt(std::span<const schema::Event> revisions,
                                              Instant asOf);

} // namespace chrona::ui
