// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/briefing_notes.h"

#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::workspace {
namespace {

/// Of the notes among the evidence; others that the program writes have small numbers.
constexpr std::int64_t kReaderNote = 1'000'000;
/// In characters; a longer paragraph becomes several statements, as their limit in bytes asks.
constexpr qsizetype kStatementLengthMax = 1'000;

QString noteKeyOf(const QString &day)
{
    return u"briefing-notes/"_s + day;
}

} // namespace

BriefingNotes::BriefingNotes(QSettings &settings, QObject *parent)
    : QObject(parent), m_settings(settings)
{
}

QString BriefingNotes::text(const QString &day) const
{
    return day.isEmpty() ? QString() : m_settings.value(noteKeyOf(day)).toString();
}

void BriefingNotes::setText(const QString &day, const QString &text)
{
    const QString kept = text.left(kLengthMax);
    if (day.isEmpty() || kept == this->text(day))
        return;
    if (kept.trimmed().isEmpty())
        m_settings.remove(noteKeyOf(day));
    else
        m_settings.setValue(noteKeyOf(day), kept);
    Q_EMIT changed(day);
}

schema::Briefing withNotes(schema::Briefing briefing, const QString &note,
                           const std::string &heading)
{
    schema::Section section{schema::SectionKind::Notes, heading, {}};
    const schema::Evidence own{schema::EvidenceKind::Note, kReaderNote, {}, heading};
    for (const QString &line : note.split(u'\n', Qt::SkipEmptyParts)) {
        const QString paragraph = line.simplified();
        for (qsizetype at = 0; at < paragraph.size(); at += kStatementLengthMax)
            section.blocks.emplace_back(
                schema::Statement{paragraph.mid(at, kStatementLengthMax).toStdString(),
                                  schema::StatementBasis::Reported,
                                  {own},
                                  1,
                                  {}});
    }
    if (section.blocks.empty())
        return briefing;
    briefing.sections.insert(briefing.sections.begin(), std::move(section));
    if (briefing.citations.empty())
        return briefing; // it cites nothing, so its notes do not either
    schema::Citation citation;
    citation.number = static_cast<std::uint32_t>(briefing.citations.size()) + 1;
    citation.kind = own.kind;
    citation.id = own.id;
    citation.label = heading;
    citation.redistribution = schema::Redistribution::Allowed;
    briefing.citations.push_back(std::move(citation));
    return briefing;
}

} // namespace chrona::workspace
