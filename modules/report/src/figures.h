// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "citation_numbers.h"

#include "chrona/base/result.h"
#include "chrona/schema/briefing_blocks.h"

#include <QRectF>
#include <QString>

#include <string_view>
#include <vector>

class QPainter;

/// Charts and maps as vectors, on whatever a painter paints: the PDF or the SVG in the HTML.
namespace chrona::report {

/// Without the finding, which is text and stands above. Units of page_style.h.
void paintChart(QPainter &painter, const QRectF &area, const schema::Chart &chart);
[[nodiscard]] Status paintMap(QPainter &painter, const QRectF &area, const schema::Map &map);

/// Where on the figure its data are, so that a screen can ask for them.
struct ChartGeometry {
    QRectF plot;
    double low = 0, high = 1;       ///< x at the left and the right edge of the plot
    std::vector<QRectF> categories; ///< of each category; empty where x is none
};
[[nodiscard]] ChartGeometry geometryOf(const schema::Chart &chart, const QRectF &area);
/// Where each mark of a map stands; what lies outside of it has no box.
[[nodiscard]] std::vector<QRectF> markBoxes(const schema::Map &map, const QRectF &area);

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
