// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/robots.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chrona::net {
namespace {

constexpr std::size_t kRulesMax = 20'000;
constexpr std::size_t kPathBytesMax = 2'048;

bool isUnreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

int hexDigit(char c)
{
    int value = -1;
    std::from_chars(&c, &c + 1, value, 16);
    return value;
}

/// One spelling for what is the same path: %7E is ~, ü is %C3%BC, %2f is %2F (RFC 9309 §2.2.2).
std::string oneForm(std::string_view path)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    out.reserve(path.size());
    const auto encode = [&](unsigned char c) {
        out += '%';
        out += kHex[c >> 4];
        out += kHex[c & 15];
    };
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto c = static_cast<unsigned char>(path[i]);
        const int high = c == '%' && i + 2 < path.size() ? hexDigit(path[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(path[i + 2]) : -1;
        if (low >= 0) {
            const auto byte = static_cast<unsigned char>(high * 16 + low);
            if (isUnreserved(byte))
                out += static_cast<char>(byte);
            else
                encode(byte);
            i += 2;
        } else if (c >= 0x80) {
            encode(c);
        } else {
            out += path[i];
        }
    }
    return out;
}

/// Whether the pattern matches the beginning of the path; '*' is any number of characters, '$' at
/// its end the path's end. Goes back to the last '*' only, so it takes pattern × path at most.
bool matches(std::string_view pattern, std::string_view path)
{
    const bool toTheEnd = pattern.ends_with('$');
    if (toTheEnd)
        pattern.remove_suffix(1);
    std::size_t at = 0, in = 0;
    std::optional<std::size_t> starAt, starIn;
    while (in < pattern.size() || (toTheEnd && at < path.size())) {
        if (in < pattern.size() && pattern[in] == '*') {
            starIn = ++in;
            starAt = at;
        } else if (in < pattern.size() && at < path.size() && pattern[in] == path[at]) {
            ++in;
            ++at;
        } else if (starAt && *starAt < path.size()) {
            at = ++*starAt;
            in = *starIn;
        } else {
            return false;
        }
    }
    return true;
}

std::string pathOf(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos) {
        const std::size_t path = url.find_first_of("/?#", scheme + 3);
        url = path == std::string_view::npos ? std::string_view() : url.substr(path);
    }
    url = url.substr(0, url.find('#'));
    const std::string path = oneForm(url);
    return path.starts_with('/') ? path : "/" + path;
}

std::string_view trimmed(std::string_view text)
{
    return trimmedOf(" \t\v\f", text);
}

} // namespace

/// Reads line by line. Rules of the program's own groups and of those for everybody are kept apart,
/// because only at the end is it known whether the program has any.
struct RobotsRules::Reader {
    struct Part {
        RobotsRules rules{};
        bool isNamed = false;
    };
    std::string product;
    Part own{}, everybody{};
    bool forOwn = false, forEverybody = false; ///< whom the group at hand is for
    bool namesGoOn = false;                    ///< the line before named somebody too

    void line(std::string_view text)
    {
        text = text.substr(0, text.find('#'));
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos)
            return;
        const std::string name = asciiLowered(trimmed(text.substr(0, colon)));
        const std::string_view value = trimmed(text.substr(colon + 1));
        if (name == "user-agent")
            return group(value);
        if (name == "allow" || name == "disallow")
            rule(name == "allow", value);
        else if (name == "crawl-delay")
            pause(value);
        else
            return; // Sitemap and the like stand anywhere and end no group
        namesGoOn = false;
    }

    void group(std::string_view value)
    {
        if (!namesGoOn)
            forOwn = forEverybody = false;
        namesGoOn = true;
        const auto end = std::ranges::find_if_not(
            value, [](char c) { return isAsciiLetter(c) || c == '_' || c == '-'; });
        if (value.starts_with('*'))
            forEverybody = everybody.isNamed = true;
        else if (asciiLowered(std::string_view(value.begin(), end)) == product)
            forOwn = own.isNamed = true;
    }

    template <class Change> void change(Change change)
    {
        if (forOwn)
            change(own.rules);
        if (forEverybody)
            change(everybody.rules);
    }

    void rule(bool allows, std::string_view path)
    {
        if (path.empty() || path.size() > kPathBytesMax)
            return; // "Disallow:" forbids nothing
        change([&](RobotsRules &rules) {
            if (rules.m_rules.size() < kRulesMax)
                rules.m_rules.push_back({oneForm(path), allows});
        });
    }

    void pause(std::string_view value)
    {
        double seconds = 0;
        const auto read = std::from_chars(value.data(), value.data() + value.size(), seconds);
        if (read.ec != std::errc() || !std::isfinite(seconds) || seconds <= 0)
            return;
        const double most = std::chrono::duration<double>(kPauseMax).count();
        const Duration time = std::chrono::duration_cast<Duration>(
            std::chrono::duration<double>(std::min(seconds, most)));
        change([&](RobotsRules &rules) {
            rules.m_pause = std::max(rules.m_pause.value_or(time), time);
        });
    }
};

RobotsRules RobotsRules::read(std::string_view text, std::string_view product)
{
    text = text.substr(0, kBytesMax);
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    Reader reader{.product = asciiLowered(product)};
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        reader.line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return std::move((reader.own.isNamed ? reader.own : reader.everybody).rules);
}

bool RobotsRules::allow(std::string_view url) const
{
    const std::string path = pathOf(url);
    if (path == "/robots.txt")
        return true;
    const Rule *decides = nullptr;
    for (const Rule &rule : m_rules) {
        const bool isStronger =
            decides == nullptr || rule.path.size() > decides->path.size() ||
            (rule.path.size() == decides->path.size() && rule.allows && !decides->allows);
        if (isStronger && matches(rule.path, path))
            decides = &rule;
    }
    return decides == nullptr || decides->allows;
}

} // namespace chrona::net
