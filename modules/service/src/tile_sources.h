// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_tiles.h"
#include "chrona/net/address.h"

#include <filesystem>
#include <mutex>
#include <vector>

namespace chrona::service {

/// Whether an address is that of a PMTiles archive; else it is one of single tiles.
[[nodiscard]] bool isTileArchive(const ipc::TileSource &source);
/// What a person gave, made complete: a key, a name. InvalidInput where an answer is missing or the
/// address names no tiles, Denied where it leads to this machine or its network.
[[nodiscard]] Result<ipc::TileSource> judgedTileSource(ipc::TileSource source,
                                                       net::AddressPolicy policy);

/// The servers of tiles that a person added: sources.json of the tiles' folder. Any thread.
class TileSources {
public:
    static constexpr std::size_t kSourcesMax = 32;

    explicit TileSources(std::filesystem::path folder);

    [[nodiscard]] std::vector<ipc::TileSource> all() const; ///< by name
    [[nodiscard]] Result<ipc::TileSource> find(const std::string &key) const;
    /// On disk when it returns. Conflict for an address that is there, Exhausted when full.
    [[nodiscard]] Status add(const ipc::TileSource &source);
    [[nodiscard]] Status remove(const std::string &key);

private:
    [[nodiscard]] Status save(const std::vector<ipc::TileSource> &sources) const;

    std::filesystem::path m_folder;
    mutable std::mutex m_mutex;
    std::vector<ipc::TileSource> m_sources;
};

} // namespace chrona::service
