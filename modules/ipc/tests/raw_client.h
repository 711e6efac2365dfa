// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/frame.h"
#include "chrona/ipc/messages.h"
#include "test_service.h"

#include <QLocalSocket>
#include <QTest>

#include <deque>

namespace chrona::ipc::testing {

/// A client that says what it is told to, also what no client of ours would say.
class RawClient {
public:
    explicit RawClient(const TestService &service) : m_token(service.options.token)
    {
        socket.connectToServer(service.options.socketPath);
        // What is not read stays with the kernel, which pushes back on the server.
        socket.setReadBufferSize(kFrameHeaderBytes);
    }

    void send(FrameHeader header, const QByteArray &payload = {})
    {
        socket.write(frameOf(header, bytesOf(payload)));
        socket.flush();
    }
    template <class Request> void request(std::uint64_t correlation, const Request &message)
    {
        send({0, FrameKind::Request, 0, Request::kType, correlation}, encode(message));
    }
    void hello()
    {
        Hello message;
        message.token = m_token;
        request(1, message);
    }
    /// Reads on until a frame is complete; an empty one when the connection ended before.
    std::optional<Frame> next()
    {
        socket.setReadBufferSize(1 << 20);
        while (m_frames.empty()) {
            if (socket.bytesAvailable() == 0) {
                if (!QTest::qWaitFor([this] { return socket.bytesAvailable() > 0 || isClosed(); },
                                     10'000))
                    return std::nullopt;
                if (socket.bytesAvailable() == 0)
                    return std::nullopt;
            }
            const QByteArray bytes = socket.readAll();
            auto rest = bytesOf(bytes);
            while (auto frame = m_decoder.take(rest).value())
                m_frames.push_back(std::move(*frame));
        }
        Frame frame = std::move(m_frames.front());
        m_frames.pop_front();
        return frame;
    }
    [[nodiscard]] bool letIn()
    {
        hello();
        const auto frame = next();
        socket.setReadBufferSize(kFrameHeaderBytes);
        return frame && frame->header.kind == FrameKind::Reply;
    }
    [[nodiscard]] bool isClosed() const { return socket.state() == QLocalSocket::UnconnectedState; }

    QLocalSocket socket;

private:
    std::string m_token;
    FrameDecoder m_decoder;
    std::deque<Frame> m_frames;
};

} // namespace chrona::ipc::testing
