// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/evidence_pane.h"

#include "chrona/ui/theme.h"
#include "signals/compare_view.h"
#include "signals/evidence_charts.h"
#include "signals/evidence_export.h"
#include "signals/evidence_header.h"
#include "signals/evidence_plots.h"
#include "signals/evidence_tables.h"
#include "signals/signal_words.h"
#include "text/names.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// What is shown before and after an episode when it is jumped to.
constexpr auto kBefore = std::chrono::days(5);
constexpr auto kAfter = std::chrono::days(5);

Status writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return std::unexpected(Error{ErrorCode::Unavailable, "cannot write " + path.toStdString(),
                                     "choose another folder", true});
    return {};
}

} // namespace

SignalEvidencePane::SignalEvidencePane(workspace::Session &session, const Theme &theme,
                                       QWidget *parent)
    : Pane(theme, parent), m_session(session), m_pages(new QStackedWidget(this)),
      m_scroll(new QScrollArea(this)), m_header(new EvidenceHeader(theme, this)),
      m_charts(new EvidenceCharts(theme, this)),
      m_regimes(new SmallTable(theme, tr("Effect by regime"), 8, this)),
      m_blocks(new SmallTable(theme, tr("Effect by block"), 8, this)),
      m_folds(new SmallTable(theme, tr("Effect by walk-forward fold"), 8, this)),
      m_controls(new SmallTable(theme, tr("Controls"), 20, this)),
      m_failures(new SmallTable(theme, tr("How it could be wrong"), 8, this)),
      m_episodes(new SmallTable(theme, tr("Episodes"), 12, this)),
      m_compare(new CompareView(theme, this)), m_compareScroll(new QScrollArea(this)),
      m_export(new QToolButton(this))
{
    makeContent();
    makeExportMenu();
    setContent(m_pages);
    connect(m_charts, &EvidenceCharts::episodeClicked, this, [this](int episode) {
        m_episodes->selectRow(episode);
        m_episodes->scrollTo(m_episodes->model()->index(episode, 0));
    });
    connect(m_episodes->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    takeEpisode(current.row());
            });
    // A click on the row that is chosen already jumps there again.
    connect(m_episodes, &QAbstractItemView::clicked, this,
            [this](const QModelIndex &index) { takeEpisode(index.row()); });
    show({});
}

void SignalEvidencePane::makeContent()
{
    auto *content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    // Empty still: a widget that changes its parent has all within it styled again.
    m_scroll->setWidget(content);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, metric::kGap);
    column->setSpacing(metric::kPadding);
    column->addWidget(m_header);
    column->addWidget(m_charts);
    makeTables(*column);
    column->addStretch(1);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Evidence of the signal"));
    m_compareScroll->setWidget(m_compare);
    m_compareScroll->setWidgetResizable(true);
    m_compareScroll->setFrameShape(QFrame::NoFrame);
    m_compareScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_compareScroll->setAccessibleName(tr("Two signals compared"));
    m_pages->addWidget(m_scroll);
    m_pages->addWidget(m_compareScroll);
}

void SignalEvidencePane::makeTables(QVBoxLayout &column)
{
    m_regimes->setColumns(regimeColumns());
    m_blocks->setColumns(blockColumns());
    m_folds->setColumns(foldColumns());
    m_controls->setColumns(controlColumns());
    m_failures->setColumns(failureColumns());
    m_episodes->setColumns(episodeColumns());
    m_episodes->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(metric::kPadding);
    grid->addWidget(titled(tr("Episodes: choose one, and every view goes there"), m_episodes), 0, 0,
                    1, 2);
    grid->addWidget(titled(tr("By regime"), m_regimes), 1, 0, Qt::AlignTop);
    grid->addWidget(titled(tr("By block"), m_blocks), 1, 1, Qt::AlignTop);
    grid->addWidget(titled(tr("Out of sample, fold by fold"), m_folds), 2, 0, 1, 2);
    grid->addWidget(titled(tr("Controls it stood up to"), m_controls), 3, 0, Qt::AlignTop);
    grid->addWidget(titled(tr("Failure modes"), m_failures), 3, 1, Qt::AlignTop);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    column.addLayout(grid);
}

QWidget *SignalEvidencePane::titled(const QString &title, QWidget *table)
{
    auto *box = new QWidget(this);
    auto *name = new QLabel(title, box);
    name->setFont(m_theme.font(TextSize::Tiny, TextWeight::Strong));
    name->setProperty("tone", u"secondary"_s);
    name->setContentsMargins(metric::kGap, metric::kGrid, metric::kGap, metric::kGrid);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(name);
    column->addWidget(table);
    return box;
}

void SignalEvidencePane::makeExportMenu()
{
    m_export->setText(tr("Export"));
    m_export->setAccessibleName(tr("Export the evidence"));
    m_export->setToolTip(m_export->accessibleName());
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setFixedHeight(20);
    auto *menu = new QMenu(m_export);
    const auto offer = [this, menu](const QString &text, Format format) {
        menu->addAction(text, this, [this, format] { askPath(format); });
    };
    offer(tr("Charts as PNG…"), Format::Png);
    offer(tr("Charts as SVG…"), Format::Svg);
    offer(tr("Series as CSV…"), Format::SeriesCsv);
    offer(tr("Episodes as CSV…"), Format::EpisodesCsv);
    offer(tr("Blocks, regimes and folds as CSV…"), Format::EffectsCsv);
    m_export->setMenu(menu);
    addHeaderTool(m_export);
}

bool SignalEvidencePane::isComparing() const
{
    return m_pages->currentWidget() == m_compareScroll;
}

void SignalEvidencePane::show(const std::vector<ipc::SignalEntry> &picked)
{
    if (!picked.empty() && picked == m_shown)
        return;
    m_shown = picked;
    ++m_ticket;
    m_export->setEnabled(!m_shown.empty());
    if (m_shown.empty()) {
        setHeaderNote({});
        setEmpty({tr("No signal chosen"),
                  tr("Choose one in the list; choose a second with Ctrl to compare them."),
                  {},
                  {}});
        return;
    }
    if (m_shown.size() > 1) {
        setHeaderNote(tr("two compared"));
        m_compare->show(m_shown[0], m_shown[1]);
        m_pages->setCurrentWidget(m_compareScroll);
    } else {
        setHeaderNote(fromUtf8(m_shown.front().feature));
        m_pages->setCurrentWidget(m_scroll);
    }
    showOne(m_shown.front());
    setReady();
}

void SignalEvidencePane::showOne(const ipc::SignalEntry &signal)
{
    m_header->setSignal(signal);
    m_charts->setSignal(signal);
    m_regimes->setRows(regimeRows(signal));
    m_blocks->setRows(blockRows(signal));
    m_folds->setRows(foldRows(signal));
    m_controls->setRows(controlRows(signal));
    m_failures->setRows(failureRows(signal));
    m_episodes->setRows(episodeRows(signal));
    askSeries();
}

void SignalEvidencePane::askSeries()
{
    const ipc::SignalEntry &signal = m_shown.front();
    // As long as the history that was searched, and on to now.
    const std::optional<Instant> from =
        signal.blocks.empty() ? std::nullopt : std::optional(signal.blocks.front().begin);
    ipc::FeatureValueQuery values;
    values.key = signal.feature;
    values.from = from;
    values.asOf = m_session.focus().asOf();
    m_session.request<ipc::FeatureValueQuery>(
        std::move(values), this,
        [this, ticket = m_ticket](const Result<ipc::WithColumns<ipc::FeatureValueQuery>> &reply) {
            if (ticket == m_ticket && reply)
                m_charts->setFeature(pointsOf(reply->columns));
        });
    ipc::BarQuery bars;
    bars.symbol = signal.target;
    bars.from = from;
    bars.asOf = m_session.focus().asOf();
    m_session.request<ipc::BarQuery>(
        std::move(bars), this,
        [this, ticket = m_ticket](const Result<ipc::WithColumns<ipc::BarQuery>> &reply) {
            if (ticket == m_ticket && reply)
                m_charts->setPrices(pointsOf(reply->columns));
        });
}

void SignalEvidencePane::takeEpisode(int row)
{
    if (m_shown.empty() || row < 0 || row >= std::ssize(m_shown.front().episodes))
        return;
    const ipc::SignalEntry &signal = m_shown.front();
    const ipc::SignalEpisode &episode = signal.episodes[static_cast<std::size_t>(row)];
    m_charts->setChosenEpisode(row);
    // Sessions as calendar days, generously: the window shows what came before and what followed.
    const auto followed = std::chrono::days((signal.lag + signal.horizon) * 7 / 5);
    m_session.focus().setWindow({episode.begin - kBefore, episode.end + followed + kAfter});
}

Status SignalEvidencePane::exportTo(const QString &path, Format format) const
{
    if (m_shown.empty())
        return fail(ErrorCode::NotFound, "no signal is chosen");
    const ipc::SignalEntry &signal = m_shown.front();
    const EvidenceSheet sheet{pairText(signal),
                              signal.synthetic
                                  ? tr("Research, not advice. Synthetic data: none of it happened.")
                                  : tr("Research, not advice."),
                              m_charts->plots()};
    switch (format) {
    case Format::Png: return writePng(path, sheet, m_theme);
    case Format::Svg: return writeSvg(path, sheet, m_theme);
    case Format::SeriesCsv:
        return writeFile(path, seriesCsv(signal, m_charts->feature(), m_charts->prices()));
    case Format::EpisodesCsv: return writeFile(path, episodesCsv(signal));
    case Format::EffectsCsv: return writeFile(path, effectsCsv(signal));
    }
    return {};
}

void SignalEvidencePane::askPath(Format format)
{
    struct Kind {
        QString ending, name;
    };
    const std::array<Kind, 5> kinds = {{{u".png"_s, tr("PNG pictures (*.png)")},
                                        {u".svg"_s, tr("SVG pictures (*.svg)")},
                                        {u".csv"_s, tr("CSV tables (*.csv)")},
                                        {u".csv"_s, tr("CSV tables (*.csv)")},
                                        {u".csv"_s, tr("CSV tables (*.csv)")}}};
    const Kind &kind = kinds[static_cast<std::size_t>(format)];
    const QString path = QFileDialog::getSaveFileName(this, tr("Export the evidence"),
                                                      u"signal"_s + kind.ending, kind.name);
    if (path.isEmpty())
        return;
    if (const Status done = exportTo(path, format); !done)
        QMessageBox::warning(this, tr("That did not work"),
                             tr("%1 could not be written. Choose another folder.").arg(path));
}

} // namespace chrona::ui
