// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "flare_desk.h"
#include "ftso_answers.h"
#include "handlers.h"

namespace chrona::service {

void Handlers::handle(ipc::FlareStatusRequest, Responder<ipc::FlareStatusRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [status = m_parts.flare.status()](
                   storage::Connection &connection) -> Result<ipc::FlareStatusReply> {
                   auto contracts = flareContracts(connection, status.network);
                   if (!contracts)
                       return std::unexpected(contracts.error());
                   ipc::FlareStatusReply reply = status;
                   reply.contracts = std::move(*contracts);
                   return reply;
               });
}

void Handlers::handle(ipc::FlareStart request, Responder<ipc::FlareStart> responder)
{
    if (auto started = m_parts.flare.start(request); !started)
        return responder.fail(started.error());
    responder.reply({});
}

void Handlers::handle(ipc::FlareStop, Responder<ipc::FlareStop> responder)
{
    if (auto stopped = m_parts.flare.turnOff(); !stopped)
        return responder.fail(stopped.error());
    responder.reply({});
}

void Handlers::handle(ipc::FtsoRoundsQuery request, Responder<ipc::FtsoRoundsQuery> responder)
{
    request.network = m_parts.flare.networkOr(request.network);
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [query = std::move(request)](storage::Connection &connection) {
                   return ftsoRounds(connection, query);
               });
}

void Handlers::handle(ipc::FtsoSubmissionsQuery request,
                      Responder<ipc::FtsoSubmissionsQuery> responder)
{
    request.network = m_parts.flare.networkOr(request.network);
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [query = std::move(request)](storage::Connection &connection) {
                   return ftsoSubmissions(connection, query);
               });
}

void Handlers::handle(ipc::FtsoProvidersQuery request, Responder<ipc::FtsoProvidersQuery> responder)
{
    request.network = m_parts.flare.networkOr(request.network);
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [query = std::move(request)](storage::Connection &connection) {
                   return ftsoProviders(connection, query);
               });
}

void Handlers::handle(ipc::FtsoRewardsQuery request, Responder<ipc::FtsoRewardsQuery> responder)
{
    request.network = m_parts.flare.networkOr(request.network);
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [query = std::move(request)](storage::Connection &connection) {
                   return ftsoRewards(connection, query);
               });
}

void Handlers::handle(ipc::FtsoTransactionsQuery request,
                      Responder<ipc::FtsoTransactionsQuery> responder)
{
    request.network = m_parts.flare.networkOr(request.network);
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [query = std::move(request)](storage::Connection &connection) {
                   return ftsoTransactions(connection, query);
               });
}

} // namespace chrona::service
