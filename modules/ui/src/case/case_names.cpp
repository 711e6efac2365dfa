// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/case_names.h"

#include "text/known_names.h"
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

struct CaseWords {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::CaseNames)
};

} // namespace

QString pinKindName(PinKind kind)
{
    switch (kind) {
    case PinKind::Event: return CaseWords::tr("Events");
    case PinKind::Entity: return CaseWords::tr("Entities");
    case PinKind::Region: return CaseWords::tr("Regions");
    case PinKind::Topic: return CaseWords::tr("Topics");
    case PinKind::Signal: return CaseWords::tr("Signals");
    case PinKind::Window: return CaseWords::tr("Time windows");
    case PinKind::Search: return CaseWords::tr("Searches");
    case PinKind::MapView: return CaseWords::tr("Map views");
    }
    return CaseWords::tr("Others");
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
    case CaseItemKind::Case: return CaseWords::tr("Investigation");
    case CaseItemKind::Pin: return CaseWords::tr("Pin");
    case CaseItemKind::Note: return CaseWords::tr("Note");
    case CaseItemKind::Hypothesis: return CaseWords::tr("Hypothesis");
    case CaseItemKind::Link: return CaseWords::tr("Evidence");
    }
    return CaseWords::tr("Item");
}

QString actionName(StepAction action)
{
    switch (action) {
    case StepAction::Added: return CaseWords::tr("added");
    case StepAction::Changed: return CaseWords::tr("changed");
    case StepAction::Removed: return CaseWords::tr("removed");
    case StepAction::Restored: return CaseWords::tr("brought back");
    case StepAction::Merged: return CaseWords::tr("merged");
    }
    return CaseWords::tr("changed");
}

QString bearingName(Bearing bearing)
{
    switch (bearing) {
    case Bearing::For: return CaseWords::tr("for");
    case Bearing::Against: return CaseWords::tr("against");
    case Bearing::Neutral: return CaseWords::tr("cited");
    }
    return CaseWords::tr("cited");
}

QString targetName(const schema::PinTarget &target)
{
    switch (target.kind) {
    case PinKind::Entity:
    case PinKind::Topic: return entityName(target.key, target.label);
    case PinKind::Region:
        return target.label == target.key ? regionName(fromUtf8(target.key))
                                          : fromUtf8(target.label);
    default: return fromUtf8(target.label);
    }
}

QString itemTitle(const schema::CaseItem &item)
{
    if (item.withheld && item.title.empty())
        return CaseWords::tr("Withheld by its source's terms");
    const bool isNamedByTarget = item.title.empty() && !item.target.label.empty();
    const QString words =
        isNamedByTarget ? targetName(item.target).simplified() : fromUtf8(schema::summaryOf(item));
    return words.isEmpty() ? itemKindName(item.kind) : words;
}

QString targetDetail(const schema::PinTarget &target, const TimeText &times)
{
    switch (target.kind) {
    case PinKind::Window:
        if (target.begin && target.end)
            return CaseWords::tr("%1, until %2")
                .arg(spanText(*target.end - *target.begin), times.date(*target.end));
        break;
    case PinKind::MapView:
        if (target.box)
            return CaseWords::tr("%1° to %2° north, %3° to %4° east")
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
