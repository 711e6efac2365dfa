// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/source.h"

#include "chrona/base/hash.h"

#include "checks.h"
#include "enum_names.h"

#include <format>

namespace chrona::schema {
namespace {

constexpr auto kModes = enumNames<IngestMode>("full", "metadata_only", "own_key_local");
constexpr auto kRedistributions =
    enumNames<Redistribution>("allowed", "with_attribution", "forbidden");
constexpr auto kRetentions =
    enumNames<RetentionClass>("permanent", "years_2", "days_90", "days_30", "hours_24");
constexpr auto kAuths = enumNames<AuthNeed>("none", "api_key", "user_agent_contact");
constexpr auto kSourceStates = enumNames<SourceState>("idle", "running", "late", "failing",
                                                      "disabled", "needs_key", "refused");

/// With its port where that is not one of the web's: "cms.example.org:8055".
bool isHostName(std::string_view host)
{
    if (const std::size_t colon = host.find(':'); colon != host.npos) {
        const std::string_view port = host.substr(colon + 1);
        if (port.empty() || port.size() > 5 ||
            !std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; }))
            return false;
        host = host.substr(0, colon);
    }
    const bool plain = std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    return plain && !host.empty() && host.size() <= 253 && host.front() != '.' &&
           host.back() != '.';
}

void checkRate(Checks &checks, const RatePolicy &rate)
{
    checks.require(rate.requestsPerSecond > 0 && rate.requestsPerSecond <= 1000,
                   "rate.requests_per_second", "must be above 0 and at most 1000");
    checks.require(rate.burst >= 1, "rate.burst", "must be at least 1");
    checks.require(rate.concurrentMax >= 1, "rate.concurrent_max", "must be at least 1");
    checks.require(rate.requestsPerDay != 0U, "rate.requests_per_day", "must be at least 1");
}

/// What a source that is asked over the network must state before anybody asks it.
void checkConnector(Checks &checks, const Source &source)
{
    checks.webAddress("homepage", source.homepage, Presence::Required);
    checks.webAddress("terms_url", source.termsUrl, Presence::Required);
    if (!parseDate(source.termsCheckedOn))
        checks.add("terms_checked_on", "is not a date such as 2026-11-21");
    checks.require(!source.hosts.empty(), "hosts",
                   "are missing: a connector may ask no other host");
    for (std::size_t i = 0; i < source.hosts.size(); ++i)
        checks.require(isHostName(source.hosts[i]), std::format("hosts[{}]", i),
                       "is not a host name in lower case");
    checks.webAddress("address", source.address, Presence::Optional);
    checks.require(source.cadence >= std::chrono::seconds(1), "cadence", "is less than a second");
}

} // namespace

std::string_view toString(IngestMode mode)
{
    return kModes.nameOf(mode);
}

std::string_view toString(Redistribution redistribution)
{
    return kRedistributions.nameOf(redistribution);
}

std::string_view toString(RetentionClass retention)
{
    return kRetentions.nameOf(retention);
}

std::string_view toString(AuthNeed auth)
{
    return kAuths.nameOf(auth);
}

std::string_view toString(SourceState state)
{
    return kSourceStates.nameOf(state);
}

std::optional<IngestMode> ingestModeFrom(std::string_view text)
{
    return kModes.valueOf(text);
}

std::optional<Redistribution> redistributionFrom(std::string_view text)
{
    return kRedistributions.valueOf(text);
}

std::optional<RetentionClass> retentionClassFrom(std::string_view text)
{
    return kRetentions.valueOf(text);
}

std::optional<AuthNeed> authNeedFrom(std::string_view text)
{
    return kAuths.valueOf(text);
}

SourceId sourceIdFor(std::string_view key)
{
    return {idFrom(hashOf({"source", key}))};
}

Faults validate(const Source &source)
{
    Checks checks;
    checks.key("key", source.key, Presence::Required);
    checks.require(source.id == sourceIdFor(source.key), "id", "does not follow from the key");
    checks.text("name", source.name, 500, Presence::Required);
    checks.text("licence", source.licence, 500, Presence::Required);
    checks.text("attribution", source.attribution, 2000,
                source.redistribution == Redistribution::WithAttribution ? Presence::Required
                                                                         : Presence::Optional);
    checks.text("publisher_family", source.publisherFamily, 200, Presence::Required);
    checks.text("user_agent_rule", source.userAgentRule, 2000, Presence::Optional);
    checks.require(kRedistributions.has(source.redistribution), "redistribution", "is unknown");
    checks.require(kRetentions.has(source.retention), "retention", "is unknown");
    checks.require(kAuths.has(source.auth), "auth", "is unknown");
    checks.require(kModes.has(source.mode), "mode", "is unknown");
    checks.require(source.mode != IngestMode::OwnKeyLocal ||
                       source.redistribution == Redistribution::Forbidden,
                   "redistribution", "must be forbidden for what never leaves this installation");
    checkRate(checks, source.rate);
    if (!source.connector.empty())
        checkConnector(checks, source);
    return checks.take();
}

} // namespace chrona::schema
