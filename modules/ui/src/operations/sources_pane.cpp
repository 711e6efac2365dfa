// SPDX-License-Identifier: AGPL-3.0-or-later
#include "operations/sources_pane.h"

#include "chrona/schema/redistribution.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "inspector/fact_sections.h"
#include "operations/add_feed_dialog.h"
#include "operations/source_columns.h"
#include "text/names.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

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

/// Why something of this source is missing in an export or a briefing that was sent.
QString passingOn(const schema::Source &source)
{
    const auto withheld = schema::withheldBy(source);
    if (!withheld)
        return source.redistribution == schema::Redistribution::WithAttribution
                   ? SourcesPane::tr("allowed when the source is named")
                   : SourcesPane::tr("allowed");
    switch (*withheld) {
    case schema::Withheld::TermsForbid:
        return SourcesPane::tr("not allowed by its terms: left out of exports and briefings");
    case schema::Withheld::OwnUseOnly:
        return SourcesPane::tr("fetched with your own key: it never leaves this computer");
    case schema::Withheld::TermsUnknown: break;
    }
    return SourcesPane::tr("its terms are not known: left out of exports and briefings");
}

QList<Fact> termsOf(const ipc::SourceEntry &entry)
{
    const schema::Source &source = entry.source;
    QList<Fact> facts{{SourcesPane::tr("Licence"), fromUtf8(source.licence)},
                      {SourcesPane::tr("Attribution"), fromUtf8(source.attribution)},
                      {SourcesPane::tr("Terms"), fromUtf8(source.termsUrl),
                       SourcesPane::tr("Read on %1").arg(fromUtf8(source.termsCheckedOn))},
                      {SourcesPane::tr("Retention"), retentionName(source.retention)},
                      {SourcesPane::tr("Asked every"), spanText(source.cadence)}};
    if (source.keepsToRobots)
        facts += Fact{SourcesPane::tr("robots.txt"), SourcesPane::tr("Its host's wishes are kept")};
    if (!source.address.empty())
        facts.push_front({SourcesPane::tr("Own feed"), fromUtf8(source.address)});
    facts += Fact{SourcesPane::tr("Passing on"), passingOn(source)};
    if (source.rate.requestsPerDay)
        facts +=
            Fact{SourcesPane::tr("Limit"),
                 SourcesPane::tr("%1 of %2 requests used today")
                     .arg(countText(entry.health.requestsToday),
                          countText(*source.rate.requestsPerDay))};
    return facts;
}

} // namespace

SourcesPane::SourcesPane(workspace::Session &session, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_session(session), m_model(new SourceColumnsModel(session, this)),
      m_delegate(new SourceDelegate(theme, *m_model, this)), m_table(new TableView(theme, this)),
      m_detail(new QScrollArea(this)), m_run(new QPushButton(tr("Run now"), this)),
      m_toggle(new QPushButton(this)), m_add(new QPushButton(tr("Add a feed…"), this)),
      m_remove(new QPushButton(tr("Remove"), this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(m_delegate);
    m_table->setAccessibleName(tr("Sources"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(workspace::SourcesModel::Name);
    m_table->setColumnWidth(workspace::SourcesModel::State, 84);
    m_table->setColumnWidth(workspace::SourcesModel::LastSuccess, 56);
    m_table->setColumnWidth(workspace::SourcesModel::NextRun, 56);
    m_table->setColumnWidth(workspace::SourcesModel::Items, 64);
    m_table->setColumnHidden(workspace::SourcesModel::Licence, true);
    m_table->setColumnHidden(workspace::SourcesModel::Mode, true);
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
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    buttons->addWidget(m_add);
    column->addLayout(buttons);
    content->setFocusProxy(m_table);
    setContent(content);
    connect(m_run, &QPushButton::clicked, this, &SourcesPane::runCurrent);
    connect(m_toggle, &QPushButton::clicked, this, &SourcesPane::toggleCurrent);
    connect(m_add, &QPushButton::clicked, this, &SourcesPane::addFeed);
    connect(m_remove, &QPushButton::clicked, this, &SourcesPane::removeCurrent);
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
    m_remove->setVisible(false);
    if (row < 0)
        return;
    const ipc::SourceEntry &entry = m_model->entry(row);
    const bool canRun = entry.source.enabled && !entry.source.connector.empty();
    m_run->setEnabled(canRun);
    m_run->setToolTip(canRun ? QString() : tr("Imported data: there is nothing to fetch"));
    m_toggle->setEnabled(!entry.source.connector.empty());
    m_remove->setVisible(!entry.source.address.empty() && !entry.source.connector.empty());
    m_toggle->setText(entry.source.enabled ? tr("Switch off") : tr("Switch on"));
    auto *column = new FactColumn(m_theme, nullptr);
    QList<QWidget *> badges{new Badge(m_theme, stateName(entry.health.state),
                                      m_theme.color(roleOf(entry.health.state)), {}, nullptr)};
    if (entry.source.synthetic)
        badges += new Badge(m_theme, tr("synthetic"), m_theme.color(Role::Watch),
                            tr("Made up for the sample world"), nullptr);
    column->addBadges(badges);
    if (!entry.health.lastError.empty())
        column->addParagraph(
            entry.health.state == schema::SourceState::NeedsKey
                ? tr("It takes your own key: enter it in a terminal with chronactl key add %1")
                      .arg(fromUtf8(entry.source.key))
                : tr("Last error: %1").arg(fromUtf8(entry.health.lastError)));
    column->addFacts(termsOf(entry));
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

void SourcesPane::addFeed()
{
    auto *dialog = new AddFeedDialog(m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddFeedDialog::wanted, this, [this, dialog] {
        auto requests = dialog->requests();
        const Known known = requests.size() > 1 ? Known::PassedOver : Known::Refused;
        add(dialog, std::move(requests), known);
    });
    dialog->open();
}

/// One after the other, in reverse; the first that is refused ends it and says why.
void SourcesPane::add(AddFeedDialog *dialog, std::vector<ipc::SourceAdd> requests, Known known)
{
    if (requests.empty()) {
        m_model->refresh();
        return dialog->accept();
    }
    ipc::SourceAdd next = std::move(requests.back());
    requests.pop_back();
    m_session.request<ipc::SourceAdd>(
        std::move(next), dialog,
        [this, dialog, known,
         rest = std::move(requests)](const Result<ipc::SourceAdded> &added) mutable {
            if (added || (known == Known::PassedOver && added.error().code == ErrorCode::Conflict))
                return add(dialog, std::move(rest), known);
            m_model->refresh();
            dialog->showFailure(added.error());
        });
}

void SourcesPane::removeCurrent()
{
    if (const int row = currentRow(); row >= 0)
        m_session.request<ipc::SourceRemove>(
            {m_model->entry(row).source.key}, this,
            [this](const Result<ipc::Done> &) { m_model->refresh(); });
}

} // namespace chrona::ui
