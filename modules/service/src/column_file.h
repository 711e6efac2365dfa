// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/discovery/column_space.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace chrona::service {

/// A panel's columns in a file without a name: the system keeps in memory what is in use and writes
/// the rest out. The file goes with this object, however the process ends.
class ColumnFile final : public discovery::ColumnSpace {
public:
    /// A folder on a disk, not in memory. Fails where no file can be made there.
    [[nodiscard]] static Result<std::shared_ptr<ColumnFile>>
    make(const std::filesystem::path &folder);
    ~ColumnFile() override;
    ColumnFile(const ColumnFile &) = delete;
    ColumnFile &operator=(const ColumnFile &) = delete;

    /// Of the room on the disk, less what the database needs.
    [[nodiscard]] std::size_t bytesMax() const override { return m_bytesMax; }
    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    ColumnFile(int file, std::size_t bytesMax) : m_file(file), m_bytesMax(bytesMax) {}
    [[nodiscard]] Result<std::byte *> makeStretch(std::size_t bytes) override;
    [[nodiscard]] std::size_t stretchBytes() const override { return std::size_t{64} << 20; }

    struct Stretch {
        void *at;
        std::size_t bytes;
    };
    int m_file;
    std::size_t m_bytesMax;
    std::uint64_t m_size = 0;
    std::vector<Stretch> m_stretches;
};

} // namespace chrona::service
