// SPDX-License-Identifier: AGPL-3.0-or-later
#include "handlers.h"
#include "tile_desk.h"

namespace chrona::service {

void Handlers::handle(ipc::TileSourcesRequest, Responder<ipc::TileSourcesRequest> responder)
{
    responder.reply(m_parts.tiles.sources());
}

void Handlers::handle(ipc::TileSourceAdd request, Responder<ipc::TileSourceAdd> responder)
{
    m_parts.tiles.run([&tiles = m_parts.tiles, responder = std::move(responder),
                       source = std::move(request.source)] {
        responder.finish(tiles.add(source, responder.stopToken()));
    });
}

void Handlers::handle(ipc::TileSourceRemove request, Responder<ipc::TileSourceRemove> responder)
{
    m_parts.tiles.run([&tiles = m_parts.tiles, responder = std::move(responder),
                       key = std::move(request.key)] { responder.finish(tiles.remove(key)); });
}

void Handlers::handle(ipc::TileRequest request, Responder<ipc::TileRequest> responder)
{
    m_parts.tiles.run([&tiles = m_parts.tiles, responder = std::move(responder),
                       request = std::move(request)] {
        if (!responder.stopToken().stop_requested())
            responder.finish(tiles.tile(request, responder.stopToken()));
    });
}

} // namespace chrona::service
