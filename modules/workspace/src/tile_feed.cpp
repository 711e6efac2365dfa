// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/tile_feed.h"

#include <algorithm>

namespace chrona::workspace {
namespace {

using namespace std::chrono_literals;

/// Tiles come by dozens; each picture of the map takes longer than a tile on its way.
constexpr auto kGatherTime = 60ms;

} // namespace

TileFeed::TileFeed(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    m_gathering.setSingleShot(true);
    m_gathering.setInterval(kGatherTime);
    connect(&m_gathering, &QTimer::timeout, this, &TileFeed::publish);
    connect(&session, &Session::stateChanged, this, [this] {
        if (m_session.state() == Session::State::Ready)
            load();
    });
    if (session.state() == Session::State::Ready)
        load();
}

void TileFeed::load()
{
    m_session.request<ipc::TileSourcesRequest>({}, this, [this](auto reply) {
        if (reply)
            takeSources(std::move(reply->sources));
        m_failed.clear(); // the service is back
        ask();
    });
}

const ipc::TileSource *TileFeed::find(const QString &key) const
{
    const auto found = std::ranges::find(m_sources, key.toStdString(), &ipc::TileSource::key);
    return found == m_sources.end() ? nullptr : &*found;
}

void TileFeed::takeSources(std::vector<ipc::TileSource> sources)
{
    m_sources = std::move(sources);
    m_isLoaded = true;
    const ipc::TileSource *used = find(m_key);
    const bool isKnown = m_set != nullptr;
    if ((used != nullptr) != isKnown)
        resetTiles();
    Q_EMIT sourcesChanged();
}

void TileFeed::add(ipc::TileSource source, Done done)
{
    m_session.request<ipc::TileSourceAdd>(
        {std::move(source)}, this, [this, done = std::move(done)](auto reply) {
            if (reply) {
                auto sources = m_sources;
                std::ranges::copy(reply->sources, std::back_inserter(sources));
                std::ranges::sort(sources, {}, &ipc::TileSource::name);
                takeSources(std::move(sources));
            }
            done(reply ? Status() : Status(std::unexpected(reply.error())));
        });
}

void TileFeed::remove(const QString &key, Done done)
{
    m_session.request<ipc::TileSourceRemove>(
        {key.toStdString()}, this, [this, key, done = std::move(done)](auto reply) {
            if (reply) {
                auto sources = m_sources;
                std::erase_if(sources, [wanted = key.toStdString()](const auto &source) {
                    return source.key == wanted;
                });
                takeSources(std::move(sources));
            }
            done(reply ? Status() : Status(std::unexpected(reply.error())));
        });
}

void TileFeed::use(const QString &key)
{
    if (key == m_key)
        return;
    m_key = key;
    resetTiles();
    // It may have been added by another window.
    if (!key.isEmpty() && find(key) == nullptr && m_session.state() == Session::State::Ready)
        load();
}

void TileFeed::resetTiles()
{
    ++m_round;
    m_tiles.clear();
    m_order.clear();
    m_wanted.clear();
    m_asked.clear();
    m_failed.clear();
    m_bytes = 0;
    m_isOld = false;
    m_problem.reset();
    m_set.reset();
    if (find(m_key) != nullptr)
        publish();
    else
        Q_EMIT tilesChanged();
}

void TileFeed::want(const std::vector<formats::TileId> &tiles)
{
    if (!m_set)
        return;
    m_wanted.clear();
    // What failed and went out of view is tried again when it comes back.
    std::erase_if(m_failed, [&tiles](auto id) { return !std::ranges::contains(tiles, id); });
    for (const formats::TileId id : tiles)
        if (!m_tiles.contains(id) && !m_asked.contains(id) && !m_failed.contains(id))
            m_wanted.push_back(id);
    ask();
}

void TileFeed::ask()
{
    while (!m_wanted.empty() && m_asked.size() < kAskedMax) {
        const formats::TileId id = m_wanted.front();
        m_wanted.erase(m_wanted.begin());
        m_asked.insert(id);
        m_session.request<ipc::TileRequest>(
            {m_key.toStdString(), id.zoom, id.x, id.y}, this,
            [this, id, round = m_round](Result<ipc::TileReply> reply) {
                if (round == m_round)
                    take(id, std::move(reply));
            });
    }
}

void TileFeed::take(formats::TileId id, Result<ipc::TileReply> reply)
{
    m_asked.erase(id);
    if (reply) {
        m_isOld = reply->isOld;
        m_problem.reset();
        m_bytes += reply->bytes.size();
        m_order.push_back(id);
        m_tiles[id] = std::make_shared<const ipc::TileReply>(std::move(*reply));
        forgetOldest();
    } else {
        m_failed.insert(id);
        m_problem = reply.error();
    }
    ask();
    // The last one is shown at once, those before it together with it or a moment later.
    if (isSettled())
        publish();
    else if (!m_gathering.isActive())
        m_gathering.start();
}

void TileFeed::forgetOldest()
{
    while (m_bytes > kBytesMax && m_order.size() > 1) {
        const auto oldest = m_tiles.find(m_order.front());
        m_bytes -= oldest->second->bytes.size();
        m_tiles.erase(oldest);
        m_order.erase(m_order.begin());
    }
}

void TileFeed::publish()
{
    m_gathering.stop();
    if (const ipc::TileSource *source = find(m_key))
        m_set = std::make_shared<const TileSet>(TileSet{*source, m_tiles});
    Q_EMIT tilesChanged();
}

} // namespace chrona::workspace
