// SPDX-License-Identifier: AGPL-3.0-or-later
#include "own_host.h"
#include "source_fetcher.h"

#include "chrona/net/address.h"

#include <algorithm>
#include <format>

/// The part of the fetcher that keeps to robots.txt where the source's entry says so
/// (docs/adr/0106-robots-where-asked.md).
namespace chrona::sources {
namespace {

std::string originOf(const net::UrlParts &parts)
{
    const std::string host =
        parts.host.contains(':') ? std::format("[{}]", parts.host) : parts.host;
    const bool isUsual = parts.port == (parts.isTls ? 443 : 80);
    return std::format("{}://{}{}", parts.isTls ? "https" : "http", host,
                       isUsual ? std::string() : std::format(":{}", parts.port));
}

std::string_view withoutWww(std::string_view host)
{
    return host.starts_with("www.") ? host.substr(4) : host;
}

/// The host answered, and has no such file for us: then nothing is forbidden (RFC 9309 §2.3.1.3).
bool saysThereIsNone(const Error &error)
{
    return !error.retryable &&
           (error.code == ErrorCode::NotFound || error.code == ErrorCode::Denied ||
            error.code == ErrorCode::InvalidInput || error.code == ErrorCode::Corrupt);
}

} // namespace

net::Request SourceFetcher::robotsRequest(const std::string &origin,
                                          const RobotsBook::Known &known) const
{
    net::Request request = requestFor({.url = origin + "/robots.txt", .accept = "text/plain, */*"});
    request.validators = known ? known->validators : net::Validators{};
    request.sizes.bodyBytesMax = request.sizes.wireBytesMax = 2 * net::RobotsRules::kBytesMax;
    request.mayFollow = {};
    const auto parts = net::splitUrl(origin);
    request.allowHost = [&source = m_run.source, own = parts ? parts->host : std::string()](
                            std::string_view host, std::uint16_t port) {
        return isOwnHost(source, host, port) || withoutWww(host) == withoutWww(own);
    };
    return request;
}

Result<RobotsBook::Known> SourceFetcher::robotsOf(const std::string &url)
{
    const auto parts = net::splitUrl(url);
    if (!parts)
        return std::unexpected(parts.error());
    const std::string origin = originOf(*parts);
    const RobotsBook::Known known = m_run.robots->find(origin);
    if (known && m_run.now < known->keptUntil())
        return known;
    net::Request request = robotsRequest(origin, known);
    const auto answer = ask(request, request.url);
    if (answer && answer->isNotModified() && known)
        return m_run.robots->keep(origin, {known->rules, known->validators, m_run.now});
    if (answer)
        return m_run.robots->keep(origin,
                                  {net::RobotsRules::read(answer->body, RobotsBook::kProduct),
                                   answer->validators, m_run.now});
    if (saysThereIsNone(answer.error()))
        return m_run.robots->keep(origin, {.askedAt = m_run.now});
    if (known)
        return known; // what it said last holds while it cannot be asked
    Error error = answer.error();
    error.what =
        std::format("whether {} lets programs read it is not known: {}", parts->host, error.what);
    return std::unexpected(std::move(error));
}

Status SourceFetcher::keepToRobots(const std::string &url)
{
    const auto known = robotsOf(url);
    if (!known)
        return std::unexpected(known.error());
    const net::RobotsRules &rules = (*known)->rules;
    if (const auto pause = rules.pause())
        m_pause = std::max(m_pause.value_or(*pause), *pause);
    if (rules.allow(url))
        return {};
    const Instant until = std::max((*known)->keptUntil(), m_run.now);
    m_refusedUntil = std::max(m_refusedUntil.value_or(until), until);
    const auto parts = net::splitUrl(url);
    return fail(ErrorCode::Denied,
                std::format("the robots.txt of {} asks programs to stay away from this address",
                            parts ? parts->host : url),
                std::format("ask its publisher, or read another feed; robots.txt is looked at "
                            "again after {}",
                            formatInstant(until)));
}

} // namespace chrona::sources
