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
};

/// Another node would say the same.
inline bool isFinal(const Error &error)
{
    return error.code == ErrorCode::Denied || error.code == ErrorCode::Cancelled;
}

template <class Read>
auto ChainClient::ask(std::span<const Request> requests, Read read, std::stop_token stop)
{
    using Answer = decltype(read(std::declval<const Answers &>()));
    Answer last = fail(ErrorCode::Denied, "every node that is set serves another chain",
                       "set flare.rpc to nodes of the network");
    for (const std::size_t endpoint : order()) {
        auto answers = askOne(endpoint, requests, stop);
        last = answers ? read(*answers) : Answer(std::unexpected(answers.error()));
        if (last) {
            const std::scoped_lock lock(m_mutex);
            m_endpoints[endpoint].state.failuresInARow = 0;
            m_endpoints[endpoint].state.problem.clear();
            return last;
        }
        if (isFinal(last.error()))
            return last;
        note(endpoint, last.error());
    }
    return last;
}

} // namespace chrona::flare
