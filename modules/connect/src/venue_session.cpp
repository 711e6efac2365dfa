// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/venue_session.h"

#include "chrona/connect/venue_text.h"

#include <zlib.h>

#include <cstdlib>
#include <limits>

namespace chrona::connect {
namespace {

std::uint32_t crcOf(std::string_view text)
{
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef *>(text.data()), static_cast<uInt>(text.size())));
}

void appendBareDigits(std::string &out, std::string_view number)
{
    bool leading = true;
    for (const char c : number) {
        leading = leading && (c == '0' || c == '.');
        if (!leading && c != '.')
            out += c;
    }
}

} // namespace

bool SeenKeys::insert(std::string key)
{
    if (!m_keys.insert(key).second)
        return false;
    m_order.push_back(std::move(key));
    if (m_order.size() > kKept) {
        m_keys.erase(m_order.front());
        m_order.pop_front();
    }
    return true;
}

void BookMirror::clear()
{
    m_bids.clear();
    m_asks.clear();
}

void BookMirror::apply(Side side, const RawLevel &level)
{
    const auto size = plainDecimal(level.size);
    const auto price = plainDecimal(level.price);
    if (!size || !price)
        return;
    // Asks ascend; bids are kept under their negative price, so that both begin with the best.
    const long double value = std::strtold(price->c_str(), nullptr);
    Levels &levels = side == Side::Buy ? m_bids : m_asks;
    const long double key = side == Side::Buy ? -value : value;
    if (isZero(*size))
        levels.erase(key);
    else
        levels[key] = {std::string(level.price), std::string(level.size)};
    while (levels.size() > m_depth)
        levels.erase(std::prev(levels.end()));
}

std::uint32_t BookMirror::plainChecksum(std::size_t depth) const
{
    std::string text;
    for (const Levels *levels : {&m_asks, &m_bids}) {
        std::size_t taken = 0;
        for (const auto &[key, digits] : *levels) {
            if (taken++ == depth)
                break;
            appendBareDigits(text, digits.price);
            appendBareDigits(text, digits.size);
        }
    }
    return crcOf(text);
}

std::uint32_t BookMirror::interleavedChecksum(std::size_t depth) const
{
    std::string text;
    auto bid = m_bids.begin();
    auto ask = m_asks.begin();
    const auto append = [&text](const Digits &digits) {
        text += (text.empty() ? "" : ":") + digits.price + ":" + digits.size;
    };
    for (std::size_t i = 0; i < depth; ++i) {
        if (bid != m_bids.end())
            append((bid++)->second);
        if (ask != m_asks.end())
            append((ask++)->second);
    }
    return crcOf(text);
}

bool Session::follows(std::string_view stream, std::string_view previous, std::string_view next)
{
    const auto known = sequences.find(stream);
    const bool isNext = known == sequences.end() || known->second == previous;
    if (known != sequences.end())
        known->second = next;
    else if (sequences.size() < kEntriesMax)
        sequences.emplace(stream, next);
    return isNext;
}

} // namespace chrona::connect
