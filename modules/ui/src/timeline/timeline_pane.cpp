// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/timeline_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"

#include <QActionGroup>
#include <QMenu>
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
    setContent(m_view);
    Focus &focus = session.focus();
    connect(m_view, &TimelineView::brushMoved, this, [this](MicrosRange brush) {
        m_playback.stop();
        m_session.focus().setWindow(windowOf(brush));
    });
    connect(m_view, &TimelineView::playToggled, this, &TimelinePane::togglePlayback);
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
        QMetaObject::invokeMethod(this, [this, counts, ticket] {
            if (m_ticket == ticket)
                m_view->setCounts(counts);
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
