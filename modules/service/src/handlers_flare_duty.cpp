// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "flare_desk.h"
#include "ftso_answers.h"
#include "handlers.h"
#include "oracle_pipeline.h"

namespace chrona::service {

void Handlers::handle(ipc::FlareProvideStatusRequest,
                      Responder<ipc::FlareProvideStatusRequest> responder)
{
    responder.reply(m_parts.flare.provide().status());
}

void Handlers::handle(ipc::FlareProvide request, Responder<ipc::FlareProvide> responder)
{
    const auto status = m_parts.flare.provide().turn(request);
    if (!status)
        return responder.fail(status.error());
    responder.reply(*status);
}

void Handlers::handle(ipc::FlareAction request, Responder<ipc::FlareAction> responder)
{
    auto acts = m_parts.flare.acts(request.network);
    if (!acts)
        return responder.fail(acts.error());
    withPool(m_parts.database, m_parts.workers, Workers::Kind::Long, std::move(responder),
             [acts = std::move(*acts), asked = std::move(request)](
                 storage::Pool &pool, const Responder<ipc::FlareAction> &to) {
                 to.finish(actOnChain(acts, pool, asked, to.stopToken()));
             });
}

void Handlers::handle(ipc::FlareSendSigned request, Responder<ipc::FlareSendSigned> responder)
{
    auto acts = m_parts.flare.acts(request.network);
    if (!acts)
        return responder.fail(acts.error());
    m_parts.workers.run(Workers::Kind::Long, [acts = std::move(*acts), asked = std::move(request),
                                              to = std::move(responder)] {
        to.finish(sendSigned(acts, asked, to.stopToken()));
    });
}

void Handlers::handle(ipc::FtsoEconomicsQuery request, Responder<ipc::FtsoEconomicsQuery> responder)
{
    request.network = m_parts.flare.networkOr(request.network);
    if (request.identity.empty())
        request.identity = m_parts.flare.identity();
    answerFrom(
        m_parts.database, m_parts.workers, std::move(responder),
        [query = std::move(request), oracle = m_parts.oracle.run(),
         host = m_parts.settings.number("flare.host_usd_month")](storage::Connection &connection) {
            auto reply = ftsoEconomics(connection, query);
            if (reply)
                reply->hostUsdPerMonth = static_cast<double>(host);
            // A test coin has no price, and the sample world's is none.
            if (reply && oracle && oracle->mode() == ipc::OracleMode::Live)
                if (const auto price = oracle->view().soundPrice(reply->coin + "/USD"))
                    reply->coinUsd = price->price;
            return reply;
        });
}

void Handlers::handle(ipc::FtsoAccuracyQuery request, Responder<ipc::FtsoAccuracyQuery> responder)
{
    request.network = m_parts.flare.networkOr(request.network);
    if (request.identity.empty())
        request.identity = m_parts.flare.identity();
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [query = std::move(request)](storage::Connection &connection) {
                   return ftsoAccuracy(connection, query);
               });
}

} // namespace chrona::service
