// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tile_cache.h"

#include "chrona/base/log.h"

#include <QCborMap>
#include <QCborValue>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTimeZone>

#include <algorithm>
#include <charconv>
#include <format>
#include <vector>

namespace chrona::service {
namespace {

namespace fs = std::filesystem;
using namespace Qt::StringLiterals;

constexpr qint64 kFileBytesMax = qint64{formats::PmTiles::kTileBytesMax} + (64 << 10);

QString tilePath(const fs::path &path)
{
    return QString::fromStdString(path.string());
}

/// "5-17-9": zoom, column, row.
std::optional<formats::TileId> idFrom(const std::string &name)
{
    std::uint32_t numbers[3] = {};
    const char *at = name.data(), *end = at + name.size();
    for (int i = 0; i < 3; ++i) {
        const auto [behind, error] = std::from_chars(at, end, numbers[i]);
        const bool isLast = i == 2;
        if (error != std::errc{} || (isLast ? behind != end : behind == end || *behind != '-'))
            return std::nullopt;
        at = behind + (isLast ? 0 : 1);
    }
    if (numbers[0] > ipc::TileRequest::kZoomMax)
        return std::nullopt;
    return formats::TileId{static_cast<std::uint8_t>(numbers[0]), numbers[1], numbers[2]};
}

qint64 microsOf(Instant moment)
{
    return moment.time_since_epoch().count();
}

Instant usedAtOf(const fs::path &path)
{
    const qint64 ms = QFileInfo(tilePath(path)).lastModified().toMSecsSinceEpoch();
    return Instant(std::chrono::milliseconds(ms));
}

/// The order of use outlives a restart.
void setUsedAt(QFile &file, Instant now)
{
    file.setFileTime(
        QDateTime::fromMSecsSinceEpoch(microsOf(now) / 1'000, QTimeZone(QTimeZone::UTC)),
        QFileDevice::FileModificationTime);
}

QByteArray packed(const KeptTile &tile)
{
    const QCborMap map{
        {u"form"_s, static_cast<int>(tile.form)},
        {u"etag"_s, QString::fromStdString(tile.validators.etag)},
        {u"modified"_s, QString::fromStdString(tile.validators.lastModified)},
        {u"confirmed"_s, microsOf(tile.confirmedAt)},
        {u"fresh"_s, microsOf(tile.freshUntil)},
        {u"old"_s, tile.isOld},
        {u"bytes"_s, QByteArray::fromStdString(tile.bytes)},
    };
    return map.toCborValue().toCbor();
}

std::optional<KeptTile> unpackedTile(const QByteArray &file)
{
    QCborParserError error;
    const QCborMap map = QCborValue::fromCbor(file, &error).toMap();
    const qint64 form = map[u"form"_s].toInteger(-1);
    if (error.error != QCborError::NoError || !map[u"bytes"_s].isByteArray() || form < 0 ||
        form > static_cast<qint64>(ipc::TileForm::Picture))
        return std::nullopt;
    const auto moment = [&map](const QString &key) {
        return Instant(Duration(map[key].toInteger()));
    };
    return KeptTile{.bytes = map[u"bytes"_s].toByteArray().toStdString(),
                    .form = static_cast<ipc::TileForm>(form),
                    .validators = {map[u"etag"_s].toString().toStdString(),
                                   map[u"modified"_s].toString().toStdString()},
                    .confirmedAt = moment(u"confirmed"_s),
                    .freshUntil = moment(u"fresh"_s),
                    .isOld = map[u"old"_s].toBool()};
}

} // namespace

TileCache::TileCache(fs::path folder, const std::vector<std::string> &sources)
    : m_folder(std::move(folder))
{
    std::error_code error;
    for (fs::directory_iterator it(m_folder, error), end; !error && it != end;
         it.increment(error)) {
        if (!it->is_directory(error))
            continue;
        const std::string name = it->path().filename().string();
        if (std::ranges::contains(sources, name))
            readFolder(name);
        else
            fs::remove_all(it->path(), error);
    }
}

/// In the order of use, as far as the times of files tell.
void TileCache::readFolder(const std::string &source)
{
    struct Found {
        Instant at;
        formats::TileId id;
        std::uint64_t bytes;
    };
    std::vector<Found> all;
    std::error_code error;
    for (fs::directory_iterator it(m_folder / source, error), end; !error && it != end;
         it.increment(error))
        if (const auto id = idFrom(it->path().filename().string())) {
            std::error_code each;
            all.push_back({usedAtOf(it->path()), *id, it->file_size(each)});
        }
    std::ranges::sort(all, {}, &Found::at);
    for (const Found &found : all)
        insert({source, found.id}, found.bytes, found.at);
}

fs::path TileCache::fileOf(const Key &key) const
{
    return m_folder / key.source / std::format("{}-{}-{}", key.id.zoom, key.id.x, key.id.y);
}

void TileCache::insert(const Key &key, std::uint64_t bytes, Instant usedAt)
{
    m_entries.push_front({key, bytes, usedAt});
    m_byKey[key] = m_entries.begin();
    m_bytes += bytes;
}

void TileCache::drop(const Key &key)
{
    const auto found = m_byKey.find(key);
    if (found == m_byKey.end())
        return;
    std::error_code error;
    fs::remove(fileOf(key), error);
    m_bytes -= found->second->bytes;
    m_entries.erase(found->second);
    m_byKey.erase(found);
}

std::optional<KeptTile> TileCache::find(const std::string &source, formats::TileId id, Instant now,
                                        const Limits &limits)
{
    const Key key{source, id};
    const std::scoped_lock lock(m_mutex);
    const auto known = m_byKey.find(key);
    if (known == m_byKey.end())
        return std::nullopt;
    QFile file(tilePath(fileOf(key)));
    std::optional<KeptTile> tile;
    if (file.open(QIODevice::ReadWrite) && file.size() <= kFileBytesMax)
        tile = unpackedTile(file.readAll());
    if (!tile || tile->confirmedAt + limits.ageMax < now) {
        drop(key);
        return std::nullopt;
    }
    setUsedAt(file, now);
    known->second->usedAt = now;
    m_entries.splice(m_entries.begin(), m_entries, known->second);
    return tile;
}

void TileCache::keep(const std::string &source, formats::TileId id, const KeptTile &tile,
                     Instant now, const Limits &limits)
{
    const Key key{source, id};
    const QByteArray bytes = packed(tile);
    const std::scoped_lock lock(m_mutex);
    drop(key);
    std::error_code error;
    fs::create_directories(m_folder / source, error);
    QSaveFile file(tilePath(fileOf(key)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        log::debug("tiles", "a tile is not kept: {}", file.errorString().toStdString());
        return;
    }
    if (QFile kept(tilePath(fileOf(key))); kept.open(QIODevice::ReadWrite))
        setUsedAt(kept, now);
    insert(key, static_cast<std::uint64_t>(bytes.size()), now);
    trimLocked(now, limits);
}

void TileCache::trim(Instant now, const Limits &limits)
{
    const std::scoped_lock lock(m_mutex);
    trimLocked(now, limits);
}

void TileCache::trimLocked(Instant now, const Limits &limits)
{
    while (!m_entries.empty() &&
           (m_bytes > limits.bytesMax || m_entries.back().usedAt + limits.ageMax < now))
        drop(Key(m_entries.back().key)); // a copy: its entry goes
}

void TileCache::forget(const std::string &source)
{
    const std::scoped_lock lock(m_mutex);
    std::vector<Key> keys;
    for (const Entry &entry : m_entries)
        if (entry.key.source == source)
            keys.push_back(entry.key);
    for (const Key &key : keys)
        drop(key);
    std::error_code error;
    fs::remove_all(m_folder / source, error);
}

std::uint64_t TileCache::bytesOf(const std::string &source) const
{
    const std::scoped_lock lock(m_mutex);
    std::uint64_t sum = 0;
    for (const Entry &entry : m_entries)
        sum += entry.key.source == source ? entry.bytes : 0;
    return sum;
}

std::uint64_t TileCache::bytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_bytes;
}

} // namespace chrona::service
