// SPDX-License-Identifier: AGPL-3.0-or-later
#include "byte_reader.h"

#include <format>

namespace chrona::geo {

namespace {

/// Well-formed UTF-8: no overlong forms, surrogates or values beyond U+10FFFF.
bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80   ? 1
                                   : lead < 0xC2 ? 0
                                   : lead < 0xE0 ? 2
                                   : lead < 0xF0 ? 3
                                   : lead < 0xF5 ? 4
                                                 : 0;
        if (length == 0 || i + length > text.size())
            return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80)
                return false;
        const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0x80;
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
            (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
            return false;
        i += length;
    }
    return true;
}

} // namespace

void ByteReader::refuse(const char *reason)
{
    if (m_fault == nullptr)
        m_fault = reason;
}

void ByteReader::expect(std::string_view magic)
{
    if (characters(magic.size()) != magic)
        refuse("it does not begin as such a file does");
}

std::uint8_t ByteReader::byte()
{
    if (!ok() || m_at >= m_bytes.size()) {
        refuse("it ends too early");
        return 0;
    }
    return std::to_integer<std::uint8_t>(m_bytes[m_at++]);
}

std::uint32_t ByteReader::varint()
{
    std::uint64_t value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
        const std::uint8_t next = byte();
        value |= std::uint64_t(next & 0x7F) << shift;
        if ((next & 0x80) == 0) {
            if (value > UINT32_MAX)
                break;
            return static_cast<std::uint32_t>(value);
        }
    }
    refuse("a number is too large");
    return 0;
}

std::int32_t ByteReader::signedVarint()
{
    const std::uint32_t value = varint();
    return static_cast<std::int32_t>(value >> 1) ^ -static_cast<std::int32_t>(value & 1);
}

std::uint32_t ByteReader::count(std::size_t bytesEach)
{
    const std::uint32_t value = varint();
    if (ok() && value > (m_bytes.size() - m_at) / bytesEach) {
        refuse("it counts more than it holds");
        return 0;
    }
    return ok() ? value : 0;
}

std::string_view ByteReader::characters(std::size_t count)
{
    if (!ok() || count > m_bytes.size() - m_at) {
        refuse("it ends too early");
        return {};
    }
    const auto *begin = reinterpret_cast<const char *>(m_bytes.data()) + m_at;
    m_at += count;
    return {begin, count};
}

std::string_view ByteReader::text()
{
    const std::string_view found = characters(count(1));
    if (!isUtf8(found))
        refuse("a name is not UTF-8");
    return ok() ? found : std::string_view{};
}

void ByteReader::expectEnd()
{
    if (ok() && m_at != m_bytes.size())
        refuse("it goes on after its end");
}

std::unexpected<Error> ByteReader::fault(std::string_view what) const
{
    return fail(ErrorCode::Corrupt,
                std::format("{} cannot be read at byte {}: {}", what, m_at, m_fault),
                "install the program again, or make the file again with resources/geo/recipe.py");
}

} // namespace chrona::geo
