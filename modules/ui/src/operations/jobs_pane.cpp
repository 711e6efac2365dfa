// SPDX-License-Identifier: AGPL-3.0-or-later
#include "operations/jobs_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "operations/job_columns.h"

#include <QToolButton>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::JobsModel;

JobsPane::JobsPane(workspace::Session &session, const Theme &theme, QWidget *parent) :
    Pane(theme, parent), m_session(session), m_model(new JobColumnsModel(session, this)),
    m_delegate(new JobDelegate(theme, *m_model, this)), m_table(new TableView(theme, this)),
    m_cancel(new QToolButton(this)), m_retry(new QToolButton(this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(m_delegate);
    m_table->setAccessibleName(tr("Jobs"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(JobsModel::Kind);
    m_table->setColumnWidth(JobsModel::State, 92);
    m_table->setColumnWidth(JobsModel::Progress, 120);
    m_table->setColumnWidth(JobsModel::Created, 56);
    for (const int column : {JobsModel::Queue, JobsModel::Attempts, JobsModel::Finished})
        m_table->setColumnHidden(column, true);
    setContent(m_table);

    const auto set = [](QToolButton *button, const QString &name) {
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->setFixedHeight(20);
        button->setIconSize({14, 14});
    };
    set(m_cancel, tr("Cancel the job"));
    set(m_retry, tr("Try the job again"));
    connect(m_cancel, &QToolButton::clicked, this,
            [this] { m_model->command(currentRow(), ipc::JobAction::Cancel); });
    connect(m_retry, &QToolButton::clicked, this,
            [this] { m_model->command(currentRow(), ipc::JobAction::Retry); });
    addHeaderTool(m_retry);
    addHeaderTool(m_cancel);
    connect(m_model, &QAbstractItemModel::modelReset, this, &JobsPane::refresh);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &JobsPane::refresh);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &JobsPane::refresh);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &JobsPane::refreshTools);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &JobsPane::refreshTools);
    connect(&session, &workspace::Session::stateChanged, this, &JobsPane::refresh);
    connect(&theme, &Theme::changed, this, &JobsPane::refreshTools);
    refresh();
}

void JobsPane::setTimeText(const TimeText &times)
{
    m_delegate->setTimeText(times);
    m_table->viewport()->update();
}

int JobsPane::currentRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() && current.row() < m_model->rowCount() ? current.row() : -1;
}

void JobsPane::refresh()
{
    const int count = m_model->rowCount();
    setHeaderNote(count > 0 ? countText(count) : QString());
    if (count > 0)
        setReady();
    else if (m_session.state() == workspace::Session::State::Ready)
        setEmpty(
            {tr("Nothing is being done"), tr("Imports, fetches and runs appear here."), {}, {}});
    else
        setLoading(tr("Waiting for the service…"));
    refreshTools();
}

void JobsPane::refreshTools()
{
    const int row = currentRow();
    m_cancel->setEnabled(row >= 0 && canCancel(m_model->entry(row).state));
    m_retry->setEnabled(row >= 0 && canRetry(m_model->entry(row).state));
    m_cancel->setIcon(m_theme.icon(u"stop"_s, Role::Text2));
    m_retry->setIcon(m_theme.icon(u"retry"_s, Role::Text2));
}

} // namespace chrona::ui
