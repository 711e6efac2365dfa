// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

class QObject;
class QPushButton;
class QStatusBar;

namespace chrona::ui {

/// A button beside the bar's message, where the eye is, by which long work can be stopped. What it
/// stops is its tool tip and its spoken name, for two may be at work. It goes when `work` does, and
/// takes the message away when it is pressed.
QPushButton &offerStop(QStatusBar &bar, const QObject &work, const QString &what);

} // namespace chrona::ui
