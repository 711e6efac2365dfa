// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/url.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>

namespace chrona::formats {
namespace {

/// The five parts of RFC 3986 §3. A missing authority and an empty one differ ("file:///x").
struct Parts {
    std::string_view scheme, authority, path, query, fragment; ///< query, fragment with ? and #
    bool hasAuthority = false;
};

std::string_view schemeIn(std::string_view url)
{
    if (url.empty() || !isAsciiLetter(url.front()))
        return {};
    for (std::size_t i = 1; i < url.size(); ++i) {
        const char c = url[i];
        if (c == ':')
            return url.substr(0, i);
        if (!isAsciiLetter(c) && !isAsciiDigit(c) && c != '+' && c != '-' && c != '.')
            return {};
    }
    return {};
}

Parts splitUrl(std::string_view url)
{
    Parts parts;
    parts.scheme = schemeIn(url);
    if (!parts.scheme.empty())
        url.remove_prefix(parts.scheme.size() + 1);
    const auto hash = std::min(url.find('#'), url.size());
    parts.fragment = url.substr(hash);
    url = url.substr(0, hash);
    const auto mark = std::min(url.find('?'), url.size());
    parts.query = url.substr(mark);
    url = url.substr(0, mark);
    if (url.starts_with("//")) {
        parts.hasAuthority = true;
        const auto end = std::min(url.find('/', 2), url.size());
        parts.authority = url.substr(2, end - 2);
        url.remove_prefix(end);
    }
    parts.path = url;
    return parts;
}

/// RFC 3986 §5.2.4, segment by segment, so that it stays linear.
std::string withoutDots(std::string_view path)
{
    std::string out;
    out.reserve(path.size());
    while (!path.empty()) {
        const std::size_t start = path.front() == '/' ? 1 : 0;
        const auto end = std::min(path.find('/', start), path.size());
        const std::string_view segment = path.substr(start, end - start);
        const bool last = end == path.size();
        if (segment == "." || segment == "..") {
            const auto slash = out.rfind('/');
            if (segment == "..")
                out.resize(slash == std::string::npos ? 0 : slash);
            if (last)
                out += '/';
        } else {
            out += path.substr(0, end);
        }
        path.remove_prefix(end);
    }
    return out;
}

std::string merged(const Parts &base, std::string_view path)
{
    if (base.hasAuthority && base.path.empty())
        return "/" + std::string(path);
    const auto slash = base.path.rfind('/');
    return std::string(slash == std::string_view::npos ? "" : base.path.substr(0, slash + 1))
        .append(path);
}

/// What browsers strip, and what would end an attribute or a line is encoded.
std::string cleaned(std::string_view link)
{
    while (!link.empty() && static_cast<unsigned char>(link.front()) <= 0x20)
        link.remove_prefix(1);
    while (!link.empty() && static_cast<unsigned char>(link.back()) <= 0x20)
        link.remove_suffix(1);
    std::string out;
    out.reserve(link.size());
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : link) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\t' || c == '\n' || c == '\r')
            continue;
        if (byte <= 0x20 || byte == 0x7f || c == '<' || c == '>' || c == '"')
            (out += '%').append({kHex[byte >> 4], kHex[byte & 15]});
        else
            out += c;
    }
    return out;
}

} // namespace

std::string resolveUrl(const UrlReference &reference)
{
    std::string link = cleaned(reference.link);
    const Parts base = splitUrl(reference.base);
    if (base.scheme.empty() || !schemeIn(link).empty())
        return link;
    const Parts given = splitUrl(link);
    std::string path, query(given.query);
    std::string_view authority = base.authority;
    bool hasAuthority = base.hasAuthority;
    if (given.hasAuthority) {
        authority = given.authority;
        hasAuthority = true;
        path = withoutDots(given.path);
    } else if (given.path.empty()) {
        path = base.path;
        if (query.empty())
            query = base.query;
    } else {
        path = withoutDots(given.path.starts_with('/') ? std::string(given.path)
                                                       : merged(base, given.path));
    }
    std::string out(base.scheme);
    out += ':';
    if (hasAuthority)
        out.append("//").append(authority);
    return out.append(path).append(query).append(given.fragment);
}

std::string urlScheme(std::string_view url)
{
    std::string plain;
    for (const char c : url) {
        if (static_cast<unsigned char>(c) <= 0x20)
            continue;
        plain += asciiLower(c);
        if (c == ':' || c == '/' || c == '?' || c == '#')
            break;
    }
    return std::string(schemeIn(plain));
}

bool carriesScript(std::string_view text)
{
    if (!text.contains(':'))
        return false;
    std::string plain;
    plain.reserve(text.size());
    for (const char c : text)
        if (static_cast<unsigned char>(c) > 0x20)
            plain += asciiLower(c);
    return plain.contains("javascript:") || plain.contains("vbscript:") ||
           plain.contains("livescript:");
}

bool isSafeLink(std::string_view url)
{
    constexpr std::array<std::string_view, 14> kSchemes{"http",   "https", "ftp",  "ftps",   "sftp",
                                                        "mailto", "news",  "nntp", "gopher", "urn",
                                                        "tag",    "tel",   "xmpp", "geo"};
    const std::string scheme = urlScheme(url);
    return (scheme.empty() || std::ranges::contains(kSchemes, scheme)) && !carriesScript(url);
}

bool isSafeMedia(std::string_view url)
{
    const std::string scheme = urlScheme(url);
    return (scheme.empty() || scheme == "http" || scheme == "https") && !carriesScript(url);
}

} // namespace chrona::formats
