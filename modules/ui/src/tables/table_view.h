// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QTableView>

#include <functional>
#include <utility>

class QMenu;

namespace chrona::ui {

class Theme;

/// Column titles in hints' grey, with a small arrow at the sorted one.
class TableHeader final : public QHeaderView {
    Q_OBJECT
public:
    TableHeader(const Theme &theme, QWidget *parent);

    /// Its height is fixed: asking every section's text for it would be in vain.
    [[nodiscard]] QSize sizeHint() const override;
    /// No title is written where something stands at the right end.
    void leaveFree(int width);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;

private:
    /// As the model says; else as the first row's cell is written.
    [[nodiscard]] bool isRight(int section) const;

    const Theme &m_theme;
    int m_free = 0;
};

enum class RowDensity : std::uint8_t { Compact, Relaxed };

/// A table as all of ours are: whole rows, fixed heights, no grid, hover, columns that can be
/// hidden.
class TableView : public QTableView {
    Q_OBJECT
public:
    TableView(const Theme &theme, QWidget *parent);

    void setDensity(RowDensity density);
    /// The column that takes the width that is left, and the least of it that can be read.
    void setStretchColumn(int column, int readableWidth = 240);
    /// Columns that go, first one first, where the stretched one would get too narrow to read, and
    /// come back when there is room. One that the user has hidden stays hidden.
    void setExpendableColumns(QList<int> columns);
    /// Those that are hidden for want of room; and whether all are shown all the same, to be
    /// scrolled to. fitted() tells when either changed.
    [[nodiscard]] const QList<int> &expended() const { return m_expended; }
    void setScrolling(bool isScrolling);
    /// Check marks for all columns but the stretched one, which always stays.
    void offerColumns(QMenu &menu);
    /// Ascending, at most so many: of a million selected rows nobody makes a list.
    [[nodiscard]] QList<int> selectedRowNumbers(qsizetype most) const;
    /// What rows are sorted by, and that a click on a title sorts: `sort` does it and says by what
    /// they are sorted then. Column −1: by none.
    using Sorted = std::pair<int, Qt::SortOrder>;
    void setSorting(Sorted first, std::function<Sorted(Sorted)> sort);
    /// How a person has arranged it: what it is sorted by, then for each column where it stands,
    /// whether it was left out, and its width. Equal ones look the same; one of other columns is
    /// not taken.
    [[nodiscard]] QList<double> arrangement() const;
    void setArrangement(const QList<double> &arrangement);

Q_SIGNALS:
    void fitted();
    /// By a menu, from this arrangement. What is done in the table itself is not told.
    void rearranged(const QList<double> &before);

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void initViewItemOption(QStyleOptionViewItem *option) const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

    const Theme &m_theme;

private:
    void hoverRow(int row);
    void fitColumns();
    void takeZoom();
    void sortBy(Sorted wanted);

    RowDensity m_density = RowDensity::Compact;
    double m_zoom = 1; ///< that the columns have
    int m_hoveredRow = -1;
    int m_stretchColumn = -1;
    int m_readableWidth = 240;
    QList<int> m_expendable;
    QList<int> m_expended; ///< hidden for want of room
    bool m_isScrolling = false;
    std::function<Sorted(Sorted)> m_sort;
};

} // namespace chrona::ui
