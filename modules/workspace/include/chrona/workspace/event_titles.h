// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"
#include "chrona/workspace/event_ids.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace chrona::workspace {

class EventStore;

/// What the service knows of the titles of all events, for filtering and sorting: which events hold
/// the wanted words, and the rank of each title. Both are asked for when they are first wanted, and
/// again, not more than once a second, while events arrive. Thread rule: UI thread.
class EventTitles : public QObject {
    Q_OBJECT

public:
    template <class Request> using Answer = std::function<void(Result<ipc::Answer<Request>>)>;
    template <class Request> using Fetch = std::function<void(Request, Answer<Request>)>;
    using Table = std::shared_ptr<const EventIdTable>;

    EventTitles(const EventStore &store, Fetch<ipc::TitleMatchQuery> fetchMatches,
                Fetch<ipc::TitleOrderQuery> fetchOrder, QObject *parent = nullptr);

    /// The events whose title holds all words; null while the service is being asked, then
    /// matchesChanged() follows. No words: null, and nothing is asked.
    [[nodiscard]] Table matches(const QStringList &words);
    /// The rank of every title, or null while the service is being asked.
    [[nodiscard]] Table ranks();
    /// Why the newest question failed; nullopt when it did not.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }

Q_SIGNALS:
    void matchesChanged();
    void ranksChanged();

private:
    void refresh();
    void askMatches();
    void askRanks();

    Fetch<ipc::TitleMatchQuery> m_fetchMatches;
    Fetch<ipc::TitleOrderQuery> m_fetchOrder;
    QStringList m_words;
    Table m_matches, m_ranks;
    bool m_matchesOpen = false, m_ranksOpen = false; ///< a question is on its way
    bool m_ranksWanted = false;
    std::optional<Error> m_problem;
    QTimer m_refreshTimer;
};

} // namespace chrona::workspace
