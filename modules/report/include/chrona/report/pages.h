// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/report/export.h"

#include <QRectF>
#include <QSizeF>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

class QPainter;

namespace chrona::report {

/// A part of a briefing by its numbers: a section's heading, a block, or a row of a table.
struct PagePart {
    std::optional<std::size_t> section, block, row;
    friend bool operator==(const PagePart &, const PagePart &) = default;
};

/// Where a part stands, in points from the page's corner. One that goes over pages has several.
struct PlacedPart {
    PagePart part;
    std::size_t page = 0;
    QRectF box;
};

/// A briefing's pages as toPdf() prints them, for a screen: the same composition, painted where a
/// view wants it. Immutable, cheap to copy. Needs a QGuiApplication; its thread.
class Pages {
public:
    /// Of what `exportable` leaves.
    [[nodiscard]] static Pages layOut(const schema::Briefing &briefing, PageSize size);

    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] QSizeF size() const; ///< in points
    /// One unit of the painter is a point; the paper itself is not painted.
    void paint(QPainter &painter, std::size_t page) const;
    /// In the order of the document.
    [[nodiscard]] const std::vector<PlacedPart> &places() const;
    /// What is on the pages; the parts' numbers count in it.
    [[nodiscard]] const schema::Briefing &briefing() const;

private:
    struct Sheets;
    explicit Pages(std::shared_ptr<const Sheets> sheets) : m_sheets(std::move(sheets)) {}
    std::shared_ptr<const Sheets> m_sheets;
};

} // namespace chrona::report
