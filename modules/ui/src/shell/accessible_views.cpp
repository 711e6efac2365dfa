// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/accessible_views.h"

#include <QAccessibleWidget>
#include <QHash>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

QAccessibleInterface *accessibleViewOf(const QString &className, QObject *object)
{
    static const QHash<QString, QAccessible::Role> kViews{
        {u"chrona::ui::MapView"_s, QAccessible::Canvas},
        {u"chrona::ui::GraphView"_s, QAccessible::Canvas},
        {u"chrona::ui::BoardCanvas"_s, QAccessible::Canvas},
        {u"chrona::ui::TimelineView"_s, QAccessible::Chart},
        {u"chrona::ui::PagesView"_s, QAccessible::Document},
        {u"chrona::ui::RoundClockPane"_s, QAccessible::Chart},
    };
    const auto role = kViews.constFind(className);
    if (role == kViews.cend() || !object || !object->isWidgetType())
        return nullptr;
    return new QAccessibleWidget(static_cast<QWidget *>(object), *role);
}

} // namespace

void installAccessibleViews()
{
    QAccessible::installFactory(accessibleViewOf);
}

} // namespace chrona::ui
