// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/venue_verdict.h"

#include "chrona/connect/venue_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace chrona::connect {
namespace {

constexpr std::int64_t kAheadMsMax = 2'000;
constexpr std::int64_t kBehindMsMax = 30'000;
/// A thin market's last word may be minutes old and true; beyond this the answer is a leftover.
constexpr std::int64_t kStaleMs = 300'000;

/// Wordings that mean the same at every venue.
constexpr std::array kSharedRules{
    ErrorRule{"~rate limit", Outcome::Backoff, kRateLimit},
    ErrorRule{"~ratelimit", Outcome::Backoff, kRateLimit},
    ErrorRule{"~too many", Outcome::Backoff, kRateLimit},
    ErrorRule{"~too frequent", Outcome::Backoff, kRateLimit},
    ErrorRule{"~maintenance", Outcome::Maintenance, kMaintenance},
    ErrorRule{"~system upgrade", Outcome::Maintenance, kMaintenance},
    ErrorRule{"~temporarily unavailable", Outcome::Maintenance, kMaintenance},
    ErrorRule{"~restricted location", Outcome::GeoBlock, kGeo},
    ErrorRule{"~your country", Outcome::GeoBlock, kGeo},
    ErrorRule{"~your region", Outcome::GeoBlock, kGeo},
    ErrorRule{"~jurisdiction", Outcome::GeoBlock, kGeo},
    ErrorRule{"~invalid symbol", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~unknown symbol", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~symbol not", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~symbol does not exist", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~symbol not found", Outcome::FatalSymbol, kSymbol},
};

std::string_view headerOf(const HttpReply &reply, std::string_view lowerName)
{
    for (const Header &header : reply.headers)
        if (lowerCase(header.name) == lowerName)
            return header.value;
    return {};
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = problem == std::errc{} && end == text.data() + text.size() && value >= 0 &&
                      value < 10'000'000'000'000;
    return good ? std::optional(value) : std::nullopt;
}

/// "Wed, 21 Oct 2015 07:28:00 GMT"
std::optional<std::int64_t> httpDate(std::string_view text)
{
    static constexpr std::array<std::string_view, 12> kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != 29 || !text.ends_with(" GMT"))
        return std::nullopt;
    const auto month = std::ranges::find(kMonths, text.substr(8, 3));
    if (month == kMonths.end())
        return std::nullopt;
    const std::string number = std::to_string(100 + (month - kMonths.begin()) + 1).substr(1);
    std::string iso(text.substr(12, 4));
    iso.append("-").append(number).append("-").append(text.substr(5, 2));
    iso.append("T").append(text.substr(17, 8)).append("Z");
    return millisFrom(iso, TimeUnit::Iso);
}

/// The first number of 13 digits after "until" in a text.
std::optional<std::int64_t> untilIn(std::string_view message)
{
    const std::string text = lowerCase(message);
    const std::size_t at = text.find("until");
    if (at == std::string::npos)
        return std::nullopt;
    const std::size_t from = text.find_first_of("0123456789", at);
    if (from == std::string::npos)
        return std::nullopt;
    const std::size_t end = std::min(text.find_first_not_of("0123456789", from), text.size());
    return end - from == 13 ? wholeNumber(std::string_view(text).substr(from, 13)) : std::nullopt;
}

/// How long the venue asks us to wait. Retry-After wins over every other word.
void readWait(const HttpReply &reply, std::string_view message, Verdict &verdict)
{
    if (const std::string_view after = headerOf(reply, "retry-after"); !after.empty()) {
        if (const auto seconds = wholeNumber(after))
            verdict.waitMs = std::min<std::int64_t>(*seconds, 30 * 86'400) * 1000;
        else
            verdict.untilMs = httpDate(after);
    }
    if (const auto until = untilIn(message))
        verdict.untilMs = until;
    if (verdict.waitMs || verdict.untilMs)
        return;
    if (const auto ms = wholeNumber(headerOf(reply, "x-bapi-limit-reset-timestamp")))
        verdict.untilMs = ms;
    else if (const auto seconds = wholeNumber(headerOf(reply, "x-gate-ratelimit-reset-timestamp")))
        verdict.untilMs = *seconds < 100'000'000'000 ? *seconds * 1000 : *seconds;
    else if (const auto left = wholeNumber(headerOf(reply, "gw-ratelimit-reset")))
        verdict.waitMs = left;
}

Verdict rateLimited(const HttpReply &reply, std::string_view message)
{
    Verdict verdict{Outcome::Backoff, std::string(kRateLimit), {}, {}};
    readWait(reply, message, verdict);
    if (verdict.waitMs || verdict.untilMs)
        verdict.outcome = Outcome::RetryAfter;
    return verdict;
}

Verdict banned(const HttpReply &reply, std::string_view message, std::string_view reason)
{
    Verdict verdict{Outcome::Ban, std::string(reason), {}, {}};
    readWait(reply, message, verdict);
    return verdict;
}

Verdict forbidden(const HttpReply &reply, std::string_view message)
{
    static constexpr std::array<std::string_view, 9> kPlaces{
        "country",   "region", "restricted location", "jurisdiction",    "eligib",
        "your area", "geo",    "not available in",    "current location"};
    for (const std::string_view word : kPlaces)
        if (mentions(message, word))
            return {Outcome::GeoBlock, std::string(kGeo), {}, {}};
    for (const std::string_view word : {"1015", "rate limit", "too frequent", "too many"})
        if (mentions(message, word))
            return banned(reply, message, kRateLimit);
    return banned(reply, message, "firewall");
}

const ErrorRule *ruleFor(const HttpReply &reply, const ApiError &error,
                         std::span<const ErrorRule> rules)
{
    const std::string status = "#" + std::to_string(reply.status);
    for (const ErrorRule &rule : rules) {
        if (rule.code.starts_with('~') ? mentions(error.message, rule.code.substr(1))
                                       : rule.code == error.code || rule.code == status)
            return &rule;
    }
    return nullptr;
}

Verdict byRule(const HttpReply &reply, const ErrorRule &rule, std::string_view message)
{
    Verdict verdict{rule.outcome, std::string(rule.reason), {}, {}};
    if (rule.outcome == Outcome::Backoff && rule.reason == kRateLimit)
        return rateLimited(reply, message);
    if (rule.outcome == Outcome::Ban)
        verdict = banned(reply, message, rule.reason);
    if (rule.wait.count() > 0 && !verdict.waitMs && !verdict.untilMs)
        verdict.waitMs = rule.wait.count();
    return verdict;
}

Verdict byStatus(const HttpReply &reply, bool hasError, std::string_view message)
{
    if (reply.status == 404)
        return {Outcome::FatalSymbol, std::string(kSymbol), {}, {}};
    if (reply.status == 503 && (hasError || mentions(message, "maintenance")))
        return {Outcome::Maintenance, std::string(kMaintenance), {}, {}};
    if (reply.status >= 500)
        return {Outcome::Backoff, "gateway", {}, {}};
    if (reply.status >= 300 && reply.status < 400)
        return {Outcome::Reject, "redirect", {}, {}};
    return {Outcome::Reject, "api_error", {}, {}};
}

Verdict judge(const HttpReply &reply, const std::optional<ApiError> &error,
              std::span<const ErrorRule> rules)
{
    const std::string_view message = error ? std::string_view(error->message) : reply.body;
    switch (reply.status) {
    case 451: return {Outcome::GeoBlock, std::string(kGeo), {}, {}};
    case 418: return banned(reply, message, kRateLimit);
    case 429: return rateLimited(reply, message);
    default: break;
    }
    const ApiError asked = error.value_or(ApiError{});
    if (reply.status == 403) {
        const Verdict verdict = forbidden(reply, message);
        if (verdict.outcome == Outcome::GeoBlock)
            return verdict;
        const ErrorRule *rule = ruleFor(reply, asked, rules);
        return rule != nullptr ? byRule(reply, *rule, message) : verdict;
    }
    if (const ErrorRule *rule = ruleFor(reply, asked, rules))
        return byRule(reply, *rule, message);
    if (error)
        if (const ErrorRule *rule = ruleFor(reply, asked, kSharedRules))
            return byRule(reply, *rule, message);
    return byStatus(reply, error.has_value(), message);
}

} // namespace

Verdict judgeError(const HttpReply &reply, const std::optional<ApiError> &error,
                   std::span<const ErrorRule> rules)
{
    constexpr std::size_t kDetailBytesMax = 200;
    Verdict verdict = judge(reply, error, rules);
    if (error)
        verdict.detail = (error->code + " " + error->message).substr(0, kDetailBytesMax);
    return verdict;
}

Verdict judgeClock(std::optional<std::int64_t> stampMs, std::optional<std::int64_t> receivedMs)
{
    if (!stampMs || !receivedMs)
        return {};
    if (*stampMs - *receivedMs > kAheadMsMax)
        return {Outcome::AcceptFlag, "clock_ahead", {}, {}};
    if (*receivedMs - *stampMs > kStaleMs)
        return {Outcome::Reject, "stale", {}, {}};
    if (*receivedMs - *stampMs > kBehindMsMax)
        return {Outcome::AcceptFlag, "clock_behind", {}, {}};
    return {};
}

bool isCrossed(const Ticker &ticker)
{
    return ticker.bid && ticker.ask && !isZero(*ticker.bid) && !isZero(*ticker.ask) &&
           toDouble(*ticker.bid) > toDouble(*ticker.ask);
}

} // namespace chrona::connect
