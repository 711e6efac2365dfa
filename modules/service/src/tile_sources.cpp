// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tile_sources.h"

#include "chrona/base/hash.h"
#include "chrona/base/log.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <format>

namespace chrona::service {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kAnswerBytesMax = 1'000;

QString tileText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString bookFile(const std::filesystem::path &folder)
{
    return tileText((folder / "sources.json").string());
}

bool isOneLine(const std::string &text)
{
    return text.size() <= kAnswerBytesMax &&
           std::ranges::none_of(text, [](unsigned char c) { return c < 32 || c == 127; });
}

/// An address as one tile has it, so that it can be judged like any other.
std::string withNumbers(std::string address)
{
    for (const std::string_view mark : {"{z}", "{x}", "{y}"})
        if (const auto at = address.find(mark); at != std::string::npos)
            address.replace(at, mark.size(), "0");
    return address;
}

bool leadsHome(const std::string &host)
{
    constexpr std::array<std::string_view, 5> kLocal{".localhost", ".local", ".internal", ".lan",
                                                     ".home.arpa"};
    return !host.contains('.') || std::ranges::any_of(kLocal, [&host](std::string_view end) {
        return host.ends_with(end);
    });
}

Status judgeTileHost(const net::UrlParts &parts, net::AddressPolicy policy)
{
    if (policy == net::AddressPolicy::PublicAndLoopback)
        return {};
    const char last = parts.host.empty() ? '\0' : parts.host[parts.host.rfind('.') + 1];
    const bool isNumeric = parts.host.contains(':') || (last >= '0' && last <= '9');
    const bool isOpen =
        isNumeric ? net::isAllowedAddress(parts.host, policy) : !leadsHome(parts.host);
    if (!isOpen)
        return fail(ErrorCode::Denied,
                    std::format("{} is an address of this machine or its network", parts.host),
                    "an archive on this machine is opened as a file");
    if (!parts.isTls)
        return fail(ErrorCode::Denied, "tiles are asked for over https only",
                    "most servers answer to https as well");
    return {};
}

QJsonObject tileSourceJson(const ipc::TileSource &source)
{
    return {{u"key"_s, tileText(source.key)},
            {u"name"_s, tileText(source.name)},
            {u"address"_s, tileText(source.address)},
            {u"attribution"_s, tileText(source.attribution)},
            {u"terms_url"_s, tileText(source.termsUrl)},
            {u"form"_s, static_cast<int>(source.form)},
            {u"zoom_min"_s, source.zoomMin},
            {u"zoom_max"_s, source.zoomMax}};
}

ipc::TileSource tileSourceFrom(const QJsonObject &object)
{
    const auto text = [&object](QStringView key) { return object[key].toString().toStdString(); };
    const auto number = [&object](QStringView key, int most) {
        return static_cast<std::uint8_t>(std::clamp(object[key].toInt(), 0, most));
    };
    ipc::TileSource source;
    source.key = text(u"key");
    source.name = text(u"name");
    source.address = text(u"address");
    source.attribution = text(u"attribution");
    source.termsUrl = text(u"terms_url");
    source.form = static_cast<ipc::TileForm>(number(u"form", 2));
    source.zoomMin = number(u"zoom_min", ipc::TileRequest::kZoomMax);
    source.zoomMax = number(u"zoom_max", ipc::TileRequest::kZoomMax);
    return source;
}

} // namespace

bool isTileArchive(const ipc::TileSource &source)
{
    return !source.address.contains("{z}");
}

Result<ipc::TileSource> judgedTileSource(ipc::TileSource source, net::AddressPolicy policy)
{
    const auto refuse = [](std::string what, std::string remedy = {}) {
        return fail(ErrorCode::InvalidInput, std::move(what), std::move(remedy));
    };
    for (const std::string *text :
         {&source.name, &source.address, &source.attribution, &source.termsUrl})
        if (!isOneLine(*text))
            return refuse("each answer is one line of at most 1,000 bytes");
    const auto parts = net::splitUrl(withNumbers(source.address));
    if (!parts)
        return std::unexpected(parts.error());
    if (auto allowed = judgeTileHost(*parts, policy); !allowed)
        return std::unexpected(allowed.error());
    const auto has = [&source](std::string_view mark) { return source.address.contains(mark); };
    const bool isTemplate = has("{z}") && has("{x}") && has("{y}");
    const std::string path = source.address.substr(0, source.address.find_first_of("?#"));
    if (!isTemplate && (source.address.contains('{') || !path.ends_with(".pmtiles")))
        return refuse("the address names neither single tiles nor an archive of them",
                      "an address with {z}, {x} and {y}, or one that ends in .pmtiles");
    if (source.termsUrl.empty())
        return refuse("it is not said under which terms these tiles may be used",
                      "read the server's terms and give their address");
    if (isTemplate && source.attribution.empty())
        return refuse("it is not said whom the map must name for these tiles",
                      "the server's terms say it: © OpenStreetMap contributors");
    if (source.zoomMin > source.zoomMax || source.zoomMax > ipc::TileRequest::kZoomMax)
        return refuse(std::format("zooms go from 0 to {}", ipc::TileRequest::kZoomMax));
    if (source.name.empty())
        source.name = parts->host;
    source.key = toHex(hashOf({"tiles", source.address}).bytes).substr(0, 12);
    source.cachedBytes = 0;
    return source;
}

TileSources::TileSources(std::filesystem::path folder) : m_folder(std::move(folder))
{
    QFile file(bookFile(m_folder));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isArray())
        log::warning("tiles", "{} is no list of tile servers and is passed over",
                     file.fileName().toStdString());
    for (const QJsonValue &each : document.array())
        if (auto source = tileSourceFrom(each.toObject());
            !source.key.empty() && m_sources.size() < kSourcesMax)
            m_sources.push_back(std::move(source));
}

std::vector<ipc::TileSource> TileSources::all() const
{
    const std::scoped_lock lock(m_mutex);
    return m_sources;
}

Result<ipc::TileSource> TileSources::find(const std::string &key) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = std::ranges::find(m_sources, key, &ipc::TileSource::key);
    if (found == m_sources.end())
        return fail(ErrorCode::NotFound, "there is no tile server of that key",
                    "chronactl tiles list names them");
    return *found;
}

Status TileSources::add(const ipc::TileSource &source)
{
    const std::scoped_lock lock(m_mutex);
    if (std::ranges::contains(m_sources, source.key, &ipc::TileSource::key))
        return fail(ErrorCode::Conflict, "this tile server was added already");
    if (m_sources.size() >= kSourcesMax)
        return fail(ErrorCode::Exhausted,
                    std::format("there are {} tile servers already", kSourcesMax),
                    "remove one that is not used");
    auto sources = m_sources;
    sources.insert(std::ranges::upper_bound(sources, source.name, {}, &ipc::TileSource::name),
                   source);
    if (auto saved = save(sources); !saved)
        return saved;
    m_sources = std::move(sources);
    return {};
}

Status TileSources::remove(const std::string &key)
{
    const std::scoped_lock lock(m_mutex);
    auto sources = m_sources;
    if (std::erase_if(sources, [&key](const auto &source) { return source.key == key; }) == 0)
        return fail(ErrorCode::NotFound, "there is no tile server of that key",
                    "chronactl tiles list names them");
    if (auto saved = save(sources); !saved)
        return saved;
    m_sources = std::move(sources);
    return {};
}

Status TileSources::save(const std::vector<ipc::TileSource> &sources) const
{
    std::error_code error;
    std::filesystem::create_directories(m_folder, error);
    QJsonArray list;
    for (const ipc::TileSource &source : sources)
        list.append(tileSourceJson(source));
    QSaveFile file(bookFile(m_folder));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(list).toJson()) < 0 ||
        !file.commit())
        return fail(ErrorCode::Unavailable,
                    std::format("cannot write {}: {}", file.fileName().toStdString(),
                                file.errorString().toStdString()));
    return {};
}

} // namespace chrona::service
