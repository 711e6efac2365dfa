// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/pm_tiles.h"
#include "chrona/workspace/session.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace chrona::workspace {

/// Tiles of one server that are here. Immutable, so that it can go to the thread that draws.
struct TileSet {
    ipc::TileSource source;
    std::map<formats::TileId, std::shared_ptr<const ipc::TileReply>> tiles;

    /// nullptr: not here (yet).
    [[nodiscard]] const ipc::TileReply *find(formats::TileId id) const
    {
        const auto found = tiles.find(id);
        return found == tiles.end() ? nullptr : found->second.get();
    }
};

/// The servers of tiles that a person added, and the tiles of one of them as a map comes to want
/// them. The service fetches and keeps them; here are those looked at last, to a bound of bytes.
/// Thread rule: UI thread; the session must outlive it.
class TileFeed : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(Status)>;
    static constexpr std::size_t kBytesMax = 64U << 20;
    static constexpr std::size_t kAskedMax = 8; ///< at once

    explicit TileFeed(Session &session, QObject *parent = nullptr);

    /// By name.
    [[nodiscard]] const std::vector<ipc::TileSource> &sources() const { return m_sources; }
    [[nodiscard]] const ipc::TileSource *find(const QString &key) const;
    /// The service has said which there are.
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// Asks the server once before it is kept; `done` says why not.
    void add(ipc::TileSource source, Done done);
    void remove(const QString &key, Done done);

    /// Empty: none.
    void use(const QString &key);
    /// Those in view that are not here, the most wanted first. What was wanted before and is not on
    /// its way is not asked for any more.
    void want(const std::vector<formats::TileId> &tiles);
    /// nullptr: no server is used, or it is not known (yet).
    [[nodiscard]] std::shared_ptr<const TileSet> tiles() const { return m_set; }
    /// Why the latest tile did not come; empty: it came.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    /// Something that is shown is older than it may be, and its server does not answer.
    [[nodiscard]] bool isOld() const { return m_isOld; }
    [[nodiscard]] bool isSettled() const { return m_asked.empty() && m_wanted.empty(); }

Q_SIGNALS:
    void sourcesChanged();
    /// tiles(), problem() or isOld() are others.
    void tilesChanged();

private:
    void load();
    void takeSources(std::vector<ipc::TileSource> sources);
    void resetTiles();
    void ask();
    void take(formats::TileId id, Result<ipc::TileReply> reply);
    void forgetOldest();
    void publish();

    Session &m_session;
    std::vector<ipc::TileSource> m_sources;
    QString m_key;
    std::shared_ptr<const TileSet> m_set;
    std::map<formats::TileId, std::shared_ptr<const ipc::TileReply>> m_tiles;
    std::vector<formats::TileId> m_order; ///< of arrival
    std::size_t m_bytes = 0;
    std::vector<formats::TileId> m_wanted;
    std::set<formats::TileId> m_asked;
    std::set<formats::TileId> m_failed; ///< not asked again while they stay in view
    std::optional<Error> m_problem;
    bool m_isLoaded = false;
    bool m_isOld = false;
    std::uint64_t m_round = 0; ///< of use(): answers of an earlier one do not count
    QTimer m_gathering;        ///< several arrivals become one new picture
};

} // namespace chrona::workspace
