// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tables/empty_hint.h"

#include "chrona/ui/theme.h"

#include <QAbstractItemView>
#include <QEvent>

using namespace Qt::StringLiterals;

namespace chrona::ui {

EmptyHint::EmptyHint(QAbstractItemView &view, const QString &hint)
    : QLabel(view.viewport()), m_view(view)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setContentsMargins(metric::kGap, metric::kPadding, metric::kGap, metric::kPadding);
    setProperty("tone", u"hint"_s);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    const QAbstractItemModel *model = view.model();
    connect(model, &QAbstractItemModel::modelReset, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyHint::refresh);
    view.viewport()->installEventFilter(this);
    setHint(hint);
}

void EmptyHint::setHint(const QString &hint)
{
    setText(hint);
    refresh();
}

bool EmptyHint::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        refresh();
    return QLabel::eventFilter(watched, event);
}

void EmptyHint::refresh()
{
    const bool isEmpty = m_view.model()->rowCount() == 0 && !text().isEmpty();
    m_view.setAccessibleDescription(isEmpty ? text() : QString());
    if (isEmpty)
        setGeometry(m_view.viewport()->rect());
    setVisible(isEmpty);
}

} // namespace chrona::ui
