// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_titles.h"

#include "chrona/workspace/event_store.h"

namespace chrona::workspace {
namespace {

/// Each question reads all titles, so a flood of new events must not become a flood of questions.
constexpr int kRefreshMs = 1000;

} // namespace

EventTitles::EventTitles(const EventStore &store, Fetch<ipc::TitleMatchQuery> fetchMatches,
                         Fetch<ipc::TitleOrderQuery> fetchOrder, QObject *parent)
    : QObject(parent), m_fetchMatches(std::move(fetchMatches)), m_fetchOrder(std::move(fetchOrder))
{
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(kRefreshMs);
    connect(&m_refreshTimer, &QTimer::timeout, this, &EventTitles::refresh);
    connect(&store, &EventStore::snapshotChanged, this, [this] {
        if (!m_refreshTimer.isActive() && (m_ranksWanted || !m_words.isEmpty()))
            m_refreshTimer.start();
    });
}

EventTitles::Table EventTitles::matches(const QStringList &words)
{
    if (words != m_words) {
        m_words = words;
        m_matches.reset();
        if (!words.isEmpty())
            askMatches();
    }
    return m_matches;
}

EventTitles::Table EventTitles::ranks()
{
    if (!m_ranksWanted) {
        m_ranksWanted = true;
        askRanks();
    }
    return m_ranks;
}

void EventTitles::refresh()
{
    if (!m_words.isEmpty())
        askMatches();
    if (m_ranksWanted)
        askRanks();
}

void EventTitles::askMatches()
{
    if (m_matchesOpen)
        return; // its answer sees that the words have changed
    m_matchesOpen = true;
    ipc::TitleMatchQuery query;
    for (const QString &word :
         m_words.first(std::min<qsizetype>(m_words.size(), ipc::TitleMatchQuery::kWordsMax)))
        query.words.push_back(word.toStdString());
    m_fetchMatches(std::move(query), [this, asked = m_words](const auto &answer) {
        m_matchesOpen = false;
        if (asked != m_words) {
            if (!m_words.isEmpty())
                askMatches();
            return;
        }
        m_problem = answer ? std::nullopt : std::optional(answer.error());
        // After a failure nothing passes rather than everything: the filter says what it wants.
        m_matches = answer ? std::make_shared<const EventIdTable>(answer->columns.id)
                           : std::make_shared<const EventIdTable>();
        Q_EMIT matchesChanged();
    });
}

void EventTitles::askRanks()
{
    if (m_ranksOpen)
        return;
    m_ranksOpen = true;
    m_fetchOrder({}, [this](const auto &answer) {
        m_ranksOpen = false;
        m_problem = answer ? std::nullopt : std::optional(answer.error());
        if (!answer)
            return;
        m_ranks = std::make_shared<const EventIdTable>(answer->columns.id, answer->columns.rank);
        Q_EMIT ranksChanged();
    });
}

} // namespace chrona::workspace
