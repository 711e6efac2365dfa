// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"
#include "interrupt.h"

#include "chrona/ipc/blocking_client.h"

#include <expected>
#include <memory>

namespace chrona::cli {

/// A command's connection to the service of its data folder. Ctrl-C cancels the request that is
/// under way.
class ServiceLink {
public:
    /// Says on stderr why it cannot, and gives the exit code. Starts the service only with --start.
    [[nodiscard]] static std::expected<ServiceLink, ExitCode> open(Invocation &invocation);

    template <class Request>
    [[nodiscard]] Result<ipc::Answer<Request>> request(const Request &request,
                                                       ipc::BlockingClient::Limits limits = {})
    {
        limits.stop = m_interrupt->token();
        return m_client->request(request, limits);
    }

    /// For waits between requests.
    [[nodiscard]] std::stop_token stopToken() const { return m_interrupt->token(); }

private:
    std::unique_ptr<Interrupt> m_interrupt;
    std::unique_ptr<ipc::BlockingClient> m_client;
};

/// One question to the service. Why it cannot be asked or refuses stands on stderr already; what is
/// left is the exit code.
template <class Request>
[[nodiscard]] std::expected<ipc::Answer<Request>, ExitCode> askService(Invocation &invocation,
                                                                       const Request &request)
{
    auto link = ServiceLink::open(invocation);
    if (!link)
        return std::unexpected(link.error());
    auto answer = link->request(request);
    if (!answer)
        return std::unexpected(invocation.failed(answer.error()));
    return std::move(*answer);
}

} // namespace chrona::cli
