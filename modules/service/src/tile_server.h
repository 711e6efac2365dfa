// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/pm_tiles.h"
#include "chrona/ipc/messages_tiles.h"
#include "chrona/net/http_client.h"

#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace chrona::service {

/// What a server said of one tile.
struct FetchedTile {
    std::string bytes{}; ///< unpacked; empty: it has no such tile
    ipc::TileForm form = ipc::TileForm::Unknown;
    net::Validators validators{};
    Duration freshFor{}; ///< as the server wishes, within bounds
    bool isNotModified = false;
};

/// One server of tiles: single ones by their addresses, or an archive read in ranges. Asks only
/// for what it is asked, only the host of its address, and never ahead of a look. Any thread.
class TileServer {
public:
    /// The client must outlive it.
    TileServer(ipc::TileSource source, net::HttpClient &client);

    /// Asks once whether there are tiles, and of which form; fills in what the source lacks.
    [[nodiscard]] Result<ipc::TileSource> probe(std::stop_token stop);
    /// `known`: of the tile that is kept; the same one is not sent again.
    [[nodiscard]] Result<FetchedTile> fetch(formats::TileId id, const net::Validators &known,
                                            std::stop_token stop);

private:
    struct Archive {
        std::optional<formats::PmTiles> tiles;
        net::Validators validators;
        std::uint64_t size = 0;
        Instant openedAt;
    };
    [[nodiscard]] net::Request requestFor(std::string url) const;
    [[nodiscard]] Result<FetchedTile> fetchSingle(formats::TileId id, const net::Validators &known,
                                                  std::stop_token stop);
    [[nodiscard]] Result<FetchedTile> fetchFromArchive(formats::TileId id,
                                                       const net::Validators &known,
                                                       std::stop_token stop);
    [[nodiscard]] Status openArchive(std::stop_token stop);
    [[nodiscard]] Result<std::string> range(std::uint64_t offset, std::size_t length);

    const ipc::TileSource m_source;
    net::HttpClient &m_client;
    std::mutex m_mutex; ///< of what follows
    Archive m_archive;
    std::stop_token m_stop; ///< of who reads the archive now
};

/// What the bytes are, whatever the server calls them; gzip is taken off. Corrupt where they are
/// neither a picture nor a vector tile.
[[nodiscard]] Result<FetchedTile> readTileBytes(std::string bytes);

} // namespace chrona::service
