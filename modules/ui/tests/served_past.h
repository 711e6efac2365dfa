// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"

#include <functional>
#include <thread>
#include <vector>

namespace chrona::ui::test {

/// What the sample service was told to have said before, and what was sent to it.
class ServedPast {
public:
    /// These were said otherwise before: earlierOf() them.
    void revise(std::vector<qint64> events) { m_revised = std::move(events); }
    [[nodiscard]] static schema::Event earlierOf(const schema::Event &event);
    [[nodiscard]] const std::optional<Instant> &formerAsked() const { return m_formerAsked; }
    [[nodiscard]] const std::vector<ipc::ImportBegin> &imports() const { return m_imports; }

protected:
    std::vector<qint64> m_revised;
    std::optional<Instant> m_formerAsked;
    std::vector<ipc::ImportBegin> m_imports;
    std::vector<std::jthread> m_importers; ///< each reads what is sent
};

/// The servers of tiles that the sample service knows.
class ServedTiles {
public:
    void serveTiles(std::function<Result<ipc::TileReply>(const ipc::TileRequest &)> tileOf)
    {
        m_tileOf = std::move(tileOf);
    }
    void addTileServer(const std::string &key)
    {
        ipc::TileSource source;
        source.key = source.name = key;
        source.form = ipc::TileForm::Picture;
        m_tileSources.push_back(std::move(source));
    }
    [[nodiscard]] int tilesAsked() const { return m_tilesAsked; }

protected:
    std::vector<ipc::TileSource> m_tileSources;
    std::function<Result<ipc::TileReply>(const ipc::TileRequest &)> m_tileOf;
    int m_tilesAsked = 0;
};

} // namespace chrona::ui::test
