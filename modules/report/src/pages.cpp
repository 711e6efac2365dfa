// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/report/pages.h"

#include "composition.h"
#include "sheet.h"

#include <QPainter>

namespace chrona::report {

struct Pages::Sheets {
    QRectF paper;
    std::vector<Page> pages;
};

Pages Pages::layOut(const schema::Briefing &briefing, PageSize size)
{
    return *layOut(briefing, size, {}, {});
}

std::optional<Pages> Pages::layOut(const schema::Briefing &briefing, PageSize size,
                                   std::stop_token stop, const Progress &progress)
{
    auto plan = std::make_shared<PagePlan>();
    auto sheets = std::make_shared<Sheets>();
    plan->briefing = exportable(briefing);
    sheets->paper = QRectF(QPointF(0, 0), QSizeF(pageOf(size).sizePixels(kUnitsPerInch)));
    Composition composition(plan->briefing, bodyOf(sheets->paper));
    auto pages = composition.compose(stop, progress);
    if (!pages)
        return std::nullopt;
    sheets->pages = std::move(*pages);
    plan->count = sheets->pages.size();
    plan->size = sheets->paper.size() / kUnitsPerPoint;
    plan->places = composition.takePlaces();
    plan->plots = composition.takePlots();
    return Pages(std::move(plan), std::move(sheets));
}

void Pages::paint(QPainter &painter, std::size_t page) const
{
    painter.save();
    painter.scale(1 / kUnitsPerPoint, 1 / kUnitsPerPoint);
    for (const auto &paint : m_sheets->pages[page])
        paint(painter);
    paintFurniture(painter, m_sheets->paper, m_plan->briefing, pageTextOf(page, m_plan->count));
    painter.restore();
}

} // namespace chrona::report
