// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tile_server.h"

#include "tile_sources.h"

#include "chrona/base/clock.h"
#include "chrona/formats/vector_tile.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::service {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kWireBytesMax = 4U << 20; ///< of one tile as sent
constexpr std::size_t kFirstBytes = 16U << 10; ///< an archive's header and first directory
constexpr Duration kFreshUsual = std::chrono::days(7), kFreshMin = 1h,
                   kFreshMax = std::chrono::days(365), kMissingFresh = std::chrono::days(1);
constexpr Duration kArchiveAgeMax = std::chrono::days(1);

std::string addressOf(const ipc::TileSource &source, formats::TileId id)
{
    std::string address = source.address;
    const std::pair<std::string_view, std::uint64_t> marks[] = {
        {"{z}", id.zoom}, {"{x}", id.x}, {"{y}", id.y}};
    for (const auto &[mark, number] : marks)
        if (const auto at = address.find(mark); at != std::string::npos)
            address.replace(at, mark.size(), std::to_string(number));
    return address;
}

/// max-age of Cache-Control; what a server does not say is a week.
Duration freshnessOf(const net::Response &response)
{
    const std::string *control = net::find(response.headers, "Cache-Control");
    const auto at = control == nullptr ? std::string::npos : control->find("max-age=");
    if (at == std::string::npos)
        return kFreshUsual;
    std::int64_t seconds = 0;
    const char *begin = control->data() + at + 8, *end = control->data() + control->size();
    if (std::from_chars(begin, end, seconds).ec != std::errc{})
        return kFreshUsual;
    const auto most = std::chrono::duration_cast<std::chrono::seconds>(kFreshMax).count();
    return std::clamp<Duration>(std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, most)),
                                kFreshMin, kFreshMax);
}

/// "bytes 0-99/1234": the size behind the stroke; nullopt where it does not say.
std::optional<std::uint64_t> wholeSizeOf(const net::Response &response)
{
    const std::string *range = net::find(response.headers, "Content-Range");
    const auto stroke = range == nullptr ? std::string::npos : range->find('/');
    std::uint64_t size = 0;
    if (stroke == std::string::npos ||
        std::from_chars(range->data() + stroke + 1, range->data() + range->size(), size).ec !=
            std::errc{})
        return std::nullopt;
    return size;
}

ipc::TileForm formOf(formats::TileKind kind)
{
    return kind == formats::TileKind::Vector    ? ipc::TileForm::Vector
           : kind == formats::TileKind::Unknown ? ipc::TileForm::Unknown
                                                : ipc::TileForm::Picture;
}

bool isPicture(std::string_view bytes)
{
    return bytes.starts_with("\x89PNG") || bytes.starts_with("\xff\xd8\xff") ||
           (bytes.starts_with("RIFF") && bytes.substr(8).starts_with("WEBP"));
}

} // namespace

Result<FetchedTile> readTileBytes(std::string bytes)
{
    FetchedTile tile;
    if (bytes.starts_with("\x1f\x8b")) {
        auto plain = formats::ungzip(bytes, formats::PmTiles::kTileBytesMax);
        if (!plain)
            return std::unexpected(plain.error());
        bytes = std::move(*plain);
    }
    if (isPicture(bytes))
        tile.form = ipc::TileForm::Picture;
    else if (!bytes.empty() && formats::readVectorTile(bytes))
        tile.form = ipc::TileForm::Vector;
    else if (!bytes.empty())
        return fail(ErrorCode::Corrupt,
                    "the server's answer is neither a picture nor a vector tile",
                    "look at its address in a browser: it may ask for a key or show a page");
    tile.bytes = std::move(bytes);
    return tile;
}

TileServer::TileServer(ipc::TileSource source, net::HttpClient &client)
    : m_source(std::move(source)), m_client(client)
{
}

net::Request TileServer::requestFor(std::string url) const
{
    net::Request request{.url = std::move(url)};
    request.rateKey = "tiles." + m_source.key;
    request.rate = {.perSecond = 20, .burst = 40, .concurrentMax = 4};
    request.sizes = {.wireBytesMax = kWireBytesMax,
                     .bodyBytesMax = formats::PmTiles::kTileBytesMax};
    request.attemptsMax = 2;
    request.timeouts = {.resolve = 5s, .connect = 5s, .firstByte = 10s, .idle = 5s, .total = 20s};
    return request;
}

Result<FetchedTile> TileServer::fetchSingle(formats::TileId id, const net::Validators &known,
                                            std::stop_token stop)
{
    net::Request request = requestFor(addressOf(m_source, id));
    request.validators = known;
    auto answer = m_client.get(request, stop);
    if (!answer && answer.error().code == ErrorCode::NotFound)
        return FetchedTile{.freshFor = kMissingFresh};
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->isNotModified())
        return FetchedTile{.validators = answer->validators,
                           .freshFor = freshnessOf(*answer),
                           .isNotModified = true};
    auto tile = readTileBytes(std::move(answer->body));
    if (!tile)
        return tile;
    tile->validators = std::move(answer->validators);
    tile->freshFor = tile->bytes.empty() ? kMissingFresh : freshnessOf(*answer);
    return tile;
}

/// Exactly these bytes of the archive, of the same archive as all before.
Result<std::string> TileServer::range(std::uint64_t offset, std::size_t length)
{
    net::Request request = requestFor(m_source.address);
    const std::uint64_t last = offset + std::max<std::size_t>(length, 1) - 1;
    request.headers.push_back({"Range", std::format("bytes={}-{}", offset, last)});
    request.sizes = {.wireBytesMax = formats::PmTiles::kDirectoryBytesMax,
                     .bodyBytesMax = formats::PmTiles::kDirectoryBytesMax};
    auto answer = m_client.get(request, m_stop);
    if (!answer)
        return std::unexpected(answer.error());
    const auto size = wholeSizeOf(*answer);
    if (answer->status != 206 || !size)
        return fail(ErrorCode::InvalidInput, "the server does not answer ranges of this archive",
                    "ask for it where ranges are answered, or open a copy of it as a file");
    if (m_archive.size == 0) {
        m_archive.size = *size;
        m_archive.validators = answer->validators;
    } else if (m_archive.size != *size || m_archive.validators.etag != answer->validators.etag) {
        auto changed = fail(ErrorCode::Conflict, "the archive was replaced on its server");
        changed.error().retryable = true;
        return changed;
    }
    return std::move(answer->body);
}

Status TileServer::openArchive(std::stop_token stop)
{
    m_archive = {};
    m_stop = std::move(stop);
    // Header and root directory lie at the beginning and come with one answer.
    auto first = range(0, kFirstBytes);
    if (!first)
        return std::unexpected(first.error());
    auto tiles = formats::PmTiles::open(
        [this, first = std::move(*first)](std::uint64_t offset,
                                          std::size_t length) -> Result<std::string> {
            if (offset <= first.size() && length <= first.size() - offset)
                return first.substr(static_cast<std::size_t>(offset), length);
            return range(offset, length);
        },
        m_archive.size);
    if (!tiles)
        return std::unexpected(tiles.error());
    m_archive.tiles = std::move(*tiles);
    m_archive.openedAt = SystemClock().now();
    return {};
}

Result<FetchedTile> TileServer::fetchFromArchive(formats::TileId id, const net::Validators &known,
                                                 std::stop_token stop)
{
    const std::scoped_lock lock(m_mutex);
    for (int attempt = 0;; ++attempt) {
        m_stop = stop;
        if (!m_archive.tiles || SystemClock().now() - m_archive.openedAt > kArchiveAgeMax)
            if (auto opened = openArchive(stop); !opened)
                return std::unexpected(opened.error());
        FetchedTile tile{.form = formOf(m_archive.tiles->info().kind),
                         .validators = m_archive.validators,
                         .freshFor = kFreshUsual};
        tile.isNotModified = !known.etag.empty() && known.etag == m_archive.validators.etag;
        if (tile.isNotModified)
            return tile;
        auto bytes = m_archive.tiles->tile(id);
        if (bytes) {
            tile.bytes = bytes->value_or(std::string());
            return tile;
        }
        if (bytes.error().code != ErrorCode::Conflict || attempt > 0)
            return std::unexpected(bytes.error());
        m_archive = {}; // replaced in between: once more, from its beginning
    }
}

Result<FetchedTile> TileServer::fetch(formats::TileId id, const net::Validators &known,
                                      std::stop_token stop)
{
    return isTileArchive(m_source) ? fetchFromArchive(id, known, std::move(stop))
                                   : fetchSingle(id, known, std::move(stop));
}

Result<ipc::TileSource> TileServer::probe(std::stop_token stop)
{
    ipc::TileSource source = m_source;
    if (!isTileArchive(source)) {
        // The world as one tile, or the corner of the first zoom that there is.
        const auto tile = fetchSingle({source.zoomMin, 0, 0}, {}, std::move(stop));
        if (!tile)
            return std::unexpected(tile.error());
        if (tile->bytes.empty())
            return fail(ErrorCode::NotFound,
                        std::format("the server has no tile at zoom {}", source.zoomMin),
                        "look whether the address is right, and at which zoom it begins");
        source.form = tile->form;
        return source;
    }
    const std::scoped_lock lock(m_mutex);
    if (auto opened = openArchive(std::move(stop)); !opened)
        return std::unexpected(opened.error());
    const formats::PmTilesInfo &info = m_archive.tiles->info();
    source.form = formOf(info.kind);
    source.zoomMin = std::min(info.zoomMin, ipc::TileRequest::kZoomMax);
    source.zoomMax = std::min(info.zoomMax, ipc::TileRequest::kZoomMax);
    if (!info.attribution.empty())
        source.attribution = info.attribution;
    if (source.form == ipc::TileForm::Unknown)
        return fail(ErrorCode::InvalidInput, "the archive does not say what its tiles are");
    if (source.attribution.empty())
        return fail(ErrorCode::InvalidInput, "the archive does not say whom the map must name",
                    "give the attribution that its publisher asks for");
    return source;
}

} // namespace chrona::service
