// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_signals.h"
#include "chrona/workspace/signals_model.h"

#include <QAbstractTableModel>

#include <optional>
#include <string>
#include <vector>

namespace chrona::workspace {

/// Which refusals are asked for. The service searches: there are as many as pairs were tried.
struct RefusedFilter {
    std::string text; ///< in the feature's key or name
    std::string rule; ///< empty: all
    friend bool operator==(const RefusedFilter &, const RefusedFilter &) = default;
};

/// What the newest search refused, by the rule that refused it first. Pages come as a view scrolls.
/// Thread rule: UI thread.
class RefusedModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr std::uint32_t kPageRows = 500;
    enum Column : int { Feature, Target, Rule, Measured, Limit, ColumnCount };

    explicit RefusedModel(Session &session, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    void setFilter(RefusedFilter filter);
    [[nodiscard]] const RefusedFilter &filter() const { return m_filter; }
    [[nodiscard]] const ipc::RefusedEntry &entry(int row) const
    {
        return m_refused[static_cast<std::size_t>(row)];
    }
    /// Of the whole search, whatever the filter, most first.
    [[nodiscard]] const std::vector<ipc::RuleCount> &rules() const { return m_rules; }
    [[nodiscard]] std::int64_t total() const;
    [[nodiscard]] ListState state() const { return m_state; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    void refresh();

Q_SIGNALS:
    void stateChanged();

private:
    void ask();
    void take(Result<ipc::RefusedQueryReply> reply);

    Session &m_session;
    RefusedFilter m_filter;
    std::vector<ipc::RefusedEntry> m_refused;
    std::vector<ipc::RuleCount> m_rules;
    std::string m_nextCursor;
    bool m_isFirstPage = true;
    bool m_isAsking = false;
    quint64 m_ticket = 0;
    ListState m_state = ListState::Loading;
    std::optional<Error> m_problem;
};

} // namespace chrona::workspace
