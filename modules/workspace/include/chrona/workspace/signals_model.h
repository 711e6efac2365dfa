// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_signals.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace chrona::workspace {

class Session;

/// Where a list stands that is asked from the service.
enum class ListState : std::uint8_t { Loading, Ready, Failed };

/// Which signals are shown.
struct SignalFilter {
    QString text; ///< every word of it in feature or target, any case
    bool elevatedOnly = false;
    friend bool operator==(const SignalFilter &, const SignalFilter &) = default;
};

/// The signals of the newest search that had ended at the as-of time, best first until sorted.
/// All are loaded, filter and order are a list of positions. Asked anew when the session is ready,
/// when the as-of time changes and when a search has ended. Raw values; words are the view's.
/// Thread rule: UI thread.
class SignalsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr std::size_t kRowsMax = 20'000;
    enum Column : int {
        Feature,
        Target,
        Lag,
        Effect,
        Q,
        Stability,
        Now,
        Label,
        Family,
        ColumnCount
    };

    explicit SignalsModel(Session &session, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    /// By the column's number or text, ties by rank; column -1: by rank.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    void setFilter(SignalFilter filter);
    [[nodiscard]] const SignalFilter &filter() const { return m_filter; }
    /// Valid until the next reset of the model.
    [[nodiscard]] const ipc::SignalEntry &entry(int row) const
    {
        return m_signals[m_rows[static_cast<std::size_t>(row)]];
    }
    /// -1 where it is not shown.
    [[nodiscard]] int rowOf(schema::SignalId id) const;
    /// All that the search found, shown or not.
    [[nodiscard]] const std::vector<ipc::SignalEntry> &all() const { return m_signals; }
    [[nodiscard]] std::size_t elevatedCount() const;

    [[nodiscard]] ListState state() const { return m_state; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    /// nullopt: nothing was searched yet.
    [[nodiscard]] const std::optional<ipc::DiscoveryRunEntry> &run() const { return m_run; }
    void refresh();

Q_SIGNALS:
    void stateChanged();

private:
    void ask(const std::string &cursor);
    void take(Result<ipc::SignalQueryReply> reply);
    void publish();
    void fail(const Error &error);
    void arrange();

    Session &m_session;
    SignalFilter m_filter;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::vector<ipc::SignalEntry> m_signals;
    QStringList m_folded;              ///< what the filter's words are looked for in
    std::vector<std::uint32_t> m_rows; ///< positions in m_signals, as shown
    std::optional<ipc::DiscoveryRunEntry> m_run;
    ipc::SignalQueryReply m_coming; ///< pages that have arrived of the next list
    quint64 m_ticket = 0;           ///< a newer question makes older answers obsolete
    ListState m_state = ListState::Loading;
    std::optional<Error> m_problem;
};

} // namespace chrona::workspace
