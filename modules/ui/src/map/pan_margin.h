// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>

namespace chrona::ui {

/// How far beyond the view a picture is drawn, in pixels. A view that has used up half of it gets
/// its next picture while it passes the other half: the slower they are made, the wider it must be.
inline constexpr int kPanMarginLeast = 64, kPanMarginMost = 256;

/// The margin of the pictures to come, by what the newest one took of a view that moved and of
/// nothing else that was new. Another margin means that all of it is drawn anew, so it grows at
/// once and shrinks when it is far too wide.
[[nodiscard]] int nextPanMargin(int margin, std::chrono::microseconds took);

} // namespace chrona::ui
