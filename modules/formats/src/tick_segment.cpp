// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/tick_segment.h"

#include "tick_columns.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>

namespace chrona::formats {
namespace {

constexpr std::string_view kSegmentMark = "CHRTICK1";
constexpr std::uint32_t kBlockMark = 0x4B4C4254; ///< "TBLK"
constexpr std::size_t kAboutBytesMax = 4 << 20;
constexpr std::size_t kRawBytesMax = 64 << 20, kPackedBytesMax = 64 << 20;
constexpr int kPackingLevel = 3;

struct BlockHead {
    std::uint32_t mark = kBlockMark;
    std::uint32_t packedBytes = 0, rawBytes = 0, count = 0;
    std::uint32_t checksum = 0; ///< of the head with 0 here, then of what is packed
};

std::uint32_t crcOf(std::string_view bytes, std::uint32_t before = 0)
{
    return static_cast<std::uint32_t>(crc32(before, reinterpret_cast<const Bytef *>(bytes.data()),
                                            static_cast<uInt>(bytes.size())));
}

std::string_view bytesOf(const BlockHead &head)
{
    return {reinterpret_cast<const char *>(&head), sizeof head};
}

std::uint32_t checksumOf(BlockHead head, std::string_view packed)
{
    head.checksum = 0;
    return crcOf(packed, crcOf(bytesOf(head)));
}

} // namespace

std::string tickSegmentHead(std::string_view about)
{
    about = about.substr(0, kAboutBytesMax);
    std::string head(kSegmentMark);
    const std::uint32_t sizes[] = {static_cast<std::uint32_t>(about.size()), crcOf(about)};
    head.append(reinterpret_cast<const char *>(sizes), sizeof sizes);
    head += about;
    return head;
}

std::string tickBlock(std::span<const TickRecord> records)
{
    records = records.first(std::min(records.size(), kTickBlockMax));
    const std::string raw = tickColumns(records);
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    const std::size_t size =
        ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), kPackingLevel);
    if (ZSTD_isError(size) != 0)
        return {};
    packed.resize(size);
    BlockHead head;
    head.packedBytes = static_cast<std::uint32_t>(packed.size());
    head.rawBytes = static_cast<std::uint32_t>(raw.size());
    head.count = static_cast<std::uint32_t>(records.size());
    head.checksum = checksumOf(head, packed);
    return std::string(bytesOf(head)) + packed;
}

Result<TickSegmentReader> TickSegmentReader::open(std::string_view bytes)
{
    const auto refuse = [] {
        return fail(ErrorCode::Corrupt, "the file is no segment of recorded ticks");
    };
    std::uint32_t sizes[2]{};
    if (!bytes.starts_with(kSegmentMark) || bytes.size() < kSegmentMark.size() + sizeof sizes)
        return refuse();
    std::memcpy(sizes, bytes.data() + kSegmentMark.size(), sizeof sizes);
    TickSegmentReader reader;
    reader.m_bytes = bytes;
    const std::size_t begin = kSegmentMark.size() + sizeof sizes;
    if (sizes[0] > kAboutBytesMax || sizes[0] > bytes.size() - begin)
        return refuse();
    reader.m_about = bytes.substr(begin, sizes[0]);
    if (crcOf(reader.m_about) != sizes[1])
        return refuse();
    reader.m_at = begin + sizes[0];
    return reader;
}

bool TickSegmentReader::look(Block &block) const
{
    BlockHead head;
    if (m_bytes.size() - m_at < sizeof head)
        return false;
    std::memcpy(&head, m_bytes.data() + m_at, sizeof head);
    if (head.mark != kBlockMark || head.packedBytes > kPackedBytesMax ||
        head.rawBytes > kRawBytesMax || head.count > kTickBlockMax ||
        head.packedBytes > m_bytes.size() - m_at - sizeof head)
        return false;
    block = {m_bytes.substr(m_at + sizeof head, head.packedBytes), head.rawBytes, head.count,
             m_at + sizeof head + head.packedBytes};
    return checksumOf(head, block.packed) == head.checksum;
}

bool TickSegmentReader::next(std::vector<TickRecord> &records)
{
    records.clear();
    Block block;
    if (!look(block))
        return false;
    std::string raw(block.rawBytes, '\0');
    const std::size_t size =
        ZSTD_decompress(raw.data(), raw.size(), block.packed.data(), block.packed.size());
    if (ZSTD_isError(size) != 0 || size != raw.size() ||
        !readTickColumns(raw, block.count, records)) {
        records.clear();
        return false;
    }
    m_at = block.end;
    return true;
}

bool readTickBlock(std::string_view bytes, std::vector<TickRecord> &records)
{
    const std::string head = tickSegmentHead({});
    const std::string segment = head + std::string(bytes);
    auto reader = TickSegmentReader::open(segment);
    return reader && reader->next(records) && reader->isAtEnd();
}

bool TickSegmentReader::skip()
{
    Block block;
    if (!look(block))
        return false;
    m_at = block.end;
    return true;
}

} // namespace chrona::formats
