// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/timeline_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"

#include <QTimeZone>
#include <QToolButton>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::Focus;

namespace {

MicrosRange rangeOf(const workspace::TimeWindow &window)
{
    return {window.begin.time_since_epoch().count(), window.end.time_since_epoch().count()};
}

workspace::TimeWindow windowOf(const MicrosRange &range)
{
    return {instantFromMicros(range.begin), instantFromMicros(range.end)};
}

} // namespace

TimelinePane::TimelinePane(workspace::Session &session, const Theme &theme, QWidget *parent) :
    Pane(theme, parent), m_session(session), m_view(new TimelineView(theme, this)),
    m_playback(this), m_entities(session, this), m_counter(this)
{
    makeTools();
    makeLayerMenu();
    setContent(m_view);
    m_view->setMarkText([this](const TimelineMark &mark) { return textOf(mark); });
    Focus &focus = session.focus();
    connect(m_view, &TimelineView::brushMoved, this, [this](MicrosRange brush) {
        m_playback.stop();
        m_session.focus().setWindow(windowOf(brush));
    });
    connect(m_view, &TimelineView::playToggled, this, &TimelinePane::togglePlayback);
    connect(m_view, &TimelineView::markActivated, this, &TimelinePane::takeMark);
    connect(&m_playback, &Playback::windowMoved, this,
            [this](MicrosRange window) { m_session.focus().setWindow(windowOf(window)); });
    connect(&m_playback, &Playback::playingChanged, this, &TimelinePane::refreshTools);
    connect(&m_counter, &TimelineCounter::counted, this,
            [this](const TimelineCounter::Counted &result) {
                m_view->setCounts(result.counts);
                m_view->setLanes(result.lanes);
                if (result.releases != m_releases) {
                    m_releases = result.releases;
                    overlayToView();
                }
            });
    connect(&m_entities, &EntityLanes::changed, this, &TimelinePane::countAgain);
    connect(&focus, &Focus::windowChanged, this, &TimelinePane::focusToView);
    connect(&focus, &Focus::selectionChanged, this, &TimelinePane::marksToView);
    connect(&session.events(), &workspace::EventStore::snapshotChanged, this,
            &TimelinePane::takeExtent);
    connect(&session.selector(), &workspace::EventSelector::visibleChanged, this,
            &TimelinePane::countAgain);
    connect(&session, &workspace::Session::stateChanged, this, &TimelinePane::refreshState);
    connect(&theme, &Theme::changed, this, &TimelinePane::refreshTools);
    refreshTools();
    takeExtent();
    countAgain();
}

void TimelinePane::setTimeText(const TimeText &times)
{
    m_view->setTimeText(times);
}

void TimelinePane::togglePlayback()
{
    m_playback.isPlaying() ? m_playback.stop()
                           : m_playback.start(m_view->brush(), m_view->extent());
}

void TimelinePane::showLast(std::optional<Duration> span)
{
    const MicrosRange extent = m_view->extent();
    const std::int64_t begin = span ? std::max(extent.begin, extent.end - span->count())
                                    : extent.begin;
    m_playback.stop();
    m_session.focus().setWindow(windowOf({begin, extent.end}));
}

void TimelinePane::zoomToBrush()
{
    const MicrosRange brush = m_view->brush();
    const std::int64_t margin = (brush.end - brush.begin) / 8;
    const MicrosRange wanted{brush.begin - margin, brush.end + margin};
    const MicrosRange before = m_view->visibleRange();
    m_view->setVisibleRange(wanted);
    if (m_view->visibleRange() == before)
        m_view->setVisibleRange(m_view->extent());
}

void TimelinePane::showAround(std::int64_t micros)
{
    constexpr std::int64_t kHalf = Duration(std::chrono::days(15)).count();
    const MicrosRange seen = m_view->visibleRange();
    const std::int64_t half = std::min(kHalf, (seen.end - seen.begin) / 2);
    m_view->setVisibleRange({micros - half, micros + half});
}

void TimelinePane::takeExtent()
{
    const auto snapshot = m_session.events().snapshot();
    if (snapshot->columns.size() == 0) {
        refreshState();
        return;
    }
    const auto &times = snapshot->columns.observedAt;
    // The last event is inside: the end of a window is excluded.
    const MicrosRange extent{times.front(), times.back() + 1};
    const MicrosRange before = m_view->extent();
    const MicrosRange window = rangeOf(m_session.focus().window());
    const bool showedAll =
        !m_hasExtent || (window.begin <= before.begin && window.end >= before.end);
    m_hasExtent = true;
    m_view->setExtent(extent);
    m_view->setNow(nowInstant().time_since_epoch().count());
    if (showedAll)
        m_session.focus().setWindow(windowOf(extent));
    focusToView();
    refreshState();
}

void TimelinePane::countAgain()
{
    const auto visible = m_session.selector().visible();
    if (!visible->snapshot)
        return;
    m_counter.want(visible, m_session.focus().criteria(), m_grouping, m_entities.events());
    m_view->setTypes(m_counter.types());
}

void TimelinePane::setGrouping(TimelineGrouping grouping)
{
    if (grouping == m_grouping)
        return;
    m_grouping = grouping;
    m_entities.setShown(grouping == TimelineGrouping::Entities);
    countAgain();
}

void TimelinePane::toggleCompared()
{
    if (m_view->compared())
        m_view->setCompared(std::nullopt);
    else
        m_view->setCompared(m_view->brush());
    refreshTools();
    refreshCompared();
}

/// What differs by category has no room beside the brush.
void TimelinePane::refreshCompared()
{
    const QStringList lines = m_view->comparedCategories();
    m_compare->setToolTip(
        lines.isEmpty()
            ? tr("Keep this window to compare others with it; again to let it go")
            : tr("Compared with the kept window; again to let it go") + u'\n' + lines.join(u'\n'));
    m_compare->setAccessibleDescription(lines.join(u'\n'));
}

void TimelinePane::setSnapping(bool isOn)
{
    if (isOn == m_view->isSnapping())
        return;
    m_view->setSnapping(isOn);
    Q_EMIT layersChanged();
}

void TimelinePane::focusToView()
{
    m_view->setBrush(rangeOf(m_session.focus().window()));
    m_view->setNow(nowInstant().time_since_epoch().count());
    refreshCompared();
}

void TimelinePane::marksToView()
{
    std::vector<std::int64_t> marks;
    const auto snapshot = m_session.events().snapshot();
    for (const qint64 id : m_session.focus().selection()) {
        if (marks.size() >= 200)
            break;
        if (const auto row = m_session.events().rowOf(id))
            marks.push_back(snapshot->columns.observedAt[*row]);
    }
    m_view->setMarks(std::move(marks));
}

void TimelinePane::setLayers(TimelineLayers layers)
{
    if (layers == m_layers)
        return;
    m_layers = layers;
    overlayToView();
    Q_EMIT layersChanged();
}

void TimelinePane::setBriefings(std::vector<std::pair<QString, QString>> days)
{
    m_briefings.clear();
    for (auto &[day, title] : days) {
        // A day's briefing is written when it is over.
        const QDateTime end = QDate::fromString(day, Qt::ISODate).endOfDay(QTimeZone::utc());
        const std::int64_t micros = end.toMSecsSinceEpoch() * 1000;
        m_briefings.push_back({TimelineLayer::Briefings, micros, micros,
                               title.isEmpty() ? day : tr("%1: %2").arg(day, title), 0});
    }
    overlayToView();
}

void TimelinePane::setEpisodes(const QString &signal, std::vector<MicrosRange> episodes)
{
    m_episodes.clear();
    for (const MicrosRange &episode : episodes)
        m_episodes.push_back({TimelineLayer::Episodes, episode.begin, episode.end,
                              tr("%1 was elevated").arg(signal), 0});
    overlayToView();
}

void TimelinePane::setCase(std::vector<TimelineMark> marks)
{
    m_case = std::move(marks);
    overlayToView();
}

void TimelinePane::setPrice(std::optional<TimelineLine> price)
{
    m_price = std::move(price);
    overlayToView();
}

void TimelinePane::setFeature(std::optional<TimelineLine> feature)
{
    m_feature = std::move(feature);
    overlayToView();
}

void TimelinePane::overlayToView()
{
    std::vector<TimelineMark> marks;
    for (const auto &[layer, of] : {std::pair(TimelineLayer::Releases, &m_releases),
                                    std::pair(TimelineLayer::Briefings, &m_briefings),
                                    std::pair(TimelineLayer::Episodes, &m_episodes)})
        if (m_layers.testFlag(layer))
            marks.insert(marks.end(), of->begin(), of->end());
    std::ranges::copy_if(m_case, std::back_inserter(marks), [this](const TimelineMark &mark) {
        return m_layers.testFlag(mark.layer);
    });
    m_view->setOverlay(std::move(marks),
                       m_layers.testFlag(TimelineLayer::Price) ? m_price : std::nullopt,
                       m_layers.testFlag(TimelineLayer::Feature) ? m_feature : std::nullopt);
}

/// A release becomes the selection, a briefing is opened, an episode becomes the window.
void TimelinePane::takeMark(const TimelineMark &mark)
{
    switch (mark.layer) {
    case TimelineLayer::Releases: m_session.focus().select({mark.event}, mark.event); break;
    case TimelineLayer::Work: Q_EMIT caseItemWanted(mark.item); break;
    case TimelineLayer::Pins:
        if (mark.event != 0)
            return m_session.focus().select({mark.event}, mark.event);
        m_playback.stop();
        m_session.focus().setWindow(windowOf({mark.beginMicros, mark.endMicros}));
        break;
    case TimelineLayer::Briefings:
        Q_EMIT briefingWanted(
            QDateTime::fromMSecsSinceEpoch(mark.beginMicros / 1000, QTimeZone::utc())
                .date()
                .toString(Qt::ISODate));
        break;
    default:
        m_playback.stop();
        m_session.focus().setWindow(windowOf({mark.beginMicros, mark.endMicros}));
    }
}

QString TimelinePane::textOf(const TimelineMark &mark) const
{
    const QString when = m_view->times().minute(instantFromMicros(mark.beginMicros));
    if (mark.layer == TimelineLayer::Pins || mark.layer == TimelineLayer::Work)
        return tr("%1: %2").arg(when, mark.text);
    if (mark.event == 0)
        return mark.text;
    const auto title = m_session.texts().title(mark.event);
    return title && !title->isEmpty() ? tr("%1: %2").arg(when, *title)
                                      : tr("%1: a release or decision").arg(when);
}

void TimelinePane::refreshState()
{
    if (m_hasExtent)
        setReady();
    else if (m_session.state() == workspace::Session::State::Ready)
        setEmpty({tr("No events yet"), {}, {}, {}});
    else
        setLoading(tr("Waiting for events…"));
}

} // namespace chrona::ui
