// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <optional>
#include <vector>

namespace chrona::ui {

/// Daily closes of one target around an event.
struct MarketAround {
    QString symbol;
    std::vector<double> closes;     ///< oldest first, adjusted
    std::vector<std::int64_t> days; ///< when each was, microseconds since 1970
};

/// What the database has near an event that is not among those that are loaded.
struct NeighboursFound {
    schema::EventColumns rows; ///< on both sides of it in time
    std::optional<Error> problem;
};

/// What an event stands in: what its source said of it before and what was fetched, its stories,
/// the signals that count it, events like it, and prices around it. Asked for when the reader stays
/// with it for a moment; told at once when all answers are there. UI thread only.
class EventBackground final : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype kTargetsMax = 3;
    static constexpr std::size_t kNeighboursMax = 8;

    EventBackground(workspace::Session &session, QObject *parent);

    /// Forgets what was known of another one.
    void follow(const schema::Event &event);
    void clear();
    /// Asks again of the same one.
    void refresh();

    /// nullopt: not heard, or the question failed.
    [[nodiscard]] const std::optional<ipc::EventHistoryReply> &history() const { return m_history; }
    [[nodiscard]] const std::vector<schema::Cluster> &stories() const { return m_stories; }
    [[nodiscard]] const std::vector<ipc::SignalEntry> &signalsCounting() const { return m_signals; }
    [[nodiscard]] const std::vector<ipc::SimilarEvent> &similar() const { return m_similar; }
    /// By which vectors they are alike; empty: they were not compared.
    [[nodiscard]] const QString &similarBy() const { return m_similarBy; }
    [[nodiscard]] const std::vector<MarketAround> &market() const { return m_market; }
    /// nullopt: not heard, or it is loaded, and so is what is near it.
    [[nodiscard]] const std::optional<NeighboursFound> &neighbours() const { return m_neighbours; }
    /// The moment of the event, microseconds since 1970.
    [[nodiscard]] std::int64_t at() const { return m_at; }

Q_SIGNALS:
    void arrived();

private:
    void ask();
    void askNeighbours();
    void askMarket();
    void askBars(const QString &symbol);
    void chooseTargets();
    void finishOne();
    template <class Request, class Take> void put(Request request, Take take);

    workspace::Session &m_session;
    qint64 m_event = 0;
    schema::Event m_followed;
    std::int64_t m_at = 0;
    QTimer m_pause;
    quint64 m_asked = 0; ///< answers to earlier questions are dropped
    int m_open = 0;
    QStringList m_targets; ///< chosen last first
    std::optional<ipc::EventHistoryReply> m_history;
    std::vector<schema::Cluster> m_stories;
    std::vector<ipc::SignalEntry> m_signals;
    std::vector<ipc::SimilarEvent> m_similar;
    QString m_similarBy;
    std::vector<MarketAround> m_market;
    std::optional<NeighboursFound> m_neighbours;
};

} // namespace chrona::ui
