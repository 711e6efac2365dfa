// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/timeline_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"

#include <QMenu>
#include <QTimeZone>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

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

/// What was published on an appointed day: releases of figures and decisions on rates.
std::vector<TimelineMark> releasesOf(const schema::EventColumns &columns)
{
    constexpr std::size_t kMarksMax = 20'000; // the newest; more would be a bar without gaps
    std::vector<TimelineMark> marks;
    for (std::size_t row = columns.size(); row-- > 0 && marks.size() < kMarksMax;) {
        const auto type = static_cast<schema::EventType>(columns.type[row]);
        if (type == schema::EventType::MacroRelease || type == schema::EventType::RateDecision)
            marks.push_back({TimelineLayer::Releases, columns.observedAt[row],
                             columns.observedAt[row], {}, columns.id[row]});
    }
    return marks;
}

QToolButton *tool(const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFixedHeight(20);
    button->setIconSize({14, 14});
    return button;
}

} // namespace

TimelinePane::TimelinePane(workspace::Session &session, const Theme &theme, QWidget *parent) :
    Pane(theme, parent), m_session(session), m_view(new TimelineView(theme, this)),
    m_playback(this)
{
    m_pool.setMaxThreadCount(1);
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

TimelinePane::~TimelinePane()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void TimelinePane::makeTools()
{
    m_rate = tool(tr("World time for one second of playback"), this);
    m_rate->setFont(m_theme.font(TextSize::Tiny));
    m_rate->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_rate);
    constexpr std::array<Duration, 6> kRates = {1h, 6h, 24h, 168h, 24h * 30, 24h * 91};
    for (const Duration rate : kRates) {
        QAction *action = menu->addAction(tr("%1 per second").arg(spanText(rate)));
        connect(action, &QAction::triggered, this, [this, rate] {
            m_playback.setRate(rate);
            refreshTools();
        });
    }
    m_rate->setMenu(menu);
    m_play = tool(tr("Play (Space)"), this);
    connect(m_play, &QToolButton::clicked, this, &TimelinePane::togglePlayback);
    m_fit = tool(tr("Zoom to the window; again for everything"), this);
    connect(m_fit, &QToolButton::clicked, this, &TimelinePane::zoomToBrush);
    const std::array<std::pair<QString, std::optional<Duration>>, 6> spans = {{
        {tr("24 h"), 24h},
        {tr("7 d"), 168h},
        {tr("30 d"), 720h},
        {tr("90 d"), 2160h},
        {tr("1 y"), 8766h},
        {tr("all"), std::nullopt},
    }};
    for (const auto &[text, span] : spans) {
        QToolButton *button = tool(span ? tr("The last %1 of data").arg(text)
                                        : tr("All data, no time window"),
                                   this);
        button->setText(text);
        button->setFont(m_theme.font(TextSize::Tiny));
        connect(button, &QToolButton::clicked, this, [this, span = span] { showLast(span); });
        addHeaderTool(button);
    }
    for (QToolButton *button : {m_fit, m_rate, m_play})
        addHeaderTool(button);
}

void TimelinePane::refreshTools()
{
    m_play->setIcon(m_theme.icon(m_playback.isPlaying() ? u"pause"_s : u"play"_s, Role::Text1));
    m_play->setAccessibleName(m_playback.isPlaying() ? tr("Pause") : tr("Play"));
    m_fit->setIcon(m_theme.icon(u"fit"_s, Role::Text2));
    m_rate->setText(tr("%1/s").arg(spanText(m_playback.rate())));
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
    const quint64 ticket = ++m_ticket;
    m_pool.clear(); // what waits is older than this
    // The destructor waits for the pool, so that this pane outlives the work.
    m_pool.start([this, visible, ticket] {
        auto counts = std::make_shared<const CumulativeCounts>(visible->snapshot->columns,
                                                               visible->rowsAnyTime);
        auto releases = releasesOf(visible->snapshot->columns);
        QMetaObject::invokeMethod(this, [this, counts, releases = std::move(releases), ticket] {
            if (m_ticket != ticket)
                return;
            m_view->setCounts(counts);
            if (releases != m_releases) {
                m_releases = releases;
                overlayToView();
            }
        });
    });
}

void TimelinePane::focusToView()
{
    m_view->setBrush(rangeOf(m_session.focus().window()));
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

void TimelinePane::makeLayerMenu()
{
    m_layerMenu = tool(tr("What is shown beside the events"), this);
    m_layerMenu->setFont(m_theme.font(TextSize::Tiny));
    m_layerMenu->setText(tr("Marks"));
    m_layerMenu->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_layerMenu);
    const auto offer = [this, menu](const QString &text, TimelineLayer layer) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_layers.testFlag(layer));
        connect(action, &QAction::toggled, this, [this, layer](bool isShown) {
            TimelineLayers layers = m_layers;
            setLayers(layers.setFlag(layer, isShown));
        });
        connect(this, &TimelinePane::layersChanged, action,
                [this, action, layer] { action->setChecked(m_layers.testFlag(layer)); });
    };
    offer(tr("Releases and rate decisions"), TimelineLayer::Releases);
    offer(tr("Briefings"), TimelineLayer::Briefings);
    offer(tr("Episodes of the chosen signal"), TimelineLayer::Episodes);
    offer(tr("Price of the chosen instrument"), TimelineLayer::Price);
    m_layerMenu->setMenu(menu);
    addHeaderTool(m_layerMenu);
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

void TimelinePane::setPrice(std::optional<TimelineLine> price)
{
    m_price = std::move(price);
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
    m_view->setOverlay(std::move(marks),
                       m_layers.testFlag(TimelineLayer::Price) ? m_price : std::nullopt);
}

/// A release becomes the selection, a briefing is opened, an episode becomes the window.
void TimelinePane::takeMark(const TimelineMark &mark)
{
    switch (mark.layer) {
    case TimelineLayer::Releases: m_session.focus().select({mark.event}, mark.event); break;
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
