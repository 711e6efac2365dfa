// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/ask_text.h"

#include <QInputDialog>

namespace chrona::ui {

void askText(QWidget &over, const TextQuestion &question, std::function<void(const QString &)> then)
{
    auto *dialog = new QInputDialog(&over);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(question.title);
    dialog->setLabelText(question.label);
    QObject::connect(dialog, &QInputDialog::textValueSelected, &over,
                     [then = std::move(then)](const QString &text) {
                         if (const QString given = text.trimmed(); !given.isEmpty())
                             then(given);
                     });
    dialog->open();
}

} // namespace chrona::ui
