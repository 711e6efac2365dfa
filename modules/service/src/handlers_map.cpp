// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "handlers.h"

#include "chrona/storage/map_area_store.h"

namespace chrona::service {
namespace {

/// Of one reply: what a frame holds, with room to spare.
constexpr std::size_t kShapeBytesMax = 4U << 20;

ipc::MapArea mapAreaFrom(storage::MapAreaRecord area)
{
    return {area.id, std::move(area.name), std::move(area.ring), area.lookedAt, area.revision};
}

Result<ipc::EventShapesReply> loadShapes(storage::Connection &connection,
                                         const std::vector<schema::EventId> &ids)
{
    auto shapes = storage::loadEventShapes(connection, ids);
    if (!shapes)
        return std::unexpected(shapes.error());
    ipc::EventShapesReply reply;
    std::size_t bytes = 0;
    for (storage::EventShapeRecord &shape : *shapes) {
        // Two doubles with their CBOR heads, and what lies around them.
        bytes += 18 * schema::pointCount(shape.geometry) + 100;
        if (bytes > kShapeBytesMax && !reply.shapes.empty())
            reply.left.push_back(shape.id);
        else
            reply.shapes.push_back(
                {shape.id, shape.observedAt, shape.endsAt, std::move(shape.geometry)});
    }
    return reply;
}

} // namespace

void Handlers::handle(ipc::EventShapesRequest request, Responder<ipc::EventShapesRequest> responder)
{
    if (request.ids.size() > ipc::EventShapesRequest::kIdsMax)
        return responder.fail({ErrorCode::InvalidInput, "too many ids in one request"});
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [ids = std::move(request.ids)](storage::Connection &connection) {
                   return loadShapes(connection, ids);
               });
}

void Handlers::handle(ipc::MapAreasRequest, Responder<ipc::MapAreasRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [](storage::Connection &connection) {
                   return storage::loadMapAreas(connection).transform([](auto &&areas) {
                       ipc::MapAreasReply reply;
                       for (storage::MapAreaRecord &area : areas)
                           reply.areas.push_back(mapAreaFrom(std::move(area)));
                       return reply;
                   });
               });
}

void Handlers::handle(ipc::MapAreaSave request, Responder<ipc::MapAreaSave> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [area = std::move(request.area)](storage::Connection &connection) {
                   return storage::saveMapArea(connection, {area.id, area.name, area.ring,
                                                            area.lookedAt, area.revision})
                       .transform([](storage::MapAreaRecord &&saved) {
                           return ipc::MapAreasReply{{mapAreaFrom(std::move(saved))}};
                       });
               });
}

void Handlers::handle(ipc::MapAreaRemove request, Responder<ipc::MapAreaRemove> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [id = request.area](storage::Connection &connection) -> Result<ipc::Done> {
                   if (auto removed = storage::removeMapArea(connection, id); !removed)
                       return std::unexpected(removed.error());
                   return ipc::Done{};
               });
}

} // namespace chrona::service
