// SPDX-License-Identifier: AGPL-3.0-or-later
#include "zip_fixture.h"

#include <QByteArray>

#include <array>
#include <string_view>

namespace chrona::formats::fixture {
namespace {

void put(std::string &out, std::uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::uint32_t checksumOf(std::string_view content)
{
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : content) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

/// qCompress puts four bytes of length and the two of zlib's header in front, a checksum behind.
std::string deflated(const std::string &content)
{
    const QByteArray whole = qCompress(QByteArray::fromStdString(content), 9);
    return whole.mid(6, whole.size() - 10).toStdString();
}

} // namespace

std::string zipOf(const std::vector<ZipPart> &parts)
{
    std::string out, directory;
    std::uint32_t firstAt = 0;
    for (const ZipPart &part : parts) {
        const std::string stored = part.deflated ? deflated(part.content) : part.content;
        std::string fields; // what both headers say, from the version on
        put(fields, 20, 2);
        put(fields, part.flags, 2);
        put(fields, part.deflated ? 8 : 0, 2);
        put(fields, 0, 4);
        put(fields, part.claimedChecksum ? part.claimedChecksum : checksumOf(part.content), 4);
        put(fields, static_cast<std::uint32_t>(stored.size()), 4);
        put(fields,
            part.claimedSize ? part.claimedSize : static_cast<std::uint32_t>(part.content.size()),
            4);
        put(fields, static_cast<std::uint32_t>(part.name.size()), 2);
        put(fields, 0, 2);
        const auto at = part.sharesBytesOfFirst ? firstAt : static_cast<std::uint32_t>(out.size());
        if (!part.sharesBytesOfFirst)
            out += "PK\x03\x04" + fields + part.name + stored;
        directory += std::string("PK\x01\x02") + std::string("\x14\0", 2) + fields;
        put(directory, 0, 10);
        put(directory, at, 4);
        directory += part.name;
    }
    const auto directoryAt = static_cast<std::uint32_t>(out.size());
    out += directory + "PK\x05\x06";
    put(out, 0, 4);
    put(out, static_cast<std::uint32_t>(parts.size()), 2);
    put(out, static_cast<std::uint32_t>(parts.size()), 2);
    put(out, static_cast<std::uint32_t>(directory.size()), 4);
    put(out, directoryAt, 4);
    put(out, 0, 2);
    return out;
}

} // namespace chrona::formats::fixture
