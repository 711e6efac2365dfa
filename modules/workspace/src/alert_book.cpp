// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/alert_book.h"

#include "chrona/schema/event.h"
#include "chrona/workspace/filter_language.h"
#include "chrona/workspace/session.h"

#include <algorithm>

namespace chrona::workspace {

AlertBook::AlertBook(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::listsOutdated, this, &AlertBook::refresh);
    connect(&session, &Session::alertsChanged, this, &AlertBook::take);
    if (session.state() == Session::State::Ready || session.state() == Session::State::Loading)
        refresh();
}

void AlertBook::refresh()
{
    askRules();
    askAlerts();
}

void AlertBook::askRules()
{
    m_session.request<ipc::AlertRulesRequest>(
        {}, this, [this, ticket = ++m_rulesTicket](Result<ipc::AlertRulesReply> reply) {
            if (ticket != m_rulesTicket || !reply || reply->rules == m_rules)
                return;
            m_rules = std::move(reply->rules);
            Q_EMIT rulesChanged();
        });
}

void AlertBook::askAlerts()
{
    ipc::AlertsRequest request;
    request.limit = kAlertsMax;
    m_session.request<ipc::AlertsRequest>(
        request, this, [this, ticket = ++m_alertsTicket](Result<ipc::AlertsReply> reply) {
            if (ticket != m_alertsTicket)
                return;
            m_state = reply ? ListState::Ready : ListState::Failed;
            m_problem = reply ? std::nullopt : std::optional(reply.error());
            if (reply)
                m_alerts = std::move(reply->alerts);
            Q_EMIT alertsChanged();
        });
}

void AlertBook::take(const ipc::AlertsChanged &news)
{
    if (news.rulesChanged)
        askRules();
    if (news.announced.empty())
        return;
    for (const schema::Alert &alert : news.announced)
        Q_EMIT announced(alert);
    askAlerts(); // counts of earlier ones may have grown too
}

void AlertBook::save(const schema::AlertRule &rule, QObject *context, Done done)
{
    m_session.request<ipc::AlertRuleSave>(
        {rule}, context, [this, done = std::move(done)](const Result<ipc::AlertRulesReply> &reply) {
            askRules();
            done(reply ? Status() : Status(std::unexpected(reply.error())));
        });
}

void AlertBook::remove(schema::AlertRuleId rule, QObject *context, Done done)
{
    m_session.request<ipc::AlertRuleRemove>(
        {rule}, context, [this, done = std::move(done)](const Result<ipc::Done> &reply) {
            refresh();
            done(reply ? Status() : Status(std::unexpected(reply.error())));
        });
}

void AlertBook::preview(const schema::AlertRule &rule, std::uint32_t days, QObject *context,
                        Previewed done)
{
    ipc::AlertPreview request;
    request.rule = rule;
    request.days = days;
    m_session.request<ipc::AlertPreview>(std::move(request), context, std::move(done));
}

RuleOfFilter ruleFor(const EventFilter &filter, const FilterNames &names)
{
    RuleOfFilter made;
    made.rule.watch = schema::AlertWatch::Events;
    made.rule.types = filter.types;
    made.rule.severityMin = filter.severityMin;
    made.rule.confidenceMin = filter.confidenceMin;
    for (const QString &word : filter.words)
        made.rule.words.push_back(word.toStdString());
    made.rule.box = filter.box;
    for (const std::uint16_t source : filter.sources)
        if (const QString key = names.sources.value(source); !key.isEmpty())
            made.rule.sources.push_back(key.toStdString());
    for (const std::uint16_t region : filter.regions)
        if (const QString name = names.regions.value(region); !name.isEmpty())
            made.rule.regions.push_back(name.toStdString());
        else
            made.isWhole = false; // what lies nowhere has no code
    // A country takes its parts along.
    std::erase_if(made.rule.regions, [all = made.rule.regions](const std::string &region) {
        const std::size_t dash = region.find('-');
        return dash != std::string::npos && std::ranges::contains(all, region.substr(0, dash));
    });
    for (std::vector<std::string> *terms : {&made.rule.regions, &made.rule.sources})
        if (terms->size() > schema::kAlertTermsMax) {
            terms->clear();
            made.isWhole = false;
        }
    return made;
}

EventFilter filterOf(const schema::AlertRule &rule, const FilterNames &names)
{
    EventFilter filter;
    filter.types = rule.types;
    filter.severityMin = static_cast<float>(rule.severityMin);
    filter.confidenceMin = static_cast<float>(rule.confidenceMin);
    for (const std::string &word : rule.words)
        filter.words += QString::fromStdString(word);
    for (const std::string &region : rule.regions) {
        const QString name = QString::fromStdString(region);
        const QString part = name + QLatin1Char('-');
        for (qsizetype i = 0; i < names.regions.size(); ++i)
            if (names.regions[i] == name || names.regions[i].startsWith(part))
                filter.regions.push_back(static_cast<std::uint16_t>(i));
    }
    filter.box = rule.box;
    for (const std::string &source : rule.sources)
        if (const qsizetype at = names.sources.indexOf(QString::fromStdString(source)); at >= 0)
            filter.sources.push_back(static_cast<std::uint16_t>(at));
    std::ranges::sort(filter.sources);
    std::ranges::sort(filter.regions);
    const auto twice = std::ranges::unique(filter.regions);
    filter.regions.erase(twice.begin(), twice.end());
    return filter;
}

} // namespace chrona::workspace
