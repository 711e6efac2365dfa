// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/address.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>
#include <array>
#include <format>
#include <utility>

namespace chrona::net {
namespace {

using namespace Qt::StringLiterals;

struct Range4 {
    quint32 network;
    int bits;
};

constexpr quint32 ip4(quint32 a, quint32 b, quint32 c, quint32 d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

/// IANA's special-purpose registry: what is not globally routed unicast.
constexpr std::array<Range4, 15> kNotPublic4{{
    {ip4(0, 0, 0, 0), 8},       // this network
    {ip4(10, 0, 0, 0), 8},      // private
    {ip4(100, 64, 0, 0), 10},   // shared by carriers
    {ip4(127, 0, 0, 0), 8},     // loopback
    {ip4(169, 254, 0, 0), 16},  // link-local, and the metadata service of clouds
    {ip4(172, 16, 0, 0), 12},   // private
    {ip4(192, 0, 0, 0), 24},    // protocol assignments
    {ip4(192, 0, 2, 0), 24},    // documentation
    {ip4(192, 88, 99, 0), 24},  // 6to4 relays
    {ip4(192, 168, 0, 0), 16},  // private
    {ip4(198, 18, 0, 0), 15},   // benchmarks
    {ip4(198, 51, 100, 0), 24}, // documentation
    {ip4(203, 0, 113, 0), 24},  // documentation
    {ip4(224, 0, 0, 0), 4},     // multicast
    {ip4(240, 0, 0, 0), 4},     // reserved, broadcast
}};

bool isPublic4(quint32 address)
{
    return std::ranges::none_of(kNotPublic4, [address](const Range4 &range) {
        const quint32 mask = ~quint32{0} << (32 - range.bits);
        return (address & mask) == range.network;
    });
}

quint32 embedded4(const Q_IPV6ADDR &address, int at)
{
    return ip4(address[at], address[at + 1], address[at + 2], address[at + 3]);
}

bool isInside(const QHostAddress &address, const char *subnet)
{
    return address.isInSubnet(QHostAddress::parseSubnet(QLatin1StringView(subnet)));
}

bool isPublic6(const QHostAddress &address)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    if (isInside(address, "64:ff9b::/96")) // NAT64
        return isPublic4(embedded4(bytes, 12));
    if (isInside(address, "2002::/16")) // 6to4
        return isPublic4(embedded4(bytes, 2));
    // 2001::/23 holds Teredo, ORCHID and other protocol assignments.
    constexpr std::array<const char *, 3> kNotPublic{"2001::/23", "2001:db8::/32", "3fff::/20"};
    return isInside(address, "2000::/3") &&
           std::ranges::none_of(kNotPublic,
                                [&](const char *subnet) { return isInside(address, subnet); });
}

/// Mapped addresses (::ffff:127.0.0.1) reach the IPv4 host, so they are judged as it.
QHostAddress unmapped(const QHostAddress &address)
{
    bool isMapped = false;
    const quint32 v4 = address.toIPv4Address(&isMapped);
    return isMapped ? QHostAddress(v4) : address;
}

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool hasControlOrBlank(std::string_view text)
{
    return std::ranges::any_of(text, [](unsigned char c) { return c <= 0x20 || c == 0x7f; });
}

} // namespace

bool isAllowedAddress(std::string_view address, AddressPolicy policy)
{
    QHostAddress parsed;
    if (hasControlOrBlank(address) || !parsed.setAddress(fromUtf8(address)))
        return false;
    parsed = unmapped(parsed);
    if (parsed.isLoopback())
        return policy == AddressPolicy::PublicAndLoopback;
    if (!parsed.scopeId().isEmpty())
        return false;
    if (parsed.protocol() == QAbstractSocket::IPv4Protocol)
        return isPublic4(parsed.toIPv4Address());
    return isPublic6(parsed);
}

Result<UrlParts> splitUrl(std::string_view url)
{
    if (url.size() > 8192 || hasControlOrBlank(url))
        return fail(ErrorCode::InvalidInput, "the address is too long or holds blanks");
    const QUrl parsed(fromUtf8(url), QUrl::StrictMode);
    if (!parsed.isValid() || parsed.host().isEmpty())
        return fail(ErrorCode::InvalidInput, "the address cannot be read");
    const bool isTls = parsed.scheme() == "https"_L1;
    if (!isTls && parsed.scheme() != "http"_L1)
        return fail(ErrorCode::Denied, std::format("the scheme \"{}\" is not http or https",
                                                   parsed.scheme().toStdString()));
    if (!parsed.userInfo().isEmpty())
        return fail(ErrorCode::Denied, "the address carries user information");
    std::string host = parsed.host(QUrl::FullyEncoded).toLower().toStdString();
    while (host.size() > 1 && host.ends_with('.')) // "localhost." is localhost
        host.pop_back();
    const int port = parsed.port(isTls ? 443 : 80);
    if (port == 0)
        return fail(ErrorCode::InvalidInput, "the address names port 0");
    return UrlParts{isTls, std::move(host), static_cast<std::uint16_t>(port)};
}

Result<std::string> resolveUrl(std::string_view base, std::string_view location)
{
    const QUrl target = QUrl(fromUtf8(base), QUrl::StrictMode)
                            .resolved(QUrl(fromUtf8(location), QUrl::TolerantMode))
                            .adjusted(QUrl::RemoveFragment);
    std::string text = target.toString(QUrl::FullyEncoded).toStdString();
    if (auto parts = splitUrl(text); !parts)
        return std::unexpected(parts.error());
    return text;
}

} // namespace chrona::net
