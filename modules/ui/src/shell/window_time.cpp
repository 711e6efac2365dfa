// SPDX-License-Identifier: AGPL-3.0-or-later
// What other panes know of time, for the timeline: briefings, episodes of signals, prices.
#include "chrona/workspace/briefing_book.h"
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

constexpr auto kLayersKey = "timeline/layers"_L1;

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
    const QVariant kept = m_settings.value(kLayersKey);
    if (kept.isValid())
        m_timeline->setLayers(TimelineLayers::fromInt(kept.toUInt()));
    connect(m_timeline, &TimelinePane::layersChanged, this,
            [this] { m_settings.setValue(kLayersKey, m_timeline->layers().toInt()); });
}

} // namespace chrona::ui
