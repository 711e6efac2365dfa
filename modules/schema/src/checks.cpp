// SPDX-License-Identifier: AGPL-3.0-or-later
#include "checks.h"

#include "chrona/schema/text.h"

#include <cmath>
#include <format>
#include <set>

namespace chrona::schema {
namespace {

constexpr std::size_t kKeyBytesMax = 200;
constexpr std::size_t kRegionBytesMax = 32;
constexpr std::size_t kAddressBytesMax = 4000;
constexpr std::size_t kAttributesMax = 200;
constexpr std::size_t kAttributeBytesMax = 16'000;

bool isAsciiAlnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isSnakeCase(std::string_view key)
{
    if (key.empty() || key.size() > 64 || key.front() < 'a' || key.front() > 'z')
        return false;
    return std::ranges::all_of(
        key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

} // namespace

void Checks::add(std::string_view field, std::string reason)
{
    m_faults.push_back({std::string(field), std::move(reason)});
}

void Checks::require(bool holds, std::string_view field, std::string_view reason)
{
    if (!holds)
        add(field, std::string(reason));
}

void Checks::text(std::string_view field, std::string_view value, std::size_t bytesMax,
                  Presence presence)
{
    if (value.empty()) {
        require(presence == Presence::Optional, field, "is missing");
        return;
    }
    if (std::string reason = whyNotText(value, bytesMax); !reason.empty())
        add(field, std::move(reason));
}

void Checks::key(std::string_view field, std::string_view value, Presence presence)
{
    text(field, value, kKeyBytesMax, presence);
    require(value.find_first_of(" \t\r\n") == std::string_view::npos, field, "holds a blank");
}

void Checks::regionCode(std::string_view field, std::string_view value, Presence presence)
{
    if (value.empty()) {
        require(presence == Presence::Optional, field, "is missing");
        return;
    }
    const bool plain = std::ranges::all_of(
        value, [](char c) { return isAsciiAlnum(c) || c == '-' || c == ':' || c == '_'; });
    require(plain && value.size() <= kRegionBytesMax, field,
            "is not a region code of letters, digits and hyphens");
}

void Checks::webAddress(std::string_view field, std::string_view value, Presence presence)
{
    text(field, value, kAddressBytesMax, presence);
    if (value.empty())
        return;
    require(value.starts_with("https://") || value.starts_with("http://"), field,
            "is not an http or https address");
    require(value.find_first_of(" \t\r\n") == std::string_view::npos, field, "holds a blank");
}

void Checks::instant(std::string_view field, Instant value)
{
    using namespace std::chrono;
    static constexpr Instant kFirst = sys_days(year(1) / 1 / 1);
    static constexpr Instant kEnd = sys_days(year(9999) / 12 / 31) + days(1);
    require(value >= kFirst && value < kEnd, field, "is outside the years 1 to 9999");
}

void Checks::share(std::string_view field, double value)
{
    if (!(value >= 0 && value <= 1))
        add(field, std::format("is {}, must be between 0 and 1", value));
}

void Checks::finite(std::string_view field, double value)
{
    require(std::isfinite(value), field, "is not a finite number");
}

void Checks::nanOrFinite(std::string_view field, double value)
{
    require(!std::isinf(value), field, "is infinite");
}

void Checks::nanOrNotNegative(std::string_view field, double value)
{
    nanOrFinite(field, value);
    if (value < 0)
        add(field, std::format("is {}, must not be negative", value));
}

void Checks::point(std::string_view field, GeoPoint value)
{
    if (!(value.longitude >= -180 && value.longitude <= 180))
        add(std::format("{}.longitude", field),
            std::format("is {}, must be between -180 and 180", value.longitude));
    if (!(value.latitude >= -90 && value.latitude <= 90))
        add(std::format("{}.latitude", field),
            std::format("is {}, must be between -90 and 90", value.latitude));
}

void Checks::times(const FactTimes &times)
{
    instant("observed_at", times.observedAt);
    instant("ingested_at", times.ingestedAt);
    if (times.publishedAt)
        instant("published_at", *times.publishedAt);
    switch (times.basis) {
    case AvailabilityBasis::Measured: break;
    case AvailabilityBasis::Stated:
        require(times.publishedAt.has_value(), "published_at",
                "is missing though availability is said to be stated");
        break;
    case AvailabilityBasis::Assumed:
        require(times.assumedLag >= Duration{0}, "assumed_lag", "is negative");
        require(times.assumedLag <= std::chrono::days(36'600), "assumed_lag",
                "is more than a century");
        break;
    default: add("basis", "is unknown");
    }
}

void Checks::attributes(const Attributes &attributes)
{
    if (attributes.size() > kAttributesMax)
        add("attributes",
            std::format("are {}, at most {} are kept", attributes.size(), kAttributesMax));
    std::string_view previous;
    for (const Attribute &attribute : attributes) {
        const std::string field = std::format("attributes.{}", attribute.key.substr(0, 64));
        require(isSnakeCase(attribute.key), field,
                "is not a snake_case name of at most 64 letters");
        if (!previous.empty() && attribute.key <= previous)
            add(field, attribute.key == previous ? "appears twice" : "is out of order");
        previous = attribute.key;
        if (const auto *number = std::get_if<double>(&attribute.value))
            finite(field, *number);
        else if (const auto *words = std::get_if<std::string>(&attribute.value))
            text(field, *words, kAttributeBytesMax, Presence::Optional);
    }
}

void Checks::part(std::string_view prefix, const Faults &faults)
{
    for (const Fault &fault : faults)
        add(std::format("{}.{}", prefix, fault.field), fault.reason);
}

} // namespace chrona::schema
