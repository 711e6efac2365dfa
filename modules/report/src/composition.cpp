// SPDX-License-Identifier: AGPL-3.0-or-later
#include "composition.h"

#include "figures.h"

#include "chrona/geo/shipped.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chrona::report {
namespace {

using schema::ColumnFormat;

constexpr double kGap = 90; ///< between two columns of a table
constexpr double kNarrowestText = 500;

bool isNumeric(ColumnFormat format)
{
    return format != ColumnFormat::Text;
}

double naturalWidth(const std::vector<Run> &runs)
{
    return Paragraph(runs, 1e6, 1).naturalWidth() + 4;
}

/// Numbers take what they need; texts share the rest by their length, long ones wrap.
std::vector<ColumnPlan> planFor(const schema::Table &table,
                                const std::vector<std::vector<Run>> &head,
                                const std::vector<std::vector<std::vector<Run>>> &rows,
                                double width)
{
    const std::size_t count = table.columns.size();
    std::vector<double> natural(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        natural[i] = naturalWidth(head[i]);
        for (const auto &row : rows)
            natural[i] = std::max(natural[i], naturalWidth(row[i]));
    }
    double room = width - kGap * double(count - 1);
    double fixed = 0, flexible = 0;
    for (std::size_t i = 0; i < count; ++i)
        (isNumeric(table.columns[i].format) || natural[i] < kNarrowestText ? fixed : flexible) +=
            natural[i];
    std::vector<double> widths = natural;
    if (fixed > room * 0.85 || flexible == 0) {
        const double scale = std::min(1.0, room / (fixed + flexible));
        for (double &one : widths)
            one *= scale;
    } else if (fixed + flexible > room) {
        // Square roots: a column that is four times as long gets twice the width.
        double roots = 0;
        for (std::size_t i = 0; i < count; ++i)
            if (!isNumeric(table.columns[i].format) && natural[i] >= kNarrowestText)
                roots += std::sqrt(natural[i]);
        for (std::size_t i = 0; i < count; ++i)
            if (!isNumeric(table.columns[i].format) && natural[i] >= kNarrowestText)
                widths[i] = (room - fixed) * std::sqrt(natural[i]) / roots;
    }
    double used = 0;
    for (const double one : widths)
        used += one;
    // What is left over goes between the columns, so that the table spans the page.
    const double gap = count > 1 ? std::min((width - used) / double(count - 1), 4 * kGap) : 0;
    std::vector<ColumnPlan> plan;
    double left = 0;
    for (std::size_t i = 0; i < count; ++i) {
        plan.push_back({left, widths[i], isNumeric(table.columns[i].format)});
        left += widths[i] + gap;
    }
    return plan;
}

QRectF inPoints(const QRectF &box)
{
    return {box.topLeft() / kUnitsPerPoint, box.size() / kUnitsPerPoint};
}

std::vector<QRectF> inPoints(std::vector<QRectF> boxes)
{
    for (QRectF &box : boxes)
        box = inPoints(box);
    return boxes;
}

PlacedPlot plotOf(const schema::Chart &chart, const PagePart &part,
                  const PageFlow::PlacedBox &placed)
{
    ChartGeometry geometry = geometryOf(chart, placed.area);
    return {chart.x == schema::ChartAxis::Time ? PlacedPlot::Kind::Time
                                               : PlacedPlot::Kind::Categories,
            part,
            placed.page,
            inPoints(geometry.plot),
            geometry.low,
            geometry.high,
            inPoints(std::move(geometry.categories))};
}

} // namespace

Composition::Composition(const schema::Briefing &briefing, QRectF body)
    : m_briefing(briefing), m_numbers(briefing), m_flow(body, body.top())
{
}

std::optional<std::vector<Page>> Composition::compose(std::stop_token stop,
                                                      const Pages::Progress &progress)
{
    beginPart({});
    masthead();
    for (std::size_t i = 0; i < m_briefing.sections.size(); ++i) {
        if (stop.stop_requested())
            return std::nullopt;
        if (progress)
            progress(i, m_briefing.sections.size());
        section(i, m_briefing.sections[i]);
    }
    beginPart({});
    attribution();
    sources();
    return m_flow.takePages();
}

void Composition::addNumbers(std::vector<Run> &runs,
                             const std::vector<schema::Evidence> &evidence) const
{
    const auto numbers = m_numbers.of(evidence);
    // One source is a link itself; several stand under their numbers on the last page.
    // A number never begins a line: a word joiner ties it to what it proves.
    if (!numbers.empty())
        runs.push_back({QStringLiteral("\u2060"), Face::Text});
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i == 4) {
            runs.push_back({QStringLiteral("…"), Face::Text, ink::kLink, true, {}});
            return;
        }
        const schema::Citation &citation = m_briefing.citations[numbers[i] - 1];
        const QString link =
            isSafeLink(citation.url) ? QString::fromStdString(citation.url) : QString();
        if (i > 0)
            runs.push_back({QStringLiteral(","), Face::Text, ink::kSecondary, true, {}});
        runs.push_back({QString::number(numbers[i]), Face::Text, ink::kLink, true, link});
    }
}

void Composition::masthead()
{
    m_flow.box(150, [](QPainter &painter, const QRectF &area) {
        painter.setFont(fontOf(Face::NoteStrong));
        painter.setPen(ink::kBrand);
        QFont font = painter.font();
        font.setLetterSpacing(QFont::AbsoluteSpacing, 14);
        painter.setFont(font);
        paintLabel(painter, {{area.left(), area.top(), area.width() / 2, 100}, Side::Left},
                   QStringLiteral("CHRONA"));
        painter.setFont(fontOf(Face::Note));
        painter.setPen(ink::kSecondary);
        paintLabel(painter, {{area.center().x(), area.top(), area.width() / 2, 100}, Side::Right},
                   QString::fromUtf8(kDisclaimer));
        painter.fillRect(QRectF(area.left(), area.top() + 118, area.width(), 16), ink::kBrand);
    });
    m_flow.space(60);
    m_flow.paragraph({{textOf(m_briefing.title), Face::Title}}, 0, lineHeightOf(Face::Title));
    m_flow.space(10);
    m_flow.paragraph({{textOf(knownLine(m_briefing)), Face::Note, ink::kSecondary}}, 0,
                     lineHeightOf(Face::Note));
    if (m_briefing.synthetic)
        m_flow.paragraph({{QString::fromUtf8(kSyntheticMark), Face::Strong, ink::kWarning}}, 0,
                         lineHeightOf(Face::Text));
    m_flow.space(40);
}

void Composition::heading(const QString &text)
{
    m_flow.space(130);
    m_flow.keep(900);
    m_flow.paragraph({{text, Face::Heading, ink::kBrand}}, 0, lineHeightOf(Face::Heading));
    m_flow.space(12);
    m_flow.rule(ink::kRule, 6);
    m_flow.space(46);
}

std::size_t Composition::beginPart(PagePart part)
{
    m_parts.push_back(part);
    m_flow.tag(m_parts.size() - 1);
    return m_parts.size() - 1;
}

std::vector<PlacedPart> Composition::takePlaces()
{
    std::vector<PlacedPart> places;
    for (const Placement &placement : m_flow.takePlacements()) {
        const PagePart &part = m_parts[placement.tag];
        if (part.section)
            places.push_back({part, placement.page, inPoints(placement.box)});
    }
    return places;
}

void Composition::section(std::size_t at, const schema::Section &section)
{
    beginPart({at, {}, {}});
    heading(textOf(section.heading));
    for (std::size_t i = 0; i < section.blocks.size(); ++i) {
        const schema::Block &block = section.blocks[i];
        beginPart({at, i, {}});
        if (const auto *one = std::get_if<schema::Statement>(&block))
            statement(*one);
        else if (const auto *rows = std::get_if<schema::Table>(&block))
            table({at, i, {}}, *rows);
        else if (const auto *figure = std::get_if<schema::Chart>(&block))
            chart({at, i, {}}, *figure);
        else if (const auto *places = std::get_if<schema::Map>(&block))
            map({at, i, {}}, *places);
    }
}

void Composition::statement(const schema::Statement &statement)
{
    std::vector<Run> runs;
    if (const auto mark = markOf(statement.basis); !mark.empty())
        runs.push_back({textOf(mark) + QStringLiteral(" "), Face::Strong, ink::kSecondary});
    runs.push_back({textOf(statement.text), Face::Text});
    addNumbers(runs, statement.evidence);
    if (const auto mark = wordsMarkOf(statement); !mark.empty())
        runs.push_back({QStringLiteral(" ") + textOf(mark), Face::Note, ink::kSecondary});
    m_flow.paragraph(runs, 0, lineHeightOf(Face::Text));
    m_flow.space(42);
}

void Composition::finding(const std::string &text, const std::vector<schema::Evidence> &evidence)
{
    std::vector<Run> runs{{textOf(text), Face::Strong}};
    addNumbers(runs, evidence);
    m_flow.paragraph(runs, 0, lineHeightOf(Face::Text));
}

void Composition::table(const PagePart &part, const schema::Table &table)
{
    std::vector<std::vector<Run>> head;
    for (const schema::TableColumn &column : table.columns)
        head.push_back({{textOf(column.name), Face::NoteStrong, ink::kSecondary}});
    const auto shared = sharedEvidence(table);
    std::vector<std::vector<std::vector<Run>>> rows;
    for (const schema::TableRow &row : table.rows) {
        std::vector<std::vector<Run>> cells;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const Face face = isNumeric(table.columns[i].format) ? Face::Figures : Face::Text;
            cells.push_back({{textOf(schema::formatCell(row.cells[i], table.columns[i])), face}});
            if (i == 0 && shared.empty())
                addNumbers(cells.back(), row.evidence);
        }
        rows.push_back(std::move(cells));
    }
    const auto plan = planFor(table, head, rows, m_flow.width());
    m_flow.space(36);
    m_flow.keep(620);
    finding(table.title, shared);
    const std::size_t firstRow = m_parts.size();
    for (std::size_t row = 0; row < rows.size(); ++row)
        m_parts.push_back({part.section, part.block, row});
    m_flow.table(head, rows, plan, firstRow);
    m_flow.space(90);
}

void Composition::chart(const PagePart &part, const schema::Chart &chart)
{
    const double height = chartHeightFor(chart, m_flow.width());
    m_flow.space(36);
    m_flow.keep(height + 2 * lineHeightOf(Face::Text));
    finding(chart.finding, chart.evidence);
    const auto placed = m_flow.box(height, [chart](QPainter &painter, const QRectF &area) {
        paintChart(painter, area, chart);
    });
    if (!chart.series.empty() && chart.x != schema::ChartAxis::Number)
        m_plots.push_back(plotOf(chart, part, placed));
    m_flow.space(80);
}

void Composition::map(const PagePart &part, const schema::Map &map)
{
    const double height = mapHeightFor(map, m_flow.width());
    m_flow.space(36);
    m_flow.keep(height + 3 * lineHeightOf(Face::Text));
    finding(map.finding, map.evidence);
    m_flow.space(30);
    const auto placed = m_flow.box(height, [map](QPainter &painter, const QRectF &area) {
        // Boundaries that cannot be read are told by the module that reads them; marks remain.
        (void)paintMap(painter, area, map);
    });
    m_plots.push_back({PlacedPlot::Kind::Marks, part, placed.page, inPoints(placed.area), 0, 1,
                       inPoints(markBoxes(map, placed.area))});
    m_flow.paragraph({{textOf(geo::shippedAttribution()), Face::Note, ink::kSecondary}}, 0,
                     lineHeightOf(Face::Note));
    m_flow.space(80);
}

void Composition::attribution()
{
    heading(QStringLiteral("Attribution"));
    m_flow.paragraph({{QStringLiteral("Research, not advice. This note gives no recommendation to "
                                      "buy or sell anything; what it calls a candidate or a "
                                      "conjecture is one."),
                       Face::Text}},
                     0, lineHeightOf(Face::Text));
    m_flow.space(42);
    std::vector<std::string> texts = m_briefing.attributions;
    if (std::string words = wordsLine(m_briefing); !words.empty())
        texts.insert(texts.begin(), std::move(words));
    for (const std::string &text : texts) {
        m_flow.paragraph({{textOf(text), Face::Text}}, 0, lineHeightOf(Face::Text));
        m_flow.space(20);
    }
}

void Composition::sources()
{
    heading(QStringLiteral("Sources"));
    for (const schema::Citation &citation : m_briefing.citations) {
        std::vector<Run> runs{{QString::number(citation.number) + QStringLiteral("\u2002"),
                               Face::NoteStrong, ink::kSecondary},
                              {textOf(citationText(citation)), Face::Note}};
        if (isSafeLink(citation.url)) {
            const QString url = QString::fromStdString(citation.url);
            runs.push_back({QStringLiteral(" ") + url, Face::Note, ink::kLink, false, url});
        }
        m_flow.paragraph(runs, 0, lineHeightOf(Face::Note));
        m_flow.space(14);
    }
}

} // namespace chrona::report
