// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "page_style.h"

#include <QRectF>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

class QPainter;
class QTextLayout;

namespace chrona::report {

/// A piece of a paragraph.
struct Run {
    QString text;
    Face face = Face::Text;
    QColor colour = ink::kText;
    bool raised = false; ///< a source number
    QString link{};      ///< a safe web address; empty: none
};

/// What is painted on one page, in order. Nothing is painted before all pages are known, because
/// each says how many there are.
using Page = std::vector<std::function<void(QPainter &)>>;

/// Where something stands. What is asked for one thing is one box a page.
struct Placement {
    std::size_t tag = 0, page = 0;
    QRectF box;
};

/// A paragraph broken into lines for a width.
class Paragraph {
public:
    Paragraph(const std::vector<Run> &runs, double width, double lineHeight);
    ~Paragraph();
    Paragraph(Paragraph &&) noexcept;

    [[nodiscard]] double height() const;
    [[nodiscard]] std::size_t lineCount() const;
    /// Widest line, for columns that take what they need.
    [[nodiscard]] double naturalWidth() const;
    void paint(QPainter &painter, QPointF at, std::size_t firstLine, std::size_t lines) const;

private:
    std::unique_ptr<QTextLayout> m_layout;
    double m_lineHeight = 0;
};

struct ColumnPlan {
    double left = 0, width = 0;
    bool right = false; ///< numbers stand at the right
};

/// Puts one thing under the other and begins a page where the next does not fit.
class PageFlow {
public:
    PageFlow(QRectF body, double firstTop);

    [[nodiscard]] double width() const { return m_body.width(); }
    [[nodiscard]] double left() const { return m_body.left(); }
    void space(double height);
    /// Begins a page unless so much is free: keeps a heading with what follows it.
    void keep(double height);
    void paragraph(const std::vector<Run> &runs, double indent, double lineHeight);
    /// A box that is not divided, and where it came to stand.
    struct PlacedBox {
        std::size_t page = 0;
        QRectF area;
    };
    PlacedBox box(double height, std::function<void(QPainter &, const QRectF &)> paint);
    void rule(const QColor &colour, double thickness);
    /// Rows stand under `firstRowTag` and those that follow it.
    void table(const std::vector<std::vector<Run>> &head,
               const std::vector<std::vector<std::vector<Run>>> &rows,
               const std::vector<ColumnPlan> &plan, std::size_t firstRowTag);
    /// What is put next stands under this tag, until another is given.
    void tag(std::size_t tag) { m_tag = tag; }
    [[nodiscard]] std::vector<Placement> takePlacements() { return std::move(m_placements); }
    [[nodiscard]] std::vector<Page> takePages() { return std::move(m_pages); }

private:
    [[nodiscard]] double left_() const { return m_body.bottom() - m_y; }
    void nextPage();
    void noteBox(const QRectF &box);
    void tableRow(const std::vector<std::vector<Run>> &cells, const std::vector<ColumnPlan> &plan,
                  const QColor &line, const std::function<void()> &onNewPage);

    QRectF m_body;
    double m_y = 0;
    std::vector<Page> m_pages{Page{}};
    std::size_t m_tag = 0;
    std::vector<Placement> m_placements;
};

} // namespace chrona::report
