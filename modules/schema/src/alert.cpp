// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/alert.h"

#include "checks.h"
#include "enum_names.h"

#include "chrona/schema/event.h"

#include <cmath>
#include <format>

namespace chrona::schema {
namespace {

constexpr auto kAlertWatches = enumNames<AlertWatch>("events", "move", "signal", "story");
constexpr auto kAlertUrgencies = enumNames<AlertUrgency>("notice", "warning", "critical");
constexpr auto kAlertGroupings = enumNames<AlertGrouping>("rule", "region", "kind", "each");
constexpr int kDayMinutes = 24 * 60;

void checkAlertTerms(Checks &checks, std::string_view field, const std::vector<std::string> &terms)
{
    checks.require(terms.size() <= kAlertTermsMax, field, "are too many");
    for (std::size_t i = 0; i < terms.size(); ++i)
        checks.text(std::format("{}[{}]", field, i), terms[i], 200, Presence::Required);
}

} // namespace

std::string_view toString(AlertWatch watch)
{
    return kAlertWatches.nameOf(watch);
}

std::optional<AlertWatch> alertWatchFrom(std::string_view text)
{
    return kAlertWatches.valueOf(text);
}

std::string_view toString(AlertUrgency urgency)
{
    return kAlertUrgencies.nameOf(urgency);
}

std::optional<AlertUrgency> alertUrgencyFrom(std::string_view text)
{
    return kAlertUrgencies.valueOf(text);
}

std::string_view toString(AlertGrouping grouping)
{
    return kAlertGroupings.nameOf(grouping);
}

std::optional<AlertGrouping> alertGroupingFrom(std::string_view text)
{
    return kAlertGroupings.valueOf(text);
}

Faults validate(const AlertRule &rule)
{
    Checks checks;
    checks.text("name", rule.name, 200, Presence::Required);
    checks.require(kAlertWatches.has(rule.watch), "watch", "is unknown");
    checks.require(kAlertUrgencies.has(rule.urgency), "urgency", "is unknown");
    checks.require(kAlertGroupings.has(rule.grouping), "grouping", "is unknown");
    checkAlertTerms(checks, "words", rule.words);
    checkAlertTerms(checks, "regions", rule.regions);
    checkAlertTerms(checks, "about", rule.about);
    checkAlertTerms(checks, "sources", rule.sources);
    if (rule.box) {
        checks.point("box", {rule.box->west, rule.box->south});
        checks.point("box", {rule.box->east, rule.box->north});
        checks.require(rule.box->south <= rule.box->north, "box", "has its south above its north");
    }
    for (std::size_t i = 0; i < rule.regions.size(); ++i)
        checks.regionCode(std::format("regions[{}]", i), rule.regions[i], Presence::Required);
    checks.require(rule.types != 0, "types", "leave no type");
    checks.share("severity_min", rule.severityMin);
    checks.share("confidence_min", rule.confidenceMin);
    checks.share("relevance_min", rule.relevanceMin);
    checks.require(std::isfinite(rule.threshold) && rule.threshold >= 0, "threshold",
                   "is not a number from 0 up");
    checks.require(rule.watch != AlertWatch::Move || rule.threshold > 0, "threshold",
                   "is missing: how many times its usual day a target must move");
    checks.require(rule.rearm >= Duration{0} && rule.rearm <= std::chrono::days(30), "rearm",
                   "is not between 0 and 30 days");
    if (rule.quiet)
        checks.require(rule.quiet->fromMinute >= 0 && rule.quiet->fromMinute < kDayMinutes &&
                           rule.quiet->untilMinute >= 0 && rule.quiet->untilMinute < kDayMinutes,
                       "quiet", "are not minutes of a day");
    return checks.take();
}

} // namespace chrona::schema
