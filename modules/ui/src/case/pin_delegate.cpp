// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/pin_delegate.h"

#include "case/case_items_model.h"
#include "case/case_names.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "text/names.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kHeadingHeight = 24;
constexpr int kPinHeight = 40;

} // namespace

PinDelegate::PinDelegate(const Theme &theme, workspace::Investigations &book,
                         const CaseItemsModel &model, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_book(book), m_model(model)
{
}

QSize PinDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool opens = index.data(CaseItemsModel::OpensGroupRole).toBool();
    return {160, kPinHeight + (opens ? kHeadingHeight : 0)};
}

QString PinDelegate::detail(const QModelIndex &index) const
{
    const schema::CaseItem *pin = m_model.item(index);
    if (!pin || !m_book.current())
        return {};
    QStringList words;
    if (const QString target = targetDetail(pin->target, m_times); !target.isEmpty())
        words += target;
    if (const schema::CaseEvidence *evidence = m_book.current()->evidenceOf(*pin)) {
        if (!evidence->source.empty())
            words += fromUtf8(evidence->source);
        if (evidence->synthetic)
            words += tr("synthetic");
    }
    for (const std::string &tag : pin->tags)
        words += u"#"_s + fromUtf8(tag);
    words += tr("pinned %1").arg(agoText(nowInstant() - pin->createdAt));
    return words.join(u" · "_s);
}

void PinDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    const schema::CaseItem *pin = m_model.item(index);
    if (!pin)
        return;
    painter->save();
    QRect box = option.rect;
    if (index.data(CaseItemsModel::OpensGroupRole).toBool()) {
        const QRect heading(box.topLeft(), QSize(box.width(), kHeadingHeight));
        painter->fillRect(heading, m_theme.color(Role::Surface2));
        painter->setFont(m_theme.font(TextSize::Tiny, TextWeight::Strong));
        painter->setPen(m_theme.color(Role::Text2));
        painter->drawText(heading.adjusted(12, 0, -8, 0), Qt::AlignVCenter,
                          pinKindName(pin->target.kind));
        box.setTop(box.top() + kHeadingHeight);
    }
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(box, m_theme.color(Role::Focus, 0.14));
        painter->fillRect(QRect(box.topLeft(), QSize(2, box.height())), m_theme.color(Role::Focus));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(box, m_theme.color(Role::Surface2));
    }
    m_theme.icon(pinKindIcon(pin->target.kind), Role::Text2)
        .paint(painter, QRect(box.left() + 12, box.top() + 5, 14, 14));
    const QRect text = box.adjusted(34, 3, -8, -3);
    painter->setFont(m_theme.font(TextSize::Small));
    painter->setPen(m_theme.color(pin->withheld ? Role::Text3 : Role::Text1));
    const QFontMetrics first = painter->fontMetrics();
    painter->drawText(QRect(text.left(), text.top(), text.width(), 18), Qt::AlignVCenter,
                      first.elidedText(itemTitle(*pin), Qt::ElideRight, text.width()));
    painter->setFont(m_theme.font(TextSize::Tiny));
    painter->setPen(m_theme.color(Role::Text3));
    const QFontMetrics second = painter->fontMetrics();
    painter->drawText(QRect(text.left(), text.top() + 18, text.width(), 15), Qt::AlignVCenter,
                      second.elidedText(detail(index), Qt::ElideRight, text.width()));
    painter->restore();
}

} // namespace chrona::ui
