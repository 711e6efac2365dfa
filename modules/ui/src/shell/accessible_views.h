// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace chrona::ui {

/// Tells a screen reader what painted views are, where it would hear of a plain container. Several
/// calls are one. UI thread only.
void installAccessibleViews();

} // namespace chrona::ui
