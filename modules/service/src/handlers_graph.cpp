// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_service.h"
#include "handlers.h"

namespace chrona::service {

void Handlers::handle(ipc::GraphNeighboursRequest request,
                      Responder<ipc::GraphNeighboursRequest> responder)
{
    m_parts.graph.answer(std::move(request), std::move(responder));
}

void Handlers::handle(ipc::GraphPathsRequest request, Responder<ipc::GraphPathsRequest> responder)
{
    m_parts.graph.answer(std::move(request), std::move(responder));
}

void Handlers::handle(ipc::GraphOverviewRequest request,
                      Responder<ipc::GraphOverviewRequest> responder)
{
    m_parts.graph.answer(std::move(request), std::move(responder));
}

void Handlers::handle(ipc::GraphCountsRequest request, Responder<ipc::GraphCountsRequest> responder)
{
    m_parts.graph.answer(std::move(request), std::move(responder));
}

void Handlers::handle(ipc::GraphEventsRequest request, Responder<ipc::GraphEventsRequest> responder)
{
    m_parts.graph.answer(std::move(request), std::move(responder));
}

void Handlers::handle(ipc::GraphTouchedRequest request,
                      Responder<ipc::GraphTouchedRequest> responder)
{
    m_parts.graph.answer(std::move(request), std::move(responder));
}

} // namespace chrona::service
