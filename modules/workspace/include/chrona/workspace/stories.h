// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace chrona::workspace {

/// A story that lies somewhere: several reports of the same.
struct PlacedStory {
    schema::Cluster cluster;
    schema::GeoPoint place; ///< of the first report that has one
};
using StoryList = std::vector<PlacedStory>;

/// The stories of Focus' window at its moment, told by two reports or more, those of most
/// independent publishers first. Asked for page by page while somebody shows them; what was there
/// stays until all have come. Thread rule: UI thread; the session must outlive it.
class Stories : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kStoriesMax = 10'000; ///< the newest, in all pages

    explicit Stories(Session &session, QObject *parent = nullptr);

    void setShown(bool isShown);
    /// Never null, immutable.
    [[nodiscard]] const std::shared_ptr<const StoryList> &stories() const { return m_stories; }
    /// Whose place nobody knows.
    [[nodiscard]] std::size_t unplaced() const { return m_unplaced; }
    /// There are more than kStoriesMax; how many nobody counted.
    [[nodiscard]] bool isCut() const { return m_isCut; }
    [[nodiscard]] bool isSettled() const { return !m_due.isActive() && !m_isAsking; }

Q_SIGNALS:
    void changed();

private:
    void ask();
    void askPage(ipc::ClusterQuery query, std::vector<schema::Cluster> before);
    void take(std::vector<schema::Cluster> clusters, bool isCut);
    [[nodiscard]] std::optional<schema::GeoPoint> placeOf(const schema::Cluster &cluster) const;

    Session &m_session;
    QTimer m_due;
    std::shared_ptr<const StoryList> m_stories;
    std::size_t m_unplaced = 0;
    bool m_isCut = false;
    quint64 m_ticket = 0; ///< newer questions make answers obsolete
    bool m_isShown = false, m_isAsking = false;
};

} // namespace chrona::workspace
