// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_client.h"

#include <QJsonArray>
#include <QJsonValue>

namespace chrona::flare {

struct ChainClient::Request {
    const char *method;
    QJsonArray params;
};
struct ChainClient::Answers {
    std::vector<QJsonValue> results; ///< one a request, in order
    std::string refusal{};           ///< what the node says instead of results
};

/// Whether the contract itself refused the call: another node would say the same. Of anything but a
/// call it is an excuse.
inline bool isRevert(const char *method, std::string_view refusal)
{
    const std::string_view name(method);
    return (name == "eth_call" || name == "eth_estimateGas") && refusal.contains("revert");
}

template <class Read>
auto ChainClient::ask(std::span<const Request> requests, Read read, std::stop_token stop)
{
    using Answer = decltype(read(std::declval<const Answers &>()));
    Answer last = fail(ErrorCode::Unavailable, "no node that is set is known to serve the chain",
                       "set flare.rpc to nodes of the network");
    for (const std::size_t endpoint : order()) {
        auto answers = askOne(endpoint, requests, stop);
        if (answers && !answers->refusal.empty() &&
            isRevert(requests.front().method, answers->refusal))
            return Answer(fail(ErrorCode::Denied,
                               "the call is refused by the contract: " + answers->refusal));
        if (answers && !answers->refusal.empty())
            last = fail(ErrorCode::Unavailable, "the node says: " + answers->refusal);
        else
            last = answers ? read(*answers) : Answer(std::unexpected(answers.error()));
        if (last) {
            const std::scoped_lock lock(m_mutex);
            m_endpoints[endpoint].state.failuresInARow = 0;
            m_endpoints[endpoint].state.problem.clear();
            return last;
        }
        if (last.error().code == ErrorCode::Cancelled)
            return last;
        note(endpoint, last.error());
    }
    return last;
}

} // namespace chrona::flare
