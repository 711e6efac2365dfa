// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/caption_dialog.h"

#include "case/case_names.h"
#include "chrona/ui/theme.h"
#include "text/names.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr qsizetype kTagMax = 40;
constexpr int kCaptionMax = 160;

} // namespace

std::vector<std::string> tagsFrom(const QString &line)
{
    std::vector<std::string> tags;
    for (const QString &tag : line.split(u',', Qt::SkipEmptyParts))
        if (const QString word = tag.simplified().left(kTagMax); !word.isEmpty())
            tags.push_back(word.toStdString());
    std::ranges::sort(tags);
    const auto twice = std::ranges::unique(tags);
    tags.erase(twice.begin(), twice.end());
    return tags;
}

QString tagsText(const std::vector<std::string> &tags)
{
    QStringList words;
    for (const std::string &tag : tags)
        words += fromUtf8(tag);
    return words.join(u", "_s);
}

CaptionDialog::CaptionDialog(schema::CaseItem item, QWidget *parent)
    : QDialog(parent), m_item(std::move(item)), m_caption(new QLineEdit(this)),
      m_tags(new QLineEdit(this))
{
    const bool isPin = m_item.kind == schema::CaseItemKind::Pin;
    setWindowTitle(isPin ? tr("Caption and tags") : tr("Title and tags"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(metric::kGap);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_caption->setMaxLength(kCaptionMax);
    m_caption->setText(fromUtf8(m_item.title));
    m_caption->setAccessibleName(isPin ? tr("Caption") : tr("Title"));
    if (isPin)
        m_caption->setPlaceholderText(itemTitle(m_item).left(kCaptionMax));
    m_tags->setText(tagsText(m_item.tags));
    m_tags->setAccessibleName(tr("Tags"));
    m_tags->setPlaceholderText(tr("Tags, separated by commas"));
    form->addRow(m_caption->accessibleName(), m_caption);
    form->addRow(m_tags->accessibleName(), m_tags);
    column->addLayout(form);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *keep = new QPushButton(tr("Keep"), this);
    keep->setProperty("primary", true);
    keep->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(keep);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(keep, &QPushButton::clicked, this, &QDialog::accept);
    setMinimumWidth(460);
}

schema::CaseItem CaptionDialog::item() const
{
    schema::CaseItem item = m_item;
    const std::string caption = m_caption->text().trimmed().toStdString();
    // An investigation is called something; a pin without a caption is called by what is pinned.
    if (!caption.empty() || item.kind == schema::CaseItemKind::Pin)
        item.title = caption;
    item.tags = tagsFrom(m_tags->text());
    return item;
}

} // namespace chrona::ui
