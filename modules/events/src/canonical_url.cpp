// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/canonical_url.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>
#include <vector>

namespace chrona::events {
namespace {

constexpr std::size_t kUrlBytesMax = 2000;

/// Say where a reader came from and never what is read.
constexpr std::array<std::string_view, 24> kTracking{
    "fbclid", "gclid",     "dclid",       "gbraid",      "wbraid",      "msclkid",
    "yclid",  "twclid",    "ttclid",      "igshid",      "mc_cid",      "mc_eid",
    "_hsenc", "_hsmi",     "mkt_tok",     "ref_src",     "ref_url",     "cmpid",
    "ncid",   "at_medium", "at_campaign", "ns_campaign", "ns_mchannel", "ns_source"};
constexpr std::array<std::string_view, 3> kTrackingPrefixes{"utm_", "pk_", "mtm_"};

int hexValue(char c)
{
    return c >= '0' && c <= '9'                           ? c - '0'
           : asciiLower(c) >= 'a' && asciiLower(c) <= 'f' ? asciiLower(c) - 'a' + 10
                                                          : -1;
}

bool isUnreserved(char c)
{
    return isAsciiLetter(c) || isAsciiDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// %7e → ~, %2f → %2F, a bare blank or byte beyond ASCII → encoded.
std::string encodedOneWay(std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    const auto encode = [&](unsigned char c) {
        out += '%';
        out += kDigits[c >> 4];
        out += kDigits[c & 0x0f];
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 &&
            hexValue(text[i + 2]) >= 0) {
            const auto byte =
                static_cast<unsigned char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            if (isUnreserved(static_cast<char>(byte)))
                out += static_cast<char>(byte);
            else
                encode(byte);
            i += 2;
        } else if (const auto byte = static_cast<unsigned char>(c);
                   byte <= 0x20 || byte >= 0x7f || c == '"' || c == '<' || c == '>' || c == '%') {
            encode(byte);
        } else {
            out += c;
        }
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::string canonicalPath(std::string_view raw)
{
    const std::string path = encodedOneWay(raw);
    std::vector<std::string_view> kept;
    const auto parts = split(path, '/');
    for (std::size_t i = 1; i < parts.size(); ++i) { // what is before the first slash is empty
        const bool last = i + 1 == parts.size();
        if (parts[i] == "..") {
            if (!kept.empty())
                kept.pop_back();
        } else if (parts[i] != ".") {
            kept.push_back(parts[i]);
            continue;
        }
        if (last)
            kept.emplace_back();
    }
    while (kept.size() > 1 &&
           (kept.back() == "amp" || (kept.back().empty() && kept[kept.size() - 2] == "amp")))
        kept.pop_back();
    std::string out;
    for (const auto part : kept)
        out.append("/").append(part);
    return out.empty() ? "/" : out;
}

bool isTracking(std::string_view parameter)
{
    const std::string whole = asciiLowered(parameter);
    if (whole == "amp" || whole == "amp=1" || whole == "outputtype=amp")
        return true;
    const std::string_view name = std::string_view(whole).substr(0, whole.find('='));
    return name.empty() || std::ranges::find(kTracking, name) != kTracking.end() ||
           std::ranges::any_of(kTrackingPrefixes,
                               [&](auto prefix) { return name.starts_with(prefix); });
}

std::string canonicalQuery(std::string_view query)
{
    std::string out;
    for (const auto raw : split(query, '&')) // what is hidden in escapes is tracking too
        if (const std::string parameter = encodedOneWay(raw); !isTracking(parameter))
            out.append(out.empty() ? "?" : "&").append(parameter);
    return out;
}

/// Host and port in one form; empty when they cannot be.
std::string canonicalAuthority(std::string_view authority, std::string_view defaultPort)
{
    std::string_view host = authority, port;
    const auto bracket = authority.rfind(']');
    const auto colon = authority.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        host = authority.substr(0, colon);
        port = authority.substr(colon + 1);
    }
    while (host.ends_with('.'))
        host.remove_suffix(1);
    const bool badHost = host.empty() || std::ranges::any_of(host, [](unsigned char c) {
                             return c <= 0x20 || c == 0x7f ||
                                    std::string_view("\\\"<>@%").contains(static_cast<char>(c));
                         });
    // A colon belongs to an address in brackets; else it would be a port once that one is gone.
    const bool badColon = host.contains(':') && !(host.starts_with('[') && host.ends_with(']'));
    const bool badPort = port.size() > 5 || !std::ranges::all_of(port, isAsciiDigit);
    if (badHost || badColon || badPort)
        return {};
    std::string out = asciiLowered(host);
    if (!port.empty() && port != defaultPort)
        out.append(":").append(port);
    return out;
}

} // namespace

std::string canonicalUrl(std::string_view url)
{
    const auto begin = url.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    url = url.substr(begin, url.find_last_not_of(" \t\r\n") - begin + 1);
    const auto colon = url.find("://");
    if (colon == std::string_view::npos || url.size() > kUrlBytesMax)
        return {};
    const std::string scheme = asciiLowered(url.substr(0, colon));
    if (scheme != "http" && scheme != "https")
        return {};
    std::string_view rest = url.substr(colon + 3);
    rest = rest.substr(0, rest.find('#'));
    const auto authorityEnd = std::min(rest.find_first_of("/?"), rest.size());
    const std::string authority =
        canonicalAuthority(rest.substr(0, authorityEnd), scheme == "https" ? "443" : "80");
    if (authority.empty())
        return {};
    rest.remove_prefix(authorityEnd);
    const auto question = rest.find('?');
    const std::string_view query =
        question == std::string_view::npos ? std::string_view() : rest.substr(question + 1);
    std::string out = scheme + "://" + authority + canonicalPath(rest.substr(0, question)) +
                      canonicalQuery(query);
    return out.size() <= kUrlBytesMax ? out : std::string();
}

} // namespace chrona::events
