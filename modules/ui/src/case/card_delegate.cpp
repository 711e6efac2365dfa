// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/card_delegate.h"

#include "case/case_items_model.h"
#include "case/case_names.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "text/names.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>
#include <QTextOption>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using schema::Bearing;
using schema::CaseItem;
using schema::CaseItemKind;

namespace {

constexpr int kNoteLines = 6; ///< a longer one ends in an ellipsis; the editor shows all of it
constexpr int kClaimLines = 2;
constexpr int kEvidenceLines = 3;
constexpr int kLine = 16;
constexpr int kGapOfParts = 4;
constexpr int kMeta = 14;
constexpr QMargins kAroundCard(8, 4, 8, 4), kInCard(12, 8, 10, 6);

QTextOption wrapped()
{
    QTextOption wrap(Qt::AlignLeft);
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return wrap;
}

int lineCount(const QString &text, const QFont &font, int width, int linesMax)
{
    QTextLayout layout(text, font);
    layout.setTextOption(wrapped());
    layout.beginLayout();
    int lines = 0;
    while (lines < linesMax) {
        QTextLine made = layout.createLine();
        if (!made.isValid())
            break;
        made.setLineWidth(width);
        ++lines;
    }
    layout.endLayout();
    return lines;
}

/// Draws text in at most so many lines, the last one ending in an ellipsis where more follows.
void drawLines(QPainter &painter, const QRect &box, const QString &text, int linesMax)
{
    QTextLayout layout(text, painter.font());
    layout.setTextOption(wrapped());
    layout.beginLayout();
    for (int line = 0; line < linesMax; ++line) {
        QTextLine made = layout.createLine();
        if (!made.isValid())
            break;
        made.setLineWidth(box.width());
        const QRect room(box.left(), box.top() + line * kLine, box.width(), kLine);
        const bool isLast = line + 1 == linesMax;
        const QString rest =
            text.mid(made.textStart(), isLast ? qsizetype(-1) : qsizetype(made.textLength()));
        painter.drawText(
            room, Qt::AlignVCenter,
            painter.fontMetrics().elidedText(rest.simplified(), Qt::ElideRight, room.width()));
    }
    layout.endLayout();
}

} // namespace

CardDelegate::CardDelegate(const Theme &theme, workspace::Investigations &book,
                           const CaseItemsModel &model, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_book(book), m_model(model)
{
}

QSize CardDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const CaseItem *item = m_model.item(index);
    if (!item || !m_book.current())
        return {};
    constexpr int kLeast = 200;
    const auto *list = qobject_cast<const QAbstractItemView *>(option.widget);
    const QMargins around = kAroundCard + kInCard;
    const int width =
        std::max(kLeast, list ? list->viewport()->width() : 0) - around.left() - around.right();
    const int content = item->kind == CaseItemKind::Hypothesis ? claimHeight(*item, width)
                                                               : noteHeight(*item, width);
    return {kLeast, content + kGapOfParts + kMeta + around.top() + around.bottom()};
}

int CardDelegate::noteHeight(const CaseItem &note, int width) const
{
    const int lines =
        lineCount(fromUtf8(note.text), m_theme.font(TextSize::Small), width, kNoteLines);
    return (note.title.empty() ? 0 : kLine + 2) + lines * kLine;
}

int CardDelegate::claimHeight(const CaseItem &claim, int width) const
{
    std::size_t most = 0;
    for (const Bearing bearing : {Bearing::For, Bearing::Against})
        most = std::max(most, evidence(claim, bearing).size());
    const auto lines = static_cast<int>(std::min<std::size_t>(most, kEvidenceLines));
    return (titleLines(claim, width) + 1 + 1 + lines) * kLine + 2 * kGapOfParts;
}

int CardDelegate::titleLines(const CaseItem &claim, int width) const
{
    return lineCount(fromUtf8(claim.title), m_theme.font(TextSize::Small, TextWeight::Strong),
                     width, kClaimLines);
}

std::vector<const CaseItem *> CardDelegate::evidence(const CaseItem &claim, Bearing bearing) const
{
    auto links = m_book.current()->linksTo(claim.id);
    std::erase_if(links, [bearing](const CaseItem *link) { return link->bearing != bearing; });
    return links;
}

void CardDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const CaseItem *item = m_model.item(index);
    if (!item || !m_book.current())
        return;
    painter->save();
    const QRect card = option.rect.marginsRemoved(kAroundCard);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isUnderPointer = option.state.testFlag(QStyle::State_MouseOver);
    painter->fillRect(card, m_theme.color(isUnderPointer ? Role::Surface3 : Role::Surface2));
    if (isSelected) {
        painter->fillRect(card, m_theme.color(Role::Focus, 0.10));
        painter->fillRect(QRect(card.topLeft(), QSize(2, card.height())),
                          m_theme.color(Role::Focus));
    }
    const QRect box = card.marginsRemoved(kInCard);
    if (item->kind == CaseItemKind::Hypothesis)
        paintHypothesis(*painter, box, *item);
    else
        paintNote(*painter, box, *item);
    paintMeta(*painter, QRect(box.left(), box.bottom() + 1 - kMeta, box.width(), kMeta), *item);
    painter->restore();
}

void CardDelegate::paintNote(QPainter &painter, const QRect &box, const CaseItem &note) const
{
    QRect room = box;
    if (!note.title.empty()) {
        painter.setFont(m_theme.font(TextSize::Small, TextWeight::Strong));
        painter.setPen(m_theme.color(Role::Text1));
        drawLines(painter, room, fromUtf8(note.title), 1);
        room.setTop(room.top() + kLine + 2);
    }
    painter.setFont(m_theme.font(TextSize::Small));
    painter.setPen(m_theme.color(note.title.empty() ? Role::Text1 : Role::Text2));
    drawLines(painter, room, fromUtf8(note.text), kNoteLines);
}

void CardDelegate::paintHypothesis(QPainter &painter, const QRect &box, const CaseItem &claim) const
{
    painter.setFont(m_theme.font(TextSize::Small, TextWeight::Strong));
    painter.setPen(m_theme.color(Role::Text1));
    drawLines(painter, box, fromUtf8(claim.title), kClaimLines);
    const int under = box.top() + titleLines(claim, box.width()) * kLine + kGapOfParts;
    paintConfidence(painter, QRect(box.left(), under, box.width(), kLine), claim.confidence);
    const int half = (box.width() - 12) / 2;
    const QRect left(box.left(), under + kLine + kGapOfParts, half, (kEvidenceLines + 1) * kLine);
    paintEvidence(painter, left, claim, Bearing::For);
    paintEvidence(painter, left.translated(half + 12, 0), claim, Bearing::Against);
}

void CardDelegate::paintConfidence(QPainter &painter, const QRect &box, float confidence) const
{
    const QString words = tr("%1 % sure").arg(qRound(confidence * 100));
    painter.setFont(m_theme.font(TextSize::Tiny));
    painter.setPen(m_theme.color(Role::Text2));
    painter.drawText(box, Qt::AlignVCenter, words);
    const int begin = painter.fontMetrics().horizontalAdvance(words) + 10;
    const QRect bar(box.left() + begin, box.center().y() - 1, std::min(160, box.width() - begin),
                    3);
    painter.fillRect(bar, m_theme.color(Role::Line));
    painter.fillRect(
        QRect(bar.left(), bar.top(), qRound(static_cast<float>(bar.width()) * confidence), 3),
        m_theme.color(Role::Accent));
}

void CardDelegate::paintEvidence(QPainter &painter, const QRect &box, const CaseItem &claim,
                                 Bearing bearing) const
{
    const auto links = evidence(claim, bearing);
    const bool isFor = bearing == Bearing::For;
    painter.setFont(m_theme.font(TextSize::Tiny, TextWeight::Strong));
    painter.setPen(m_theme.color(isFor ? Role::Ok : Role::Warning));
    const QString heading = isFor ? tr("▲ %1 for") : tr("▼ %1 against");
    painter.drawText(QRect(box.left(), box.top(), box.width(), kLine), Qt::AlignVCenter,
                     heading.arg(links.size()));
    painter.setFont(m_theme.font(TextSize::Tiny));
    painter.setPen(m_theme.color(Role::Text2));
    const std::size_t shown = std::min<std::size_t>(links.size(), kEvidenceLines);
    for (std::size_t i = 0; i < shown; ++i) {
        const CaseItem *pin = m_book.current()->find(links[i]->from);
        const QRect room(box.left(), box.top() + static_cast<int>(i + 1) * kLine, box.width(),
                         kLine);
        const bool isMore = i + 1 == shown && links.size() > shown;
        const QString words =
            isMore ? tr("and %1 more").arg(links.size() - shown + 1) : itemTitle(*pin);
        painter.drawText(room, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(words, Qt::ElideRight, room.width()));
    }
}

void CardDelegate::paintMeta(QPainter &painter, const QRect &box, const CaseItem &item) const
{
    QStringList words;
    if (m_book.current()->conflicts().contains(item.id.value))
        words += tr("⚠ changed elsewhere");
    if (!item.copyOf.isNull())
        words += tr("another version");
    const auto cited = std::ranges::count(m_book.current()->linksTo(item.id), Bearing::Neutral,
                                          [](const CaseItem *link) { return link->bearing; });
    if (cited > 0)
        words += tr("%1 cited").arg(cited);
    for (const std::string &tag : item.tags)
        words += u'#' + fromUtf8(tag);
    words += agoText(nowInstant() - item.changedAt);
    painter.setFont(m_theme.font(TextSize::Tiny));
    painter.setPen(m_theme.color(words.first().startsWith(u'⚠') ? Role::Warning : Role::Text3));
    painter.drawText(
        box, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(words.join(u" · "_s), Qt::ElideRight, box.width()));
}

} // namespace chrona::ui
