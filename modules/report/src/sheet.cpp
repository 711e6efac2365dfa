// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sheet.h"

#include "citation_numbers.h"
#include "figures.h"
#include "page_style.h"

#include <QPainter>

#include <format>

namespace chrona::report {
namespace {

constexpr double kMargin = 480, kFooter = 300;

} // namespace

QPageSize pageOf(PageSize size)
{
    return QPageSize(size == PageSize::A4 ? QPageSize::A4 : QPageSize::Letter);
}

QRectF bodyOf(const QRectF &paper)
{
    return paper.adjusted(kMargin, kMargin, -kMargin, -(kFooter + 90));
}

QString pageTextOf(std::size_t page, std::size_t count)
{
    return QStringLiteral("%1 of %2").arg(page + 1).arg(count);
}

void paintFurniture(QPainter &painter, const QRectF &paper, const schema::Briefing &briefing,
                    const QString &pageText)
{
    const QRectF area(kMargin, paper.height() - kFooter, paper.width() - 2 * kMargin, 110);
    painter.setPen(QPen(ink::kRule, 5));
    painter.drawLine(area.topLeft() - QPointF(0, 30), area.topRight() - QPointF(0, 30));
    painter.setFont(fontOf(Face::Note));
    painter.setPen(ink::kSecondary);
    paintLabel(
        painter, {{area.left(), area.top(), area.width() * 0.7, 110}, Side::Left},
        QString::fromStdString(std::format("{} · Chrona · {}{}", kDisclaimer, shown(briefing.title),
                                           briefing.synthetic ? " · synthetic data" : "")));
    paintLabel(painter, {area, Side::Right}, pageText);
}

} // namespace chrona::report
