// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QStringList>

namespace chrona::ui {

/// Codes of the languages whose catalogs are in this program, English first.
[[nodiscard]] QStringList spokenLanguages();

} // namespace chrona::ui
