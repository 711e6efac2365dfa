// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/report/export.h"

#include <QPageSize>
#include <QRectF>
#include <QString>

class QPainter;

namespace chrona::report {

/// The paper and what stands on every page of it, in the units of page_style.h.
[[nodiscard]] QPageSize pageOf(PageSize size);
[[nodiscard]] QRectF bodyOf(const QRectF &paper);
void paintFurniture(QPainter &painter, const QRectF &paper, const schema::Briefing &briefing,
                    const QString &pageText);
[[nodiscard]] QString pageTextOf(std::size_t page, std::size_t count);

} // namespace chrona::report
