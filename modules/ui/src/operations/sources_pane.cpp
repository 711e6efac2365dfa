// SPDX-License-Identifier: AGPL-3.0-or-later
#include "operations/sources_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "inspector/fact_sections.h"
#include "operations/source_columns.h"
#include "text/names.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using Model = workspace::SourcesModel;

namespace {

QString retentionName(schema::RetentionClass retention)
{
    switch (retention) {
    case schema::RetentionClass::Permanent: return SourcesPane::tr("kept for good");
    case schema::RetentionClass::Years2: return SourcesPane::tr("kept for 2 years");
    case schema::RetentionClass::Days90: return SourcesPane::tr("kept for 90 days");
    case schema::RetentionClass::Days30: return SourcesPane::tr("kept for 30 days");
    case schema::RetentionClass::Hours24: return SourcesPane::tr("kept for 24 hours");
    }
    return {};
}

QList<Fact> termsOf(const schema::Source &source)
{
    QList<Fact> facts{{SourcesPane::tr("Licence"), fromUtf8(source.licence)},
                      {SourcesPane::tr("Attribution"), fromUtf8(source.attribution)},
                      {SourcesPane::tr("Terms"), fromUtf8(source.termsUrl),
                       SourcesPane::tr("Read on %1").arg(fromUtf8(source.termsCheckedOn))},
                      {SourcesPane::tr("Retention"), retentionName(source.retention)},
                      {SourcesPane::tr("Asked every"), spanText(source.cadence)}};
    if (source.rate.requestsPerDay)
        facts +=
            Fact{SourcesPane::tr("Limit"),
                 SourcesPane::tr("%1 requests a day").arg(countText(*source.rate.requestsPerDay))};
    return facts;
}

} // namespace

SourcesPane::SourcesPane(workspace::Session &session, const Theme &theme, QWidget *parent) :
    Pane(theme, parent), m_session(session), m_model(new SourceColumnsModel(session, this)),
    m_delegate(new SourceDelegate(theme, *m_model, this)), m_table(new TableView(theme, this)),
    m_detail(new QScrollArea(this)), m_run(new QPushButton(tr("Run now"), this)),
    m_toggle(new QPushButton(this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(m_delegate);
    m_table->setAccessibleName(tr("Sources"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(Model::Name);
    m_table->setColumnWidth(Model::State, 84);
    m_table->setColumnWidth(Model::LastSuccess, 56);
    m_table->setColumnWidth(Model::NextRun, 56);
    m_table->setColumnWidth(Model::Items, 64);
    m_table->setColumnHidden(Model::Licence, true);
    m_table->setColumnHidden(Model::Mode, true);
    m_detail->setWidgetResizable(true);
    m_detail->setFrameShape(QFrame::NoFrame);
    m_detail->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_detail->setAccessibleName(tr("Terms of the source"));

    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 3);
    column->addWidget(m_detail, 2);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(metric::kGap, metric::kGrid, metric::kGap, metric::kPadding);
    buttons->addWidget(m_run);
    buttons->addWidget(m_toggle);
    buttons->addStretch(1);
    column->addLayout(buttons);
    content->setFocusProxy(m_table);
    setContent(content);
    connect(m_run, &QPushButton::clicked, this, &SourcesPane::runCurrent);
    connect(m_toggle, &QPushButton::clicked, this, &SourcesPane::toggleCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SourcesPane::refreshDetail);
    connect(m_model, &QAbstractItemModel::modelReset, this, &SourcesPane::refresh);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &SourcesPane::refreshDetail);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &SourcesPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &SourcesPane::refresh);
    connect(&theme, &Theme::changed, this, &SourcesPane::refreshDetail);
    refresh();
}

void SourcesPane::setTimeText(const TimeText &times)
{
    m_times = times;
    m_delegate->setTimeText(times);
    m_table->viewport()->update();
    refreshDetail();
}

int SourcesPane::currentRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() && current.row() < m_model->rowCount() ? current.row() : -1;
}

void SourcesPane::refresh()
{
    const int count = m_model->rowCount();
    setHeaderNote(count > 0 ? countText(count) : QString());
    if (count > 0) {
        if (currentRow() < 0)
            m_table->selectRow(0);
        setReady();
    } else if (m_session.state() == workspace::Session::State::Ready) {
        setEmpty({tr("No sources yet"), tr("The sample world brings its own."),
                  tr("Load the sample world"), [this] { Q_EMIT sampleWorldWanted(); }});
    } else {
        setLoading(tr("Waiting for the service…"));
    }
    refreshDetail();
}

void SourcesPane::refreshDetail()
{
    const int row = currentRow();
    m_run->setEnabled(row >= 0);
    m_toggle->setEnabled(row >= 0);
    m_toggle->setText(tr("Switch off"));
    if (row < 0)
        return;
    const ipc::SourceEntry &entry = m_model->entry(row);
    const bool canRun = entry.source.enabled && !entry.source.connector.empty();
    m_run->setEnabled(canRun);
    m_run->setToolTip(canRun ? QString() : tr("Imported data: there is nothing to fetch"));
    m_toggle->setEnabled(!entry.source.connector.empty());
    m_toggle->setText(entry.source.enabled ? tr("Switch off") : tr("Switch on"));
    auto *column = new FactColumn(m_theme, nullptr);
    QList<QWidget *> badges{new Badge(m_theme, stateName(entry.health.state),
                                      m_theme.color(roleOf(entry.health.state)), {}, nullptr)};
    if (entry.source.synthetic)
        badges += new Badge(m_theme, tr("synthetic"), m_theme.color(Role::Watch),
                            tr("Made up for the sample world"), nullptr);
    column->addBadges(badges);
    if (!entry.health.lastError.empty())
        column->addParagraph(tr("Last error: %1").arg(fromUtf8(entry.health.lastError)));
    column->addFacts(termsOf(entry.source));
    column->finish();
    m_detail->setWidget(column);
}

void SourcesPane::runCurrent()
{
    if (currentRow() >= 0)
        m_model->command(currentRow(), ipc::SourceAction::RunNow);
}

void SourcesPane::toggleCurrent()
{
    const int row = currentRow();
    if (row >= 0)
        m_model->command(row, m_model->entry(row).source.enabled ? ipc::SourceAction::Disable
                                                                 : ipc::SourceAction::Enable);
}

} // namespace chrona::ui
