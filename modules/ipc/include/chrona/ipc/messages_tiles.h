// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// Tiles of maps that lie on servers: where a person takes them from, and one tile at a time.
/// Fetched, judged and kept by the service; the window never speaks to a tile server.
namespace chrona::ipc {

enum class TileForm : std::uint8_t { Unknown, Vector, Picture };
template <> struct LastOf<TileForm> {
    static constexpr auto value = TileForm::Picture;
};

/// A server of tiles that a person added. The answers about its terms are the person's.
struct TileSource {
    std::string key;         ///< given by the service
    std::string name;        ///< empty when it is added: its host
    std::string address;     ///< https, with {z}, {x} and {y}; or of a PMTiles archive
    std::string attribution; ///< stands on the map; of an archive that names none, and of a server
    std::string termsUrl;    ///< where the person read that tiles may be used so
    TileForm form = TileForm::Unknown; ///< found out when it is added
    std::uint8_t zoomMin = 0, zoomMax = 19;
    std::uint64_t cachedBytes = 0;
    static constexpr auto fields()
    {
        using T = TileSource;
        return fieldList(field("key", &T::key), field("name", &T::name),
                         required("address", &T::address), field("attribution", &T::attribution),
                         field("terms_url", &T::termsUrl), field("form", &T::form),
                         field("zoom_min", &T::zoomMin), field("zoom_max", &T::zoomMax),
                         field("cached_bytes", &T::cachedBytes));
    }
    friend bool operator==(const TileSource &, const TileSource &) = default;
};

struct TileSourcesReply {
    static constexpr std::uint16_t kType = 0x0d21;
    std::vector<TileSource> sources; ///< by name
    std::uint64_t cacheBytesMax = 0; ///< of all of them together
    static constexpr auto fields()
    {
        return fieldList(field("sources", &TileSourcesReply::sources),
                         field("cache_bytes_max", &TileSourcesReply::cacheBytesMax));
    }
    friend bool operator==(const TileSourcesReply &, const TileSourcesReply &) = default;
};

struct TileSourcesRequest {
    static constexpr std::uint16_t kType = 0x0d20;
    using Reply = TileSourcesReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const TileSourcesRequest &, const TileSourcesRequest &) = default;
};

/// Asks the server once and keeps the source when it answers with tiles. InvalidInput without an
/// attribution or without terms, Denied for an address of this machine or its network. Answered by
/// the source as it is kept.
struct TileSourceAdd {
    static constexpr std::uint16_t kType = 0x0d22;
    using Reply = TileSourcesReply;
    TileSource source;
    static constexpr auto fields() { return fieldList(required("source", &TileSourceAdd::source)); }
    friend bool operator==(const TileSourceAdd &, const TileSourceAdd &) = default;
};

/// With everything of it that was kept.
struct TileSourceRemove {
    static constexpr std::uint16_t kType = 0x0d23;
    using Reply = Done;
    std::string key;
    static constexpr auto fields() { return fieldList(required("key", &TileSourceRemove::key)); }
    friend bool operator==(const TileSourceRemove &, const TileSourceRemove &) = default;
};

struct TileReply {
    static constexpr std::uint16_t kType = 0x0d25;
    TileForm form = TileForm::Unknown;
    std::vector<std::byte> bytes; ///< unpacked; empty: there is no such tile
    Instant fetchedAt;
    bool isOld = false; ///< older than it may be, and the server did not answer
    static constexpr auto fields()
    {
        return fieldList(field("form", &TileReply::form), field("bytes", &TileReply::bytes),
                         field("fetched_at", &TileReply::fetchedAt),
                         field("is_old", &TileReply::isOld));
    }
    friend bool operator==(const TileReply &, const TileReply &) = default;
};

struct TileRequest {
    static constexpr std::uint16_t kType = 0x0d24;
    static constexpr std::uint8_t kZoomMax = 22;
    using Reply = TileReply;
    std::string source; ///< key
    std::uint8_t zoom = 0;
    std::uint32_t x = 0, y = 0;
    static constexpr auto fields()
    {
        using T = TileRequest;
        return fieldList(required("source", &T::source), required("zoom", &T::zoom),
                         required("x", &T::x), required("y", &T::y));
    }
    friend bool operator==(const TileRequest &, const TileRequest &) = default;
};

} // namespace chrona::ipc
