// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "flare_desk.h"
#include "handlers.h"
#include "oracle_pipeline.h"

namespace chrona::service {
namespace {

constexpr std::int64_t kMuteMinutesMax = 24 * 60;

Error notRunning()
{
    return {
        ErrorCode::Unavailable, "the oracle does not run",
        "connect venues with `chronactl config set oracle.live true`, or load the sample world"};
}

} // namespace

void Handlers::handle(ipc::OracleStatusRequest, Responder<ipc::OracleStatusRequest> responder)
{
    m_parts.workers.run(
        Workers::Kind::Query,
        [to = std::move(responder), &oracle = m_parts.oracle] { to.reply(oracle.status()); });
}

void Handlers::handle(ipc::OracleFeedsRequest request, Responder<ipc::OracleFeedsRequest> responder)
{
    m_parts.workers.run(
        Workers::Kind::Query,
        [to = std::move(responder), asked = std::move(request), &oracle = m_parts.oracle] {
            const auto run = oracle.run();
            if (!run)
                return to.reply({});
            auto reply = run->view().feeds(asked.feed);
            if (reply.feeds.empty() && !asked.feed.empty())
                return to.fail({ErrorCode::NotFound, "that feed is not priced",
                                "chronactl oracle feeds lists the feeds"});
            to.reply(std::move(reply));
        });
}

void Handlers::handle(ipc::OracleVenuesRequest, Responder<ipc::OracleVenuesRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [&oracle = m_parts.oracle](storage::Connection &connection) {
                   return oracle.venues(connection);
               });
}

void Handlers::handle(ipc::OracleExplain request, Responder<ipc::OracleExplain> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [&oracle = m_parts.oracle, asked = std::move(request)](
                   storage::Connection &connection) { return oracle.explain(connection, asked); });
}

void Handlers::handle(ipc::OracleAlertsRequest request,
                      Responder<ipc::OracleAlertsRequest> responder)
{
    responder.reply({m_parts.oracle.alerts(request.limit)});
}

void Handlers::handle(ipc::OracleMute request, Responder<ipc::OracleMute> responder)
{
    if (request.minutes < 0 || request.minutes > kMuteMinutesMax)
        return responder.fail({ErrorCode::InvalidInput, "alerts can be muted for a day at most"});
    if (!m_parts.oracle.run() && m_parts.flare.status().mode == "off")
        return responder.fail(notRunning());
    const Instant now = SystemClock().now();
    m_parts.oracle.mute(request.minutes == 0
                            ? std::nullopt
                            : std::optional(now + std::chrono::minutes(request.minutes)));
    responder.reply({});
}

void Handlers::handle(ipc::OracleCollectorsRequest,
                      Responder<ipc::OracleCollectorsRequest> responder)
{
    m_parts.workers.run(
        Workers::Kind::Query,
        [to = std::move(responder), &oracle = m_parts.oracle] { to.reply({oracle.collectors()}); });
}

void Handlers::handle(ipc::OracleCollectorAdd request, Responder<ipc::OracleCollectorAdd> responder)
{
    m_parts.workers.run(
        Workers::Kind::Query,
        [to = std::move(responder), asked = std::move(request), &oracle = m_parts.oracle] {
            const Status done = oracle.addCollector(asked);
            done ? to.reply({}) : to.fail(done.error());
        });
}

void Handlers::handle(ipc::OracleCollectorRemove request,
                      Responder<ipc::OracleCollectorRemove> responder)
{
    m_parts.workers.run(
        Workers::Kind::Query,
        [to = std::move(responder), asked = std::move(request), &oracle = m_parts.oracle] {
            const Status done = oracle.removeCollector(asked.name);
            done ? to.reply({}) : to.fail(done.error());
        });
}

} // namespace chrona::service
