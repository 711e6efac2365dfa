// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/own_feed.h"

#include "chrona/base/hash.h"
#include "chrona/net/address.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::sources {
namespace {

using namespace std::chrono_literals;

constexpr Duration kEvery = 30min, kEveryMin = 5min, kEveryMax = std::chrono::days(7);
constexpr std::size_t kHostInKeyBytesMax = 40;

/// Names that lead to this machine or its network whoever answers for them.
bool isLocalName(std::string_view host)
{
    constexpr std::array<std::string_view, 6> kLocal{".localhost", ".local",     ".internal",
                                                     ".lan",       ".home.arpa", ".onion"};
    return !host.contains('.') || std::ranges::any_of(kLocal, [host](std::string_view end) {
        return host.ends_with(end);
    });
}

bool isNumeric(std::string_view host)
{
    // The last label of a name is never a number (RFC 1123 §2.1); also catches 127.1 and 0x7f.1.
    const std::string_view last = host.substr(host.rfind('.') + 1);
    return host.contains(':') || (!last.empty() && last.front() >= '0' && last.front() <= '9');
}

Status judgeHost(const net::UrlParts &parts)
{
    const bool isOpen = isNumeric(parts.host)
                            ? net::isAllowedAddress(parts.host, net::AddressPolicy::PublicOnly)
                            : !isLocalName(parts.host);
    if (!isOpen)
        return fail(ErrorCode::Denied,
                    std::format("{} is an address of this machine or its network", parts.host),
                    "what a person adds is read from the public internet only");
    return {};
}

Status judgeAddress(const net::UrlParts &parts)
{
    if (parts.port != 443 && parts.port != 80)
        return fail(ErrorCode::Denied, "feeds are read from the usual ports only (443, 80)");
    return judgeHost(parts);
}

std::string keyFor(const std::string &host, const std::string &address)
{
    return std::format("own.{}.{}", host.substr(0, kHostInKeyBytesMax),
                       toHex(hashOf({"own feed", address}).bytes).substr(0, 8));
}

std::string firstOf(const std::string &given, const std::string &fallback)
{
    return given.empty() ? fallback : given;
}

} // namespace

Result<schema::Source> ownFeedSource(const OwnFeed &feed, Date today)
{
    const std::string address = feed.address.substr(0, feed.address.find('#'));
    const auto parts = net::splitUrl(address);
    if (!parts)
        return std::unexpected(parts.error());
    if (auto allowed = judgeAddress(*parts); !allowed)
        return std::unexpected(allowed.error());
    schema::Source source;
    source.key = keyFor(parts->host, address);
    source.id = schema::sourceIdFor(source.key);
    source.name = firstOf(feed.name, parts->host);
    source.connector = kOwnFeedConnector;
    source.homepage = std::format("{}://{}/", parts->isTls ? "https" : "http", parts->host);
    source.address = address;
    source.hosts = {parts->host};
    source.licence = feed.licence;
    source.termsUrl = feed.termsUrl;
    source.termsCheckedOn = formatDate(today);
    source.redistribution = feed.redistribution;
    source.retention = feed.retention;
    source.mode = feed.mode;
    source.attribution = firstOf(feed.attribution, source.name);
    source.publisherFamily = firstOf(feed.publisherFamily, parts->host);
    source.rate = {.requestsPerSecond = 0.2, .burst = 2, .requestsPerDay = 500, .concurrentMax = 1};
    source.keepsToRobots = true;
    source.cadence = feed.every.value_or(kEvery);
    if (source.cadence < kEveryMin || source.cadence > kEveryMax)
        return fail(ErrorCode::InvalidInput, "a feed is asked every 5 minutes to 7 days");
    if (const auto faults = schema::validate(source); !faults.empty())
        return fail(ErrorCode::InvalidInput, schema::describe(faults),
                    "say where the feed's terms stand and what they allow");
    return source;
}

Result<schema::Source> ownInstallationSource(const OwnInstallation &installation,
                                             const connect::ConnectorLibrary::Entry &connector,
                                             Date today)
{
    // Such a connector's own entry names no host of the world.
    const auto &entries = connector.description.sources;
    if (entries.size() != 1 || entries[0].hosts != std::vector<std::string>{"localhost"})
        return fail(
            ErrorCode::InvalidInput,
            std::format("\"{}\" reads no systems of people's own", connector.description.id),
            "its sources are in the registry already: chronactl sources list");
    std::string address = installation.address.substr(0, installation.address.find_first_of("?#"));
    while (address.ends_with('/'))
        address.pop_back();
    const auto parts = net::splitUrl(address);
    if (!parts)
        return std::unexpected(parts.error());
    if (!parts->isTls)
        return fail(ErrorCode::Denied, "a key is never sent without encryption",
                    "give an address that begins with https");
    if (auto allowed = judgeHost(*parts); !allowed)
        return std::unexpected(allowed.error());
    schema::Source source = entries[0];
    source.key = keyFor(parts->host, address);
    source.id = schema::sourceIdFor(source.key);
    source.name = firstOf(installation.name, parts->host);
    source.connector = connector.description.id;
    source.homepage = address;
    source.address = address;
    source.hosts = {parts->port == 443 ? parts->host
                                       : std::format("{}:{}", parts->host, parts->port)};
    source.termsCheckedOn = formatDate(today);
    source.attribution = source.name;
    source.publisherFamily = parts->host;
    source.enabled = true;
    source.cadence = installation.every.value_or(source.cadence);
    if (source.cadence < kEveryMin || source.cadence > kEveryMax)
        return fail(ErrorCode::InvalidInput, "a system is asked every 5 minutes to 7 days");
    if (const auto faults = schema::validate(source); !faults.empty())
        return fail(ErrorCode::InvalidInput, schema::describe(faults));
    return source;
}

bool isOwn(const schema::Source &source)
{
    return !source.address.empty();
}

Status registerSource(storage::Connection &connection, const connect::ConnectorLibrary &library,
                      const schema::Source &source)
{
    if (const auto faults = schema::validate(source); !faults.empty())
        return fail(ErrorCode::InvalidInput, schema::describe(faults));
    if (library.find(source.connector) == nullptr)
        return fail(ErrorCode::NotFound,
                    std::format("there is no connector \"{}\"", source.connector));
    const auto known = storage::loadSources(connection);
    if (!known)
        return std::unexpected(known.error());
    const auto same = std::ranges::find(*known, source.key, &schema::Source::key);
    const bool wasTakenOut = same != known->end() && isOwn(*same) && same->connector.empty();
    if (same != known->end() && !wasTakenOut)
        return fail(ErrorCode::Conflict,
                    std::format("there is a source \"{}\" already", source.key));
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto stored = storage::storeSources(connection, std::span(&source, 1)); !stored)
        return std::unexpected(stored.error());
    if (auto on = storage::setSourceEnabled(connection, source.id, storage::SourceSwitch::On); !on)
        return on;
    return transaction->commit();
}

Result<storage::SourceRemoval> unregisterSource(storage::Connection &connection,
                                                const schema::Source &source)
{
    if (!isOwn(source))
        return fail(
            ErrorCode::Denied,
            std::format("\"{}\" came with a connector and stays in the registry", source.key),
            "disable it instead");
    return storage::removeSource(connection, source.id);
}

} // namespace chrona::sources
