// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/conflict_dialog.h"

#include "case/case_names.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigation.h"
#include "text/names.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

using schema::CaseItem;
using workspace::Investigation;

constexpr int kVersionRole = Qt::UserRole;
constexpr qsizetype kVersionWords = 300;

/// All that a version says, so that two that differ look different.
QString versionWords(const CaseItem &item)
{
    if (item.removed)
        return ConflictDialog::tr("removed");
    QStringList parts;
    if (!item.title.empty())
        parts += fromUtf8(item.title);
    if (!item.text.empty())
        parts += fromUtf8(item.text);
    if (parts.isEmpty())
        parts += itemTitle(item);
    if (item.kind == schema::CaseItemKind::Hypothesis)
        parts += ConflictDialog::tr("%1 % sure").arg(qRound(item.confidence * 100));
    if (item.kind == schema::CaseItemKind::Link)
        parts += bearingName(item.bearing);
    if (!item.tags.empty()) {
        QStringList tags;
        for (const std::string &tag : item.tags)
            tags += fromUtf8(tag);
        parts += ConflictDialog::tr("tags: %1").arg(tags.join(u", "_s));
    }
    if (item.x != 0 || item.y != 0)
        parts += ConflictDialog::tr("at %1, %2 on the board")
                     .arg(qRound(double(item.x)))
                     .arg(qRound(double(item.y)));
    return parts.join(u" · "_s).simplified().left(kVersionWords);
}

} // namespace

ConflictDialog::ConflictDialog(Investigation &investigation, QWidget *parent)
    : QDialog(parent), m_investigation(&investigation), m_tree(new QTreeWidget(this)),
      m_ours(new QPushButton(tr("Keep mine"), this)),
      m_theirs(new QPushButton(tr("Take theirs"), this))
{
    setWindowTitle(tr("Changed twice"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(metric::kGap);
    auto *why = new QLabel(tr("Another window changed these while you did. Yours are kept here, "
                              "theirs are stored, until you choose."),
                           this);
    why->setWordWrap(true);
    column->addWidget(why);
    m_tree->setAccessibleName(tr("What was changed twice"));
    m_tree->setHeaderLabels({tr("What"), tr("Yours"), tr("Theirs")});
    m_tree->setRootIsDecorated(false);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setSectionResizeMode(QHeaderView::Stretch);
    column->addWidget(m_tree, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_ours);
    buttons->addWidget(m_theirs);
    buttons->addStretch(1);
    auto *later = new QPushButton(tr("Later"), this);
    buttons->addWidget(later);
    column->addLayout(buttons);
    connect(m_ours, &QPushButton::clicked, this, [this] { decide(true); });
    connect(m_theirs, &QPushButton::clicked, this, [this] { decide(false); });
    connect(later, &QPushButton::clicked, this, &QDialog::reject);
    connect(&investigation, &Investigation::changed, this, &ConflictDialog::refresh);
    resize(720, 360);
    refresh();
}

void ConflictDialog::refresh()
{
    const auto *current = m_tree->currentItem();
    const qint64 chosen = current ? current->data(0, kVersionRole).toLongLong() : 0;
    m_tree->clear();
    if (!m_investigation)
        return reject();
    for (const auto &[id, ours] : m_investigation->conflicts()) {
        const CaseItem *theirs = m_investigation->find({id});
        auto *line =
            new QTreeWidgetItem(m_tree, {itemKindName(ours.kind), versionWords(ours),
                                         theirs ? versionWords(*theirs) : tr("not stored")});
        for (int column = 0; column < m_tree->columnCount(); ++column)
            line->setToolTip(column, line->text(column));
        line->setData(0, kVersionRole, qint64{id});
        if (id == chosen || !m_tree->currentItem())
            m_tree->setCurrentItem(line);
    }
    if (m_tree->topLevelItemCount() == 0)
        accept();
}

void ConflictDialog::decide(bool keepsOurs)
{
    const auto *line = m_tree->currentItem();
    if (!line || !m_investigation)
        return;
    m_investigation->resolve({line->data(0, kVersionRole).toLongLong()},
                             keepsOurs ? Investigation::Resolution::KeepOurs
                                       : Investigation::Resolution::TakeTheirs,
                             tr("Keep my version"));
}

} // namespace chrona::ui
