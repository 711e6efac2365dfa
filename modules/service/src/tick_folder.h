// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/formats/tick_segment.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chrona::service {

/// A folder of recorded ticks: FOLDER/2026-11-26/071502-000.ticks, one file until it is large or
/// the day ends. A block that append() took is on the disk. Killed at any moment, the last file
/// ends in a part of a block at worst, which the next open() cuts off. One thread.
class TickFolder {
public:
    struct Options {
        std::filesystem::path folder;
        std::uint64_t bytesMax = std::uint64_t{20} << 30; ///< the oldest files go beyond it
        int daysMax = 30;                                 ///< and after so many days
        std::uint64_t segmentBytes = 64 << 20;
    };
    struct Figures {
        std::uint64_t segments = 0, bytes = 0;
        std::optional<Instant> oldest;
    };

    /// `about` begins every file.
    TickFolder(Options options, std::string about);
    ~TickFolder();
    TickFolder(const TickFolder &) = delete;
    TickFolder &operator=(const TickFolder &) = delete;

    /// Cuts off what a killed program left half written. Fails where the folder cannot be made.
    [[nodiscard]] Status open();
    /// Written and synced when it returns without a failure; after one, the file is as before.
    [[nodiscard]] Status append(std::span<const formats::TickRecord> records);
    [[nodiscard]] Figures figures() const;

private:
    [[nodiscard]] Status beginFile(Instant at);
    [[nodiscard]] Status writeWhole(std::string_view bytes);
    void closeFile();
    void forgetOld(Instant now) const;

    Options m_options;
    std::string m_about;
    std::filesystem::path m_path;
    int m_file = -1;
    std::uint64_t m_size = 0; ///< of the file, as far as it is sound
    Date m_day;
};

/// All files of recorded ticks below a folder, oldest first.
[[nodiscard]] std::vector<std::filesystem::path>
tickFilesBelow(const std::filesystem::path &folder);

} // namespace chrona::service
