// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/client.h"
#include "chrona/ipc/frame.h"

/// The typed surface of Client over its bytes. Included by client.h.
namespace chrona::ipc {

template <class Request>
    requires(!HasColumns<Request>)
[[nodiscard]] ReplySink sinkFor(Client::Callbacks<Request> callbacks)
{
    ReplySink sink;
    sink.progress = std::move(callbacks.progress);
    sink.upload = std::move(callbacks.upload);
    sink.end = [done = std::move(callbacks.done)](Result<QByteArray> reply) {
        if (!reply)
            done(std::unexpected(std::move(reply.error())));
        else
            done(decode<typename Request::Reply>(bytesOf(*reply)));
    };
    return sink;
}

template <HasColumns Request> [[nodiscard]] ReplySink sinkFor(Client::Callbacks<Request> callbacks)
{
    using Columns = typename Request::Columns;
    auto columns = std::make_shared<Columns>();
    ReplySink sink;
    sink.progress = std::move(callbacks.progress);
    sink.block = [columns](std::span<const std::byte> block) {
        return appendBlock(*columns, block);
    };
    sink.end = [columns, done = std::move(callbacks.done)](Result<QByteArray> reply) {
        if (!reply)
            return done(std::unexpected(std::move(reply.error())));
        auto message = decode<typename Request::Reply>(bytesOf(*reply));
        if (!message)
            return done(std::unexpected(std::move(message.error())));
        // A part of the graph does not say how many edges it has: blocks come in order, and the
        // reply after the last of them.
        if constexpr (requires { message->rows; })
            if (message->rows != rowCount(*columns))
                return done(fail(ErrorCode::Corrupt,
                                 "the service sent another number of rows than it said"));
        done(WithColumns<Request>{std::move(*message), std::move(*columns)});
    };
    return sink;
}

template <class Request>
Client::RequestId Client::send(const Request &request, Callbacks<Request> callbacks)
{
    return sendBytes(Request::kType, encode(request), sinkFor<Request>(std::move(callbacks)));
}

template <class Message> void Client::subscribe(Subscription<Message> subscription)
{
    auto take = [deliver = std::move(subscription.message)](std::span<const std::byte> cbor,
                                                            std::uint64_t sequence) -> Status {
        auto message = decode<Message>(cbor);
        if (!message)
            return std::unexpected(std::move(message.error()));
        deliver(std::move(*message), sequence);
        return {};
    };
    subscribeBytes(Message::kTopic, std::move(take), std::move(subscription.resync),
                   subscription.start);
}

} // namespace chrona::ipc
