// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace chrona::ui {

struct TextQuestion {
    QString title;
    QString label;
};

/// Asks for one line of text over a window; a sheet on macOS. Nothing waits for it: `then` is
/// called with what was typed, unless it is empty or the question was given up.
void askText(QWidget &over, const TextQuestion &question,
             std::function<void(const QString &)> then);

} // namespace chrona::ui
