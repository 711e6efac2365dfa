// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/map_layers.h"

#include <QString>

namespace chrona::ui {

/// What a person calls the parts of a layer.
[[nodiscard]] QString mapThemeName(workspace::MapTheme theme);
[[nodiscard]] QString drawingName(workspace::MapDrawing drawing);
[[nodiscard]] QString timeRuleName(workspace::MapTimeRule rule);
[[nodiscard]] QString classesName(workspace::MapClasses classes);

} // namespace chrona::ui
