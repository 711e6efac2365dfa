// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/part_evidence.h"

#include "text/names.h"
#include "text/time_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

struct PartWords {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::PartEvidence)
};

const schema::Block *blockOf(const schema::Briefing &briefing, const report::PagePart &part)
{
    if (!part.section || !part.block || *part.section >= briefing.sections.size())
        return nullptr;
    const auto &blocks = briefing.sections[*part.section].blocks;
    return *part.block < blocks.size() ? &blocks[*part.block] : nullptr;
}

QString basisText(const schema::Statement &statement)
{
    const QString percent = QLocale().toString(statement.confidence * 100, 'f', 0);
    switch (statement.basis) {
    case schema::StatementBasis::Reported:
        return PartWords::tr("A source says so; sure to %1 %").arg(percent);
    case schema::StatementBasis::Computed:
        return PartWords::tr("Follows from numbers; sure to %1 %").arg(percent);
    case schema::StatementBasis::Conjecture:
        return PartWords::tr("A conjecture; sure to %1 %").arg(percent);
    }
    return {};
}

QString rowText(const schema::Table &table, const schema::TableRow &row)
{
    QStringList cells;
    for (std::size_t i = 0; i < row.cells.size() && i < table.columns.size(); ++i)
        cells += fromUtf8(schema::formatCell(row.cells[i], table.columns[i]));
    return cells.join(u" · "_s);
}

/// What it says, and its evidence.
struct Said {
    QString text, basis;
    std::vector<schema::Evidence> evidence;
};

Said saidIn(const schema::Block &block, const report::PagePart &part)
{
    if (const auto *statement = std::get_if<schema::Statement>(&block))
        return {fromUtf8(statement->text), basisText(*statement), statement->evidence};
    if (const auto *chart = std::get_if<schema::Chart>(&block))
        return {fromUtf8(chart->finding), {}, chart->evidence};
    if (const auto *map = std::get_if<schema::Map>(&block))
        return {fromUtf8(map->finding), {}, map->evidence};
    const auto &table = std::get<schema::Table>(block);
    if (part.row && *part.row < table.rows.size())
        return {rowText(table, table.rows[*part.row]), {}, table.rows[*part.row].evidence};
    return {fromUtf8(table.title), {}, schema::evidenceOf(block)};
}

QString kindName(schema::EvidenceKind kind)
{
    switch (kind) {
    case schema::EvidenceKind::Event: return PartWords::tr("Event");
    case schema::EvidenceKind::Entity: return PartWords::tr("Entity");
    case schema::EvidenceKind::Series: return PartWords::tr("Series");
    case schema::EvidenceKind::Instrument: return PartWords::tr("Prices");
    case schema::EvidenceKind::Feature: return PartWords::tr("Feature");
    case schema::EvidenceKind::Signal: return PartWords::tr("Signal");
    case schema::EvidenceKind::Cluster: return PartWords::tr("Story");
    case schema::EvidenceKind::Source: return PartWords::tr("Source");
    case schema::EvidenceKind::Boundary: return PartWords::tr("Boundary");
    case schema::EvidenceKind::Note: return PartWords::tr("Note");
    }
    return {};
}

} // namespace

PartEvidence evidenceOf(const schema::Briefing &briefing, const report::PagePart &part)
{
    const schema::Block *block = blockOf(briefing, part);
    if (!block)
        return {};
    const Said said = saidIn(*block, part);
    PartEvidence found{said.text, said.basis, {}, {}, {}};
    if (const auto *one = std::get_if<schema::Statement>(block); one && !one->given.empty()) {
        found.words = PartWords::tr("of the language model %1, held against what was computed")
                          .arg(fromUtf8(briefing.wordsBy));
        found.given = fromUtf8(one->given);
    }
    for (const schema::Citation &citation : briefing.citations) {
        const bool isMeant =
            std::ranges::any_of(said.evidence, [&](const schema::Evidence &evidence) {
                return evidence.kind == citation.kind && evidence.id == citation.id;
            });
        if (isMeant)
            found.citations.push_back(citation);
    }
    return found;
}

std::string keyOf(const schema::Briefing &briefing, const report::PagePart &part)
{
    const schema::Block *block = blockOf(briefing, part);
    const auto *statement = block ? std::get_if<schema::Statement>(block) : nullptr;
    return statement ? statement->key : std::string();
}

QString citationLine(const schema::Citation &citation)
{
    QStringList words{kindName(citation.kind)};
    if (!citation.sourceName.empty())
        words += fromUtf8(citation.sourceName);
    if (citation.publishedAt)
        words += PartWords::tr("%1 UTC").arg(TimeText{}.minute(*citation.publishedAt));
    if (citation.basis == schema::AvailabilityBasis::Assumed)
        words += PartWords::tr("time assumed");
    return words.join(u" · "_s);
}

} // namespace chrona::ui
