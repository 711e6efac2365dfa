// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/revision_words.h"

#include "text/names.h"
#include "text/time_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

struct RevisionWords {
    Q_DECLARE_TR_FUNCTIONS(RevisionWords)
};

QString revisionShare(const QString &what, float before, float after)
{
    const auto percent = [](float share) {
        return QLocale().toString(std::round(share * 100), 'f', 0) + u" %"_s;
    };
    return RevisionWords::tr("%1 %2 → %3").arg(what, percent(before), percent(after));
}

} // namespace

QString changeText(const schema::Event &before, const schema::Event &after)
{
    QStringList said;
    if (before.title != after.title)
        said += RevisionWords::tr("headline: %1").arg(fromUtf8(after.title));
    if (before.summary != after.summary)
        said += RevisionWords::tr("summary");
    if (before.type != after.type)
        said += RevisionWords::tr("type: %1").arg(typeName(after.type));
    if (std::abs(before.severity - after.severity) >= 0.005F)
        said += revisionShare(RevisionWords::tr("severity"), before.severity, after.severity);
    if (std::abs(before.confidence - after.confidence) >= 0.005F)
        said += revisionShare(RevisionWords::tr("confidence"), before.confidence, after.confidence);
    if (before.times.observedAt != after.times.observedAt)
        said += RevisionWords::tr("observed %1").arg(TimeText{}.second(after.times.observedAt));
    if (before.endsAt != after.endsAt)
        said += RevisionWords::tr("end");
    if (before.geometry != after.geometry || before.region != after.region)
        said += RevisionWords::tr("place");
    if (before.attributes != after.attributes)
        said += RevisionWords::tr("details");
    if (before.state != after.state)
        said += after.state == schema::EventState::Retracted ? RevisionWords::tr("retracted")
                                                             : RevisionWords::tr("state");
    return said.join(u"; "_s);
}

const schema::Event *revisionAt(std::span<const schema::Event> revisions, Instant asOf)
{
    const schema::Event *standing = nullptr;
    for (const schema::Event &revision : revisions)
        if (revision.times.availableAt() <= asOf)
            standing = &revision;
    return standing;
}

} // namespace chrona::ui
