// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/board_canvas.h"

#include "case/case_names.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "text/names.h"

#include <QAccessible>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <map>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using schema::CaseItem;
using schema::CaseItemId;
using schema::CaseItemKind;

namespace {

constexpr double kCanvasCardWidth = 208, kCanvasPinHeight = 46, kCanvasNoteHeight = 82,
                 kCanvasClaimHeight = 74;
constexpr double kCanvasGap = 20, kCanvasColumnGap = 72;
constexpr double kCanvasZoomLeast = 0.25, kCanvasZoomMost = 2;

QSizeF sizeOf(CaseItemKind kind)
{
    return {kCanvasCardWidth, kind == CaseItemKind::Pin    ? kCanvasPinHeight
                              : kind == CaseItemKind::Note ? kCanvasNoteHeight
                                                           : kCanvasClaimHeight};
}

bool isCard(CaseItemKind kind)
{
    return kind == CaseItemKind::Pin || kind == CaseItemKind::Note ||
           kind == CaseItemKind::Hypothesis;
}

/// Evidence on the left, what it is about on the right.
double columnOf(CaseItemKind kind)
{
    const int column = kind == CaseItemKind::Pin ? 0 : kind == CaseItemKind::Hypothesis ? 1 : 2;
    return column * (kCanvasCardWidth + kCanvasColumnGap);
}

void drawWrapped(QPainter &painter, const QRectF &box, const QString &text, int lines)
{
    QTextLayout layout(text, painter.font());
    layout.beginLayout();
    double top = box.top();
    for (int at = 0; at < lines; ++at) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(box.width());
        QString words = text.mid(line.textStart(), line.textLength());
        if (at + 1 == lines)
            words = painter.fontMetrics().elidedText(text.mid(line.textStart()), Qt::ElideRight,
                                                     int(box.width()));
        painter.drawText(QRectF(box.left(), top, box.width(), 16), Qt::AlignVCenter,
                         words.trimmed());
        top += 16;
    }
    layout.endLayout();
}

/// Where the way between two middles leaves a card.
QPointF edgeOf(const QRectF &box, QPointF towards)
{
    const QPointF way = towards - box.center();
    const double across = std::abs(way.x()) / (box.width() / 2);
    const double along = std::abs(way.y()) / (box.height() / 2);
    const double far = std::max({across, along, 1e-9});
    return box.center() + way / std::max(far, 1.0);
}

} // namespace

std::vector<CanvasCard> canvasCards(const std::vector<const CaseItem *> &items)
{
    std::vector<CanvasCard> cards;
    for (const CaseItem *item : items)
        if (isCard(item->kind) && (item->x != 0 || item->y != 0))
            cards.push_back({item->id, {QPointF(item->x, item->y), sizeOf(item->kind)}, true});
    std::map<double, double> ends; // of each column, as far as it is filled
    for (const CaseItem *item : items) {
        if (!isCard(item->kind) || item->x != 0 || item->y != 0)
            continue;
        const double left = columnOf(item->kind);
        QRectF box(QPointF(left, ends[left]), sizeOf(item->kind));
        const auto blocks = [&box](const CanvasCard &card) {
            return card.box
                .adjusted(-kCanvasGap / 2, -kCanvasGap / 2, kCanvasGap / 2, kCanvasGap / 2)
                .intersects(box);
        };
        for (auto other = std::ranges::find_if(cards, blocks); other != cards.end();
             other = std::ranges::find_if(cards, blocks))
            box.moveTop(other->box.bottom() + kCanvasGap);
        ends[left] = box.bottom() + kCanvasGap;
        cards.push_back({item->id, box, false});
    }
    return cards;
}

BoardCanvas::BoardCanvas(workspace::Investigations &book, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_book(book), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Canvas of the investigation"));
    connect(&book, &workspace::Investigations::currentChanged, this, [this] {
        m_selected.clear();
        m_current.reset();
        m_keepsFitting = true;
        refresh();
    });
    connect(&book, &workspace::Investigations::currentEdited, this, &BoardCanvas::refresh);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    refresh();
}

void BoardCanvas::refresh()
{
    std::vector<const CaseItem *> items;
    if (const auto *current = m_book.current())
        for (const CaseItemKind kind :
             {CaseItemKind::Pin, CaseItemKind::Hypothesis, CaseItemKind::Note})
            std::ranges::copy(current->items(kind), std::back_inserter(items));
    m_cards = canvasCards(items);
    std::erase_if(m_selected, [this](CaseItemId id) { return !find(id); });
    if (m_current && !find(*m_current))
        m_current.reset();
    if (m_keepsFitting)
        fit();
    describe();
    update();
}

/// What a reader hears of the card that keys act on.
void BoardCanvas::describe()
{
    const CaseItem *item =
        m_current && m_book.current() ? m_book.current()->find(*m_current) : nullptr;
    setAccessibleDescription(
        item ? tr("%1: %2").arg(itemKindName(item->kind), itemTitle(*item))
             : tr("%n card(s); arrow keys go from one to the next", nullptr, int(m_cards.size())));
    QAccessibleEvent news(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&news);
}

const CanvasCard *BoardCanvas::find(CaseItemId id) const
{
    const auto found = std::ranges::find(m_cards, id, &CanvasCard::id);
    return found == m_cards.end() ? nullptr : &*found;
}

const CanvasCard *BoardCanvas::cardAt(QPointF screen) const
{
    const QPointF at = toBoard(screen);
    for (auto card = m_cards.rbegin(); card != m_cards.rend(); ++card)
        if (card->box.contains(at))
            return &*card;
    return nullptr;
}

QPointF BoardCanvas::shiftOf(CaseItemId id) const
{
    return m_drag == Drag::Cards && m_selected.contains(id) ? m_shift : QPointF();
}

QRectF BoardCanvas::boxOnScreen(CaseItemId id) const
{
    const CanvasCard *card = find(id);
    return card ? QRectF(toScreen(card->box.topLeft()), card->box.size() * m_zoom) : QRectF();
}

void BoardCanvas::select(std::set<CaseItemId> items, std::optional<CaseItemId> current)
{
    m_selected = std::move(items);
    if (m_current != current) {
        m_current = current;
        Q_EMIT currentChanged(current);
    }
    describe();
    update();
}

void BoardCanvas::moveSelected(QPointF by)
{
    if (!m_book.current() || m_book.current()->isArchived() || by.isNull())
        return;
    std::vector<CaseItem> moved;
    for (const CaseItemId id : m_selected) {
        const CanvasCard *card = find(id);
        const CaseItem *item = m_book.current()->find(id);
        if (!card || !item)
            continue;
        CaseItem next = *item;
        next.x = float(std::round(card->box.left() + by.x()));
        next.y = float(std::round(card->box.top() + by.y()));
        if (next.x == 0 && next.y == 0)
            next.y = 1; // 0, 0 means that it has no place
        moved.push_back(std::move(next));
    }
    m_keepsFitting = false;
    if (!moved.empty())
        m_book.current()->change(tr("Move %n card(s)", nullptr, int(moved.size())),
                                 std::move(moved));
}

void BoardCanvas::arrange()
{
    if (!m_book.current() || m_book.current()->isArchived())
        return;
    std::vector<CaseItem> freed;
    for (const CanvasCard &card : m_cards)
        if (const CaseItem *item = m_book.current()->find(card.id); item && card.isPlaced) {
            freed.push_back(*item);
            freed.back().x = freed.back().y = 0;
        }
    m_keepsFitting = true;
    if (!freed.empty())
        m_book.current()->change(tr("Arrange the board"), std::move(freed));
    fit();
}

void BoardCanvas::fit()
{
    QRectF all;
    for (const CanvasCard &card : m_cards)
        all |= card.box;
    if (all.isEmpty() || width() < 1 || height() < 1)
        return;
    all.adjust(-kCanvasGap, -kCanvasGap, kCanvasGap, kCanvasGap);
    m_zoom =
        std::clamp(std::min(width() / all.width(), height() / all.height()), kCanvasZoomLeast, 1.0);
    m_corner = all.center() - QPointF(width(), height()) / 2 / m_zoom;
    // What does not fit begins at its beginning.
    if (all.height() * m_zoom > height())
        m_corner.setY(all.top());
    update();
}

void BoardCanvas::zoomBy(double factor, QPointF around)
{
    const QPointF stays = toBoard(around);
    m_keepsFitting = false;
    m_zoom = std::clamp(m_zoom * factor, kCanvasZoomLeast, kCanvasZoomMost);
    m_corner = stays - around / m_zoom;
    update();
}

void BoardCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Surface0));
    if (!m_book.current())
        return;
    if (m_cards.empty()) {
        painter.setPen(m_theme.color(Role::Text3));
        painter.setFont(m_theme.font(TextSize::Small));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Nothing is pinned or written yet. What is pinned appears here."));
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(m_zoom, m_zoom);
    painter.translate(-m_corner);
    paintLinks(painter);
    for (const CanvasCard &card : m_cards)
        paintCard(painter, card);
}

void BoardCanvas::paintLinks(QPainter &painter) const
{
    for (const CaseItem *link : m_book.current()->items(CaseItemKind::Link)) {
        const CanvasCard *from = find(link->from), *to = find(link->to);
        if (!from || !to)
            continue;
        const QRectF first = from->box.translated(shiftOf(link->from));
        const QRectF second = to->box.translated(shiftOf(link->to));
        const bool isFor = link->bearing == schema::Bearing::For;
        const bool isCited = link->bearing == schema::Bearing::Neutral;
        const QColor colour = m_theme.color(isCited ? Role::Text3
                                            : isFor ? Role::Ok
                                                    : Role::Warning);
        const QPointF begin = edgeOf(first, second.center()), end = edgeOf(second, first.center());
        painter.setPen(QPen(colour, isCited ? 1 : 1 + 1.5 * double(link->strength),
                            isCited ? Qt::DashLine : Qt::SolidLine));
        painter.drawLine(begin, end);
        if (isCited)
            continue;
        // A sign beside the colour.
        const QPointF middle = (begin + end) / 2;
        painter.setBrush(m_theme.color(Role::Surface0));
        painter.setPen(QPen(colour, 1));
        painter.drawEllipse(middle, 8, 8);
        painter.setFont(m_theme.font(TextSize::Tiny, TextWeight::Strong));
        painter.drawText(QRectF(middle - QPointF(8, 8), QSizeF(16, 16)), Qt::AlignCenter,
                         isFor ? u"+"_s : u"−"_s);
    }
}

void BoardCanvas::paintCard(QPainter &painter, const CanvasCard &card) const
{
    const CaseItem *item = m_book.current()->find(card.id);
    if (!item)
        return;
    const QRectF box = card.box.translated(shiftOf(card.id));
    const bool isSelected = m_selected.contains(card.id);
    const bool isCurrent = m_current == card.id;
    painter.setPen(QPen(m_theme.color(isSelected ? Role::Focus : Role::Line), isCurrent ? 2 : 1));
    painter.setBrush(
        m_theme.color(item->kind == CaseItemKind::Pin ? Role::Surface1 : Role::Surface2));
    painter.drawRoundedRect(box, metric::kRadius, metric::kRadius);
    const QString icon = item->kind == CaseItemKind::Pin    ? pinKindIcon(item->target.kind)
                         : item->kind == CaseItemKind::Note ? u"note"_s
                                                            : u"hypothesis"_s;
    m_theme.icon(icon, Role::Text3)
        .paint(&painter, QRect(int(box.left()) + 8, int(box.top()) + 7, 14, 14));
    const QRectF text = box.adjusted(28, 6, -8, -6);
    painter.setFont(m_theme.font(TextSize::Small, item->kind == CaseItemKind::Hypothesis
                                                      ? TextWeight::Strong
                                                      : TextWeight::Regular));
    painter.setPen(m_theme.color(Role::Text1));
    const bool isClaim = item->kind == CaseItemKind::Hypothesis;
    const QString words = item->kind == CaseItemKind::Note && item->title.empty()
                              ? fromUtf8(item->text)
                              : itemTitle(*item);
    drawWrapped(painter, text, words.simplified(),
                isClaim || item->kind == CaseItemKind::Pin ? 2 : 4);
    if (!isClaim)
        return;
    painter.setFont(m_theme.font(TextSize::Tiny));
    painter.setPen(m_theme.color(Role::Text2));
    painter.drawText(QRectF(text.left(), box.bottom() - 26, text.width(), 14), Qt::AlignVCenter,
                     tr("%1 % sure").arg(qRound(item->confidence * 100)));
    const QRectF bar(text.left(), box.bottom() - 9, text.width(), 3);
    painter.fillRect(bar, m_theme.color(Role::Line));
    painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * double(item->confidence), 3)),
                     m_theme.color(Role::Accent));
}

} // namespace chrona::ui
