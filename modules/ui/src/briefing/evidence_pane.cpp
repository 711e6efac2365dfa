// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/evidence_pane.h"

#include "chrona/ui/theme.h"
#include "inspector/fact_sections.h"
#include "inspector/source_link.h"
#include "text/names.h"

#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

bool canFollow(schema::EvidenceKind kind)
{
    return kind == schema::EvidenceKind::Event || kind == schema::EvidenceKind::Signal;
}

} // namespace

BriefingEvidencePane::BriefingEvidencePane(workspace::Session &session, const Theme &theme,
                                           QWidget *parent)
    : Pane(theme, parent), m_session(session),
      m_scroll(makeFactArea(tr("Evidence of the sentence"), this))
{
    setContent(m_scroll);
    connect(&theme, &Theme::changed, this, &BriefingEvidencePane::rebuild);
    rebuild();
}

void BriefingEvidencePane::show(const PartEvidence &evidence)
{
    m_shown = evidence;
    rebuild();
}

void BriefingEvidencePane::setEnded(const QString &otherDay,
                                    const std::vector<schema::Statement> &ended)
{
    m_otherDay = otherDay;
    m_ended = ended;
    rebuild();
}

void BriefingEvidencePane::rebuild()
{
    if (m_shown.text.isEmpty() && m_ended.empty()) {
        setHeaderNote({});
        setEmpty({tr("No sentence chosen"),
                  tr("Point at a sentence of the briefing, or walk through it with ↑ and ↓."),
                  {},
                  {}});
        return;
    }
    auto *column = new FactColumn(m_theme, nullptr);
    if (m_shown.text.isEmpty()) {
        setHeaderNote(tr("no longer told since %1").arg(m_otherDay));
        column->addSection(tr("Told on %1, not any more").arg(m_otherDay));
        for (const schema::Statement &statement : m_ended)
            column->addParagraph(fromUtf8(statement.text));
    } else {
        const auto sources = m_shown.citations.size();
        setHeaderNote(sources == 1 ? tr("1 source") : tr("%1 sources").arg(sources));
        column->addParagraph(m_shown.text);
        if (!m_shown.basis.isEmpty())
            column->addFacts({{tr("Basis"), m_shown.basis}});
        if (!m_shown.given.isEmpty())
            column->addFacts({{tr("Words"), m_shown.words}, {tr("Computed"), m_shown.given}});
        for (std::size_t i = 0; i < m_shown.citations.size(); ++i)
            addCitation(*column, i);
    }
    column->finish();
    m_scroll->setWidget(column); // deletes the one before
    setReady();
}

void BriefingEvidencePane::addCitation(FactColumn &column, std::size_t at)
{
    const schema::Citation &citation = m_shown.citations[at];
    column.addSection(tr("%1  %2").arg(citation.number).arg(citationLine(citation)));
    column.addParagraph(fromUtf8(citation.label));
    if (!citation.publisherFamily.empty())
        column.addFacts({{tr("Family"), fromUtf8(citation.publisherFamily),
                          tr("Corroboration counts families, not feeds")}});
    if (canFollow(citation.kind)) {
        auto *follow =
            new QPushButton(citation.kind == schema::EvidenceKind::Event ? tr("Show in every view")
                                                                         : tr("Show the signal"));
        connect(follow, &QPushButton::clicked, this, [this, at] { this->follow(at); });
        column.addWidget(follow);
    }
    addSourceLink(column, m_theme, fromUtf8(citation.url), this);
}

void BriefingEvidencePane::follow(std::size_t citation)
{
    if (citation >= m_shown.citations.size())
        return;
    const schema::Citation &chosen = m_shown.citations[citation];
    if (chosen.kind == schema::EvidenceKind::Event)
        m_session.focus().select({chosen.id}, chosen.id);
    else if (chosen.kind == schema::EvidenceKind::Signal)
        Q_EMIT signalWanted(chosen.id);
}

} // namespace chrona::ui
