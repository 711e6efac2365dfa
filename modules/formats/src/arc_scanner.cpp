// SPDX-License-Identifier: AGPL-3.0-or-later
#include "arc_scanner.h"

#include "packed_arc.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <format>

namespace chrona::formats {
namespace {

bool isOfToken(char byte)
{
    return (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == 'e' ||
           byte == 'E' || byte == '+';
}

/// As JSON writes numbers; from_chars takes more than that.
std::optional<double> numberFrom(std::string_view token)
{
    const std::string_view digits = token.starts_with('-') ? token.substr(1) : token;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (digits.empty() || !isDigit(digits.front()) || !isDigit(digits.back()) ||
        (digits.size() > 1 && digits[0] == '0' && isDigit(digits[1])))
        return std::nullopt;
    if (const auto point = digits.find('.');
        point != std::string_view::npos && !isDigit(digits[point + 1]))
        return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
    if (error != std::errc{} || end != token.data() + token.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

} // namespace

std::unexpected<Error> beyondMemory(const MemoryBound &bound)
{
    return fail(
        ErrorCode::Exhausted,
        std::format("the topology needs more than {} MiB while it is read", bound.max() >> 20),
        "split it by its objects, or bring it as a GeoJSON FeatureCollection, which is "
        "read feature by feature");
}

ArcScanner::ArcScanner(MemoryBound &bound, ByteRecords &arcs) : m_bound(bound), m_arcs(arcs) {}

std::unexpected<Error> ArcScanner::refuse(std::string_view why) const
{
    return fail(ErrorCode::InvalidInput,
                std::format("the topology's arcs[{}] {}", m_arcs.count(), why));
}

void ArcScanner::note(std::string path, std::string reason)
{
    if (!m_fault)
        m_fault = schema::Fault{std::move(path), std::move(reason)};
}

Status ArcScanner::endToken()
{
    if (m_tokenSize == 0)
        return {};
    const auto number = numberFrom({m_token.data(), std::min(m_tokenSize, m_token.size())});
    const bool isTooLong = std::exchange(m_tokenSize, 0) > m_token.size();
    m_expect = Expect::CommaOrEnd;
    if (m_depth == 1)
        return refuse("is not an array of positions");
    if (m_depth == 2) {
        note(std::format("[{}]", m_position++), "is not a position of two numbers");
        return {};
    }
    if (m_number < 2 && (!number || isTooLong))
        note(std::format("[{}][{}]", m_position, m_number), "is not a number");
    else if (m_number < 2)
        (m_number == 0 ? m_pair.x : m_pair.y) = *number;
    ++m_number;
    return {};
}

Status ArcScanner::open()
{
    if (m_expect == Expect::CommaOrEnd)
        return refuse("is no JSON: a comma is missing");
    if (++m_depth > 3)
        return refuse("is nested too deep");
    if (m_depth == 2) {
        m_positions.clear();
        m_fault.reset();
        m_position = 0;
    }
    m_number = 0;
    m_expect = Expect::FirstOrEnd;
    return {};
}

Status ArcScanner::endPosition()
{
    if (m_number < 2)
        note(std::format("[{}]", m_position), "is not a position of two numbers");
    ++m_position;
    if (m_fault)
        return {};
    if (m_positions.size() == m_positions.capacity()) {
        if (m_positions.size() >= kPositionsMax)
            return refuse(std::format("has more than {} positions", kPositionsMax));
        const std::size_t before = m_positions.capacity();
        const std::size_t after = std::max<std::size_t>(2 * before, 64);
        if (!m_bound.take(after * sizeof(NumberPair)))
            return beyondMemory(m_bound);
        m_positions.reserve(after);
        m_bound.give(before * sizeof(NumberPair));
    }
    m_positions.push_back(m_pair);
    return {};
}

Status ArcScanner::endArc()
{
    const std::size_t before = m_packed.capacity();
    if (m_fault)
        packFault(*m_fault, m_packed);
    else
        packArc(m_positions, m_packed);
    // It grows with the largest arc only, which is bounded; what it is now counts from here on.
    if (m_packed.capacity() > before && !m_bound.take(m_packed.capacity() - before))
        return beyondMemory(m_bound);
    return m_arcs.add(m_packed) ? Status() : beyondMemory(m_bound);
}

Status ArcScanner::close()
{
    if (m_expect == Expect::Value)
        return refuse("is no JSON: a comma leads to nothing");
    m_expect = Expect::CommaOrEnd;
    switch (m_depth--) {
    case 3: return endPosition();
    case 2: return endArc();
    default: m_isDone = true; return {};
    }
}

Status ArcScanner::pushByte(char byte)
{
    if (isOfToken(byte) || (byte >= 'a' && byte <= 'z')) { // null, true: no numbers, but JSON
        if (m_tokenSize == 0 && m_expect == Expect::CommaOrEnd)
            return refuse("is no JSON: a comma is missing");
        if (m_tokenSize < m_token.size())
            m_token[m_tokenSize] = byte;
        ++m_tokenSize;
        return {};
    }
    if (auto done = endToken(); !done)
        return done;
    switch (byte) {
    case ' ':
    case '\n':
    case '\r':
    case '\t': return {};
    case '[': return open();
    case ']': return close();
    case ',':
        if (m_expect != Expect::CommaOrEnd)
            return refuse("is no JSON: a comma stands where a value belongs");
        m_expect = Expect::Value;
        return {};
    default: return refuse("is not an array of positions");
    }
}

Result<std::size_t> ArcScanner::push(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (auto done = pushByte(bytes[at]); !done)
            return std::unexpected(done.error());
        if (m_isDone)
            return at + 1;
    }
    return bytes.size();
}

} // namespace chrona::formats
