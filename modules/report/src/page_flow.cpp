// SPDX-License-Identifier: AGPL-3.0-or-later
#include "page_flow.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chrona::report {
namespace {

constexpr double kRowPadding = 36;

QTextCharFormat formatOf(const Run &run)
{
    QTextCharFormat format;
    format.setFont(fontOf(run.face));
    format.setForeground(run.colour);
    if (run.raised)
        format.setVerticalAlignment(QTextCharFormat::AlignSuperScript);
    if (!run.link.isEmpty()) {
        format.setAnchor(true);
        format.setAnchorHref(run.link);
    }
    return format;
}

std::unique_ptr<QTextLayout> layoutOf(const std::vector<Run> &runs, double width)
{
    QString text;
    QList<QTextLayout::FormatRange> ranges;
    for (const Run &run : runs) {
        ranges.append({int(text.size()), int(run.text.size()), formatOf(run)});
        text += run.text;
    }
    auto layout =
        std::make_unique<QTextLayout>(text, fontOf(runs.empty() ? Face::Text : runs.front().face));
    QTextOption option;
    // A word that is wider than its column is broken, never cut off.
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LeftToRight);
    layout->setTextOption(option);
    layout->setFormats(ranges);
    layout->beginLayout();
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine())
        line.setLineWidth(width);
    layout->endLayout();
    return layout;
}

} // namespace

Paragraph::Paragraph(const std::vector<Run> &runs, double width, double lineHeight)
    : m_layout(layoutOf(runs, width)), m_lineHeight(lineHeight)
{
}

Paragraph::~Paragraph() = default;
Paragraph::Paragraph(Paragraph &&) noexcept = default;

double Paragraph::height() const
{
    return double(m_layout->lineCount()) * m_lineHeight;
}

std::size_t Paragraph::lineCount() const
{
    return std::size_t(m_layout->lineCount());
}

double Paragraph::naturalWidth() const
{
    double width = 0;
    for (int i = 0; i < m_layout->lineCount(); ++i)
        width = std::max(width, m_layout->lineAt(i).naturalTextWidth());
    return width;
}

void Paragraph::paint(QPainter &painter, QPointF at, std::size_t firstLine, std::size_t lines) const
{
    for (std::size_t i = 0; i < lines && firstLine + i < lineCount(); ++i) {
        const QTextLine line = m_layout->lineAt(int(firstLine + i));
        // Lines stand on an even grid, whatever a fallback font or a raised number is high.
        const double baseline = at.y() + double(i) * m_lineHeight + m_lineHeight * 0.74;
        line.draw(&painter, QPointF(at.x() - line.x(), baseline - line.ascent() - line.y()));
    }
}

PageFlow::PageFlow(QRectF body, double firstTop) : m_body(body), m_y(firstTop) {}

void PageFlow::nextPage()
{
    m_pages.emplace_back();
    m_y = m_body.top();
}

void PageFlow::noteBox(const QRectF &box)
{
    const std::size_t page = m_pages.size() - 1;
    if (!m_placements.empty() && m_placements.back().tag == m_tag &&
        m_placements.back().page == page)
        m_placements.back().box |= box;
    else
        m_placements.push_back({m_tag, page, box});
}

void PageFlow::space(double height)
{
    if (m_y > m_body.top())
        m_y = std::min(m_y + height, m_body.bottom());
}

void PageFlow::keep(double height)
{
    if (left_() < height && m_y > m_body.top())
        nextPage();
}

void PageFlow::paragraph(const std::vector<Run> &runs, double indent, double lineHeight)
{
    const auto text = std::make_shared<Paragraph>(runs, m_body.width() - indent, lineHeight);
    std::size_t done = 0;
    while (done < text->lineCount()) {
        const std::size_t rest = text->lineCount() - done;
        auto fits = std::size_t(std::max(0.0, std::floor(left_() / lineHeight + 1e-6)));
        // No line alone at the end of a page, none at the begin of the next.
        if (fits < rest && fits < 2)
            fits = 0;
        else if (fits < rest && rest - fits < 2 && fits > 2)
            --fits;
        if (fits == 0) {
            nextPage();
            continue;
        }
        const std::size_t lines = std::min(fits, rest);
        const QPointF at(m_body.left() + indent, m_y);
        m_pages.back().push_back(
            [text, at, done, lines](QPainter &painter) { text->paint(painter, at, done, lines); });
        noteBox({at, QSizeF(m_body.width() - indent, double(lines) * lineHeight)});
        done += lines;
        m_y += double(lines) * lineHeight;
    }
}

PageFlow::PlacedBox PageFlow::box(double height,
                                  std::function<void(QPainter &, const QRectF &)> paint)
{
    keep(height);
    const QRectF area(m_body.left(), m_y, m_body.width(), height);
    m_pages.back().push_back(
        [paint = std::move(paint), area](QPainter &painter) { paint(painter, area); });
    noteBox(area);
    m_y += height;
    return {m_pages.size() - 1, area};
}

void PageFlow::rule(const QColor &colour, double thickness)
{
    const QLineF line(m_body.left(), m_y, m_body.right(), m_y);
    m_pages.back().push_back([line, colour, thickness](QPainter &painter) {
        painter.setPen(QPen(colour, thickness));
        painter.drawLine(line);
    });
}

void PageFlow::tableRow(const std::vector<std::vector<Run>> &cells,
                        const std::vector<ColumnPlan> &plan, const QColor &line,
                        const std::function<void()> &onNewPage)
{
    const double lineHeight = lineHeightOf(Face::Text) * 0.94;
    std::vector<std::shared_ptr<Paragraph>> texts;
    double height = lineHeight;
    for (std::size_t i = 0; i < cells.size() && i < plan.size(); ++i) {
        texts.push_back(std::make_shared<Paragraph>(cells[i], plan[i].width, lineHeight));
        height = std::max(height, texts.back()->height());
    }
    height += kRowPadding;
    if (left_() < height && m_y > m_body.top()) {
        nextPage();
        onNewPage();
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const double slack = plan[i].right ? plan[i].width - texts[i]->naturalWidth() : 0;
        const QPointF at(m_body.left() + plan[i].left + std::max(slack, 0.0),
                         m_y + kRowPadding / 2);
        m_pages.back().push_back([text = texts[i], at](QPainter &painter) {
            text->paint(painter, at, 0, text->lineCount());
        });
    }
    noteBox({m_body.left(), m_y, m_body.width(), height});
    m_y += height;
    rule(line, 5);
}

void PageFlow::table(const std::vector<std::vector<Run>> &head,
                     const std::vector<std::vector<std::vector<Run>>> &rows,
                     const std::vector<ColumnPlan> &plan, std::size_t firstRowTag)
{
    const std::size_t tableTag = m_tag;
    const auto paintHead = [&] {
        const std::size_t rowTag = std::exchange(m_tag, tableTag);
        tableRow(head, plan, ink::kRule, [] {});
        m_tag = rowTag;
    };
    paintHead();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        m_tag = firstRowTag + i;
        tableRow(rows[i], plan, ink::kHairline, paintHead);
    }
    m_tag = tableTag;
}

} // namespace chrona::report
