// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/http_client.h"

#include "inflate.h"

#include "chrona/base/ascii.h"
#include "chrona/base/log.h"
#include "chrona/net/address.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <condition_variable>
#include <format>
#include <random>

namespace chrona::net {
namespace {

using std::chrono::milliseconds;

class SystemWaiter final : public Waiter {
public:
    void wait(milliseconds time, std::stop_token stop) override
    {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, stop, time, [] { return false; });
    }
};

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Busy or broken just now; the same request may succeed later.
bool isPassing(int status)
{
    return status == 408 || status == 425 || status == 429 || status == 500 || status == 502 ||
           status == 503 || status == 504;
}

/// Queries may hold keys: they stay out of messages and logs.
std::string_view withoutQuery(std::string_view url)
{
    return url.substr(0, std::min(url.find('?'), url.size()));
}

std::string lowerTrimmed(std::string_view text)
{
    return asciiLowered(trimmedOf(" \t", text));
}

std::string valueOf(const Headers &headers, std::string_view name)
{
    const auto *value = find(headers, name);
    return value == nullptr ? std::string() : *value;
}

std::unexpected<Error> statusError(int status, std::string_view url)
{
    const auto code = status == 404 || status == 410                    ? ErrorCode::NotFound
                      : status == 401 || status == 403 || status == 451 ? ErrorCode::Denied
                      : status == 429                                   ? ErrorCode::Exhausted
                      : status >= 500 || status == 408 || status == 425 ? ErrorCode::Unavailable
                                                                        : ErrorCode::InvalidInput;
    auto error = fail(code, std::format("{} answered with status {}", withoutQuery(url), status));
    error.error().retryable = isPassing(status);
    return error;
}

std::unexpected<Error> cancelled()
{
    return fail(ErrorCode::Cancelled, "the request was cancelled");
}

std::optional<Instant> readHttpDate(std::string_view value)
{
    auto date = QLocale::c().toDateTime(
        QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size())).trimmed(),
        QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::UTC);
    return Instant(milliseconds(date.toMSecsSinceEpoch()));
}

std::string hostParty(std::string_view host)
{
    return std::format("host:{}", host);
}

} // namespace

milliseconds backoff(int attempt, milliseconds base, milliseconds cap, double uniform)
{
    const double ceiling =
        std::min(static_cast<double>(cap.count()),
                 static_cast<double>(base.count()) * std::exp2(std::clamp(attempt - 1, 0, 40)));
    return milliseconds(static_cast<std::int64_t>(ceiling * std::clamp(uniform, 0.0, 1.0)));
}

std::optional<Duration> readRetryAfter(std::string_view value, Instant now)
{
    constexpr std::int64_t kSecondsMax = std::int64_t{366} * 24 * 3600;
    const std::string text = lowerTrimmed(value);
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (!text.empty() && end == text.data() + text.size() && seconds >= 0) {
        if (error == std::errc::result_out_of_range)
            seconds = kSecondsMax;
        return std::chrono::seconds(std::min(seconds, kSecondsMax));
    }
    const auto at = readHttpDate(value);
    if (!at)
        return std::nullopt;
    return std::clamp<Duration>(*at - now, Duration(0), std::chrono::seconds(kSecondsMax));
}

std::optional<Instant> readFreshUntil(const Headers &headers, Instant now)
{
    constexpr std::chrono::days kMost{366};
    const std::string said = lowerTrimmed(valueOf(headers, "Cache-Control"));
    if (said.contains("no-store") || said.contains("no-cache"))
        return std::nullopt;
    const auto seconds = [](std::string_view text) -> std::optional<std::int64_t> {
        std::int64_t value = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        return read.ec == std::errc() && value >= 0 ? std::optional(value) : std::nullopt;
    };
    Duration fresh{0};
    if (const std::size_t at = said.find("max-age="); at != std::string::npos) {
        const std::int64_t most = std::chrono::duration_cast<std::chrono::seconds>(kMost).count();
        const std::int64_t age = seconds(valueOf(headers, "Age")).value_or(0);
        const std::int64_t allowed = seconds(std::string_view(said).substr(at + 8)).value_or(0);
        fresh = std::chrono::seconds(std::min(allowed, most) - std::min(age, most));
    } else if (const auto expires = readHttpDate(valueOf(headers, "Expires"))) {
        const Instant sent = readHttpDate(valueOf(headers, "Date")).value_or(now);
        fresh = std::min<Duration>(*expires - sent, kMost);
    }
    return fresh > Duration(0) ? std::optional(now + fresh) : std::nullopt;
}

struct HttpClient::State {
    Options options;
    std::unique_ptr<Transport> transport;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<Waiter> waiter;
    Politeness politeness;
    std::mutex randomMutex;
    std::mt19937_64 random;

    double uniform()
    {
        const std::lock_guard lock(randomMutex);
        return std::uniform_real_distribution<double>(0, 1)(random);
    }

    [[nodiscard]] Status waitAtMost(Duration time, std::string_view why, std::stop_token stop);
    [[nodiscard]] Result<Exchange> sendOnce(const Request &request, const std::string &host,
                                            std::stop_token stop);
    [[nodiscard]] Result<Exchange> sendWithRetries(const Request &request, const std::string &host,
                                                   int &attempts, std::stop_token stop);
    [[nodiscard]] Result<Response> finish(const Request &request, Exchange exchange,
                                          int attempts) const;
};

Status HttpClient::State::waitAtMost(Duration time, std::string_view why, std::stop_token stop)
{
    if (time > options.waitMax)
        return fail(
            ErrorCode::Exhausted,
            std::format("{} asks for a wait of {} s, longer than a request may hold a worker", why,
                        std::chrono::ceil<std::chrono::seconds>(time).count()),
            "it is tried again at the source's next run");
    if (time > Duration(0))
        waiter->wait(std::chrono::ceil<milliseconds>(time), stop);
    return stop.stop_requested() ? Status(cancelled()) : Status();
}

Result<Exchange> HttpClient::State::sendOnce(const Request &request, const std::string &host,
                                             std::stop_token stop)
{
    std::vector<Politeness::Claim> claims{{hostParty(host), options.hostRate}};
    if (!request.rateKey.empty())
        claims.push_back({"source:" + request.rateKey, request.rate});
    if (const auto closed = politeness.closedUntil(claims.front().party, clock->now()))
        if (auto waited = waitAtMost(*closed - clock->now(), host, stop); !waited)
            return std::unexpected(waited.error());
    const auto reserved = politeness.reserve(claims, clock->now(), options.waitMax);
    if (!reserved)
        return fail(ErrorCode::Exhausted, std::format("the rate that {} allows is used up", host),
                    "it is tried again at the source's next run");
    if (auto waited = waitAtMost(*reserved, host, stop); !waited)
        return std::unexpected(waited.error());
    const auto ticket = politeness.enter(claims, stop);
    if (!ticket)
        return cancelled();
    return transport->send(request, stop);
}

Result<Exchange> HttpClient::State::sendWithRetries(const Request &request, const std::string &host,
                                                    int &attempts, std::stop_token stop)
{
    for (int attempt = 1;; ++attempt) {
        ++attempts;
        auto exchange = sendOnce(request, host, stop);
        const bool passing = exchange ? isPassing(exchange->status) : exchange.error().retryable;
        if (exchange && passing) {
            // Told even after the last attempt: other requests to this host must hold back too.
            if (const auto after =
                    readRetryAfter(valueOf(exchange->headers, "Retry-After"), clock->now()))
                politeness.close(hostParty(host), clock->now() + *after);
        }
        if (!passing || request.body || attempt >= request.attemptsMax)
            return exchange;
        const auto pause = backoff(attempt, options.backoffBase, options.backoffMax, uniform());
        log::debug("net", "{}: attempt {} failed, next in {} ms", host, attempt, pause.count());
        if (auto waited = waitAtMost(pause, host, stop); !waited)
            return std::unexpected(waited.error());
    }
}

Result<Response> HttpClient::State::finish(const Request &request, Exchange exchange,
                                           int attempts) const
{
    const bool notModified = exchange.status == 304 && !request.validators.isEmpty();
    if (!notModified && (exchange.status < 200 || exchange.status > 299))
        return statusError(exchange.status, request.url);
    Response response;
    response.status = exchange.status;
    response.url = request.url;
    response.contentType = lowerTrimmed(valueOf(exchange.headers, "Content-Type"));
    response.validators = {valueOf(exchange.headers, "ETag"),
                           valueOf(exchange.headers, "Last-Modified")};
    if (notModified && response.validators.isEmpty())
        response.validators = request.validators;
    response.receivedAt = clock->now();
    response.freshUntil = readFreshUntil(exchange.headers, response.receivedAt);
    response.wireBytes = exchange.body.size();
    response.attempts = attempts;
    if (!notModified) {
        auto body = inflate(std::move(exchange.body),
                            lowerTrimmed(valueOf(exchange.headers, "Content-Encoding")),
                            request.sizes.bodyBytesMax);
        if (!body)
            return std::unexpected(body.error());
        response.body = std::move(*body);
    }
    response.headers = std::move(exchange.headers);
    return response;
}

HttpClient::HttpClient(std::unique_ptr<State> state) : m_state(std::move(state)) {}
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>> HttpClient::create(Options options,
                                                       std::unique_ptr<Transport> transport,
                                                       std::shared_ptr<const Clock> clock,
                                                       std::shared_ptr<Waiter> waiter)
{
    if (options.userAgent.empty() || options.userAgent.find_first_of("\r\n") != std::string::npos)
        return fail(ErrorCode::InvalidInput,
                    "a user agent of one line is needed: hosts refuse nameless clients");
    if (!transport)
        return fail(ErrorCode::InvalidInput, "a transport is needed");
    auto state = std::make_unique<State>();
    state->random.seed(options.jitterSeed != 0 ? options.jitterSeed : std::random_device{}());
    state->options = std::move(options);
    state->transport = std::move(transport);
    state->clock = clock ? std::move(clock) : std::make_shared<SystemClock>();
    state->waiter = waiter ? std::move(waiter) : std::make_shared<SystemWaiter>();
    return std::unique_ptr<HttpClient>(new HttpClient(std::move(state)));
}

namespace {

Status mayGo(const Request &request, const UrlParts &from, const UrlParts &to)
{
    if (from.isTls && !to.isTls)
        return fail(ErrorCode::Denied, std::format("{} redirects from https to http", from.host));
    const bool allowed = request.allowHost ? request.allowHost(to.host, to.port)
                                           : to.host == from.host && to.port == from.port;
    if (!allowed)
        return fail(ErrorCode::Denied,
                    std::format("the host {} is not one that may be asked", to.host),
                    "hosts are part of the source's registry entry");
    return {};
}

/// What goes over the wire besides what the caller gave.
Request prepared(const Request &request, const std::string &userAgent)
{
    Request wire = request;
    wire.headers.push_back({"User-Agent", userAgent});
    // A range of what was packed on the way could not be unpacked.
    const bool isRange = find(request.headers, "Range") != nullptr;
    wire.headers.push_back({"Accept-Encoding", isRange ? "identity" : "gzip, deflate, zstd"});
    if (!request.validators.etag.empty())
        wire.headers.push_back({"If-None-Match", request.validators.etag});
    if (!request.validators.lastModified.empty())
        wire.headers.push_back({"If-Modified-Since", request.validators.lastModified});
    return wire;
}

/// Keys and cookies were meant for the first host only.
void dropPrivateHeaders(Headers &headers)
{
    std::erase_if(headers, [](const Header &header) {
        const std::string name = lowerTrimmed(header.name);
        return name != "user-agent" && name != "accept" && name != "accept-encoding" &&
               name != "if-none-match" && name != "if-modified-since";
    });
}

bool holdsLineBreak(const Headers &headers)
{
    return std::ranges::any_of(headers, [](const Header &header) {
        return (header.name + header.value).find_first_of(std::string_view("\r\n\0", 3)) !=
               std::string::npos;
    });
}

} // namespace

Result<Response> HttpClient::get(const Request &request, std::stop_token stop)
{
    auto first = splitUrl(request.url);
    if (!first)
        return std::unexpected(first.error());
    if (auto allowed = mayGo(request, *first, *first); !allowed)
        return std::unexpected(allowed.error());
    Request wire = prepared(request, m_state->options.userAgent);
    if (holdsLineBreak(wire.headers))
        return fail(ErrorCode::InvalidInput, "a header holds a line break");
    UrlParts at = *first;
    std::vector<std::string> visited;
    int attempts = 0;
    for (;;) {
        auto exchange = m_state->sendWithRetries(wire, at.host, attempts, stop);
        if (!exchange)
            return std::unexpected(exchange.error());
        const auto *location = find(exchange->headers, "Location");
        if (request.body || !isRedirect(exchange->status) || location == nullptr)
            return m_state->finish(wire, std::move(*exchange), attempts);
        visited.push_back(wire.url);
        auto target = resolveUrl(wire.url, *location);
        if (!target)
            return std::unexpected(target.error());
        if (std::ranges::find(visited, *target) != visited.end())
            return fail(ErrorCode::Corrupt,
                        std::format("{} redirects in a circle", withoutQuery(request.url)));
        if (static_cast<int>(visited.size()) > request.redirectsMax)
            return fail(ErrorCode::Corrupt,
                        std::format("{} redirects more than {} times", withoutQuery(request.url),
                                    request.redirectsMax));
        const auto parts = splitUrl(*target);
        if (auto allowed = mayGo(request, at, *parts); !allowed)
            return std::unexpected(allowed.error());
        if (request.mayFollow)
            if (auto allowed = request.mayFollow(*target); !allowed)
                return std::unexpected(allowed.error());
        if (parts->host != at.host || parts->port != at.port)
            dropPrivateHeaders(wire.headers);
        at = *parts;
        wire.url = std::move(*target);
    }
}

std::optional<Instant> HttpClient::closedUntil(std::string_view host) const
{
    return m_state->politeness.closedUntil(hostParty(host), m_state->clock->now());
}

} // namespace chrona::net
