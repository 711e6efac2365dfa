// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"
#include "chrona/workspace/request_handle.h"

#include <QCache>
#include <QHash>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <optional>

namespace chrona::workspace {

struct StoredPage {
    schema::EventColumns rows; ///< in the order of the table
    QStringList titles;        ///< as many
    QStringList sources;       ///< keys, by EventColumns::source
    QStringList regions;       ///< ISO 3166 codes, by EventColumns::region
};

/// Pages of the table over the whole database, asked for when they are looked at and kept in a
/// bounded cache. What has been scrolled past before its answer came is not waited for: its
/// question is cancelled. Thread rule: UI thread.
class StoredPages : public QObject {
    Q_OBJECT

public:
    using Answer = std::function<void(Result<ipc::EventRowsReply>)>;
    /// How a page is asked for; Session gives it, tests give their own.
    using Fetch = std::function<RequestHandle(ipc::EventRowsQuery, Answer)>;
    static constexpr int kKeptMax = 64;
    static constexpr int kOpenMax = 2;
    /// So many of the latest that were looked at are wanted; a screen shows two at most.
    static constexpr int kWantedMax = 4;

    explicit StoredPages(Fetch fetch, QObject *parent = nullptr);
    ~StoredPages() override;

    /// Of another table from now on: nothing is kept, what is open is cancelled.
    void clear();
    /// Null: it is asked for by that query, arrived() or failed() follows. Valid until control
    /// returns to the event loop.
    [[nodiscard]] const StoredPage *page(int number, const ipc::EventRowsQuery &query);
    [[nodiscard]] const StoredPage *kept(int number) const { return m_pages.object(number); }
    [[nodiscard]] qsizetype keptCount() const { return m_pages.size(); }
    [[nodiscard]] qsizetype openCount() const { return m_open.size(); }

Q_SIGNALS:
    void arrived(int number);
    void failed(const chrona::Error &error);

private:
    void ask();
    void take(int number, quint64 ticket, Result<ipc::EventRowsReply> reply);

    struct Open {
        quint64 ticket = 0;
        RequestHandle handle;
    };
    Fetch m_fetch;
    QCache<int, StoredPage> m_pages;
    QList<std::pair<int, ipc::EventRowsQuery>> m_wanted; ///< the newest last
    QHash<int, Open> m_open;
    quint64 m_ticket = 0;
    QTimer m_askTimer; ///< at the end of the turn, when a whole screen has been asked for
};

} // namespace chrona::workspace
