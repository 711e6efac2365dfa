// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

class QMainWindow;

namespace chrona::ui {

/// Puts the stops of the Tab key into the order in which the window is read: its bars at the top,
/// then dock by dock from top to bottom and left to right, in each its header before its content,
/// then what is left. Without this, what is made late comes last, and a dock is met twice.
void orderTabs(QMainWindow &window);

} // namespace chrona::ui
