// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QString>

namespace chrona::ui {

class Theme;

[[nodiscard]] QPalette widgetPalette(const Theme &theme);
/// The look of the stock widgets, written in tokens.
[[nodiscard]] QString styleSheet(const Theme &theme);

} // namespace chrona::ui
