// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stats_checkers.h"

#include "stats_cases.h"

#include <QJsonArray>

#include <format>
#include <utility>

namespace chrona::conformance {

cli::CaseValue caseValueOf(const QJsonValue &json)
{
    switch (json.type()) {
    case QJsonValue::Bool: return {json.toBool()};
    case QJsonValue::Double: return {json.toDouble()};
    case QJsonValue::String: return {json.toString().toStdString()};
    case QJsonValue::Array: {
        cli::CaseValue::List list;
        for (const auto &item : json.toArray())
            list.push_back(caseValueOf(item));
        return {std::move(list)};
    }
    case QJsonValue::Object: {
        cli::CaseValue::Members members;
        const QJsonObject object = json.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            members.emplace_back(it.key().toStdString(), caseValueOf(it.value()));
        return {std::move(members)};
    }
    case QJsonValue::Null:
    case QJsonValue::Undefined: break;
    }
    return {};
}

void addStatsCheckers(std::map<std::string, Checker> &checkers)
{
    for (const char *name : {"asof", "correlation", "deflated_sharpe", "fdr", "folds",
                             "forward_returns", "hac", "rolling", "seasonal", "stability",
                             "stationary_bootstrap", "storey", "weighted_median"}) {
        const std::string file = std::format("{}.json", name);
        // The FTSO's own cases may have a file of the same name; ours state their tolerance.
        const Checker other = std::exchange(checkers[name], Checker());
        checkers[name] = [file, other](const QJsonObject &root, Tally &tally) {
            if (other && !root.contains(QStringLiteral("tolerance")))
                return other(root, tally);
            std::size_t index = 0;
            for (const auto &verdict : cli::runStatsCases(file, caseValueOf(root)))
                tally.add(std::format("[{}]", index++), QString::fromStdString(verdict));
        };
    }
}

} // namespace chrona::conformance
