// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alert_rule_words.h"

#include "query.h"
#include "words.h"

#include "chrona/schema/event.h"

#include <charconv>
#include <format>

namespace chrona::cli {
namespace {

using schema::AlertRule;

constexpr OptionSpec kOptionTable[] = {
    {"watch", "KIND", "events (default), move, signal or story"},
    {"word", "WORD", "in the title, in any case; may be repeated, all must be there"},
    {"type", "TYPE", "of this type (earthquake, rate_decision, …); may be repeated"},
    {"region", "CODE", "in this country or state (US, US-TX); may be repeated"},
    {"source", "KEY", "events: from this source; may be repeated"},
    {"bbox", "W,S,E,N", "events: touching this box, in degrees; empty: anywhere"},
    {"about", "KEY",
     "names this entity or topic (topic:trade); move, signal: of this target "
     "(instrument:SPY); may be repeated"},
    {"min-severity", "NUMBER", "at least this severity, 0 to 1"},
    {"min-confidence", "NUMBER", "at least this confidence, 0 to 1"},
    {"min-relevance", "NUMBER", "at least this relevance to the watchlists, 0 to 1"},
    {"threshold", "NUMBER", "move: own-volatility units; signal: robust z; story: reports"},
    {"urgency", "WORD", "notice, warning (default) or critical"},
    {"quiet", "FROM-UNTIL",
     "own quiet hours (22:00-07:00), none, or default: those of the "
     "settings"},
    {"rearm", "DURATION", "added in silence for so long after it spoke (default 1h)"},
    {"group", "HOW", "one alert for rule (default), region, kind or each"},
    {"from", "TIME", "list: raised at or after"},
    {"to", "TIME", "list: raised before; preview: the end of the days"},
    {"rule", "NAME", "list: of this rule"},
    {"limit", "N", "list: at most so many (default 200)"},
    {"days", "N", "preview: of so many days (default 7)"},
};

std::unexpected<Error> notThat(std::string_view option, std::string_view value)
{
    return fail(ErrorCode::InvalidInput, std::format("--{} cannot be {}", option, value));
}

/// An option that takes one of an enum's words.
template <class Enum>
Status readWord(const Arguments &arguments, std::string_view option,
                std::optional<Enum> (*from)(std::string_view), Enum &into)
{
    const auto word = arguments.value(option);
    if (!word)
        return {};
    const auto value = from(*word);
    if (!value)
        return notThat(option, *word);
    into = *value;
    return {};
}

Status readNumber(const Arguments &arguments, std::string_view option, double &into)
{
    const auto number = arguments.number(option);
    if (!number)
        return std::unexpected(number.error());
    into = number->value_or(into);
    return {};
}

/// All values of a repeated option; one that is empty clears the list.
void readList(const Arguments &arguments, std::string_view option, std::vector<std::string> &into)
{
    if (!arguments.has(option))
        return;
    into = arguments.values(option);
    std::erase(into, std::string());
}

Status readTypes(const Arguments &arguments, std::uint32_t &types)
{
    if (!arguments.has("type"))
        return {};
    std::vector<std::string> words;
    readList(arguments, "type", words);
    types = words.empty() ? ~0U : 0U;
    for (const std::string &word : words) {
        const auto type = schema::eventTypeFrom(word);
        if (!type)
            return notThat("type", word);
        types |= 1U << static_cast<unsigned>(*type);
    }
    return {};
}

Status readBox(const Arguments &arguments, std::optional<schema::GeoBox> &box)
{
    if (!arguments.has("bbox"))
        return {};
    if (arguments.value("bbox")->empty()) {
        box.reset();
        return {};
    }
    const auto given = boxFrom(arguments);
    if (!given)
        return std::unexpected(given.error());
    box = *given;
    return {};
}

/// "22:00", or "22".
std::optional<int> minuteFrom(std::string_view text)
{
    int hour = -1, minute = 0;
    const auto read = [](std::string_view part, int &into) {
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), into);
        return error == std::errc{} && end == part.data() + part.size();
    };
    const std::size_t colon = text.find(':');
    if (!read(text.substr(0, colon), hour) ||
        (colon != std::string_view::npos && !read(text.substr(colon + 1), minute)) || hour < 0 ||
        hour > 23 || minute < 0 || minute > 59)
        return std::nullopt;
    return hour * 60 + minute;
}

Status readQuiet(const Arguments &arguments, std::optional<schema::QuietHours> &quiet)
{
    const auto text = arguments.value("quiet");
    if (!text)
        return {};
    if (text->empty() || *text == "default" || *text == "none") {
        quiet = *text == "none" ? std::optional(schema::QuietHours{}) : std::nullopt;
        return {};
    }
    const std::size_t dash = text->find('-');
    const auto from = minuteFrom(std::string_view(*text).substr(0, dash));
    const auto until = dash == std::string::npos
                           ? std::nullopt
                           : minuteFrom(std::string_view(*text).substr(dash + 1));
    if (!from || !until)
        return notThat("quiet", *text);
    quiet = schema::QuietHours{*from, *until};
    return {};
}

Status readRearm(const Arguments &arguments, Duration &rearm)
{
    const auto text = arguments.value("rearm");
    if (!text)
        return {};
    const auto duration = parseDuration(*text);
    if (!duration)
        return std::unexpected(duration.error());
    rearm = *duration;
    return {};
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::vector<std::string> typeWords(std::uint32_t types)
{
    std::vector<std::string> words;
    constexpr std::uint32_t kAll = (1U << schema::kEventTypeCount) - 1;
    for (std::uint32_t type = 0; (types & kAll) != kAll && type < schema::kEventTypeCount; ++type)
        if ((types >> type & 1U) != 0)
            words.emplace_back(schema::toString(static_cast<schema::EventType>(type)));
    return words;
}

std::string clock(int minute)
{
    return std::format("{:02}:{:02}", minute / 60, minute % 60);
}

void writeWords(formats::JsonWriter &json, std::string_view key,
                const std::vector<std::string> &words)
{
    json.key(key).beginArray();
    for (const std::string &word : words)
        json.value(word);
    json.endArray();
}

} // namespace

const std::span<const OptionSpec> kAlertOptions(kOptionTable);

Status applyAlertOptions(const Arguments &arguments, AlertRule &rule)
{
    readList(arguments, "word", rule.words);
    readList(arguments, "region", rule.regions);
    readList(arguments, "source", rule.sources);
    readList(arguments, "about", rule.about);
    return readWord(arguments, "watch", &schema::alertWatchFrom, rule.watch)
        .and_then([&] { return readTypes(arguments, rule.types); })
        .and_then([&] { return readBox(arguments, rule.box); })
        .and_then([&] { return readNumber(arguments, "min-severity", rule.severityMin); })
        .and_then([&] { return readNumber(arguments, "min-confidence", rule.confidenceMin); })
        .and_then([&] { return readNumber(arguments, "min-relevance", rule.relevanceMin); })
        .and_then([&] { return readNumber(arguments, "threshold", rule.threshold); })
        .and_then(
            [&] { return readWord(arguments, "urgency", &schema::alertUrgencyFrom, rule.urgency); })
        .and_then([&] { return readQuiet(arguments, rule.quiet); })
        .and_then([&] { return readRearm(arguments, rule.rearm); })
        .and_then([&] {
            return readWord(arguments, "group", &schema::alertGroupingFrom, rule.grouping);
        });
}

std::string alertRuleText(const AlertRule &rule)
{
    std::string text(schema::toString(rule.watch));
    const auto add = [&text](std::string_view before, const std::string &what) {
        if (!what.empty())
            text += std::format("{}{}", before, what);
    };
    add(" with ", joined(rule.words));
    add(" of ", joined(typeWords(rule.types)));
    add(" in ", joined(rule.regions));
    add(" from ", joined(rule.sources));
    add(" about ", joined(rule.about));
    if (rule.box)
        text += std::format(" within {},{},{},{}", rule.box->west, rule.box->south, rule.box->east,
                            rule.box->north);
    const auto addLeast = [&](std::string_view name, double least) {
        if (least > 0)
            text += std::format(", {} from {:.2f}", name, least);
    };
    addLeast("severity", rule.severityMin);
    addLeast("confidence", rule.confidenceMin);
    addLeast("relevance", rule.relevanceMin);
    addLeast("size", rule.threshold);
    return text;
}

void writeAlertRule(formats::JsonWriter &json, const AlertRule &rule)
{
    json.beginObject().member("id", std::to_string(rule.id.value)).member("name", rule.name);
    json.member("enabled", rule.enabled).member("watch", schema::toString(rule.watch));
    writeWords(json, "words", rule.words);
    writeWords(json, "types", typeWords(rule.types));
    writeWords(json, "regions", rule.regions);
    writeWords(json, "sources", rule.sources);
    writeWords(json, "about", rule.about);
    if (rule.box)
        json.key("bbox")
            .beginArray()
            .value(rule.box->west)
            .value(rule.box->south)
            .value(rule.box->east)
            .value(rule.box->north)
            .endArray();
    json.member("min_severity", rule.severityMin).member("min_confidence", rule.confidenceMin);
    json.member("min_relevance", rule.relevanceMin).member("threshold", rule.threshold);
    json.member("urgency", schema::toString(rule.urgency)).key("quiet");
    if (rule.quiet)
        json.beginObject()
            .member("from", clock(rule.quiet->fromMinute))
            .member("until", clock(rule.quiet->untilMinute))
            .endObject();
    else
        json.null();
    json.member("rearm_seconds", secondsOf(rule.rearm));
    json.member("group", schema::toString(rule.grouping)).member("revision", rule.revision);
    json.member("changed_at", formatInstant(rule.changedAt)).endObject();
}

} // namespace chrona::cli
