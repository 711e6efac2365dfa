// SPDX-License-Identifier: AGPL-3.0-or-later
// Servers of tiles that the sample service knows, and their tiles as a test makes them.
#include "sample_service.h"

#include <algorithm>

namespace chrona::ui::test {

void SampleService::handle(const ipc::TileSourcesRequest &,
                           const ipc::Responder<ipc::TileSourcesRequest> &responder)
{
    ipc::TileSourcesReply reply;
    reply.sources = m_tileSources;
    responder.reply(reply);
}

void SampleService::handle(const ipc::TileSourceAdd &request,
                           const ipc::Responder<ipc::TileSourceAdd> &responder)
{
    if (!request.source.address.contains("{z}"))
        return responder.fail({ErrorCode::InvalidInput,
                               "the address names neither single tiles nor an archive of them",
                               "an address with {z}, {x} and {y}", false});
    ipc::TileSource source = request.source;
    source.key = "server" + std::to_string(m_tileSources.size());
    source.form = ipc::TileForm::Picture;
    m_tileSources.push_back(source);
    ipc::TileSourcesReply reply;
    reply.sources = {source};
    responder.reply(reply);
}

void SampleService::handle(const ipc::TileSourceRemove &request,
                           const ipc::Responder<ipc::TileSourceRemove> &responder)
{
    std::erase_if(m_tileSources, [&](const auto &source) { return source.key == request.key; });
    responder.reply({});
}

void SampleService::handle(const ipc::TileRequest &request,
                           const ipc::Responder<ipc::TileRequest> &responder)
{
    ++m_tilesAsked;
    responder.finish(m_tileOf ? m_tileOf(request)
                              : fail(ErrorCode::Unavailable, "the server does not answer"));
}

} // namespace chrona::ui::test
