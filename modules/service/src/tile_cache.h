// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/formats/pm_tiles.h"
#include "chrona/ipc/messages_tiles.h"
#include "chrona/net/http.h"

#include <cstdint>
#include <filesystem>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace chrona::service {

/// A tile as it is kept, with what its server said of it.
struct KeptTile {
    std::string bytes{}; ///< unpacked; empty: the server has no such tile
    ipc::TileForm form = ipc::TileForm::Unknown;
    net::Validators validators{};
    Instant confirmedAt{}; ///< when the server last said that it is this
    Instant freshUntil{};  ///< till then it is not asked again
    bool isOld = false;    ///< it was to be confirmed, and the server did not answer
};

/// Tiles of servers on disk, a file each in a folder for each source, bounded by size and by age.
/// What cannot be read or is damaged counts as not there. Any thread.
class TileCache {
public:
    struct Limits {
        std::uint64_t bytesMax = 256ULL << 20;
        Duration ageMax = std::chrono::days(30); ///< since confirmedAt
    };
    /// Looks at what is there; files of sources that are not among `sources` go.
    TileCache(std::filesystem::path folder, const std::vector<std::string> &sources);

    [[nodiscard]] std::optional<KeptTile> find(const std::string &source, formats::TileId id,
                                               Instant now, const Limits &limits);
    /// Those that were not looked at longest go until all are within the bounds. A disk that takes
    /// nothing more is no failure: the tile is shown and not kept.
    void keep(const std::string &source, formats::TileId id, const KeptTile &tile, Instant now,
              const Limits &limits);
    /// What nobody looked at for so long, or what is too much, goes.
    void trim(Instant now, const Limits &limits);
    /// All of a source.
    void forget(const std::string &source);
    [[nodiscard]] std::uint64_t bytesOf(const std::string &source) const;
    [[nodiscard]] std::uint64_t bytes() const;

private:
    struct Key {
        std::string source;
        formats::TileId id;
        friend auto operator<=>(const Key &, const Key &) = default;
    };
    struct Entry {
        Key key;
        std::uint64_t bytes = 0;
        Instant usedAt;
    };
    [[nodiscard]] std::filesystem::path fileOf(const Key &key) const;
    void readFolder(const std::string &source);
    void drop(const Key &key);
    void insert(const Key &key, std::uint64_t bytes, Instant usedAt);
    void trimLocked(Instant now, const Limits &limits);

    std::filesystem::path m_folder;
    mutable std::mutex m_mutex;
    std::list<Entry> m_entries; ///< the last used first
    std::map<Key, std::list<Entry>::iterator> m_byKey;
    std::uint64_t m_bytes = 0;
};

} // namespace chrona::service
