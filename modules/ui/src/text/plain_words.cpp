// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/plain_words.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLabel>

namespace chrona::ui {

PlainWords::PlainWords(QObject *parent) : QObject(parent)
{
    qApp->installEventFilter(this);
}

/// A widget is polished before it is shown for the first time, and a tip before it has its words.
bool PlainWords::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Polish)
        if (auto *label = qobject_cast<QLabel *>(watched);
            label && label->textFormat() == Qt::AutoText)
            label->setTextFormat(Qt::PlainText);
    return QObject::eventFilter(watched, event);
}

QString tipText(const QString &text)
{
    constexpr qsizetype kColumns = 80;
    QString wrapped;
    qsizetype column = 0;
    for (const QString &line : text.split(u'\n')) {
        if (!wrapped.isEmpty())
            wrapped += u'\n';
        column = 0;
        for (const QString &word : line.split(u' ')) {
            if (column > 0 && column + 1 + word.size() > kColumns) {
                wrapped += u'\n';
                column = 0;
            } else if (column > 0) {
                wrapped += u' ';
                ++column;
            }
            wrapped += word;
            column += word.size();
        }
    }
    return wrapped;
}

} // namespace chrona::ui
