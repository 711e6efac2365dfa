// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alert_check.h"
#include "alert_desk.h"
#include "database_work.h"
#include "handlers.h"

#include <algorithm>

namespace chrona::service {

void Handlers::handle(ipc::AlertRulesRequest, Responder<ipc::AlertRulesRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [](storage::Connection &connection) {
                   return storage::loadAlertRules(connection).transform([](auto rules) {
                       return ipc::AlertRulesReply{std::move(rules)};
                   });
               });
}

void Handlers::handle(ipc::AlertRuleSave request, Responder<ipc::AlertRuleSave> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [rule = std::move(request.rule),
                &alerts = m_parts.alerts](storage::Connection &connection) {
                   return storage::saveAlertRule(connection, rule)
                       .transform([&alerts](schema::AlertRule saved) {
                           alerts.rulesChanged();
                           return ipc::AlertRulesReply{{std::move(saved)}};
                       });
               });
}

void Handlers::handle(ipc::AlertRuleRemove request, Responder<ipc::AlertRuleRemove> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [rule = request.rule, &alerts = m_parts.alerts](storage::Connection &connection) {
                   return storage::removeAlertRule(connection, rule).transform([&alerts] {
                       alerts.rulesChanged();
                       return ipc::Done{};
                   });
               });
}

void Handlers::handle(ipc::AlertsRequest request, Responder<ipc::AlertsRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = request](storage::Connection &connection) {
                   storage::AlertListQuery query;
                   query.from = asked.from;
                   query.to = asked.to;
                   query.rule = asked.rule;
                   query.limit = std::clamp(asked.limit, 1U, ipc::AlertsRequest::kLimitMax);
                   return storage::loadAlerts(connection, query).transform([](auto alerts) {
                       return ipc::AlertsReply{std::move(alerts)};
                   });
               });
}

void Handlers::handle(ipc::AlertPreview request, Responder<ipc::AlertPreview> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return previewRule(connection, asked);
               });
}

} // namespace chrona::service
