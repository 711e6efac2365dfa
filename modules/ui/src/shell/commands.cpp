// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/commands.h"

#include <QWidget>

using namespace Qt::StringLiterals;

namespace chrona::ui {

void Commands::adopt(const CommandText &text, QWidget &window, QAction *action)
{
    action->setObjectName(text.id);
    action->setText(text.text);
    if (!text.shortcut.isEmpty())
        action->setShortcut(text.shortcut);
    action->setShortcutContext(Qt::WindowShortcut);
    action->setProperty("chronaGroup", text.group);
    action->setProperty("chronaIcon", text.icon);
    action->setMenuRole(QAction::NoRole);
    window.addAction(action);
    m_actions.append(action);
}

QAction *Commands::add(const CommandText &text, QWidget &window, std::function<void()> run)
{
    auto *made = new QAction(this);
    adopt(text, window, made);
    connect(made, &QAction::triggered, this, [run = std::move(run)] { run(); });
    return made;
}

QAction *Commands::addToggle(const CommandText &text, QWidget &window,
                             std::function<void(bool)> run)
{
    auto *made = new QAction(this);
    made->setCheckable(true);
    adopt(text, window, made);
    connect(made, &QAction::triggered, this, [run = std::move(run)](bool on) { run(on); });
    return made;
}

QAction *Commands::action(const QString &id) const
{
    for (QAction *action : m_actions) {
        if (action->objectName() == id)
            return action;
    }
    return nullptr;
}

QString Commands::groupOf(const QAction &action)
{
    return action.property("chronaGroup").toString();
}

QString Commands::iconOf(const QAction &action)
{
    return action.property("chronaIcon").toString();
}

QString Commands::plainText(const QAction &action)
{
    QString text = action.text();
    text.remove(u'&');
    if (text.endsWith(u'…'))
        text.chop(1);
    return text;
}

} // namespace chrona::ui
