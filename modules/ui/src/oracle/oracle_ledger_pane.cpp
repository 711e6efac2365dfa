// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/oracle_ledger_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "oracle/oracle_words.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"
#include "text/names.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

QString nameOfPart(std::string_view part)
{
    if (part == "in_time")
        return OracleLedgerModel::tr("in time");
    if (part == "late")
        return OracleLedgerModel::tr("late");
    if (part == "broken")
        return OracleLedgerModel::tr("unreadable");
    if (part == "mismatch")
        return OracleLedgerModel::tr("not as committed");
    return OracleLedgerModel::tr("missing");
}

ipc::OracleStanding standingOf(std::string_view part)
{
    if (part == "in_time")
        return ipc::OracleStanding::Used;
    if (part == "late")
        return ipc::OracleStanding::Stale;
    return part == "none" ? ipc::OracleStanding::Silent : ipc::OracleStanding::Deviating;
}

class LedgerDelegate final : public CellDelegate {
public:
    LedgerDelegate(const Theme &theme, const OracleLedgerModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        if (index.column() == OracleLedgerModel::Round)
            return {text, m_theme.font(TextSize::Small, TextWeight::Strong),
                    m_theme.color(Role::Text1)};
        const bool isPart = !m_model.part(index.row(), index.column()).empty();
        return {text, m_theme.font(TextSize::Small), m_theme.color(Role::Text2),
                isPart ? Qt::AlignLeft : Qt::AlignRight, isPart ? 14 : 0};
    }

    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override
    {
        const std::string_view part = m_model.part(index.row(), index.column());
        if (part.empty())
            return;
        const ipc::OracleStanding standing = standingOf(part);
        paintStanding(painter, QRectF(box.left(), box.top(), 8, box.height()), standing,
                      m_theme.color(roleOf(standing)));
    }

    QString hint(const QModelIndex &index) const override
    {
        return index.data(Qt::ToolTipRole).toString();
    }

private:
    const OracleLedgerModel &m_model;
};

} // namespace

OracleLedgerModel::OracleLedgerModel(workspace::OracleWatch &watch, QObject *parent)
    : QAbstractTableModel(parent), m_watch(watch), m_rows(watch.submissions())
{
    connect(&watch, &workspace::OracleWatch::ledgerChanged, this, [this] {
        if (m_watch.submissions() == m_rows)
            return;
        beginResetModel();
        m_rows = m_watch.submissions();
        endResetModel();
    });
}

int OracleLedgerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OracleLedgerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::string_view OracleLedgerModel::part(int row, int column) const
{
    const ipc::FtsoSubmission &said = m_rows.at(static_cast<std::size_t>(row));
    switch (column) {
    case Commit: return said.commit;
    case Reveal: return said.reveal;
    case Signature: return said.signature;
    default: return {};
    }
}

QVariant OracleLedgerModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ipc::FtsoSubmission &said = m_rows.at(static_cast<std::size_t>(index.row()));
    if (role == Qt::ToolTipRole) {
        const std::optional<Instant> at = index.column() == Commit      ? said.committedAt
                                          : index.column() == Reveal    ? said.revealedAt
                                          : index.column() == Signature ? said.signedAt
                                                                        : std::nullopt;
        if (at)
            return m_times.second(*at);
        return index.column() == InBand ? tr("In the primary and in the wider band, of all feeds")
                                        : QString();
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Round: return QString::number(said.round);
    case Commit:
    case Reveal:
    case Signature: return nameOfPart(part(index.row(), index.column()));
    case InBand: return u"%1 · %2 / %3"_s.arg(said.primary).arg(said.secondary).arg(said.feeds);
    case Near: return QString::number(said.near);
    default: return {};
    }
}

QVariant OracleLedgerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Round: return tr("Round");
    case Commit: return tr("Commit");
    case Reveal: return tr("Reveal");
    case Signature: return tr("Signature");
    case InBand: return tr("In bands");
    case Near: return tr("Near");
    default: return {};
    }
}

OracleLedgerPane::OracleLedgerPane(workspace::OracleWatch &watch, workspace::Session &session,
                                   const Theme &theme, QWidget *parent)
    : OraclePane(watch, session, theme, parent), m_model(new OracleLedgerModel(watch, this)),
      m_table(new TableView(theme, this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new LedgerDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Submissions"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(OracleLedgerModel::Signature);
    m_table->setExpendableColumns({OracleLedgerModel::Near, OracleLedgerModel::InBand});
    m_table->setColumnWidth(OracleLedgerModel::Round, 76);
    m_table->setColumnWidth(OracleLedgerModel::Commit, 76);
    m_table->setColumnWidth(OracleLedgerModel::Reveal, 76);
    m_table->setColumnWidth(OracleLedgerModel::InBand, 84);
    m_table->setColumnWidth(OracleLedgerModel::Near, 44);
    setContent(m_table);
    connect(m_model, &QAbstractItemModel::modelReset, this, &OracleLedgerPane::refresh);
    connect(&watch, &workspace::OracleWatch::ledgerChanged, this, &OracleLedgerPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &OracleLedgerPane::refresh);
    refresh();
}

void OracleLedgerPane::refresh()
{
    const auto &chain = m_watch.chain();
    const bool isFollowing = chain && chain->mode != "off";
    setHeaderNote(isFollowing ? fromUtf8(chain->network) : QString());
    if (m_model->rowCount() > 0) {
        settle(true);
    } else if (!isFollowing || chain->identity.empty()) {
        setEmpty({tr("No submissions"),
                  tr("What a provider hands in is told here when its chain is followed: chronactl "
                     "flare watch."),
                  {},
                  {}});
    } else {
        setEmpty(
            {tr("No submissions"),
             tr("%1 has handed nothing in that is indexed yet.").arg(fromUtf8(chain->identity)),
             {},
             {}});
    }
}

} // namespace chrona::ui
