// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/provider_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "inspector/fact_sections.h"
#include "oracle/chain_words.h"
#include "oracle/provider_conditions.h"
#include "oracle/provider_money.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"
#include "text/names.h"

#include <QFileDialog>
#include <QSaveFile>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

constexpr int kBestQuarter = 75;
constexpr double kAvailable = 0.999;

class HistoryDelegate final : public CellDelegate {
public:
    HistoryDelegate(const Theme &theme, const ProviderHistoryModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        if (index.column() == ProviderHistoryModel::Epoch)
            return {text, m_theme.font(TextSize::Small, TextWeight::Strong),
                    m_theme.color(Role::Text1)};
        const bool isBelow = m_model.isBelowGoal(index.row(), index.column());
        return {text, m_theme.font(TextSize::Small),
                m_theme.color(isBelow ? Role::Warning : Role::Text2), Qt::AlignRight};
    }
    QString hint(const QModelIndex &index) const override
    {
        return index.data(Qt::ToolTipRole).toString();
    }

private:
    const ProviderHistoryModel &m_model;
};

QString nameOfMode(std::string_view mode)
{
    if (mode == "submit")
        return ProviderPane::tr("%1, submitted to");
    return mode == "rehearse" ? ProviderPane::tr("%1, rehearsed") : ProviderPane::tr("%1, watched");
}

QString contractsText(const ipc::FlareStatusReply &chain)
{
    QStringList changed;
    for (const ipc::FlareContract &contract : chain.contracts)
        if (contract.changed)
            changed += fromUtf8(contract.name);
    if (chain.contracts.empty())
        return ProviderPane::tr("not read yet");
    if (changed.isEmpty())
        return ProviderPane::tr("%n contract(s), as when they were first read", nullptr,
                                static_cast<int>(chain.contracts.size()));
    return ProviderPane::tr("changed: %1").arg(changed.join(u", "_s));
}

QString nodesText(const ipc::FlareStatusReply &chain)
{
    const auto apart = std::ranges::count_if(
        chain.endpoints, [](const ipc::FlareEndpoint &each) { return each.disagrees; });
    const auto well = std::ranges::count_if(chain.endpoints, [](const ipc::FlareEndpoint &each) {
        return each.problem.empty() && !each.disagrees;
    });
    if (apart > 0)
        return ProviderPane::tr("%n of them follow(s) another chain", nullptr,
                                static_cast<int>(apart));
    return ProviderPane::tr("%1 of %2 answer well").arg(well).arg(chain.endpoints.size());
}

} // namespace

ProviderHistoryModel::ProviderHistoryModel(workspace::OracleWatch &watch, QObject *parent)
    : QAbstractTableModel(parent), m_watch(watch)
{
    connect(&watch, &workspace::OracleWatch::providersChanged, this, &ProviderHistoryModel::take);
    take();
}

void ProviderHistoryModel::take()
{
    const auto &economics = m_watch.economics();
    const std::vector<ipc::FtsoEpochMoney> money =
        economics ? economics->epochs : std::vector<ipc::FtsoEpochMoney>{};
    const QString coin = economics ? fromUtf8(economics->coin) : QString();
    if (m_watch.history() == m_rows && money == m_money && coin == m_coin)
        return;
    beginResetModel();
    m_rows = m_watch.history();
    m_money = money;
    m_coin = coin;
    endResetModel();
}

int ProviderHistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ProviderHistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const ipc::FtsoEpochMoney *ProviderHistoryModel::moneyOf(std::int64_t rewardEpoch) const
{
    const auto found = std::ranges::find(m_money, rewardEpoch, &ipc::FtsoEpochMoney::rewardEpoch);
    return found == m_money.end() ? nullptr : &*found;
}

bool ProviderHistoryModel::isBelowGoal(int row, int column) const
{
    const ipc::FtsoProviderEpoch &each = m_rows.at(static_cast<std::size_t>(row));
    if (column == Revealed)
        return each.rounds > 0 &&
               static_cast<double>(each.reveals) < kAvailable * static_cast<double>(each.rounds);
    const auto percentile = percentileOf(each);
    return column == Percentile && percentile && *percentile < kBestQuarter;
}

QVariant ProviderHistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ipc::FtsoProviderEpoch &each = m_rows.at(static_cast<std::size_t>(index.row()));
    if (role == Qt::ToolTipRole) {
        if (index.column() == Percentile && each.rank > 0)
            return tr("Rank %1 of %2; the best quarter begins at 75")
                .arg(each.rank)
                .arg(each.voters);
        if (index.column() == Revealed)
            return tr("%1 of %2 rounds revealed in time, %3 signed")
                .arg(each.reveals)
                .arg(each.rounds)
                .arg(each.signatures);
        if (index.column() == DataConnector)
            return connectorHint(each);
        if (index.column() == FastUpdates)
            return updatesHint(each);
        if (index.column() == Passes || index.column() == Staking)
            return conditionHint(each);
        return {};
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const ipc::FtsoEpochMoney *money = moneyOf(each.rewardEpoch);
    const auto sum = [&](const std::string &wei) { return coinText(wei, m_coin); };
    const auto percentile = percentileOf(each);
    switch (index.column()) {
    case Epoch: return QString::number(each.rewardEpoch);
    case Revealed: return shareText(each.reveals, each.rounds);
    case Primary: return shareText(each.primary, each.feeds);
    case Secondary: return shareText(each.secondary, each.feeds);
    case Near: return shareText(each.near, each.feeds);
    case Percentile: return percentile ? QString::number(*percentile) : u"–"_s;
    case DataConnector: return shareText(each.fdcSignatures, each.fdcRounds);
    case FastUpdates: return updatesText(each);
    case Staking: return stakingText(each);
    case Passes: return passesText(each);
    case Predicted: return money ? sum(money->predicted) : u"–"_s;
    case Claimed: return money ? sum(money->claimed) : u"–"_s;
    case Open: return money ? sum(money->open) : u"–"_s;
    case Fees: return money ? sum(money->fees) : u"–"_s;
    default: return {};
    }
}

QVariant ProviderHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Epoch: return tr("Reward epoch");
    case Revealed: return tr("Revealed");
    case Primary: return tr("IQR");
    case Secondary: return tr("Band");
    case Near: return tr("0.5 %");
    case Percentile: return tr("Percentile");
    case DataConnector: return tr("FDC");
    case FastUpdates: return tr("Fast");
    case Staking: return tr("Staking");
    case Passes: return tr("Passes");
    case Predicted: return tr("Predicted");
    case Claimed: return tr("Claimed");
    case Open: return tr("Open");
    case Fees: return tr("Gas");
    default: return {};
    }
}

ProviderPane::ProviderPane(workspace::OracleWatch &watch, workspace::Session &session,
                           const Theme &theme, QWidget *parent)
    : OraclePane(watch, session, theme, parent), m_model(new ProviderHistoryModel(watch, this)),
      m_table(new TableView(theme, this)), m_scroll(new QScrollArea(this)),
      m_export(new QToolButton(this))
{
    m_export->setText(tr("CSV"));
    m_export->setAutoRaise(true);
    m_export->setToolTip(tr("Save the reward epochs in money for a table program"));
    m_export->setAccessibleName(tr("Save as CSV"));
    addHeaderTool(m_export);
    connect(m_export, &QToolButton::clicked, this, &ProviderPane::askExport);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("How it stands on chain"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new HistoryDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Reward epochs"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(ProviderHistoryModel::Fees, 70);
    m_table->setExpendableColumns(
        {ProviderHistoryModel::Near, ProviderHistoryModel::Staking,
         ProviderHistoryModel::FastUpdates, ProviderHistoryModel::DataConnector,
         ProviderHistoryModel::Secondary, ProviderHistoryModel::Passes, ProviderHistoryModel::Open,
         ProviderHistoryModel::Revealed, ProviderHistoryModel::Claimed});
    for (int column = 0; column < ProviderHistoryModel::Fees; ++column)
        m_table->setColumnWidth(column, column < ProviderHistoryModel::Predicted ? 64 : 92);
    m_table->setColumnWidth(ProviderHistoryModel::Epoch, 88);
    m_table->setColumnWidth(ProviderHistoryModel::Percentile, 72);
    auto *content = new QWidget(this);
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_scroll, 3);
    rows->addWidget(m_table, 2);
    setContent(content);
    connect(&watch, &workspace::OracleWatch::ledgerChanged, this, &ProviderPane::refresh);
    connect(&watch, &workspace::OracleWatch::providersChanged, this, &ProviderPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &ProviderPane::refresh);
    connect(&theme, &Theme::changed, this, &ProviderPane::refresh);
    refresh();
}

void ProviderPane::setTimeText(const TimeText &times)
{
    m_times = times;
    refresh();
}

Status ProviderPane::exportTo(const QString &path) const
{
    if (!m_watch.economics())
        return fail(ErrorCode::NotFound, "nothing is known of the provider's money yet",
                    "chronactl flare watch --identity ADDRESS follows one");
    QSaveFile file(path);
    const QByteArray csv = QByteArray::fromStdString(economicsCsv(*m_watch.economics()));
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size() || !file.commit())
        return fail(ErrorCode::Unavailable, file.errorString().toStdString());
    return {};
}

void ProviderPane::askExport()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the reward epochs"),
                                                      u"provider.csv"_s, tr("Tables (*.csv)"));
    if (path.isEmpty())
        return;
    const Status done = exportTo(path);
    setHeaderNote(done ? tr("Written to %1").arg(path) : failureText(done.error()).cause);
}

QString ProviderPane::coin() const
{
    return m_watch.economics() ? fromUtf8(m_watch.economics()->coin) : QString();
}

void ProviderPane::refresh()
{
    const auto &chain = m_watch.chain();
    if (!chain || chain->mode == "off") {
        setHeaderNote({});
        setEmpty({tr("No chain is followed"),
                  tr("Registration, addresses, balances and reward epochs of a provider are told "
                     "here: chronactl flare watch --identity ADDRESS."),
                  {},
                  {}});
        return;
    }
    setHeaderNote(chainSummary(*chain));
    m_export->setEnabled(m_watch.economics().has_value());
    tell(*chain);
    settle(true);
}

void ProviderPane::tell(const ipc::FlareStatusReply &chain)
{
    auto *column = new FactColumn(m_theme, nullptr);
    if (!chain.identity.empty()) {
        const auto badge = [&](const QString &text, const std::optional<bool> &is, Role otherwise) {
            return new Badge(m_theme, text.arg(registeredText(is)),
                             m_theme.color(!is   ? Role::Text3
                                           : *is ? Role::Ok
                                                 : otherwise),
                             {}, nullptr);
        };
        column->addBadges({badge(tr("registered now: %1"), chain.registeredNow, Role::Critical),
                           badge(tr("next reward epoch: %1"), chain.registeredNext, Role::Watch)});
    }
    if (!chain.problem.empty())
        column->addParagraph(fromUtf8(chain.problem));
    addStanding(*column, chain);
    addBalances(*column, chain);
    addConditions(*column, m_watch.history(), chain);
    addTrend(*column, m_watch.history());
    if (m_watch.economics())
        addEconomics(*column, *m_watch.economics());
    column->finish();
    const int scrolled = m_scroll->verticalScrollBar()->value();
    m_scroll->setWidget(column);
    m_scroll->verticalScrollBar()->setValue(scrolled);
}

void ProviderPane::addStanding(FactColumn &column, const ipc::FlareStatusReply &chain) const
{
    QList<Fact> facts{{tr("Network"), nameOfMode(chain.mode).arg(fromUtf8(chain.network))}};
    if (!chain.identity.empty())
        facts += Fact{tr("Identity"), shortAddress(chain.identity), fromUtf8(chain.identity),
                      Fact::Face::Mono};
    facts += Fact{tr("Indexer"),
                  tr("at block %1, %n behind", nullptr, static_cast<int>(blocksBehind(chain)))
                      .arg(countText(chain.indexedBlock))};
    if (chain.chainTime)
        facts += Fact{tr("Newest block"), m_times.second(*chain.chainTime)};
    if (chain.round > 0)
        facts +=
            Fact{tr("Round"), tr("%1 of reward epoch %2").arg(chain.round).arg(chain.rewardEpoch)};
    if (chain.dutyAt && !chain.duty.empty())
        facts += Fact{tr("Next"),
                      tr("%1 at %2").arg(nameOfDuty(chain.duty), m_times.second(*chain.dutyAt))};
    facts += Fact{tr("Addresses"), contractsText(chain),
                  tr("What the network's registry names; a key is enrolled for some of them")};
    facts += Fact{tr("Nodes"), nodesText(chain)};
    column.addFacts(facts);
}

void ProviderPane::addBalances(FactColumn &column, const ipc::FlareStatusReply &chain) const
{
    if (chain.accounts.empty())
        return;
    // Of one transaction of ours, in the newest reward epoch that has some.
    double fee = 0;
    if (m_watch.economics())
        for (const ipc::FtsoEpochMoney &epoch : m_watch.economics()->epochs)
            fee = fee > 0 ? fee : coinsOf(epoch.feeMedian);
    QList<Fact> facts;
    for (const ipc::FlareAccount &account : chain.accounts) {
        QString text = coinText(account.balance, coin());
        const bool isHot = account.role.starts_with("submit") || account.role == "signing-policy";
        if (isHot && fee > 0 && !account.balance.empty())
            text = tr("%1, enough for some %n transaction(s)", nullptr,
                      static_cast<int>(std::min(coinsOf(account.balance) / fee, 1e9)))
                       .arg(text);
        if (account.threshold > 0)
            text = tr("%1; %2 of %3 must sign")
                       .arg(text)
                       .arg(account.threshold)
                       .arg(account.owners.size());
        facts += Fact{nameOfChainRole(account.role), text, fromUtf8(account.address)};
    }
    column.addSection(tr("Balances"));
    column.addFacts(facts);
}

} // namespace chrona::ui
