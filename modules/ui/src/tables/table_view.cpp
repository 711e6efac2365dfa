// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tables/table_view.h"

#include "chrona/ui/theme.h"
#include "tables/cell_delegate.h"
#include "tables/more_columns.h"

#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

namespace chrona::ui {

TableHeader::TableHeader(const Theme &theme, QWidget *parent) :
    QHeaderView(Qt::Horizontal, parent), m_theme(theme)
{
    const auto grow = [this, &theme] { setFixedHeight(theme.scaled(metric::kRowCompact) + 2); };
    connect(&theme, &Theme::changed, this, grow);
    grow();
    setHighlightSections(false);
    setSectionsClickable(true);
    setSectionsMovable(true);
    setMinimumSectionSize(40);
}

QSize TableHeader::sizeHint() const
{
    return {length(), minimumHeight()};
}

QSize TableHeader::sectionSizeFromContents(int section) const
{
    return {QHeaderView::sectionSizeFromContents(section).width(), height()};
}

void TableHeader::leaveFree(int width)
{
    m_free = width;
    viewport()->update();
}

bool TableHeader::isRight(int section) const
{
    const auto said = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole);
    if (said.isValid())
        return said.toInt() & Qt::AlignRight;
    const auto *table = qobject_cast<const QTableView *>(parentWidget());
    const auto *cells = table ? qobject_cast<const CellDelegate *>(table->itemDelegate()) : nullptr;
    return cells && model()->rowCount() > 0 &&
           cells->alignment(model()->index(0, section)).testFlag(Qt::AlignRight);
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->save();
    painter->fillRect(rect, m_theme.color(Role::Surface1));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                      m_theme.color(Role::Line));
    const bool isSorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    const bool isRight = this->isRight(section);
    painter->setFont(m_theme.font(TextSize::Tiny));
    painter->setPen(m_theme.color(isSorted ? Role::Text1 : Role::Text3));
    QRect room = rect.adjusted(metric::kPadding, 0, -metric::kPadding, -1);
    room.setRight(std::min(room.right(), viewport()->width() - m_free));
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    if (isSorted) {
        const int width =
            std::min(painter->fontMetrics().horizontalAdvance(title), room.width() - 10);
        const double x = isRight ? room.right() - width - 8 : room.left() + width + 8;
        const double y = rect.center().y();
        const double turn = sortIndicatorOrder() == Qt::AscendingOrder ? -2 : 2;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(Role::Accent));
        painter->drawPolygon(QPolygonF{{x - 3, y - turn}, {x + 3, y - turn}, {x, y + turn}});
        painter->restore();
        room.adjust(isRight ? 14 : 0, 0, isRight ? 0 : -14, 0);
    }
    painter->drawText(room, Qt::AlignVCenter | (isRight ? Qt::AlignRight : Qt::AlignLeft),
                      painter->fontMetrics().elidedText(title, Qt::ElideRight, room.width()));
    painter->restore();
}

TableView::TableView(const Theme &theme, QWidget *parent) : QTableView(parent), m_theme(theme)
{
    setHorizontalHeader(new TableHeader(theme, this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(metric::kRowCompact);
    setDensity(RowDensity::Compact);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    new MoreColumns(*this);
    connect(&theme, &Theme::changed, this, [this] {
        takeZoom();
        viewport()->update();
        horizontalHeader()->viewport()->update();
    });
}

void TableView::setDensity(RowDensity density)
{
    m_density = density;
    verticalHeader()->setDefaultSectionSize(m_theme.scaled(
        density == RowDensity::Compact ? metric::kRowCompact : metric::kRowRelaxed));
}

/// Columns grow with their texts.
void TableView::takeZoom()
{
    if (qFuzzyCompare(m_zoom, m_theme.zoom()) || !model())
        return;
    const double ratio = m_theme.zoom() / std::exchange(m_zoom, m_theme.zoom());
    setDensity(m_density);
    for (int column = 0; column < model()->columnCount(); ++column)
        if (column != m_stretchColumn)
            setColumnWidth(column, qRound(columnWidth(column) * ratio));
    fitColumns();
}

void TableView::setStretchColumn(int column, int readableWidth)
{
    m_readableWidth = readableWidth;
    m_stretchColumn = column;
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void TableView::setExpendableColumns(QList<int> columns)
{
    m_expendable = std::move(columns);
    fitColumns();
}

void TableView::fitColumns()
{
    if (m_stretchColumn < 0 || !model())
        return;
    if (m_isScrolling) {
        for (const int column : std::as_const(m_expended))
            setColumnHidden(column, false);
        m_expended.clear();
        Q_EMIT fitted();
        return;
    }
    int needed = m_readableWidth;
    for (int column = 0; column < model()->columnCount(); ++column)
        if (column != m_stretchColumn && !isColumnHidden(column))
            needed += columnWidth(column);
    const int room = viewport()->width();
    for (const int column : m_expendable) {
        if (needed <= room)
            break;
        if (isColumnHidden(column))
            continue;
        needed -= columnWidth(column);
        m_expended.append(column);
        setColumnHidden(column, true);
    }
    while (!m_expended.isEmpty()) {
        const int column = m_expended.last();
        const int width = horizontalHeader()->sectionSizeHint(column);
        if (needed + std::max(width, m_readableWidth / 2) > room)
            break;
        m_expended.removeLast();
        setColumnHidden(column, false);
        needed += columnWidth(column);
    }
    Q_EMIT fitted();
}

void TableView::setScrolling(bool isScrolling)
{
    m_isScrolling = isScrolling;
    if (m_stretchColumn >= 0) {
        horizontalHeader()->setSectionResizeMode(
            m_stretchColumn, isScrolling ? QHeaderView::Interactive : QHeaderView::Stretch);
        if (isScrolling)
            setColumnWidth(m_stretchColumn, m_readableWidth);
    }
    fitColumns();
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void TableView::offerColumns(QMenu &menu)
{
    for (int column = 0; column < model()->columnCount(); ++column) {
        if (column == m_stretchColumn)
            continue;
        QAction *action = menu.addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this,
                [this, column](bool shown) {
                    const QList<double> before = arrangement();
                    m_expended.removeAll(column); // from now on it is the user's choice
                    setColumnHidden(column, !shown);
                    Q_EMIT rearranged(before);
                });
    }
}

void TableView::hoverRow(int row)
{
    if (row == m_hoveredRow)
        return;
    const auto repaint = [this](int which) {
        if (which >= 0)
            viewport()->update(0, rowViewportPosition(which), viewport()->width(),
                               rowHeight(which));
    };
    repaint(m_hoveredRow);
    m_hoveredRow = row;
    repaint(m_hoveredRow);
}

void TableView::mouseMoveEvent(QMouseEvent *event)
{
    hoverRow(rowAt(event->position().toPoint().y()));
    QTableView::mouseMoveEvent(event);
}

void TableView::leaveEvent(QEvent *event)
{
    hoverRow(-1);
    QTableView::leaveEvent(event);
}

void TableView::initViewItemOption(QStyleOptionViewItem *option) const
{
    QTableView::initViewItemOption(option);
    option->showDecorationSelected = true;
}

void TableView::paintEvent(QPaintEvent *event)
{
    if (m_hoveredRow >= 0) {
        QPainter painter(viewport());
        painter.fillRect(QRect(0, rowViewportPosition(m_hoveredRow), viewport()->width(),
                               rowHeight(m_hoveredRow)),
                         m_theme.color(Role::Surface2));
    }
    QTableView::paintEvent(event);
}

} // namespace chrona::ui
