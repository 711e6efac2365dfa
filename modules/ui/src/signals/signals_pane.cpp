// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/signals_pane.h"

#include "chrona/ui/theme.h"
#include "signals/catalogue_dialog.h"
#include "signals/signal_words.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

using workspace::ListState;
using workspace::RefusedModel;
using workspace::SignalsModel;

SignalsPane::SignalsPane(workspace::Session &session, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_session(session), m_signals(new SignalColumnsModel(session, this)),
      m_refused(new RefusedColumnsModel(session, this)), m_table(new TableView(theme, this)),
      m_refusedTable(new TableView(theme, this)), m_tabs(new QTabBar(this)),
      m_search(new QLineEdit(this)), m_elevated(new QToolButton(this)),
      m_rules(new QComboBox(this)), m_again(new QToolButton(this)),
      m_catalogue(new QToolButton(this)), m_pages(new QStackedWidget(this)),
      m_typed(new QTimer(this))
{
    makeTables();
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_refusedTable);
    column->addWidget(m_pages, 1);
    setContent(content);
    setFocusProxy(m_table);
    addHeaderTool(m_catalogue);
    addHeaderTool(m_again);
    m_catalogue->setText(tr("Features…"));
    m_catalogue->setToolTip(tr("The rules by which features are computed, and your own"));
    m_catalogue->setAccessibleName(m_catalogue->toolTip());
    m_catalogue->setFixedHeight(20);
    connect(m_catalogue, &QToolButton::clicked, this, &SignalsPane::openCatalogue);
    connect(m_again, &QToolButton::clicked, this, &SignalsPane::searchAgain);
    connect(m_signals, &QAbstractItemModel::modelReset, this, &SignalsPane::keepChoice);
    connect(m_signals, &SignalsModel::stateChanged, this, &SignalsPane::refresh);
    connect(m_refused, &RefusedModel::stateChanged, this, [this] {
        fillRules();
        refresh();
    });
    connect(&session, &workspace::Session::stateChanged, this, &SignalsPane::refresh);
    connect(&theme, &Theme::changed, this, &SignalsPane::refreshTools);
    refreshTools();
    refresh();
}

QWidget *SignalsPane::makeBar()
{
    m_tabs->addTab(tr("Signals"));
    m_tabs->addTab(tr("Refused"));
    m_tabs->setAccessibleName(tr("Signals or what was refused"));
    m_tabs->setExpanding(false);
    m_search->setPlaceholderText(tr("Feature or target"));
    m_search->setAccessibleName(tr("Search signals"));
    m_search->setClearButtonEnabled(true);
    m_elevated->setText(tr("Elevated now"));
    m_elevated->setCheckable(true);
    m_elevated->setToolTip(tr("Only signals whose feature stands out now"));
    m_elevated->setAccessibleName(m_elevated->toolTip());
    m_rules->setAccessibleName(tr("Rule that refused"));
    m_rules->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_rules->setMinimumContentsLength(22);
    m_rules->hide();
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(metric::kPadding, metric::kGrid, metric::kPadding, metric::kGrid);
    row->setSpacing(metric::kPadding);
    row->addWidget(m_tabs);
    row->addWidget(m_search, 1);
    row->addWidget(m_elevated);
    row->addWidget(m_rules);
    m_typed->setSingleShot(true);
    m_typed->setInterval(150ms);
    connect(m_typed, &QTimer::timeout, this, &SignalsPane::applyFilter);
    connect(m_search, &QLineEdit::textChanged, m_typed, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, &SignalsPane::applyFilter);
    connect(m_elevated, &QToolButton::toggled, this, &SignalsPane::applyFilter);
    connect(m_rules, &QComboBox::activated, this, &SignalsPane::applyFilter);
    connect(m_tabs, &QTabBar::currentChanged, this, &SignalsPane::showPage);
    return bar;
}

void SignalsPane::makeTables()
{
    m_table->setModel(m_signals);
    m_table->setItemDelegate(new SignalDelegate(m_theme, *m_signals, this));
    m_table->setAccessibleName(tr("Signals, best first"));
    m_table->setStretchColumn(SignalsModel::Feature, 240);
    constexpr std::array kWidths = {
        std::pair{SignalsModel::Target, 136},   std::pair{SignalsModel::Lag, 66},
        std::pair{SignalsModel::Effect, 106},   std::pair{SignalsModel::Q, 64},
        std::pair{SignalsModel::Stability, 92}, std::pair{SignalsModel::Now, 68},
        std::pair{SignalsModel::Label, 78},     std::pair{SignalsModel::Family, 64}};
    for (const auto &[column, width] : kWidths)
        m_table->setColumnWidth(column, width);
    // What a signal is believed by goes last; lag and horizon stand in the evidence as well.
    m_table->setExpendableColumns({SignalsModel::Family, SignalsModel::Label, SignalsModel::Lag,
                                   SignalsModel::Now, SignalsModel::Stability});
    m_table->setSorting({-1, Qt::DescendingOrder}, [this](TableView::Sorted wanted) {
        m_signals->sort(wanted.first, wanted.second);
        return wanted;
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_isKeeping)
            return;
        m_chosen.clear();
        for (const ipc::SignalEntry &signal : chosen())
            m_chosen.push_back(signal.id);
        Q_EMIT chosenChanged();
    });
    m_refusedTable->setModel(m_refused);
    m_refusedTable->setItemDelegate(new RefusedDelegate(m_theme, *m_refused, this));
    m_refusedTable->setAccessibleName(tr("What was refused"));
    m_refusedTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_refusedTable->setStretchColumn(RefusedModel::Feature);
    m_refusedTable->setColumnWidth(RefusedModel::Target, 96);
    m_refusedTable->setColumnWidth(RefusedModel::Rule, 140);
    m_refusedTable->setColumnWidth(RefusedModel::Measured, 78);
    m_refusedTable->setColumnWidth(RefusedModel::Limit, 78);
}

void SignalsPane::open(Page page)
{
    m_tabs->setCurrentIndex(page);
}

void SignalsPane::showPage(int page)
{
    m_pages->setCurrentIndex(page);
    m_elevated->setVisible(page == Found);
    m_rules->setVisible(page == Refused);
    setFocusProxy(page == Found ? m_table : m_refusedTable);
    applyFilter();
    refresh();
}

void SignalsPane::applyFilter()
{
    m_typed->stop();
    if (m_tabs->currentIndex() == Found)
        m_signals->setFilter({m_search->text(), m_elevated->isChecked()});
    else
        m_refused->setFilter({m_search->text().trimmed().toStdString(),
                              m_rules->currentData().toString().toStdString()});
    refresh();
}

void SignalsPane::fillRules()
{
    const QSignalBlocker quiet(m_rules);
    const QString chosen = fromUtf8(m_refused->filter().rule);
    m_rules->clear();
    m_rules->addItem(tr("Every rule, %1").arg(countText(m_refused->total())), QString());
    for (const ipc::RuleCount &rule : m_refused->rules())
        m_rules->addItem(tr("%1, %2").arg(ruleName(rule.rule), countText(rule.count)),
                         fromUtf8(rule.rule));
    m_rules->setCurrentIndex(std::max(0, m_rules->findData(chosen)));
}

std::vector<ipc::SignalEntry> SignalsPane::chosen() const
{
    std::vector<ipc::SignalEntry> picked;
    const QModelIndex current = m_table->selectionModel()->currentIndex();
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        const bool isCurrent = row.row() == current.row();
        picked.insert(isCurrent ? picked.begin() : picked.end(), m_signals->entry(row.row()));
    }
    if (picked.size() > 2)
        picked.resize(2);
    return picked;
}

bool SignalsPane::choose(schema::SignalId id)
{
    if (m_signals->rowOf(id) < 0) {
        m_search->clear();
        m_elevated->setChecked(false);
        m_tabs->setCurrentIndex(Found);
        applyFilter();
    }
    const int row = m_signals->rowOf(id);
    if (row < 0)
        return false;
    m_table->selectRow(row);
    m_table->scrollTo(m_signals->index(row, 0));
    return true;
}

void SignalsPane::chooseRows(std::initializer_list<int> rows)
{
    QItemSelection selection;
    for (const int row : rows)
        selection.select(m_signals->index(row, 0), m_signals->index(row, SignalsModel::Family));
    if (rows.size() == 0 || *rows.begin() >= m_signals->rowCount())
        return;
    QItemSelectionModel *choice = m_table->selectionModel();
    choice->setCurrentIndex(m_signals->index(*rows.begin(), 0), QItemSelectionModel::NoUpdate);
    choice->select(selection, QItemSelectionModel::ClearAndSelect);
}

void SignalsPane::keepChoice()
{
    // A reset drops the view's selection; the same signals are chosen again, or the best one.
    m_isKeeping = true;
    std::vector<int> rows;
    for (const schema::SignalId id : m_chosen)
        if (const int row = m_signals->rowOf(id); row >= 0)
            rows.push_back(row);
    const bool isSame = !rows.empty() && rows.size() == m_chosen.size();
    if (rows.empty() && m_signals->rowCount() > 0)
        rows.push_back(0);
    QItemSelectionModel *selection = m_table->selectionModel();
    if (!rows.empty())
        selection->setCurrentIndex(m_signals->index(rows.front(), 0),
                                   QItemSelectionModel::NoUpdate);
    for (const int row : rows)
        selection->select(m_signals->index(row, 0),
                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
    m_isKeeping = false;
    if (!isSame) {
        m_chosen.clear();
        for (const int row : rows)
            m_chosen.push_back(m_signals->entry(row).id);
    }
    Q_EMIT chosenChanged(); // the same signals may have other numbers now
    refresh();
}

void SignalsPane::searchAgain()
{
    m_again->setEnabled(false);
    m_session.request<ipc::JobStart>(
        ipc::JobStart{"discovery.run"}, this, [this](const Result<ipc::JobStarted> &reply) {
            m_again->setEnabled(true);
            m_againProblem = reply ? std::nullopt : std::optional(reply.error());
            refresh();
        });
}

void SignalsPane::openCatalogue()
{
    auto *dialog = new CatalogueDialog(m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CatalogueDialog::defineWanted, dialog,
            [this, dialog](const ipc::DefineFeatures &lines) {
                using Outcome = CatalogueDialog::Outcome;
                const Outcome outcome = lines.checkOnly ? Outcome::Checked : Outcome::Stored;
                m_session.request<ipc::DefineFeatures>(
                    lines, dialog,
                    [this, dialog, outcome](const Result<ipc::FeaturesDefined> &reply) {
                        if (!reply)
                            return dialog->showFailure(reply.error());
                        dialog->showOutcome(*reply, outcome);
                        fillCatalogue(dialog);
                    });
            });
    connect(dialog, &CatalogueDialog::changeWanted, dialog,
            [this, dialog](const ipc::ChangeDefinition &change) {
                m_session.request<ipc::ChangeDefinition>(
                    change, dialog, [this, dialog](const Result<ipc::DefinitionChanged> &reply) {
                        if (!reply)
                            return dialog->showFailure(reply.error());
                        fillCatalogue(dialog);
                    });
            });
    fillCatalogue(dialog);
    dialog->open();
}

void SignalsPane::fillCatalogue(CatalogueDialog *dialog)
{
    m_session.request<ipc::CatalogueQuery>({}, dialog,
                                           [dialog](const Result<ipc::CatalogueReply> &reply) {
                                               if (reply)
                                                   dialog->setCatalogue(reply->definitions);
                                               else
                                                   dialog->showFailure(reply.error());
                                           });
}

void SignalsPane::refreshTools()
{
    m_again->setIcon(m_theme.icon(u"retry"_s, Role::Text2));
    m_again->setFixedHeight(20);
    m_again->setIconSize({14, 14});
    m_again->setToolTip(tr("Search again now, as a background job"));
    m_again->setAccessibleName(m_again->toolTip());
}

void SignalsPane::refresh()
{
    m_tabs->setTabText(
        Found, tr("Signals %1").arg(countText(static_cast<qint64>(m_signals->all().size()))));
    m_tabs->setTabText(Refused, tr("Refused %1").arg(countText(m_refused->total())));
    const bool isLost = m_session.state() == workspace::Session::State::Lost;
    const auto &run = m_signals->run();
    setStaleSince(run && (isLost || m_signals->state() == ListState::Failed)
                      ? std::optional(run->finishedAt.time_since_epoch().count() / 1000)
                      : std::nullopt);
    if (m_tabs->currentIndex() == Found)
        refreshFound();
    else
        refreshRefused();
}

void SignalsPane::refreshFound()
{
    const auto shown = static_cast<qint64>(m_signals->rowCount());
    const auto total = static_cast<qint64>(m_signals->all().size());
    const auto &run = m_signals->run();
    setHeaderNote(run ? tr("%1 · %2 elevated · data until %3")
                            .arg(countOfText(shown, total),
                                 countText(static_cast<qint64>(m_signals->elevatedCount())),
                                 TimeText{}.date(run->dataUntil))
                      : QString());
    if (total > 0) {
        setReady();
    } else if (m_signals->state() == ListState::Failed) {
        const FailureText text = failureText(*m_signals->problem());
        setError({text.cause, text.remedy, tr("Try again"), [this] { m_signals->refresh(); }});
    } else if (m_signals->state() == ListState::Loading) {
        setLoading(tr("Loading signals…"));
    } else if (m_againProblem) {
        const FailureText text = failureText(*m_againProblem);
        setError({text.cause, text.remedy, tr("Search again"), [this] { searchAgain(); }});
    } else if (!run) {
        setEmpty({tr("Nothing was searched yet"),
                  tr("A search tests every feature against every target at every lag, and keeps "
                     "what survives. It runs daily, or now."),
                  tr("Search now"), [this] { searchAgain(); }});
    } else {
        setEmpty({tr("Nothing survived"),
                  tr("%1 pairs of a feature and a target were tested, and a rule refused each.")
                      .arg(countText(run->pairsTested)),
                  tr("What was refused"), [this] { m_tabs->setCurrentIndex(Refused); }});
    }
}

void SignalsPane::refreshRefused()
{
    setHeaderNote(countOfText(m_refused->rowCount(), m_refused->total()));
    if (m_refused->state() == ListState::Failed && m_refused->rowCount() == 0) {
        const FailureText text = failureText(*m_refused->problem());
        setError({text.cause, text.remedy, tr("Try again"), [this] { m_refused->refresh(); }});
    } else if (m_refused->state() == ListState::Loading) {
        setLoading(tr("Loading what was refused…"));
    } else {
        setReady();
    }
}

} // namespace chrona::ui
