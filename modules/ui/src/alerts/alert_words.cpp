// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alerts/alert_words.h"

#include "text/names.h"

#include <QCoreApplication>
#include <QLocale>

namespace chrona::ui {
namespace {

struct AlertText {
    Q_DECLARE_TR_FUNCTIONS(Alert)
};

} // namespace

QString nameOf(schema::AlertWatch watch)
{
    switch (watch) {
    case schema::AlertWatch::Events: return AlertText::tr("Events that pass a filter");
    case schema::AlertWatch::Move: return AlertText::tr("A target's move");
    case schema::AlertWatch::Signal: return AlertText::tr("A signal that is newly elevated");
    case schema::AlertWatch::Story: return AlertText::tr("A story that forms");
    }
    return {};
}

QString nameOf(schema::AlertUrgency urgency)
{
    switch (urgency) {
    case schema::AlertUrgency::Notice: return AlertText::tr("Notice");
    case schema::AlertUrgency::Warning: return AlertText::tr("Warning");
    case schema::AlertUrgency::Critical: return AlertText::tr("Critical");
    }
    return {};
}

QString nameOf(schema::AlertGrouping grouping)
{
    switch (grouping) {
    case schema::AlertGrouping::Rule: return AlertText::tr("All of the rule together");
    case schema::AlertGrouping::Region: return AlertText::tr("Each country");
    case schema::AlertGrouping::Kind: return AlertText::tr("Each type of event");
    case schema::AlertGrouping::Each: return AlertText::tr("Each by itself");
    }
    return {};
}

Role roleOf(schema::AlertUrgency urgency)
{
    switch (urgency) {
    case schema::AlertUrgency::Critical: return Role::Critical;
    case schema::AlertUrgency::Warning: return Role::Warning;
    case schema::AlertUrgency::Notice: break;
    }
    return Role::Text2;
}

QString crossingText(schema::AlertWatch watch, const schema::AlertCrossing &one)
{
    const QString title = fromUtf8(one.title);
    const QLocale locale;
    switch (watch) {
    case schema::AlertWatch::Events:
        return one.limit > 0 ? AlertText::tr("%1 · %2 of %3")
                                   .arg(title, locale.toString(one.measured, 'f', 2),
                                        locale.toString(one.limit, 'f', 2))
                             : title;
    case schema::AlertWatch::Move:
        return AlertText::tr("%1 moved %2 σ").arg(title, locale.toString(one.measured, 'f', 1));
    case schema::AlertWatch::Signal:
        return AlertText::tr("%1 is elevated, z %2")
            .arg(title, locale.toString(one.measured, 'f', 1));
    case schema::AlertWatch::Story:
        return AlertText::tr("%1 · %n report(s)", nullptr, static_cast<int>(one.measured))
            .arg(title);
    }
    return title;
}

QString sentenceOf(const schema::Alert &alert)
{
    const QString first = alert.crossings.empty()
                              ? fromUtf8(alert.name)
                              : crossingText(alert.watch, alert.crossings.front());
    if (alert.count <= 1)
        return first;
    return AlertText::tr("%1 and %n more", nullptr, static_cast<int>(alert.count - 1)).arg(first);
}

} // namespace chrona::ui
