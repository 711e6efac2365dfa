// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_alerts.h"
#include "chrona/workspace/event_filter.h"
#include "chrona/workspace/signals_model.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace chrona::workspace {

struct FilterNames;
class Session;

/// A person's own rules and what crossed them, as the service keeps them. Thread rule: UI thread.
class AlertBook : public QObject {
    Q_OBJECT

public:
    static constexpr std::uint32_t kAlertsMax = 500;

    explicit AlertBook(Session &session, QObject *parent = nullptr);

    /// In the order in which they were made.
    [[nodiscard]] const std::vector<schema::AlertRule> &rules() const { return m_rules; }
    /// Newest first, at most kAlertsMax.
    [[nodiscard]] const std::vector<schema::Alert> &alerts() const { return m_alerts; }
    [[nodiscard]] ListState state() const { return m_state; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    void refresh();

    using Done = std::function<void(const Status &)>;
    /// With a null id: a new one.
    void save(const schema::AlertRule &rule, QObject *context, Done done);
    void remove(schema::AlertRuleId rule, QObject *context, Done done);
    using Previewed = std::function<void(const Result<ipc::AlertPreviewReply> &)>;
    /// What the rule would have told in the days before the newest event.
    void preview(const schema::AlertRule &rule, std::uint32_t days, QObject *context,
                 Previewed done);

Q_SIGNALS:
    void rulesChanged();
    void alertsChanged();
    /// Announced while this session was open.
    void announced(const chrona::schema::Alert &alert);

private:
    void take(const ipc::AlertsChanged &news);
    void askRules();
    void askAlerts();

    Session &m_session;
    std::vector<schema::AlertRule> m_rules;
    std::vector<schema::Alert> m_alerts;
    ListState m_state = ListState::Loading;
    std::optional<Error> m_problem;
    quint64 m_rulesTicket = 0;
    quint64 m_alertsTicket = 0;
};

/// A saved search as a rule: what passes the filter. Without `isWhole` the rule takes more than the
/// filter: events of no region, and more than kAlertTermsMax regions or sources, cannot be named.
struct RuleOfFilter {
    schema::AlertRule rule;
    bool isWhole = true;
};
[[nodiscard]] RuleOfFilter ruleFor(const EventFilter &filter, const FilterNames &names);
/// What the rule filters by; regions and sources that the names do not have are left out.
[[nodiscard]] EventFilter filterOf(const schema::AlertRule &rule, const FilterNames &names);

} // namespace chrona::workspace
