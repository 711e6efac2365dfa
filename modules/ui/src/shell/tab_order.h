// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

class QMainWindow;

namespace chrona::ui {

/// Moves the focus to the next stop of the Tab key, or the one before, in the order in which the
/// window is read: its bars at the top, then dock by dock from top to bottom and left to right, in
/// each its header before its content, then what is left, and round again. By the toolkit's own
/// chain, what is made late comes last, and a dock is met twice. Whether there is a stop.
bool moveTabFocus(QMainWindow &window, bool forwards);

} // namespace chrona::ui
