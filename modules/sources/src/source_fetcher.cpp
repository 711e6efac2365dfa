// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_fetcher.h"

#include "own_host.h"
#include "source_key.h"

#include "chrona/net/address.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <format>

namespace chrona::sources {

using namespace std::chrono_literals;

namespace {

std::optional<Instant> readHttpDate(const std::string &text)
{
    auto date = QLocale::c().toDateTime(QString::fromStdString(text),
                                        QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::UTC);
    return Instant(std::chrono::milliseconds(date.toMSecsSinceEpoch()));
}

} // namespace

net::Request SourceFetcher::requestFor(const connect::Request &request) const
{
    const auto &rate = m_run.source.rate;
    net::Request out{.url = request.url};
    if (request.isPost)
        out.body.emplace();
    for (const auto &header : request.headers)
        out.headers.push_back({header.name, header.value});
    if (!request.accept.empty())
        out.headers.push_back({"Accept", request.accept});
    if (const auto *known = m_memory.find(request.url))
        out.validators = known->validators;
    out.rateKey = m_run.source.key;
    out.rate = {rate.requestsPerSecond, rate.burst, rate.concurrentMax};
    out.sizes.bodyBytesMax = request.bodyBytesMax;
    out.sizes.wireBytesMax = std::min(out.sizes.wireBytesMax, request.bodyBytesMax);
    if (m_pause) {
        // A bucket of its own: the rate of one that exists stays as it was.
        const double seconds = std::chrono::duration<double>(*m_pause).count();
        out.rateKey = std::format("{} every {} s", m_run.source.key, seconds);
        out.rate = {std::min(rate.requestsPerSecond, 1 / seconds), 1, 1};
    }
    if (m_run.haste == Haste::Urgent) {
        out.attemptsMax = 1;
        out.timeouts = {.resolve = 3s, .connect = 4s, .firstByte = 4s, .idle = 4s, .total = 8s};
    }
    out.allowHost = [&source = m_run.source](std::string_view host, std::uint16_t port) {
        return isOwnHost(source, host, port);
    };
    return out;
}

Status SourceFetcher::addKey(net::Request &request, const connect::KeyPlace &place)
{
    if (m_key.empty()) {
        const bool hasKeychain = m_run.keyOf != nullptr && *m_run.keyOf;
        auto key = hasKeychain ? (*m_run.keyOf)(m_run.source)
                               : fail(ErrorCode::NotFound, "there is no keychain");
        if (!key && key.error().code == ErrorCode::NotFound) {
            // Denied and not NotFound: that would read as a symbol which the source does not have.
            m_lacksKey = true;
            return fail(
                ErrorCode::Denied,
                std::format("{} takes your own key, and the keychain holds none", m_run.source.key),
                std::format("chronactl key add {}", m_run.source.key));
        }
        if (!key)
            return std::unexpected(key.error());
        m_key = std::move(*key);
    }
    return placeKey(request, place, m_key);
}

/// Sends what is ready and counts what it took.
Result<net::Response> SourceFetcher::ask(net::Request &wire, const std::string &address)
{
    if (m_run.budget && m_requests >= *m_run.budget)
        return fail(ErrorCode::Exhausted,
                    std::format("the {} requests that {} allows a day are used up",
                                m_run.source.rate.requestsPerDay.value_or(0), m_run.source.key));
    // Retries are requests too, and must not break the budget.
    if (m_run.budget)
        wire.attemptsMax = static_cast<int>(std::min<std::uint32_t>(
            static_cast<std::uint32_t>(wire.attemptsMax), *m_run.budget - m_requests));
    auto answer = m_run.http.get(wire, m_run.stop);
    if (answer) {
        m_requests += static_cast<std::uint32_t>(answer->attempts);
        return answer;
    }
    // How many attempts a failure took is not told: what may pass was tried as often as allowed.
    m_requests += answer.error().retryable ? static_cast<std::uint32_t>(wire.attemptsMax) : 1;
    if (const auto parts = net::splitUrl(address))
        if (const auto until = m_run.http.closedUntil(parts->host))
            m_closedUntil = std::max(m_closedUntil.value_or(*until), *until);
    return answer;
}

bool SourceFetcher::keepsToRobots() const
{
    return m_run.source.keepsToRobots && m_run.robots != nullptr;
}

/// What was answered last is still good by its own word. Not beyond an hour or the cadence: some
/// servers put a year on everything. A run that chance brought a little early still asks.
bool SourceFetcher::isFresh(std::string_view url) const
{
    const auto *known = m_run.haste == Haste::Patient ? m_memory.find(url) : nullptr;
    if (known == nullptr || !known->freshUntil)
        return false;
    return m_run.now + m_run.source.cadence / 8 < *known->freshUntil;
}

Error SourceFetcher::withoutKey(Error error, const connect::KeyPlace &place) const
{
    scrubKey(error.what, m_key);
    const bool withKey = place.in != connect::KeyPlace::In::Nowhere;
    if (withKey && error.code == ErrorCode::Denied && error.remedy.empty())
        error.remedy =
            std::format("where the key has changed: chronactl key add {}", m_run.source.key);
    return error;
}

Result<connect::Response> SourceFetcher::post(const connect::Posting &posting)
{
    net::Request wire = requestFor(posting.request);
    wire.body = posting.body;
    wire.headers.push_back({"Content-Type", posting.contentType});
    wire.attemptsMax = 1;
    if (posting.request.key.in != connect::KeyPlace::In::Nowhere)
        if (auto added = addKey(wire, posting.request.key); !added)
            return std::unexpected(added.error());
    auto answer = ask(wire, posting.request.url);
    if (!answer)
        return std::unexpected(withoutKey(answer.error(), posting.request.key));
    scrubKey(answer->body, m_key);
    return connect::Response{.status = answer->status,
                             .url = posting.request.url,
                             .contentType = answer->contentType,
                             .body = std::move(answer->body),
                             .fetchedAt = answer->receivedAt};
}

Result<connect::Response> SourceFetcher::get(const connect::Request &request)
{
    const bool withKey = request.key.in != connect::KeyPlace::In::Nowhere;
    if (isFresh(request.url))
        return connect::Response{
            .status = 304, .notModified = true, .url = request.url, .fetchedAt = m_run.now};
    if (keepsToRobots())
        if (auto allowed = keepToRobots(request.url); !allowed)
            return std::unexpected(allowed.error());
    net::Request wire = requestFor(request);
    if (keepsToRobots())
        wire.mayFollow = [this](const std::string &url) { return keepToRobots(url); };
    if (withKey)
        if (auto added = addKey(wire, request.key); !added)
            return std::unexpected(added.error());
    auto answer = ask(wire, request.url);
    if (!answer)
        return std::unexpected(withoutKey(answer.error(), request.key));
    for (std::string *text : {&answer->url, &answer->contentType, &answer->validators.etag,
                              &answer->validators.lastModified, &answer->body})
        scrubKey(*text, m_key);
    connect::Response response;
    response.status = answer->status;
    response.url = answer->url;
    response.contentType = answer->contentType;
    response.fetchedAt = answer->receivedAt;
    response.lastModified = readHttpDate(answer->validators.lastModified);
    const auto *known = m_memory.find(request.url);
    response.notModified =
        answer->isNotModified() || (known != nullptr && !answer->body.empty() &&
                                    known->bodyHash == toHex(hashOf({answer->body}).bytes));
    const auto most = std::max<Duration>(m_run.source.cadence, 1h);
    const auto freshUntil = answer->freshUntil.transform(
        [&](Instant until) { return std::min(until, m_run.now + most); });
    if (response.notModified) {
        m_memory.renew(request.url, freshUntil);
        return response;
    }
    m_memory.remember(request.url, {{}, answer->validators, {}, freshUntil}, answer->body);
    response.body = std::move(answer->body);
    return response;
}

} // namespace chrona::sources
