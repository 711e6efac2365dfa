// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_streams.h"

#include "own_host.h"

namespace chrona::sources {
namespace {

class SourceStream final : public connect::Stream {
public:
    explicit SourceStream(std::unique_ptr<net::WebSocket> socket) : m_socket(std::move(socket)) {}

    Result<std::optional<connect::StreamMessage>> next(std::chrono::milliseconds waitMax,
                                                       std::stop_token stop) override
    {
        auto received = m_socket->next(waitMax, stop);
        if (!received)
            return std::unexpected(received.error());
        if (!*received)
            return std::nullopt;
        return connect::StreamMessage{std::move((*received)->payload), (*received)->receivedAt};
    }
    Status send(std::string_view message) override { return m_socket->send(message); }

private:
    std::unique_ptr<net::WebSocket> m_socket;
};

} // namespace

Result<std::unique_ptr<connect::Stream>> SourceStreams::open(const connect::Request &request,
                                                             std::stop_token stop)
{
    if (request.key.in != connect::KeyPlace::In::Nowhere)
        return fail(ErrorCode::Denied, m_source.key + " is asked with a key and has none",
                    "enter your own key for this source");
    net::StreamRequest wire{.url = request.url};
    for (const auto &header : request.headers)
        wire.headers.push_back({header.name, header.value});
    wire.messageBytesMax = std::min(wire.messageBytesMax, request.bodyBytesMax);
    wire.allowHost = [&source = m_source](std::string_view host, std::uint16_t port) {
        return isOwnHost(source, host, port);
    };
    auto socket = m_client.open(wire, std::move(stop));
    if (!socket)
        return std::unexpected(socket.error());
    return std::make_unique<SourceStream>(std::move(*socket));
}

} // namespace chrona::sources
