// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "duties.h"
#include "handlers.h"

namespace chrona::service {

void Handlers::handle(ipc::SourcesRequest, Responder<ipc::SourcesRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [&duties = m_parts.duties](storage::Connection &connection) {
                   return duties.sources(connection);
               });
}

void Handlers::handle(ipc::SourceCommand request, Responder<ipc::SourceCommand> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [&duties = m_parts.duties,
                command = std::move(request)](storage::Connection &connection) {
                   return duties.command(connection, command);
               });
}

void Handlers::handle(ipc::JobsRequest request, Responder<ipc::JobsRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [&duties = m_parts.duties,
                asked = std::move(request)](storage::Connection &connection) {
                   return duties.jobs(connection, asked);
               });
}

void Handlers::handle(ipc::JobCommand request, Responder<ipc::JobCommand> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [&duties = m_parts.duties, command = request](storage::Connection &connection) {
                   return duties.command(connection, command);
               });
}

} // namespace chrona::service
