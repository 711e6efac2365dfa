// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "citation_numbers.h"

#include "chrona/base/result.h"
#include "chrona/schema/briefing_blocks.h"

#include <QRectF>
#include <QString>

#include <string_view>

class QPainter;

/// Charts and maps as vectors, on whatever a painter paints: the PDF or the SVG in the HTML.
namespace chrona::report {

/// Without the finding, which is text and stands above. Units of page_style.h.
void paintChart(QPainter &painter, const QRectF &area, const schema::Chart &chart);
[[nodiscard]] Status paintMap(QPainter &painter, const QRectF &area, const schema::Map &map);

/// How high a figure is for its width.
[[nodiscard]] double chartHeightFor(const schema::Chart &chart, double width);
[[nodiscard]] double mapHeightFor(const schema::Map &map, double width);

/// Text in a box, cut with an ellipsis where it does not fit.
enum class Side { Left, Centre, Right };
struct Label {
    QRectF box;
    Side side = Side::Left;
};
void paintLabel(QPainter &painter, const Label &place, const QString &text);

/// As it may be shown (citation_numbers.h).
inline QString textOf(std::string_view text)
{
    return QString::fromStdString(shown(text));
}

} // namespace chrona::report
