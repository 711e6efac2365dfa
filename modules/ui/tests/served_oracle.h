// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/endpoint.h"
#include "chrona/ipc/server.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace chrona::ui::test {

/// A service whose oracle says what a test wants, over a real socket.
class ServedOracle {
public:
    ipc::OracleStatus status;
    std::vector<ipc::OracleFeedEntry> feeds;
    std::vector<ipc::OracleVenueEntry> venues;
    std::vector<ipc::OracleAlert> alerts;
    ipc::FlareStatusReply chain;
    std::vector<ipc::FtsoSubmission> submissions;
    std::vector<ipc::FtsoProviderEpoch> providers; ///< as the service tells them
    ipc::FtsoEconomicsReply economics;
    ipc::FtsoAccuracyReply accuracy;
    int minutesMuted = -1;
    std::vector<ipc::OracleExplain> explained;

    [[nodiscard]] Status start(const std::filesystem::path &dataFolder)
    {
        const ipc::Endpoint endpoint = ipc::endpointFor(dataFolder);
        const auto token = ipc::ensureToken(endpoint.tokenFile);
        if (!token)
            return std::unexpected(token.error());
        ipc::Server::Options options;
        options.socketPath = QString::fromStdString(endpoint.socket.string());
        options.token = *token;
        return ipc::Server::listen(options, ipc::dispatchTo(*this)).transform([this](auto made) {
            m_server = std::move(made);
        });
    }

    /// Fourteen venues, ten feeds, some of them in trouble.
    void fill(Instant now);

    void publish() { m_server->publish(ipc::OracleChanged{.status = status, .raised = {}}); }
    void raise(std::vector<ipc::OracleAlert> raised)
    {
        m_server->publish(ipc::OracleChanged{.status = status, .raised = std::move(raised)});
    }

    void handle(ipc::StatusRequest, const ipc::Responder<ipc::StatusRequest> &to)
    {
        ipc::StatusReply reply;
        reply.database.state = ipc::DatabaseState::Ready;
        reply.firstRunDone = true;
        to.reply(reply);
    }
    void handle(ipc::EventSnapshotRequest, const ipc::Responder<ipc::EventSnapshotRequest> &to)
    {
        to.reply({m_server->sequence(ipc::Topic::Events), 0, {}, {}},
                 std::make_shared<const schema::EventColumns>());
    }
    void handle(ipc::OracleStatusRequest, const ipc::Responder<ipc::OracleStatusRequest> &to)
    {
        to.reply(status);
    }
    void handle(ipc::OracleFeedsRequest, const ipc::Responder<ipc::OracleFeedsRequest> &to)
    {
        to.reply({feeds});
    }
    void handle(ipc::OracleVenuesRequest, const ipc::Responder<ipc::OracleVenuesRequest> &to)
    {
        to.reply({venues});
    }
    void handle(ipc::OracleAlertsRequest, const ipc::Responder<ipc::OracleAlertsRequest> &to)
    {
        to.reply({alerts});
    }
    void handle(const ipc::OracleExplain &asked, const ipc::Responder<ipc::OracleExplain> &to)
    {
        explained.push_back(asked);
        if (feeds.empty() || (asked.at && *asked.at < Instant{}))
            return to.fail({ErrorCode::NotFound, "no answer is kept from then"});
        ipc::OracleAnswer answer = feeds.front().answer;
        answer.feed = asked.feed;
        answer.at = asked.at.value_or(answer.at);
        to.reply({answer});
    }
    void handle(ipc::FlareStatusRequest, const ipc::Responder<ipc::FlareStatusRequest> &to)
    {
        to.reply(chain);
    }
    void handle(const ipc::FtsoSubmissionsQuery &asked,
                const ipc::Responder<ipc::FtsoSubmissionsQuery> &to)
    {
        to.reply(
            {asked.identity == chain.identity ? submissions : std::vector<ipc::FtsoSubmission>{}});
    }
    void handle(const ipc::FtsoProvidersQuery &asked,
                const ipc::Responder<ipc::FtsoProvidersQuery> &to)
    {
        ipc::FtsoProvidersReply reply;
        for (const ipc::FtsoProviderEpoch &each : providers)
            if (asked.identity.empty() || each.identity == asked.identity)
                reply.providers.push_back(each);
        to.reply(reply);
    }
    void handle(const ipc::FtsoEconomicsQuery &, const ipc::Responder<ipc::FtsoEconomicsQuery> &to)
    {
        to.reply(economics);
    }
    void handle(const ipc::FtsoAccuracyQuery &, const ipc::Responder<ipc::FtsoAccuracyQuery> &to)
    {
        to.reply(accuracy);
    }
    void handle(ipc::OracleMute asked, const ipc::Responder<ipc::OracleMute> &to)
    {
        minutesMuted = static_cast<int>(asked.minutes);
        to.reply({});
    }
    template <class Request> void handle(const Request &, const ipc::Responder<Request> &to)
    {
        to.fail({ErrorCode::Unavailable, "not part of this service"});
    }

private:
    void fillProvider(Instant now);

    std::unique_ptr<ipc::Server> m_server;
};

} // namespace chrona::ui::test
