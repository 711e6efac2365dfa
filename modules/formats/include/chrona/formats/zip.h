// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

struct ZipLimits {
    std::size_t entriesMax = 1000;
    std::uint64_t entryBytesMax = 1ULL << 30; ///< inflated
    std::uint64_t totalBytesMax = 2ULL << 30; ///< inflated, all entries
    std::uint64_t ratioMax = 200;             ///< inflated to stored, of each entry
};

struct ZipEntry {
    std::string name; ///< a relative path without "..", UTF-8
    std::uint64_t size = 0;
    std::uint64_t storedSize = 0;

private:
    friend class ZipArchive;
    std::uint32_t m_checksum = 0;
    std::uint16_t m_method = 0;
    std::uint64_t m_dataAt = 0;
};

/// A ZIP archive in memory, read by its central directory. The bytes must outlive it.
///
/// What an attacker could use is refused when it is opened: paths that leave the folder, archives
/// within, encryption, ZIP64, entries that share bytes, and sizes beyond the limits. Reading then
/// holds the content to what the directory said of size and checksum. Any thread.
class ZipArchive {
public:
    /// Fails with InvalidInput and the reason; nothing was inflated then.
    [[nodiscard]] static Result<ZipArchive> open(std::string_view bytes,
                                                 const ZipLimits &limits = {});

    [[nodiscard]] const std::vector<ZipEntry> &entries() const { return m_entries; } ///< no folders
    /// Hands the content over in pieces, in memory that lasts for the call; a failure of the
    /// receiver ends it. Content that turns out wrong was handed over in part.
    [[nodiscard]] Status read(const ZipEntry &entry,
                              const std::function<Status(std::string_view)> &receiver) const;
    [[nodiscard]] Result<std::string> read(const ZipEntry &entry) const;

private:
    struct Directory;
    explicit ZipArchive(std::string_view bytes) : m_bytes(bytes) {}
    [[nodiscard]] Status readDirectory(const Directory &directory, const ZipLimits &limits);
    [[nodiscard]] Status locate(ZipEntry &entry, std::uint64_t headerAt,
                                std::uint64_t directoryAt) const;
    [[nodiscard]] Status inflate(const ZipEntry &entry, std::string_view stored,
                                 const std::function<Status(std::string_view)> &receiver) const;

    std::string_view m_bytes;
    std::vector<ZipEntry> m_entries;
};

} // namespace chrona::formats
