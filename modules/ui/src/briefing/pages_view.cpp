// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/pages_view.h"

#include "briefing/page_worker.h"
#include "briefing/part_evidence.h"
#include "chrona/ui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr double kPageMargin = 24;
constexpr double kPageGap = 16;
constexpr double kScaleMax = 2.2;
constexpr int kPicturesMax = 6;

} // namespace

PagesView::PagesView(PageWorker &worker, const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent), m_worker(worker), m_theme(theme), m_pictures(kPicturesMax)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("The briefing as it prints"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(&worker, &PageWorker::pictureReady, this, &PagesView::takePicture);
}

void PagesView::setPlan(std::shared_ptr<const report::PagePlan> plan)
{
    m_plan = std::move(plan);
    m_pictures.clear();
    m_asked.clear();
    m_figureMarks.clear();
    m_brush = {};
    m_hovered = kNone;
    m_chosen = kNone;
    layOutPages();
    verticalScrollBar()->setValue(0);
    viewport()->update();
    Q_EMIT planChanged();
    Q_EMIT currentChanged();
}

void PagesView::setChanges(std::map<std::string, workspace::BlockChange> changes)
{
    m_changes = std::move(changes);
    viewport()->update();
}

std::size_t PagesView::markCount() const
{
    if (!m_plan)
        return 0;
    return static_cast<std::size_t>(
        std::ranges::count_if(m_plan->places, [this](const report::PlacedPart &place) {
            return m_changes.contains(keyOf(m_plan->briefing, place.part));
        }));
}

double PagesView::scale() const
{
    if (!m_plan)
        return 1;
    const double room = std::max(200.0, viewport()->width() - 2 * kPageMargin);
    return std::min(room / m_plan->size.width(), kScaleMax) * m_zoom;
}

QRectF PagesView::pageRect(std::size_t page) const
{
    const QSizeF size = m_plan->size * scale();
    const double left = std::max(kPageMargin, (viewport()->width() - size.width()) / 2);
    const double top = kPageMargin + static_cast<double>(page) * (size.height() + kPageGap);
    return QRectF(
        QPointF(left - horizontalScrollBar()->value(), top - verticalScrollBar()->value()), size);
}

QRectF PagesView::boxOf(const report::PlacedPart &place) const
{
    return onScreen(place.page, place.box);
}

QRectF PagesView::onScreen(std::size_t page, const QRectF &box) const
{
    return {pageRect(page).topLeft() + box.topLeft() * scale(), box.size() * scale()};
}

void PagesView::layOutPages()
{
    const double pages = m_plan ? static_cast<double>(m_plan->count) : 0;
    const QSizeF size = m_plan ? m_plan->size * scale() : QSizeF();
    const double height = 2 * kPageMargin + pages * (size.height() + kPageGap) - kPageGap;
    const double width = size.width() + 2 * kPageMargin;
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(height) - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(metric::kRowRelaxed);
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(width) - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

void PagesView::setZoom(double zoom)
{
    const double wanted = std::clamp(zoom, 0.4, 3.0);
    if (wanted == m_zoom)
        return;
    const double place =
        verticalScrollBar()->maximum() > 0
            ? static_cast<double>(verticalScrollBar()->value()) / verticalScrollBar()->maximum()
            : 0;
    m_zoom = wanted;
    m_worker.forgetPictures();
    m_asked.clear();
    layOutPages();
    verticalScrollBar()->setValue(qRound(place * verticalScrollBar()->maximum()));
    viewport()->update();
}

std::optional<report::PagePart> PagesView::chosen() const
{
    return m_plan && m_chosen != kNone ? std::optional(m_plan->places[m_chosen].part)
                                       : std::nullopt;
}

std::optional<report::PagePart> PagesView::current() const
{
    if (m_chosen != kNone || !m_plan || m_hovered == kNone)
        return chosen();
    return m_plan->places[m_hovered].part;
}

QRect PagesView::rectOf(const report::PagePart &part) const
{
    if (m_plan)
        for (const report::PlacedPart &place : m_plan->places)
            if (place.part == part)
                return boxOf(place).toRect();
    return {};
}

std::size_t PagesView::placeAt(const QPointF &at) const
{
    if (!m_plan)
        return kNone;
    std::size_t best = kNone;
    double size = 0;
    for (std::size_t i = 0; i < m_plan->places.size(); ++i) {
        const report::PlacedPart &place = m_plan->places[i];
        const QRectF box = boxOf(place);
        const double area = box.width() * box.height();
        if (place.part.block && box.contains(at) && (best == kNone || area < size)) {
            best = i;
            size = area;
        }
    }
    return best;
}

void PagesView::choose(std::size_t place)
{
    if (place == m_chosen)
        return;
    m_chosen = place;
    if (m_plan && place != kNone)
        viewport()->setAccessibleDescription(
            evidenceOf(m_plan->briefing, m_plan->places[place].part).text);
    viewport()->update();
    Q_EMIT currentChanged();
}

void PagesView::scrollTo(const report::PlacedPart &place)
{
    const QRectF box = boxOf(place);
    const double top = box.top() - kPageMargin;
    const double bottom = box.bottom() + kPageMargin - viewport()->height();
    const double move = top < 0 ? top : bottom > 0 ? std::min(bottom, top) : 0;
    verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(move));
}

void PagesView::scrollToSection(std::size_t section)
{
    if (!m_plan)
        return;
    for (const report::PlacedPart &place : m_plan->places) {
        if (place.part.section != section)
            continue;
        const double top = boxOf(place).top() - kPageMargin;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(top));
        return;
    }
}

void PagesView::step(int direction)
{
    if (!m_plan)
        return;
    const auto &places = m_plan->places;
    const auto last = static_cast<std::ptrdiff_t>(places.size());
    std::ptrdiff_t at =
        m_chosen == kNone ? (direction > 0 ? -1 : last) : static_cast<std::ptrdiff_t>(m_chosen);
    do {
        at += direction;
    } while (at >= 0 && at < last && !places[static_cast<std::size_t>(at)].part.block);
    if (at < 0 || at >= last)
        return;
    choose(static_cast<std::size_t>(at));
    scrollTo(places[static_cast<std::size_t>(at)]);
}

/// What is there already is shown meanwhile, at another size where it must be.
void PagesView::paintPicture(QPainter &painter, std::size_t page, const QRectF &paper)
{
    const Picture *kept = m_pictures.object(page);
    if (kept)
        painter.drawPixmap(paper, kept->pixmap, QRectF(kept->pixmap.rect()));
    else
        painter.fillRect(paper, Qt::white);
    const double wanted = scale();
    const auto asked = m_asked.find(page);
    if ((kept && kept->scale == wanted) || (asked != m_asked.end() && asked->second == wanted))
        return;
    m_asked[page] = wanted;
    m_worker.askPicture(page, {wanted, devicePixelRatioF()});
}

void PagesView::takePicture(std::size_t page, double scale, const QImage &image)
{
    m_asked.erase(page);
    if (!m_plan || page >= m_plan->count)
        return;
    m_pictures.insert(page, new Picture{scale, QPixmap::fromImage(image)});
    viewport()->update();
}

bool PagesView::isPainted() const
{
    if (!m_plan)
        return false;
    for (std::size_t page = 0; page < m_plan->count; ++page) {
        const Picture *kept = m_pictures.object(page);
        if (pageRect(page).intersects(viewport()->rect()) && (!kept || kept->scale != scale()))
            return false;
    }
    return true;
}

void PagesView::paintMarks(QPainter &painter, std::size_t page) const
{
    for (std::size_t i = 0; i < m_plan->places.size(); ++i) {
        const report::PlacedPart &place = m_plan->places[i];
        if (place.page != page)
            continue;
        const QRectF box = boxOf(place).adjusted(-6, -2, 6, 2);
        if (i == m_chosen) {
            painter.fillRect(box, m_theme.color(Role::Focus, 0.20));
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()),
                             m_theme.color(Role::Focus));
        } else if (i == m_hovered) {
            painter.fillRect(box, m_theme.color(Role::Accent, 0.10));
        }
        const auto change = m_changes.find(keyOf(m_plan->briefing, place.part));
        if (change == m_changes.end())
            continue;
        const bool isNew = change->second == workspace::BlockChange::New;
        const QColor color = lightPalette().roles[static_cast<std::size_t>(
            isNew ? Role::Ok : Role::Warning)]; // on paper, whatever the theme
        painter.fillRect(QRectF(box.right() + 2, box.top(), 3, box.height()), color);
        painter.setPen(color);
        painter.setFont(m_theme.font(TextSize::Tiny, TextWeight::Strong));
        painter.drawText(QRectF(box.right() + 8, box.top(), 80, 16), Qt::AlignLeft,
                         isNew ? tr("new") : tr("changed"));
    }
}

void PagesView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.color(Role::Surface0));
    if (!m_plan)
        return;
    for (std::size_t page = 0; page < m_plan->count; ++page) {
        const QRectF paper = pageRect(page);
        if (!paper.intersects(viewport()->rect()))
            continue;
        paintPicture(painter, page, paper);
        painter.setPen(QPen(m_theme.color(Role::Line), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(paper);
        paintFigureMarks(painter, page);
        paintMarks(painter, page);
    }
}

void PagesView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_worker.forgetPictures(); // of the size before
    m_asked.clear();
    layOutPages();
}

void PagesView::leaveEvent(QEvent *event)
{
    // Its evidence stays to be read until another sentence is pointed at.
    QAbstractScrollArea::leaveEvent(event);
}

void PagesView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Down: return step(1);
    case Qt::Key_Up: return step(-1);
    case Qt::Key_Home: return verticalScrollBar()->setValue(0);
    case Qt::Key_End: return verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    case Qt::Key_Escape: return choose(kNone);
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void PagesView::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    setZoom(m_zoom * std::pow(1.1, event->angleDelta().y() / 120.0));
    event->accept();
}

} // namespace chrona::ui
