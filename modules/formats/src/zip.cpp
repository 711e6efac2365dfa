// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/zip.h"

#include "chrona/base/ascii.h"
#include "chrona/schema/text.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <format>
#include <memory>
#include <optional>

namespace chrona::formats {
namespace {

constexpr std::uint32_t kEndSignature = 0x06054B50;
constexpr std::uint32_t kEntrySignature = 0x02014B50;
constexpr std::uint32_t kLocalSignature = 0x04034B50;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kEntryBytes = 46;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kCommentBytesMax = 65535;
constexpr std::size_t kEntryNameBytesMax = 1024;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kEncryptedFlags = 0x2041; // encrypted, strongly, or with a masked directory

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::uint16_t little16(std::string_view bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(little(bytes, at, 2));
}

std::unexpected<Error> refuse(std::string reason)
{
    return fail(ErrorCode::InvalidInput, "the archive is refused: " + std::move(reason));
}

/// Empty where the name is a path below the folder.
std::string_view whyNotName(std::string_view name)
{
    if (name.empty() || name.size() > kEntryNameBytesMax)
        return "an entry has no name or one without end";
    if (!schema::whyNotText(name, kEntryNameBytesMax).empty())
        return "a name is not readable text";
    if (name.front() == '/' || name.contains('\\') || name.contains(':'))
        return "a name is an absolute path";
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        if (name.substr(begin, end - begin) == "..")
            return "a name leaves the folder";
        begin = end + 1;
    }
    return {};
}

bool isArchive(std::string_view name)
{
    const std::string lower = asciiLowered(name);
    constexpr std::array<std::string_view, 9> kEndings{".zip", ".gz",  ".tgz", ".bz2", ".xz",
                                                       ".7z",  ".rar", ".tar", ".zst"};
    return std::ranges::any_of(kEndings, [&](auto ending) { return lower.ends_with(ending); });
}

std::optional<std::size_t> findEnd(std::string_view bytes)
{
    if (bytes.size() < kEndBytes)
        return std::nullopt;
    const std::size_t last = bytes.size() - kEndBytes;
    const std::size_t first = last > kCommentBytesMax ? last - kCommentBytesMax : 0;
    for (std::size_t at = last + 1; at-- > first;)
        if (little(bytes, at, 4) == kEndSignature &&
            at + kEndBytes + little16(bytes, at + 20) == bytes.size())
            return at;
    return std::nullopt;
}

} // namespace

struct ZipArchive::Directory {
    std::size_t count = 0;
    std::uint64_t at = 0, end = 0;
};

Result<ZipArchive> ZipArchive::open(std::string_view bytes, const ZipLimits &limits)
{
    const auto end = findEnd(bytes);
    if (!end)
        return refuse("it has no directory: it is cut off or no ZIP file");
    const std::string_view tail = bytes.substr(*end);
    Directory directory{little16(tail, 10), little(tail, 16, 4), *end};
    if (directory.count == 0xFFFF || directory.at == 0xFFFFFFFF)
        return refuse("it is a ZIP64 file");
    if (little16(tail, 4) != 0 || little16(tail, 8) != directory.count)
        return refuse("it spans several disks");
    if (directory.count > limits.entriesMax)
        return refuse(
            std::format("it has {} entries, more than {}", directory.count, limits.entriesMax));
    if (directory.at + little(tail, 12, 4) > *end)
        return refuse("its directory lies outside the file");
    ZipArchive archive(bytes);
    if (auto done = archive.readDirectory(directory, limits); !done)
        return std::unexpected(done.error());
    return archive;
}

Status ZipArchive::readDirectory(const Directory &directory, const ZipLimits &limits)
{
    std::uint64_t at = directory.at, total = 0;
    for (std::size_t i = 0; i < directory.count; ++i) {
        if (at + kEntryBytes > directory.end || little(m_bytes, at, 4) != kEntrySignature)
            return refuse("its directory is damaged");
        const std::string_view head = m_bytes.substr(at, kEntryBytes);
        const std::size_t nameBytes = little16(head, 28);
        const std::uint64_t next =
            at + kEntryBytes + nameBytes + little16(head, 30) + little16(head, 32);
        if (next > directory.end)
            return refuse("its directory is damaged");
        ZipEntry entry;
        entry.name = m_bytes.substr(at + kEntryBytes, nameBytes);
        entry.m_method = little16(head, 10);
        entry.m_checksum = little(head, 16, 4);
        entry.storedSize = little(head, 20, 4);
        entry.size = little(head, 24, 4);
        at = next;
        if (const auto reason = whyNotName(entry.name); !reason.empty())
            return refuse(std::string(reason));
        if (little16(head, 8) & kEncryptedFlags)
            return refuse("it is encrypted");
        if (isArchive(entry.name))
            return refuse("it holds another archive");
        if (entry.m_method != kStored && entry.m_method != kDeflated)
            return refuse(std::format("its compression {} is unknown", entry.m_method));
        if (entry.size > limits.entryBytesMax || (total += entry.size) > limits.totalBytesMax)
            return refuse("it would inflate beyond the limit");
        if (entry.size > limits.ratioMax * std::max<std::uint64_t>(entry.storedSize, 1))
            return refuse(std::format("it would inflate by more than {}:1", limits.ratioMax));
        if (auto done = locate(entry, little(head, 42, 4), directory.at); !done)
            return done;
        if (!entry.name.ends_with('/'))
            m_entries.push_back(std::move(entry));
    }
    // A bomb of entries that share their bytes would pass each limit by itself.
    std::vector<const ZipEntry *> order;
    for (const ZipEntry &entry : m_entries)
        order.push_back(&entry);
    std::ranges::sort(order, {}, [](const ZipEntry *entry) { return entry->m_dataAt; });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (order[i - 1]->m_dataAt + order[i - 1]->storedSize + kLocalBytes > order[i]->m_dataAt)
            return refuse("its entries share bytes");
    return {};
}

Status ZipArchive::locate(ZipEntry &entry, std::uint64_t headerAt, std::uint64_t directoryAt) const
{
    if (headerAt + kLocalBytes > directoryAt || little(m_bytes, headerAt, 4) != kLocalSignature)
        return refuse("an entry does not lie where the directory says");
    const std::uint64_t nameBytes = little16(m_bytes, headerAt + 26);
    entry.m_dataAt = headerAt + kLocalBytes + nameBytes + little16(m_bytes, headerAt + 28);
    if (entry.m_dataAt + entry.storedSize > directoryAt)
        return refuse("an entry reaches beyond the data");
    if (m_bytes.substr(headerAt + kLocalBytes, nameBytes) != entry.name)
        return refuse("an entry has two names");
    return {};
}

Status ZipArchive::read(const ZipEntry &entry,
                        const std::function<Status(std::string_view)> &receiver) const
{
    const std::string_view stored = m_bytes.substr(entry.m_dataAt, entry.storedSize);
    if (stored.starts_with("PK\x03\x04") && entry.m_method == kStored)
        return refuse("it holds another archive");
    if (entry.m_method == kDeflated)
        return inflate(entry, stored, receiver);
    const auto checksum = crc32_z(0, reinterpret_cast<const Bytef *>(stored.data()), stored.size());
    if (stored.size() != entry.size || checksum != entry.m_checksum)
        return fail(ErrorCode::Corrupt, "the content of " + entry.name + " is damaged");
    return receiver(stored);
}

Status ZipArchive::inflate(const ZipEntry &entry, std::string_view stored,
                           const std::function<Status(std::string_view)> &receiver) const
{
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return fail(ErrorCode::Exhausted, "no memory to inflate " + entry.name);
    const auto end = [](z_stream *open) { inflateEnd(open); };
    const std::unique_ptr<z_stream, decltype(end)> closer(&stream, end);
    // zlib does not write to its input; its type is older than const. Sizes are 32 bits here.
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(stored.data()));
    stream.avail_in = static_cast<uInt>(stored.size());
    std::vector<char> piece(64 << 10);
    std::uint64_t size = 0;
    uLong checksum = 0;
    for (int state = Z_OK; state != Z_STREAM_END;) {
        stream.next_out = reinterpret_cast<Bytef *>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = ::inflate(&stream, Z_NO_FLUSH);
        const std::size_t made = piece.size() - stream.avail_out;
        size += made;
        checksum = crc32_z(checksum, reinterpret_cast<const Bytef *>(piece.data()), made);
        if ((state != Z_OK && state != Z_STREAM_END) || size > entry.size ||
            (made == 0 && state == Z_OK))
            return fail(ErrorCode::Corrupt, "the content of " + entry.name + " is damaged");
        if (size == made && std::string_view(piece.data(), made).starts_with("PK\x03\x04"))
            return refuse("it holds another archive");
        if (auto done = receiver(std::string_view(piece.data(), made)); !done)
            return done;
    }
    if (size != entry.size || checksum != entry.m_checksum)
        return fail(ErrorCode::Corrupt, "the content of " + entry.name + " is damaged");
    return {};
}

Result<std::string> ZipArchive::read(const ZipEntry &entry) const
{
    std::string content;
    auto done = read(entry, [&content](std::string_view piece) -> Status {
        content += piece;
        return {};
    });
    if (!done)
        return std::unexpected(done.error());
    return content;
}

} // namespace chrona::formats
