// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

class Commands;
class MainWindow;
class PinsPane;

/// Commands that look after an investigation: keep pinned things as they are now, decide what was
/// changed twice, name and tag pins and the investigation itself. All outlive the window.
void addCaseCare(Commands &commands, MainWindow &window, workspace::Investigations &book,
                 PinsPane &pins);

} // namespace chrona::ui
