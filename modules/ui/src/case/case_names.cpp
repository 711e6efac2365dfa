// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/case_names.h"

#include "text/names.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using schema::Bearing;
using schema::CaseItemKind;
using schema::PinKind;
using schema::StepAction;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::CaseNames)
};

} // namespace

QString pinKindName(PinKind kind)
{
    switch (kind) {
    case PinKind::Event: return Words::tr("Events");
    case PinKind::Entity: return Words::tr("Entities");
    case PinKind::Region: return Words::tr("Regions");
    case PinKind::Topic: return Words::tr("Topics");
    case PinKind::Signal: return Words::tr("Signals");
    case PinKind::Window: return Words::tr("Time windows");
    case PinKind::Search: return Words::tr("Searches");
    case PinKind::MapView: return Words::tr("Map views");
    }
    return Words::tr("Others");
}

QString pinKindIcon(PinKind kind)
{
    switch (kind) {
    case PinKind::Event: return u"pin"_s;
    case PinKind::Entity: return u"entity"_s;
    case PinKind::Region: return u"globe"_s;
    case PinKind::Topic: return u"feed"_s;
    case PinKind::Signal: return u"chart"_s;
    case PinKind::Window: return u"clock"_s;
    case PinKind::Search: return u"search"_s;
    case PinKind::MapView: return u"layers"_s;
    }
    return u"pin"_s;
}

QString itemKindName(CaseItemKind kind)
{
    switch (kind) {
    case CaseItemKind::Case: return Words::tr("Investigation");
    case CaseItemKind::Pin: return Words::tr("Pin");
    case CaseItemKind::Note: return Words::tr("Note");
    case CaseItemKind::Hypothesis: return Words::tr("Hypothesis");
    case CaseItemKind::Link: return Words::tr("Evidence");
    }
    return Words::tr("Item");
}

QString actionName(StepAction action)
{
    switch (action) {
    case StepAction::Added: return Words::tr("added");
    case StepAction::Changed: return Words::tr("changed");
    case StepAction::Removed: return Words::tr("removed");
    case StepAction::Restored: return Words::tr("brought back");
    case StepAction::Merged: return Words::tr("merged");
    }
    return Words::tr("changed");
}

QString bearingName(Bearing bearing)
{
    switch (bearing) {
    case Bearing::For: return Words::tr("for");
    case Bearing::Against: return Words::tr("against");
    case Bearing::Neutral: return Words::tr("cited");
    }
    return Words::tr("cited");
}

QString itemTitle(const schema::CaseItem &item)
{
    if (item.withheld && item.title.empty())
        return Words::tr("Withheld by its source's terms");
    const QString words = fromUtf8(schema::summaryOf(item));
    return words.isEmpty() ? itemKindName(item.kind) : words;
}

QString targetDetail(const schema::PinTarget &target, const TimeText &times)
{
    switch (target.kind) {
    case PinKind::Window:
        if (target.begin && target.end)
            return Words::tr("%1, until %2")
                .arg(spanText(*target.end - *target.begin), times.date(*target.end));
        break;
    case PinKind::MapView:
        if (target.box)
            return Words::tr("%1° to %2° north, %3° to %4° east")
                .arg(QLocale().toString(target.box->south, 'f', 1),
                     QLocale().toString(target.box->north, 'f', 1),
                     QLocale().toString(target.box->west, 'f', 1),
                     QLocale().toString(target.box->east, 'f', 1));
        break;
    case PinKind::Entity:
    case PinKind::Region:
    case PinKind::Topic: return fromUtf8(target.key);
    default: break;
    }
    return {};
}

} // namespace chrona::ui
