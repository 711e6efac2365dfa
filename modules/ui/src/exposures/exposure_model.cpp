// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exposures/exposure_model.h"

#include "text/names.h"

#include <QLocale>

#include <algorithm>

namespace chrona::ui {

using workspace::ExposureRule;

namespace {

QString weightText(double weight)
{
    return QLocale().toString(weight, 'f', 2);
}

} // namespace

ExposureModel::ExposureModel(const workspace::ExposureBook &book, QObject *parent)
    : QAbstractTableModel(parent), m_book(book)
{
    connect(&book, &workspace::ExposureBook::changed, this, &ExposureModel::refresh);
    refresh();
}

void ExposureModel::setSearch(const QString &text)
{
    m_search = text.trimmed();
    refresh();
}

void ExposureModel::refresh()
{
    beginResetModel();
    m_rules.clear();
    for (const ExposureRule &rule : m_book.rules()) {
        const auto has = [this](const std::string &text) {
            return fromUtf8(text).contains(m_search, Qt::CaseInsensitive);
        };
        if (m_search.isEmpty() || has(rule.from) || has(rule.to) || has(rule.why))
            m_rules.push_back(rule);
    }
    endResetModel();
}

const ExposureRule &ExposureModel::rule(int row) const
{
    return m_rules[static_cast<std::size_t>(row)];
}

int ExposureModel::rowOf(const std::string &from, const std::string &to) const
{
    const auto found = std::ranges::find_if(
        m_rules, [&](const ExposureRule &rule) { return rule.from == from && rule.to == to; });
    return found == m_rules.end() ? -1 : static_cast<int>(found - m_rules.begin());
}

int ExposureModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rules.size());
}

int ExposureModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ExposureModel::originText(const ExposureRule &rule)
{
    if (!rule.own)
        return tr("ships");
    if (!rule.shipped)
        return tr("own");
    return rule.weight > 0 ? tr("changed, ships with %1").arg(weightText(*rule.shipped))
                           : tr("switched off, ships with %1").arg(weightText(*rule.shipped));
}

QVariant ExposureModel::data(const QModelIndex &index, int role) const
{
    const ExposureRule &rule = this->rule(index.row());
    if (role == Qt::AccessibleTextRole && index.column() == From)
        return tr("%1 moves %2, weight %3, %4")
            .arg(fromUtf8(rule.from), fromUtf8(rule.to), weightText(rule.weight), originText(rule));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case From: return fromUtf8(rule.from);
    case To: return fromUtf8(rule.to);
    case Weight: return weightText(rule.weight);
    case Origin: return originText(rule);
    case Why: return fromUtf8(rule.why);
    default: return {};
    }
}

QVariant ExposureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (section == Weight ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case From: return tr("What happens");
    case To: return tr("What it moves");
    case Weight: return tr("Weight");
    case Origin: return tr("Origin");
    case Why: return tr("Why");
    default: return {};
    }
}

} // namespace chrona::ui
