// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/competition_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "oracle/chain_words.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"
#include "text/names.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

class CompetitionDelegate final : public CellDelegate {
public:
    CompetitionDelegate(const Theme &theme, const CompetitionModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const bool isOwn = m_model.isOwn(index.row());
        return {index.data().toString(),
                m_theme.font(TextSize::Small, isOwn ? TextWeight::Strong : TextWeight::Regular),
                m_theme.color(isOwn ? Role::Text1 : Role::Text2),
                index.column() == CompetitionModel::Provider ? Qt::AlignLeft : Qt::AlignRight};
    }
    QString hint(const QModelIndex &index) const override
    {
        return index.data(Qt::ToolTipRole).toString();
    }

private:
    const CompetitionModel &m_model;
};

} // namespace

CompetitionModel::CompetitionModel(workspace::OracleWatch &watch, QObject *parent)
    : QAbstractTableModel(parent), m_watch(watch)
{
    connect(&watch, &workspace::OracleWatch::providersChanged, this, &CompetitionModel::take);
    take();
}

void CompetitionModel::take()
{
    const std::string identity = m_watch.chain() ? m_watch.chain()->identity : std::string();
    if (m_watch.ranking() == m_rows && identity == m_identity)
        return;
    beginResetModel();
    m_rows = m_watch.ranking();
    m_identity = identity;
    endResetModel();
}

int CompetitionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CompetitionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

bool CompetitionModel::isOwn(int row) const
{
    return !m_identity.empty() &&
           isSameAddress(m_rows.at(static_cast<std::size_t>(row)).identity, m_identity);
}

int CompetitionModel::ownRow() const
{
    for (int row = 0; row < rowCount(); ++row)
        if (isOwn(row))
            return row;
    return -1;
}

QVariant CompetitionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ipc::FtsoProviderEpoch &each = m_rows.at(static_cast<std::size_t>(index.row()));
    if (role == Qt::ToolTipRole)
        return index.column() == Provider ? fromUtf8(each.identity)
               : index.column() == OfCap
                   ? tr("Vote power in parts of the most that counts, 2.5 % of the wrapped coin")
                   : QString();
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Rank: return each.rank > 0 ? QString::number(each.rank) : u"–"_s;
    case Provider:
        return isOwn(index.row()) ? tr("%1 (followed)").arg(shortAddress(each.identity))
                                  : shortAddress(each.identity);
    case Primary: return shareText(each.primary, each.feeds);
    case Secondary: return shareText(each.secondary, each.feeds);
    case Revealed: return shareText(each.reveals, each.rounds);
    case OfCap: return each.capShare ? percentText(*each.capShare) : u"–"_s;
    case Fee: return percentText(each.feeBips / 10'000.0);
    case Share: return percentText(each.share);
    default: return {};
    }
}

QVariant CompetitionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Rank: return tr("Rank");
    case Provider: return tr("Provider");
    case Primary: return tr("IQR");
    case Secondary: return tr("Band");
    case Revealed: return tr("Revealed");
    case OfCap: return tr("Of cap");
    case Fee: return tr("Fee");
    case Share: return tr("Weight");
    default: return {};
    }
}

CompetitionPane::CompetitionPane(workspace::OracleWatch &watch, workspace::Session &session,
                                 const Theme &theme, QWidget *parent)
    : OraclePane(watch, session, theme, parent), m_model(new CompetitionModel(watch, this)),
      m_table(new TableView(theme, this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CompetitionDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Providers of the reward epoch"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(CompetitionModel::Provider, 110);
    m_table->setExpendableColumns(
        {CompetitionModel::Share, CompetitionModel::Secondary, CompetitionModel::Fee});
    for (const int column : {CompetitionModel::Primary, CompetitionModel::Secondary,
                             CompetitionModel::Revealed, CompetitionModel::OfCap,
                             CompetitionModel::Fee, CompetitionModel::Share})
        m_table->setColumnWidth(column, 66);
    m_table->setColumnWidth(CompetitionModel::Rank, 48);
    setContent(m_table);
    connect(m_model, &QAbstractItemModel::modelReset, this, &CompetitionPane::refresh);
    connect(&watch, &workspace::OracleWatch::ledgerChanged, this, &CompetitionPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &CompetitionPane::refresh);
    refresh();
}

void CompetitionPane::refresh()
{
    const auto &ranking = m_watch.ranking();
    setHeaderNote(ranking.empty() ? QString()
                                  : tr("reward epoch %1").arg(ranking.front().rewardEpoch));
    if (m_model->rowCount() > 0)
        settle(true);
    else
        setEmpty({tr("No providers yet"),
                  tr("Who provides prices, how close they come and what they are delegated is told "
                     "here when a chain is followed: chronactl flare watch."),
                  {},
                  {}});
}

} // namespace chrona::ui
