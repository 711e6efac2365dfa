// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alert_rule_words.h"
#include "commands.h"
#include "service_link.h"
#include "verbs.h"
#include "words.h"

#include "chrona/briefing/alerts.h"

#include <algorithm>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;
using schema::Alert;
using schema::AlertCrossing;
using schema::AlertRule;

constexpr std::string_view kAlertVerbs =
    "list, rules, show RULE, add RULE, edit RULE, remove RULE, enable RULE, disable RULE or "
    "preview RULE";

constexpr Verb kAlertVerbWords[] = {
    {"list", 0, 0},   {"rules", 0, 0},  {"show", 1, 1},    {"add", 1, 1},     {"edit", 1, 1},
    {"remove", 1, 1}, {"enable", 1, 1}, {"disable", 1, 1}, {"preview", 1, 1},
};

void writeCrossing(JsonWriter &json, const AlertCrossing &one)
{
    json.beginObject().member("subject", one.subject).member("kind", schema::toString(one.kind));
    json.member("id", std::to_string(one.id)).member("title", one.title);
    json.member("measured", one.measured).member("limit", one.limit);
    json.member("at", formatInstant(one.at)).endObject();
}

void writeAlert(JsonWriter &json, const Alert &alert)
{
    json.beginObject().member("id", std::to_string(alert.id.value)).member("rule", alert.name);
    json.member("watch", schema::toString(alert.watch));
    json.member("urgency", schema::toString(alert.urgency)).member("group", alert.group);
    json.member("raised_at", formatInstant(alert.raisedAt));
    writeInstant(json, "announced_at", alert.announcedAt);
    json.member("count", alert.count).member("synthetic", alert.synthetic);
    json.key("crossings").beginArray();
    for (const AlertCrossing &one : alert.crossings)
        writeCrossing(json, one);
    json.endArray().endObject();
}

Result<AlertRule> ruleCalled(ServiceLink &link, const std::string &name)
{
    const auto reply = link.request(ipc::AlertRulesRequest{});
    if (!reply)
        return std::unexpected(reply.error());
    const auto found = std::ranges::find(reply->rules, name, &AlertRule::name);
    if (found == reply->rules.end())
        return fail(ErrorCode::NotFound, std::format("there is no alert rule \"{}\"", name),
                    "chronactl alerts rules shows them");
    return *found;
}

ExitCode listAlerts(Invocation &invocation, ServiceLink &link)
{
    ipc::AlertsRequest request;
    const auto from = invocation.arguments.instant("from");
    const auto to = invocation.arguments.instant("to");
    const auto limit = invocation.arguments.integer("limit");
    if (!from || !to || !limit)
        return invocation.usage(!from ? from.error() : !to ? to.error() : limit.error());
    request.from = *from;
    request.to = *to;
    request.limit = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(limit->value_or(200), 1, ipc::AlertsRequest::kLimitMax));
    if (const auto name = invocation.arguments.value("rule")) {
        const auto rule = ruleCalled(link, *name);
        if (!rule)
            return invocation.failed(rule.error());
        request.rule = rule->id;
    }
    const auto reply = link.request(request);
    if (!reply)
        return invocation.failed(reply.error());
    if (invocation.asJson)
        return printList(invocation, reply->alerts, writeAlert);
    Table table({{"RAISED"}, {"URGENCY"}, {"ANNOUNCED"}, {"GROUP"}, {"ALERT"}});
    for (const Alert &alert : reply->alerts)
        table.add({formatInstant(alert.raisedAt), std::string(schema::toString(alert.urgency)),
                   alert.announcedAt ? formatInstant(*alert.announcedAt) : "waits", alert.group,
                   briefing::alertStatement(alert).text});
    table.print(invocation.out());
    return ExitCode::Done;
}

ExitCode printRules(Invocation &invocation, const std::vector<AlertRule> &rules)
{
    if (invocation.asJson)
        return printList(invocation, rules, writeAlertRule);
    Table table({{"RULE"}, {"ON"}, {"URGENCY"}, {"WATCHES"}});
    for (const AlertRule &rule : rules)
        table.add({rule.name, rule.enabled ? "yes" : "no",
                   std::string(schema::toString(rule.urgency)), alertRuleText(rule)});
    table.print(invocation.out());
    return ExitCode::Done;
}

ExitCode saveRule(Invocation &invocation, ServiceLink &link, AlertRule rule)
{
    if (const auto faults = schema::validate(rule); !faults.empty())
        return invocation.usage("the rule is not valid: " + schema::describe(faults));
    const auto saved = link.request(ipc::AlertRuleSave{std::move(rule)});
    return saved ? printRules(invocation, saved->rules) : invocation.failed(saved.error());
}

ExitCode preview(Invocation &invocation, ServiceLink &link, AlertRule rule)
{
    ipc::AlertPreview request;
    request.rule = std::move(rule);
    const auto days = invocation.arguments.integer("days");
    const auto until = invocation.arguments.instant("to");
    if (!days || !until)
        return invocation.usage(days ? until.error() : days.error());
    if (*days && (**days < 1 || **days > std::int64_t{ipc::AlertPreview::kDaysMax}))
        return invocation.usage(
            std::format("--days is between 1 and {}", ipc::AlertPreview::kDaysMax));
    request.days = static_cast<std::uint32_t>(days->value_or(7));
    request.until = *until;
    const auto reply = link.request(request);
    if (!reply)
        return invocation.failed(reply.error());
    if (invocation.asJson)
        return printDocument(invocation, [&](JsonWriter &json) {
            json.beginObject().member("days", request.days).member("crossings", reply->crossings);
            json.member("alerts", reply->alerts).key("newest").beginArray();
            for (const AlertCrossing &one : reply->newest)
                writeCrossing(json, one);
            json.endArray().endObject();
        });
    invocation.out() << std::format("crossings in {} days: {}, alerts: {}\n", request.days,
                                    reply->crossings, reply->alerts);
    for (const AlertCrossing &one : reply->newest)
        invocation.out() << std::format("- {}  {:.2f}  {}\n", formatInstant(one.at), one.measured,
                                        printable(one.title));
    return ExitCode::Done;
}

ExitCode runOnRule(Invocation &invocation, ServiceLink &link, const std::string &verb,
                   const std::string &name)
{
    if (verb == "add") {
        AlertRule rule;
        rule.name = name;
        const auto read = applyAlertOptions(invocation.arguments, rule);
        return read ? saveRule(invocation, link, std::move(rule)) : invocation.usage(read.error());
    }
    auto rule = ruleCalled(link, name);
    if (!rule)
        return invocation.failed(rule.error());
    if (verb == "show")
        return printRules(invocation, {*rule});
    if (verb == "preview")
        return preview(invocation, link, std::move(*rule));
    if (verb == "remove") {
        const auto done = link.request(ipc::AlertRuleRemove{rule->id});
        return done ? ExitCode::Done : invocation.failed(done.error());
    }
    if (verb == "edit") {
        if (const auto read = applyAlertOptions(invocation.arguments, *rule); !read)
            return invocation.usage(read.error());
    } else {
        rule->enabled = verb == "enable";
    }
    return saveRule(invocation, link, std::move(*rule));
}

ExitCode runAlerts(Invocation &invocation)
{
    const std::vector<std::string> words = verbWords(invocation);
    if (!verbFits(words, kAlertVerbWords))
        return invocation.usage(kAlertVerbs);
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    if (words[0] == "list")
        return listAlerts(invocation, *link);
    if (words[0] == "rules") {
        const auto reply = link->request(ipc::AlertRulesRequest{});
        return reply ? printRules(invocation, reply->rules) : invocation.failed(reply.error());
    }
    return runOnRule(invocation, *link, words[0], words[1]);
}

} // namespace

const Command kAlerts{
    .name = "alerts",
    .summary = "Shows what crossed your own rules, and changes the rules",
    .usage = "[list | rules | show RULE | add RULE | edit RULE | remove RULE | enable RULE | "
             "disable RULE | preview RULE]",
    .options = kAlertOptions,
    .notes =
        "A rule watches events that pass a filter, a target's move in units of its own "
        "volatility,\n"
        "a signal that is newly elevated, or a story that forms. Each thing crosses a rule once. "
        "In\n"
        "quiet hours alerts are recorded and announced when they are over; what comes within the\n"
        "re-arm time is added to the alert before. edit changes what is given and keeps the rest;\n"
        "an empty value clears it. preview counts what a rule would have told.",
    .run = runAlerts,
};

} // namespace chrona::cli
