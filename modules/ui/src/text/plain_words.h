// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace chrona::ui {

/// Makes every label of the program, tool tips among them, show its words as they are. Qt guesses
/// from a text whether it is markup; a headline of a feed that looks like it would then load what
/// it names. One rule for all labels holds where one is forgotten. UI thread only.
class PlainWords final : public QObject {
    Q_OBJECT
public:
    explicit PlainWords(QObject *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

/// In lines that a tool tip has room for: plain ones are not wrapped by Qt.
[[nodiscard]] QString tipText(const QString &text);

} // namespace chrona::ui
