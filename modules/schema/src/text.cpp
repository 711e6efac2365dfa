// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <format>

namespace chrona::schema {
namespace {

/// Length of the sequence that starts here, 0 when it is malformed.
std::size_t sequenceLength(std::string_view rest)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(rest[i]); };
    const auto continues = [&](std::size_t i, std::uint8_t low, std::uint8_t high) {
        return i < rest.size() && byte(i) >= low && byte(i) <= high;
    };
    const std::uint8_t first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return continues(1, 0x80, 0xBF) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const std::uint8_t low = first == 0xE0 ? 0xA0 : 0x80;
        const std::uint8_t high = first == 0xED ? 0x9F : 0xBF;
        return continues(1, low, high) && continues(2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const std::uint8_t low = first == 0xF0 ? 0x90 : 0x80;
        const std::uint8_t high = first == 0xF4 ? 0x8F : 0xBF;
        const bool whole =
            continues(1, low, high) && continues(2, 0x80, 0xBF) && continues(3, 0x80, 0xBF);
        return whole ? 4 : 0;
    }
    return 0;
}

bool isControl(char c)
{
    const auto byte = static_cast<std::uint8_t>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

/// Of a well-formed sequence.
std::uint32_t codePointOf(std::string_view sequence)
{
    if (sequence.size() == 1)
        return static_cast<std::uint8_t>(sequence[0]);
    std::uint32_t code = static_cast<std::uint8_t>(sequence[0]) & (0xFFU >> (sequence.size() + 1));
    for (const char c : sequence.substr(1))
        code = (code << 6) | (static_cast<std::uint8_t>(c) & 0x3FU);
    return code;
}

struct CodeRange {
    std::uint32_t first, last;
};
/// Controls, soft hyphen, joiners and direction marks, line separators, byte order mark, tags.
constexpr CodeRange kHidden[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x061C, 0x061C}, {0x200B, 0x200F},
    {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};

bool isHidden(std::uint32_t code)
{
    for (const CodeRange &range : kHidden) {
        if (code >= range.first && code <= range.last)
            return true;
    }
    return false;
}

/// Of a code point of two bytes; all of these stay within two bytes.
std::uint32_t lowerOf(std::uint32_t code)
{
    constexpr std::uint32_t kStep = 0x20;
    if (code >= 0xC0 && code <= 0xDE && code != 0xD7)
        return code + kStep;
    // Latin Extended: small letters stand beside their capitals, but for these three gaps.
    const bool isOddCapital = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
    if (code >= 0x100 && code <= 0x17E && code != 0x130 && code != 0x138 && code != 0x149 &&
        code != 0x178)
        return (code % 2 == 1) == isOddCapital ? code + 1 : code;
    if (code == 0x178)
        return 0xFF;
    if (code >= 0x391 && code <= 0x3AB && code != 0x3A2)
        return code + kStep;
    if (code >= 0x410 && code <= 0x42F)
        return code + kStep;
    if (code >= 0x400 && code <= 0x40F)
        return code + 0x50;
    return code;
}

} // namespace

std::optional<std::size_t> firstInvalidUtf8(std::string_view text)
{
    std::size_t i = 0;
    while (i < text.size()) {
        // Eight plain ASCII bytes at a time: what most feeds and files are made of.
        if (i + 8 <= text.size()) {
            std::uint64_t word;
            std::memcpy(&word, text.data() + i, sizeof word);
            if ((word & 0x8080'8080'8080'8080ULL) == 0) {
                i += 8;
                continue;
            }
        }
        const std::size_t length = sequenceLength(text.substr(i));
        if (length == 0)
            return i;
        i += length;
    }
    return std::nullopt;
}

std::string whyNotText(std::string_view text, std::size_t bytesMax)
{
    if (text.size() > bytesMax)
        return std::format("has {} bytes, at most {} are kept", text.size(), bytesMax);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isControl(text[i]))
            return std::format("holds the control character {:#04x} at byte {}",
                               static_cast<std::uint8_t>(text[i]), i);
    }
    if (const auto position = firstInvalidUtf8(text))
        return std::format("is not UTF-8 at byte {}", *position);
    return {};
}

std::string plainLine(std::string_view text, std::size_t bytesMax)
{
    std::string line;
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
        const std::string_view character = length == 0 ? "\uFFFD" : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
        if (line.size() + character.size() > bytesMax)
            return line + "…";
        const char first = character[0];
        if (first == ' ' || first == '\n' || first == '\t' || first == '\r') {
            if (!line.empty() && line.back() != ' ')
                line += ' ';
        } else if (length == 0 || !isHidden(codePointOf(character))) {
            line += character;
        }
    }
    if (line.ends_with(' '))
        line.pop_back();
    return line;
}

std::string foldCase(std::string_view text)
{
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequenceLength(text.substr(at));
        const std::string_view whole = text.substr(at, std::max<std::size_t>(length, 1));
        at += whole.size();
        if (length == 1 && whole[0] >= 'A' && whole[0] <= 'Z') {
            folded += static_cast<char>(whole[0] + ('a' - 'A'));
        } else if (length == 2) {
            const std::uint32_t code = lowerOf(codePointOf(whole));
            folded += static_cast<char>(0xC0U | (code >> 6));
            folded += static_cast<char>(0x80U | (code & 0x3FU));
        } else {
            folded += whole;
        }
    }
    return folded;
}

} // namespace chrona::schema
