// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/ids.h"

#include <functional>

class QMainWindow;
class QMenu;

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

class Commands;

/// What macOS users look for in the menu Window, and others find in the main menu: Minimise, Zoom,
/// Bring all to front.
void addWindowCommands(Commands &commands, QMainWindow &window);

/// The menu itself: those commands, then the windows that are open and the investigations, as they
/// are when it is shown; the one in front is ticked. Everything must outlive the menu.
void fillWindowMenu(QMenu &menu, const Commands &commands, QMainWindow &window,
                    workspace::Investigations &cases,
                    std::function<void(schema::InvestigationId)> showCase);

} // namespace chrona::ui
