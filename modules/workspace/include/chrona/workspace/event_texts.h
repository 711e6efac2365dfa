// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"

#include <QCache>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>

namespace chrona::workspace {

/// Titles of events, asked for when a row is looked at, in batches, and kept in a bounded cache.
/// Thread rule: UI thread.
class EventTexts : public QObject {
    Q_OBJECT

public:
    using Answer = std::function<void(Result<ipc::EventTextsReply>)>;
    /// How a batch is asked for; Session gives it, tests give their own.
    using Fetch = std::function<void(ipc::EventTextsRequest, Answer)>;

    explicit EventTexts(Fetch fetch, QObject *parent = nullptr);

    /// nullopt: it was asked for, textsArrived() follows. Empty: there is no such event any more.
    [[nodiscard]] std::optional<QString> title(qint64 event);
    /// How many are kept: bounded, however far one scrolls.
    [[nodiscard]] qsizetype kept() const { return m_titles.size(); }
    static constexpr int kKeptMax = 20'000;
    /// They may have changed; the next title() asks again.
    void forget(const std::vector<std::int64_t> &events);
    void forgetAll();
    /// From now on as they were called at that moment; absent: now.
    void setAsOf(std::optional<Instant> asOf);

Q_SIGNALS:
    void textsArrived();

private:
    void ask();
    void take(const std::vector<schema::EventId> &asked, const Result<ipc::EventTextsReply> &reply);

    Fetch m_fetch;
    QCache<qint64, QString> m_titles;
    QList<qint64> m_wanted; ///< newest last: what is looked at now is asked for first
    QSet<qint64> m_pending; ///< wanted or on the way
    QTimer m_askTimer;
    int m_openRequests = 0;
    std::optional<Instant> m_asOf;
};

} // namespace chrona::workspace
