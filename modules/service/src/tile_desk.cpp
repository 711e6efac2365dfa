// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tile_desk.h"

#include "settings.h"

#include "chrona/base/log.h"
#include "chrona/net/transport.h"

#include <algorithm>

namespace chrona::service {
namespace {

constexpr int kTileThreads = 4;
constexpr Duration kAskAgainAfter = std::chrono::minutes(1); ///< a server that does not answer

std::vector<std::string> tileKeysOf(const std::vector<ipc::TileSource> &sources)
{
    std::vector<std::string> keys;
    for (const ipc::TileSource &source : sources)
        keys.push_back(source.key);
    return keys;
}

std::vector<std::byte> tileBytes(const std::string &bytes)
{
    const auto view = std::as_bytes(std::span(bytes));
    return {view.begin(), view.end()};
}

ipc::TileReply replyFrom(const KeptTile &tile)
{
    return {.form = tile.form,
            .bytes = tileBytes(tile.bytes),
            .fetchedAt = tile.confirmedAt,
            .isOld = tile.isOld};
}

} // namespace

std::unique_ptr<net::HttpClient> makeTileClient(const std::string &version)
{
    net::HttpClient::Options options;
    options.userAgent = "Chrona/" + version;
    // A view has some thirty tiles, and a person waits for them; servers that want less say so.
    options.hostRate = {.perSecond = 20, .burst = 40, .concurrentMax = 4};
    options.waitMax = std::chrono::seconds(5);
    auto client = net::HttpClient::create(options, net::makeNetworkTransport({}));
    if (client)
        return std::move(*client);
    log::warning("tiles", "{}", describe(client.error()));
    return nullptr;
}

TileDesk::TileDesk(Parts parts)
    : m_parts(std::move(parts)), m_sources(m_parts.folder),
      m_cache(m_parts.folder, tileKeysOf(m_sources.all()))
{
    m_threads.setMaxThreadCount(kTileThreads);
    m_cache.trim(m_parts.clock->now(), limits());
}

TileDesk::~TileDesk()
{
    stop();
}

void TileDesk::run(std::function<void()> work)
{
    m_threads.start(std::move(work));
}

void TileDesk::stop()
{
    m_threads.clear();
    m_threads.waitForDone();
}

TileCache::Limits TileDesk::limits() const
{
    const auto mib = static_cast<std::uint64_t>(m_parts.settings.number("tiles.cache_mib"));
    return {.bytesMax = mib << 20,
            .ageMax = std::chrono::days(m_parts.settings.number("tiles.cache_days"))};
}

ipc::TileSource TileDesk::told(ipc::TileSource source) const
{
    source.cachedBytes = m_cache.bytesOf(source.key);
    return source;
}

ipc::TileSourcesReply TileDesk::sources() const
{
    ipc::TileSourcesReply reply;
    reply.cacheBytesMax = limits().bytesMax;
    for (ipc::TileSource &source : m_sources.all())
        reply.sources.push_back(told(std::move(source)));
    return reply;
}

std::shared_ptr<TileServer> TileDesk::serverOf(const ipc::TileSource &source)
{
    const std::scoped_lock lock(m_mutex);
    auto &server = m_servers[source.key];
    if (!server)
        server = std::make_shared<TileServer>(source, *m_parts.client);
    return server;
}

Result<ipc::TileSourcesReply> TileDesk::add(ipc::TileSource source, std::stop_token stop)
{
    auto judged = judgedTileSource(std::move(source), m_parts.policy);
    if (!judged)
        return std::unexpected(judged.error());
    if (!m_parts.client)
        return fail(ErrorCode::Unavailable, "this service cannot ask the network");
    auto probed = TileServer(*judged, *m_parts.client).probe(std::move(stop));
    if (!probed)
        return std::unexpected(probed.error());
    if (auto added = m_sources.add(*probed); !added)
        return std::unexpected(added.error());
    return ipc::TileSourcesReply{.sources = {told(std::move(*probed))},
                                 .cacheBytesMax = limits().bytesMax};
}

Result<ipc::Done> TileDesk::remove(const std::string &key)
{
    if (auto removed = m_sources.remove(key); !removed)
        return std::unexpected(removed.error());
    {
        const std::scoped_lock lock(m_mutex);
        m_servers.erase(key);
    }
    m_cache.forget(key);
    return ipc::Done{};
}

Result<ipc::TileReply> TileDesk::tile(const ipc::TileRequest &request, std::stop_token stop)
{
    const formats::TileId id{request.zoom, request.x, request.y};
    if (request.zoom > ipc::TileRequest::kZoomMax || !formats::tileNumber(id))
        return fail(ErrorCode::InvalidInput, "there is no such tile in the world");
    const auto source = m_sources.find(request.source);
    if (!source)
        return std::unexpected(source.error());
    const Instant now = m_parts.clock->now();
    const TileCache::Limits bounds = limits();
    auto kept = m_cache.find(source->key, id, now, bounds);
    if (kept && now < kept->freshUntil)
        return replyFrom(*kept);
    auto fetched = m_parts.client
                       ? serverOf(*source)->fetch(id, kept ? kept->validators : net::Validators{},
                                                  std::move(stop))
                       : fail(ErrorCode::Unavailable, "this service cannot ask the network");
    if (!fetched && !kept)
        return std::unexpected(fetched.error());
    if (!fetched) { // what is here is better than nothing, and is called old
        kept->freshUntil = now + kAskAgainAfter;
        kept->isOld = true;
        m_cache.keep(source->key, id, *kept, now, bounds);
        return replyFrom(*kept);
    }
    KeptTile tile{.bytes = std::move(fetched->bytes),
                  .form = fetched->form,
                  .validators = std::move(fetched->validators),
                  .confirmedAt = now,
                  .freshUntil = now + std::min(fetched->freshFor, bounds.ageMax)};
    if (fetched->isNotModified && kept) {
        tile.bytes = std::move(kept->bytes);
        tile.form = kept->form;
    }
    m_cache.keep(source->key, id, tile, now, bounds);
    return replyFrom(tile);
}

} // namespace chrona::service
