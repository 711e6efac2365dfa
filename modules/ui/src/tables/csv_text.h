// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

namespace chrona::ui {

/// A text as one field: quoted where needed, and never a spreadsheet's formula.
[[nodiscard]] QString csvField(const QString &text);

} // namespace chrona::ui
