// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/reach.h"

#include "chrona/schema/targets.h"
#include "text/known_names.h"
#include "text/names.h"

#include <algorithm>
#include <unordered_map>

namespace chrona::ui {

namespace {

constexpr int kStepsMax = 3;
constexpr double kLeastWeight = 0.05;

} // namespace

std::vector<ReachedFrom> reachOf(const std::vector<ipc::ExposureEntry> &rules,
                                 const std::string &symbol)
{
    const std::string target = "instrument:" + symbol;
    const std::string own(schema::nodeOfTarget(symbol)); // what it stands for
    std::unordered_map<std::string, double> best{{target, 1.0}};
    if (!own.empty())
        best.emplace(own, 1.0);
    for (int step = 0; step < kStepsMax; ++step) {
        bool isBetter = false;
        const auto before = best; // a step each, so that ways stay short
        for (const ipc::ExposureEntry &rule : rules) {
            const auto from = before.find(rule.to);
            if (from == before.end() || rule.from == target || rule.from == own)
                continue;
            const double weight = from->second * rule.weight;
            double &known = best[rule.from];
            if (weight > known && weight >= kLeastWeight) {
                known = weight;
                isBetter = true;
            }
        }
        if (!isBetter)
            break;
    }
    std::vector<ReachedFrom> reached;
    for (const auto &[node, weight] : best)
        if (node != target && node != own && weight >= kLeastWeight)
            reached.push_back({node, weight});
    std::ranges::sort(reached, [](const ReachedFrom &a, const ReachedFrom &b) {
        return a.weight != b.weight ? a.weight > b.weight : a.node < b.node;
    });
    return reached;
}

QString nodeText(const std::string &node)
{
    const std::string key = node.substr(node.find(':') + 1);
    if (node.starts_with("country:"))
        if (const QString country = countryName(fromUtf8(key)); !country.isEmpty())
            return country;
    std::string words = key;
    std::ranges::replace(words, '_', ' ');
    return entityName(node, words);
}

} // namespace chrona::ui
