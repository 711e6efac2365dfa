// SPDX-License-Identifier: AGPL-3.0-or-later
// How a person arranges a table: as a value that can be taken back.
#include "tables/table_view.h"

#include <QItemSelectionModel>

#include <algorithm>

namespace chrona::ui {

namespace {

constexpr qsizetype kSortParts = 2;   ///< column and order
constexpr qsizetype kColumnParts = 3; ///< its place, whether it was left out, its width

} // namespace

void TableView::setSorting(Sorted first, std::function<Sorted(Sorted)> sort)
{
    m_sort = std::move(sort);
    QHeaderView *header = horizontalHeader();
    header->setSortIndicatorShown(true);
    header->setSortIndicator(first.first, first.second);
    connect(header, &QHeaderView::sectionClicked, this,
            [this, header](int column) { sortBy({column, header->sortIndicatorOrder()}); });
}

void TableView::sortBy(Sorted wanted)
{
    const Sorted done = m_sort(wanted);
    horizontalHeader()->setSortIndicator(done.first, done.second);
}

QList<int> TableView::selectedRowNumbers(qsizetype most) const
{
    QList<std::pair<int, int>> ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        ranges.append({range.top(), range.bottom()});
    std::ranges::sort(ranges);
    QList<int> rows;
    for (const auto &[first, last] : std::as_const(ranges))
        for (int row = first; row <= last && rows.size() < most; ++row)
            if (rows.isEmpty() || row > rows.last()) // a row is selected in each of its columns
                rows.append(row);
    return rows;
}

QList<double> TableView::arrangement() const
{
    const QHeaderView *header = horizontalHeader();
    QList<double> parts{-1, 0};
    if (m_sort)
        parts = {double(header->sortIndicatorSection()), double(header->sortIndicatorOrder())};
    for (int column = 0; column < header->count(); ++column) {
        const bool isLeftOut = isColumnHidden(column) && !m_expended.contains(column);
        // Of the one that takes what is left, nobody has chosen the width. Zoom is no arranging.
        const bool isChosen = column != m_stretchColumn || m_isScrolling;
        parts << double(header->visualIndex(column)) << double(isLeftOut)
              << (isChosen ? columnWidth(column) / m_zoom : 0);
    }
    return parts;
}

void TableView::setArrangement(const QList<double> &arrangement)
{
    QHeaderView *header = horizontalHeader();
    if (arrangement.size() != kSortParts + kColumnParts * header->count())
        return;
    const Sorted wanted{int(arrangement[0]), Qt::SortOrder(int(arrangement[1]))};
    if (m_sort && wanted != Sorted{header->sortIndicatorSection(), header->sortIndicatorOrder()})
        sortBy(wanted);
    const auto part = [&](int column, qsizetype which) {
        return arrangement[kSortParts + kColumnParts * column + which];
    };
    // From the left: what has its place is not pushed away by what comes after.
    for (int place = 0; place < header->count(); ++place)
        for (int column = 0; column < header->count(); ++column)
            if (int(part(column, 0)) == place)
                header->moveSection(header->visualIndex(column), place);
    for (int column = 0; column < header->count(); ++column) {
        const bool isLeftOut = part(column, 1) != 0;
        if (isLeftOut == (isColumnHidden(column) && !m_expended.contains(column)))
            continue;
        m_expended.removeAll(column);
        setColumnHidden(column, isLeftOut);
    }
    // One that is hidden, then or now, has none; it comes back with what it had.
    for (int column = 0; column < header->count(); ++column)
        if (const int width = qRound(part(column, 2) * m_zoom);
            width > 0 && !isColumnHidden(column) && width != columnWidth(column))
            setColumnWidth(column, width);
    fitColumns();
}

} // namespace chrona::ui
