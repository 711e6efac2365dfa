// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/ports.h"
#include "chrona/net/web_socket.h"
#include "chrona/schema/source.h"

namespace chrona::sources {

/// The only implementation of connect's StreamPort: streams of one source, held to the hosts of its
/// registry entry. Source and client must outlive it.
class SourceStreams final : public connect::StreamPort {
public:
    SourceStreams(const schema::Source &source, net::WebSocketClient &client)
        : m_source(source), m_client(client)
    {
    }
    [[nodiscard]] Result<std::unique_ptr<connect::Stream>> open(const connect::Request &request,
                                                                std::stop_token stop) override;

private:
    const schema::Source &m_source;
    net::WebSocketClient &m_client;
};

} // namespace chrona::sources
