// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/report/export.h"

#include <QRectF>
#include <QSizeF>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
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

/// Where a figure's data stand on the page, in points, so that a screen can be asked for them.
struct PlacedPlot {
    enum class Kind : std::uint8_t {
        Time,       ///< x is time
        Categories, ///< one box a category of the chart
        Marks,      ///< one box a mark of the map; null where it is not on it
    };
    Kind kind = Kind::Time;
    PagePart part;
    std::size_t page = 0;
    QRectF box;
    double low = 0, high = 1; ///< Time: microseconds since 1970 at the left and right edge
    std::vector<QRectF> boxes;
};

/// What is on the pages and where. Immutable; any thread.
struct PagePlan {
    schema::Briefing briefing;      ///< what `exportable` left; the parts' numbers count in it
    std::size_t count = 0;          ///< of pages
    QSizeF size;                    ///< of one, in points
    std::vector<PlacedPart> places; ///< in the order of the document
    std::vector<PlacedPlot> plots;
};

/// A briefing's pages as toPdf() prints them, for a screen: the same composition, painted where a
/// view wants it. Immutable, cheap to copy. Needs a QGuiApplication. Texts hold fonts of the thread
/// that laid them out: make, paint and destroy on one thread, whichever it is; the plan may leave.
class Pages {
public:
    /// Told before each section how many of all are laid out.
    using Progress = std::function<void(std::size_t done, std::size_t total)>;

    /// Of what `exportable` leaves.
    [[nodiscard]] static Pages layOut(const schema::Briefing &briefing, PageSize size);
    /// nullopt where it was stopped.
    [[nodiscard]] static std::optional<Pages> layOut(const schema::Briefing &briefing,
                                                     PageSize size, std::stop_token stop,
                                                     const Progress &progress);

    /// One unit of the painter is a point; the paper itself is not painted.
    void paint(QPainter &painter, std::size_t page) const;
    [[nodiscard]] const std::shared_ptr<const PagePlan> &plan() const { return m_plan; }

private:
    struct Sheets;
    Pages(std::shared_ptr<const PagePlan> plan, std::shared_ptr<const Sheets> sheets)
        : m_plan(std::move(plan)), m_sheets(std::move(sheets))
    {
    }
    std::shared_ptr<const PagePlan> m_plan;
    std::shared_ptr<const Sheets> m_sheets;
};

} // namespace chrona::report
