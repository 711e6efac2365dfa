// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/case_dialogs.h"

#include "case/case_names.h"
#include "chrona/base/hash.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/case_compare.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

using schema::CaseItem;
using schema::CaseItemKind;

QTreeWidget *caseTree(const QString &name, const QStringList &titles, QWidget *parent)
{
    auto *tree = new QTreeWidget(parent);
    tree->setAccessibleName(name);
    tree->setHeaderLabels(titles);
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->setUniformRowHeights(true);
    tree->setFrameShape(QFrame::NoFrame);
    return tree;
}

QTreeWidgetItem *caseHeading(QTreeWidget &tree, const QString &text, std::size_t count)
{
    auto *heading = new QTreeWidgetItem(
        &tree, {u"%1 (%2)"_s.arg(text, countText(static_cast<qint64>(count)))});
    heading->setFirstColumnSpanned(true);
    heading->setExpanded(true);
    return heading;
}

QString titleOf(const schema::Investigation &investigation)
{
    const CaseItem *head = schema::headOf(investigation);
    return head ? fromUtf8(head->title) : QString();
}

QVBoxLayout *frame(QDialog &dialog, const QString &lead, QTreeWidget *tree)
{
    auto *column = new QVBoxLayout(&dialog);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(metric::kGap);
    auto *label = new QLabel(lead, &dialog);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // a stranger may have written it
    column->addWidget(label);
    column->addWidget(tree, 1);
    dialog.resize(720, 520);
    return column;
}

/// What bears on an item, beneath it.
void addLinks(const schema::Investigation &investigation, const CaseItem &item,
              QTreeWidgetItem &line)
{
    for (const CaseItem &link : investigation.items) {
        if (link.kind != CaseItemKind::Link || link.removed || link.to != item.id)
            continue;
        const auto pin = std::ranges::find(investigation.items, link.from, &CaseItem::id);
        if (pin != investigation.items.end() && !pin->removed)
            new QTreeWidgetItem(&line, {u"%1: %2"_s.arg(bearingName(link.bearing),
                                                        itemTitle(*pin))});
    }
}

} // namespace

CaseFileDialog::CaseFileDialog(const schema::Investigation &investigation, const Theme &,
                               const QString &fileName, QWidget *parent)
    : QDialog(parent),
      m_tree(caseTree(tr("The investigation in the file"), {tr("What"), tr("Kept as"), tr("When")},
                      this))
{
    setWindowTitle(tr("%1, to be read").arg(fileName));
    auto *column = frame(*this, titleOf(investigation), m_tree);
    auto *buttons = new QHBoxLayout;
    auto *take = new QPushButton(tr("Import…"), this);
    auto *close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    buttons->addWidget(take);
    buttons->addStretch(1);
    buttons->addWidget(close);
    column->addLayout(buttons);
    connect(take, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT importWanted();
    });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    m_tree->setColumnWidth(1, 180);
    m_tree->setColumnWidth(2, 130);
    fill(investigation);
}

void CaseFileDialog::fill(const schema::Investigation &investigation)
{
    for (const CaseItemKind kind :
         {CaseItemKind::Hypothesis, CaseItemKind::Note, CaseItemKind::Pin}) {
        std::vector<const CaseItem *> items;
        for (const CaseItem &item : investigation.items)
            if (item.kind == kind && !item.removed)
                items.push_back(&item);
        if (items.empty())
            continue;
        QTreeWidgetItem *heading = caseHeading(*m_tree, itemKindName(kind), items.size());
        for (const CaseItem *item : items) {
            const bool isKept = item->evidence != Hash128{};
            auto *line = new QTreeWidgetItem(
                heading, {itemTitle(*item),
                          item->withheld ? tr("withheld by its source's terms")
                          : isKept       ? fromUtf8(toHex(item->evidence.bytes)).left(16)
                                         : QString(),
                          TimeText{}.minute(item->changedAt)});
            line->setToolTip(0, fromUtf8(item->text));
            addLinks(investigation, *item, *line);
        }
    }
    QTreeWidgetItem *work = caseHeading(*m_tree, tr("Own work"), investigation.steps.size());
    for (const schema::CaseStep &step : investigation.steps)
        new QTreeWidgetItem(work, {u"%1: %2"_s.arg(actionName(step.action), fromUtf8(step.summary)),
                                   QString(), TimeText{}.minute(step.at)});
}

CaseCompareDialog::CaseCompareDialog(const schema::Investigation &first,
                                     const schema::Investigation &second, const Theme &,
                                     QWidget *parent)
    : QDialog(parent), m_tree(caseTree(tr("Two investigations compared"), {tr("What")}, this))
{
    const QString ours = titleOf(first), theirs = titleOf(second);
    setWindowTitle(tr("Compare"));
    auto *column = frame(*this, tr("“%1” and “%2”").arg(ours, theirs), m_tree);
    auto *close = new QPushButton(tr("Close"), this);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    column->addWidget(close, 0, Qt::AlignRight);
    const workspace::CaseComparison comparison = workspace::compare(first, second);
    const auto add = [this](const QString &text, const std::vector<schema::PinTarget> &targets) {
        QTreeWidgetItem *heading = caseHeading(*m_tree, text, targets.size());
        for (const schema::PinTarget &target : targets)
            new QTreeWidgetItem(heading, {u"%1: %2"_s.arg(pinKindName(target.kind),
                                                          targetName(target))});
    };
    add(tr("Pinned in both"), comparison.both);
    add(tr("Kept otherwise in one than in the other"), comparison.seenOtherwise);
    add(tr("Only in “%1”").arg(ours), comparison.onlyFirst);
    add(tr("Only in “%1”").arg(theirs), comparison.onlySecond);
    QTreeWidgetItem *tags =
        caseHeading(*m_tree, tr("Tags of both"), comparison.sharedTags.size());
    for (const std::string &tag : comparison.sharedTags)
        new QTreeWidgetItem(tags, {fromUtf8(tag)});
}

} // namespace chrona::ui
