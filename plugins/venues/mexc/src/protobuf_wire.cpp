// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protobuf_wire.h"

namespace chrona::venues {

std::optional<WireField> WireReader::broken()
{
    m_broken = true;
    m_rest = {};
    return std::nullopt;
}

std::optional<std::uint64_t> WireReader::varint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(m_rest.front());
        m_rest.remove_prefix(1);
        value |= std::uint64_t(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0)
            return value;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> WireReader::fixed(std::size_t bytes)
{
    if (m_rest.size() < bytes)
        return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(m_rest[i]);
    m_rest.remove_prefix(bytes);
    return value;
}

std::optional<WireField> WireReader::next()
{
    if (m_rest.empty())
        return std::nullopt;
    const auto tag = varint();
    if (!tag || *tag >> 3 == 0 || *tag >> 3 > 0x1FFFFFFF)
        return broken();
    WireField field{static_cast<std::uint32_t>(*tag >> 3)};
    std::optional<std::uint64_t> value;
    switch (*tag & 7) {
    case 0: value = varint(); break;
    case 1: value = fixed(8); break;
    case 5: value = fixed(4); break;
    case 2: {
        value = varint();
        if (!value || *value > m_rest.size())
            return broken();
        field.bytes = m_rest.substr(0, static_cast<std::size_t>(*value));
        m_rest.remove_prefix(field.bytes.size());
        break;
    }
    default: return broken(); // groups left the format long ago
    }
    if (!value)
        return broken();
    field.value = *value;
    return field;
}

std::string_view wireBytes(std::string_view message, std::uint32_t number)
{
    WireReader reader(message);
    while (const auto field = reader.next())
        if (field->number == number && !field->bytes.empty())
            return field->bytes;
    return {};
}

std::optional<std::uint64_t> wireNumber(std::string_view message, std::uint32_t number)
{
    WireReader reader(message);
    while (const auto field = reader.next())
        if (field->number == number && field->bytes.empty())
            return field->value;
    return std::nullopt;
}

} // namespace chrona::venues
