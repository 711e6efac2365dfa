// SPDX-License-Identifier: AGPL-3.0-or-later
// What other panes know of time, for the timeline: briefings, episodes of signals, prices.
#include "case/board_pane.h"
#include "case/case_names.h"
#include "chrona/workspace/briefing_book.h"
#include "chrona/workspace/investigations.h"
#include "graph/graph_pane.h"
#include "market/watchlist_model.h"
#include "market/watchlist_pane.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/research_panes.h"
#include "signals/signals_pane.h"
#include "text/names.h"
#include "timeline/timeline_pane.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr auto kLayersKey = "timeline/layers"_L1, kSnapKey = "timeline/snap"_L1;
constexpr std::size_t kWorkMarksMax = 2'000; ///< the newest

std::optional<TimelineLine> lineOf(const WatchRow *row)
{
    if (row == nullptr || row->closes.size() < 2)
        return std::nullopt;
    TimelineLine line{row->symbol, {}, row->closes};
    line.micros.reserve(row->dayMs.size());
    for (const double ms : row->dayMs)
        line.micros.push_back(static_cast<std::int64_t>(ms) * 1000);
    return line;
}

std::vector<MicrosRange> stretchesOf(const ipc::SignalEntry &signal)
{
    std::vector<MicrosRange> stretches;
    for (const ipc::SignalEpisode &episode : signal.episodes)
        stretches.push_back({episode.begin.time_since_epoch().count(),
                             episode.end.time_since_epoch().count()});
    return stretches;
}

/// Pins that have a time of their own, and the steps of the journal.
std::vector<TimelineMark> caseMarks(const workspace::Investigation *investigation,
                                    workspace::Session &session)
{
    std::vector<TimelineMark> marks;
    if (!investigation)
        return marks;
    const auto micros = [](Instant at) { return std::int64_t{at.time_since_epoch().count()}; };
    const auto snapshot = session.events().snapshot();
    for (const schema::CaseItem *pin : investigation->items(schema::CaseItemKind::Pin)) {
        const schema::PinTarget &target = pin->target;
        const auto row = target.kind == schema::PinKind::Event ? session.events().rowOf(target.id)
                                                               : std::nullopt;
        if (row) {
            const std::int64_t at = snapshot->columns.observedAt[*row];
            marks.push_back(
                {TimelineLayer::Pins, at, at, itemTitle(*pin), target.id, pin->id.value});
        } else if (target.begin && target.end) {
            marks.push_back({TimelineLayer::Pins, micros(*target.begin), micros(*target.end),
                             itemTitle(*pin), 0, pin->id.value});
        }
    }
    const auto &steps = investigation->steps();
    for (std::size_t i = steps.size(); i-- > 0 && steps.size() - i <= kWorkMarksMax;)
        marks.push_back({TimelineLayer::Work, micros(steps[i].at), micros(steps[i].at),
                         MainWindow::tr("%1 %2").arg(itemKindName(steps[i].kind),
                                                     actionName(steps[i].action)),
                         0, steps[i].item.value});
    return marks;
}

/// Those of the graph before those that are pinned.
std::vector<EntityLanes::Entity> chosenEntities(const std::vector<schema::PinTarget> &inGraph,
                                                const workspace::Investigation *investigation)
{
    std::vector<EntityLanes::Entity> entities;
    const auto add = [&entities](const schema::PinTarget &target) {
        if (target.kind == schema::PinKind::Entity || target.kind == schema::PinKind::Topic)
            entities.push_back({target.id != 0 ? target.id : schema::entityIdFor(target.key).value,
                                target.label.empty() ? fromUtf8(target.key) : targetName(target)});
    };
    for (const schema::PinTarget &target : inGraph)
        add(target);
    if (entities.empty() && investigation)
        for (const schema::CaseItem *pin : investigation->items(schema::CaseItemKind::Pin))
            add(pin->target);
    return entities;
}

/// Asks for the values of the chosen signal's feature; a later choice makes an answer obsolete.
void showFeatureOf(const ipc::SignalEntry *signal, workspace::Session &session,
                   TimelinePane *timeline, const std::shared_ptr<std::string> &shown)
{
    timeline->setFeature(std::nullopt);
    *shown = signal ? signal->feature : std::string();
    if (!signal)
        return;
    const QString name =
        fromUtf8(signal->featureName.empty() ? signal->feature : signal->featureName);
    ipc::FeatureValueQuery query;
    query.key = signal->feature;
    session.request<ipc::FeatureValueQuery>(
        query, timeline,
        [timeline, name, shown, key = signal->feature](
            const Result<ipc::WithColumns<ipc::FeatureValueQuery>> &reply) {
            if (!reply || key != *shown || reply->columns.value.size() < 2)
                return;
            timeline->setFeature(
                TimelineLine{name, reply->columns.observedAt, reply->columns.value});
        });
}

} // namespace

void MainWindow::feedTimeline(WatchlistPane &watchlist)
{
    workspace::BriefingBook &book = m_research->book();
    connect(&book, &workspace::BriefingBook::listChanged, m_timeline, [this, &book] {
        if (!book.search().isEmpty())
            return; // a list of some days only
        std::vector<std::pair<QString, QString>> days;
        for (const ipc::BriefingEntry &entry : book.days())
            days.emplace_back(fromUtf8(entry.day), fromUtf8(entry.title));
        m_timeline->setBriefings(std::move(days));
    });
    connect(m_timeline, &TimelinePane::briefingWanted, this, [this, &book](const QString &day) {
        book.open(day);
        m_layouts->showPerspective(u"briefing"_s);
    });
    SignalsPane *signalList = m_research->signalList;
    const auto shown = std::make_shared<std::string>();
    connect(signalList, &SignalsPane::chosenChanged, m_timeline, [this, signalList, shown] {
        const std::vector<ipc::SignalEntry> chosen = signalList->chosen();
        showFeatureOf(chosen.empty() ? nullptr : &chosen.front(), m_session, m_timeline, shown);
        if (chosen.empty())
            m_timeline->setEpisodes({}, {});
        else
            m_timeline->setEpisodes(fromUtf8(chosen.front().featureName.empty()
                                                 ? chosen.front().feature
                                                 : chosen.front().featureName),
                                    stretchesOf(chosen.front()));
    });
    connect(&watchlist, &WatchlistPane::currentChanged, m_timeline,
            [this, &watchlist] { m_timeline->setPrice(lineOf(watchlist.currentRow())); });
    const auto showCase = [this] { m_timeline->setCase(caseMarks(m_book->current(), m_session)); };
    connect(m_book, &workspace::Investigations::currentChanged, m_timeline, showCase);
    connect(m_book, &workspace::Investigations::currentEdited, m_timeline, showCase);
    connect(m_timeline, &TimelinePane::caseItemWanted, this, [this](qint64 item) {
        m_layouts->showPerspective(u"case"_s);
        m_board->open({item});
    });
    const auto chooseEntities = [this] {
        m_timeline->entities().setChosen(
            chosenEntities(m_graph->chosenTargets(), m_book->current()));
    };
    connect(&m_graph->model(), &workspace::GraphModel::selectionChanged, m_timeline,
            chooseEntities);
    connect(m_book, &workspace::Investigations::currentChanged, m_timeline, chooseEntities);
    connect(m_book, &workspace::Investigations::currentEdited, m_timeline, chooseEntities);
    m_timeline->setSnapping(m_settings.value(kSnapKey).toBool());
    const QVariant kept = m_settings.value(kLayersKey);
    if (kept.isValid())
        m_timeline->setLayers(TimelineLayers::fromInt(kept.toUInt()));
    connect(m_timeline, &TimelinePane::layersChanged, this,
            [this] {
                m_settings.setValue(kLayersKey, m_timeline->layers().toInt());
                m_settings.setValue(kSnapKey, m_timeline->view().isSnapping());
            });
}

} // namespace chrona::ui
