// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_ears.h"

#include <filesystem>
#include <string>
#include <vector>

namespace chrona::service {

/// The collectors on other hosts that a person paired, one file each in the data folder, readable
/// by its owner alone: like the service's own token, whoever can read that can be the service. Any
/// thread; files are small and whole or not there.
class CollectorBook {
public:
    explicit CollectorBook(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    /// By name; a file that cannot be read is passed over and told of in the log.
    [[nodiscard]] std::vector<PairedCollector> all() const;
    /// Instead of one of the same name. InvalidInput for a name, address or pairing that is none,
    /// Exhausted beyond kCollectorsMax.
    [[nodiscard]] Status add(const std::string &name, const std::string &address,
                             const std::string &pairing) const;
    [[nodiscard]] Status remove(const std::string &name) const; ///< NotFound where there is none

    static constexpr std::size_t kCollectorsMax = 16;

private:
    [[nodiscard]] std::filesystem::path fileOf(const std::string &name) const;
    std::filesystem::path m_folder;
};

} // namespace chrona::service
