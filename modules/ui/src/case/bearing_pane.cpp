// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/bearing_pane.h"

#include "chrona/workspace/investigations.h"
#include "inspector/fact_sections.h"
#include "inspector/source_link.h"
#include "signals/signal_words.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QScrollArea>

#include <algorithm>

using namespace std::chrono_literals;

namespace chrona::ui {

namespace {

/// While a person pins one thing after the other, nothing is asked.
constexpr auto kPinPause = 400ms;
constexpr std::size_t kEntitiesAsked = 8;
constexpr std::uint32_t kStoriesOfEach = 10;
constexpr std::uint32_t kSignalsAsked = 50;

} // namespace

BearingPane::BearingPane(workspace::Investigations &book, workspace::Session &session,
                         const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_book(book), m_session(session),
      m_scroll(makeFactArea(tr("What bears on it"), this))
{
    setContent(m_scroll);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPinPause);
    connect(&m_pause, &QTimer::timeout, this, &BearingPane::ask);
    const auto askSoon = [this] {
        m_pause.start();
        if (!m_book.current())
            rebuild();
        else if (state() != State::Ready)
            setLoading(tr("Looking for what bears on the pins…"));
    };
    connect(&book, &workspace::Investigations::currentChanged, this, askSoon);
    connect(&book, &workspace::Investigations::currentEdited, this, askSoon);
    connect(&session, &workspace::Session::stateChanged, this, askSoon);
    connect(&session.focus(), &workspace::Focus::asOfChanged, this, askSoon);
    connect(&theme, &Theme::changed, this, &BearingPane::rebuild);
    rebuild();
}

void BearingPane::ask()
{
    ++m_asked;
    m_open = 0;
    m_stories.clear();
    m_signals.clear();
    const workspace::Investigation *current = m_book.current();
    std::vector<schema::EventId> events;
    std::vector<std::string> entities;
    if (current)
        for (const schema::CaseItem *pin : current->items(schema::CaseItemKind::Pin)) {
            using schema::PinKind;
            const PinKind kind = pin->target.kind;
            if (kind == PinKind::Event)
                events.push_back({pin->target.id});
            else if (kind == PinKind::Entity || kind == PinKind::Topic)
                entities.push_back(pin->target.key);
            else if (kind == PinKind::Region)
                entities.push_back((pin->target.key.size() > 2 ? "region:" : "country:") +
                                   pin->target.key);
        }
    events.resize(std::min(events.size(), ipc::SignalQuery::kEventsMax));
    entities.resize(std::min(entities.size(), kEntitiesAsked));
    if (!events.empty()) {
        ipc::ClusterQuery query;
        query.events = events;
        askStories(std::move(query));
        ipc::SignalQuery counting;
        counting.events = events;
        counting.asOf = m_session.focus().asOf();
        counting.limit = kSignalsAsked;
        ++m_open;
        m_session.request<ipc::SignalQuery>(
            std::move(counting), this,
            [this, asked = m_asked](const Result<ipc::SignalQueryReply> &reply) {
                if (asked != m_asked)
                    return;
                if (reply)
                    m_signals = reply->signals;
                finishOne();
            });
    }
    for (std::string &entity : entities) {
        ipc::ClusterQuery query;
        query.entity = std::move(entity);
        query.membersMin = 2; // told by several
        askStories(std::move(query));
    }
    if (m_open == 0)
        rebuild();
}

void BearingPane::askStories(ipc::ClusterQuery query)
{
    query.asOf = m_session.focus().asOf();
    query.limit = kStoriesOfEach;
    ++m_open;
    m_session.request<ipc::ClusterQuery>(
        std::move(query), this,
        [this, asked = m_asked](const Result<ipc::ClusterQueryReply> &reply) {
            if (asked != m_asked)
                return;
            if (reply)
                for (const schema::Cluster &story : reply->clusters)
                    m_stories.emplace(story.id.value, story);
            finishOne();
        });
}

void BearingPane::finishOne()
{
    if (--m_open == 0)
        rebuild();
}

void BearingPane::rebuild()
{
    if (!m_book.current()) {
        setEmpty({tr("No investigation is open"),
                  tr("Stories and signals about what is pinned stand here."),
                  {},
                  {}});
        return;
    }
    if (m_stories.empty() && m_signals.empty()) {
        setHeaderNote({});
        setEmpty({tr("Nothing bears on the pins"),
                  tr("No story holds a pinned event or names a pinned entity, and no signal counts "
                     "one."),
                  {},
                  {}});
        return;
    }
    auto *column = new FactColumn(m_theme, nullptr);
    column->addSection(tr("Stories"));
    std::vector<const schema::Cluster *> newest;
    for (const auto &[id, story] : m_stories)
        newest.push_back(&story);
    std::ranges::sort(newest, std::greater{}, &schema::Cluster::lastAt);
    for (const schema::Cluster *story : newest) {
        QSet<qint64> reports;
        for (const schema::ClusterMember &member : story->members)
            reports.insert(member.event.value);
        column->addLink(fromUtf8(story->title),
                        tr("%1 reports, the last %2")
                            .arg(countText(reports.size()), TimeText{}.minute(story->lastAt)),
                        [&focus = m_session.focus(), reports, first = story->representative.value] {
                            focus.select(reports, first);
                        });
    }
    column->addSection(tr("Signals"));
    for (const ipc::SignalEntry &signal : m_signals)
        column->addLink(pairText(signal),
                        signal.elevated ? tr("elevated now") : tr("as usual now"),
                        [this, id = signal.id.value] { Q_EMIT signalWanted(id); });
    column->finish();
    m_scroll->setWidget(column);
    setHeaderNote(tr("%1 stories, %2 signals")
                      .arg(countText(static_cast<qint64>(m_stories.size())),
                           countText(static_cast<qint64>(m_signals.size()))));
    setReady();
}

} // namespace chrona::ui
