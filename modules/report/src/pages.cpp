// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/report/pages.h"

#include "composition.h"
#include "sheet.h"

#include <QPainter>

namespace chrona::report {

struct Pages::Sheets {
    schema::Briefing briefing;
    QRectF paper;
    std::vector<Page> pages;
    std::vector<PlacedPart> places;
};

Pages Pages::layOut(const schema::Briefing &briefing, PageSize size)
{
    auto sheets = std::make_shared<Sheets>();
    sheets->briefing = exportable(briefing);
    sheets->paper = QRectF(QPointF(0, 0), QSizeF(pageOf(size).sizePixels(kUnitsPerInch)));
    Composition composition(sheets->briefing, bodyOf(sheets->paper));
    sheets->pages = composition.compose();
    sheets->places = composition.takePlaces();
    return Pages(std::move(sheets));
}

std::size_t Pages::count() const
{
    return m_sheets->pages.size();
}

QSizeF Pages::size() const
{
    return m_sheets->paper.size() / kUnitsPerPoint;
}

void Pages::paint(QPainter &painter, std::size_t page) const
{
    painter.save();
    painter.scale(1 / kUnitsPerPoint, 1 / kUnitsPerPoint);
    for (const auto &paint : m_sheets->pages[page])
        paint(painter);
    paintFurniture(painter, m_sheets->paper, m_sheets->briefing, pageTextOf(page, count()));
    painter.restore();
}

const std::vector<PlacedPart> &Pages::places() const
{
    return m_sheets->places;
}

const schema::Briefing &Pages::briefing() const
{
    return m_sheets->briefing;
}

} // namespace chrona::report
