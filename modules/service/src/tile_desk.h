// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tile_cache.h"
#include "tile_server.h"
#include "tile_sources.h"

#include "chrona/base/clock.h"
#include "chrona/ipc/messages_tiles.h"
#include "chrona/net/http_client.h"

#include <QThreadPool>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>

namespace chrona::service {

class Settings;

/// Tiles of maps from servers that a person added: asked for politely, judged, and kept within
/// bounds. Adding a server is the person's leave to ask it; nothing is asked but what a map shows.
/// Functions that ask block their caller; they may be called from any thread.
class TileDesk {
public:
    struct Parts {
        std::filesystem::path folder;
        Settings &settings;
        std::unique_ptr<net::HttpClient> client; ///< nullptr: nothing is fetched
        net::AddressPolicy policy = net::AddressPolicy::PublicOnly;
        std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
    };
    explicit TileDesk(Parts parts);
    ~TileDesk();

    /// On a thread of its own few: a slow tile server keeps no query waiting.
    void run(std::function<void()> work);
    void stop();

    [[nodiscard]] ipc::TileSourcesReply sources() const;
    [[nodiscard]] Result<ipc::TileSourcesReply> add(ipc::TileSource source, std::stop_token stop);
    [[nodiscard]] Result<ipc::Done> remove(const std::string &key);
    [[nodiscard]] Result<ipc::TileReply> tile(const ipc::TileRequest &request,
                                              std::stop_token stop);

private:
    [[nodiscard]] TileCache::Limits limits() const;
    [[nodiscard]] std::shared_ptr<TileServer> serverOf(const ipc::TileSource &source);
    [[nodiscard]] ipc::TileSource told(ipc::TileSource source) const;

    Parts m_parts;
    TileSources m_sources;
    TileCache m_cache;
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<TileServer>> m_servers; ///< by key
    QThreadPool m_threads;
};

/// A client that asks tile servers as a person's map would; nullptr where none can be made.
[[nodiscard]] std::unique_ptr<net::HttpClient> makeTileClient(const std::string &version);

} // namespace chrona::service
