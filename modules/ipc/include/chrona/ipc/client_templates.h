// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/client.h"
#include "chrona/ipc/frame.h"

/// The typed surface of Client over its bytes. Included by client.h.
namespace chrona::ipc {

/// Runs a callback where it belongs, on another thread perhaps.
using Deliver = std::function<void(std::function<void()> call)>;

template <class Request> using DoneCallback = std::function<void(Result<Answer<Request>>)>;

template <class Request>
    requires(!HasColumns<Request>)
[[nodiscard]] Result<Answer<Request>> answerFrom(const QByteArray &reply)
{
    return decode<typename Request::Reply>(bytesOf(reply));
}

template <HasColumns Request>
[[nodiscard]] Result<Answer<Request>> answerFrom(const QByteArray &reply,
                                                 typename Request::Columns &columns)
{
    auto message = decode<typename Request::Reply>(bytesOf(reply));
    if (!message)
        return std::unexpected(std::move(message.error()));
    // A part of the graph does not say how many edges it has: blocks come in order, and the
    // reply after the last of them.
    if constexpr (requires { message->rows; })
        if (message->rows != rowCount(columns))
            return fail(ErrorCode::Corrupt, "the service sent another number of rows than it said");
    return WithColumns<Request>{std::move(*message), std::move(columns)};
}

/// Reads what comes on the client's thread and calls `done` through `deliver`, where there is one.
template <class Request>
[[nodiscard]] ReplySink sinkFor(DoneCallback<Request> done, Deliver deliver = {})
{
    ReplySink sink;
    auto end = [done = std::move(done),
                deliver = std::move(deliver)](Result<Answer<Request>> answer) {
        if (!deliver)
            return done(std::move(answer));
        auto shared = std::make_shared<Result<Answer<Request>>>(std::move(answer));
        deliver([done, shared] { done(std::move(*shared)); });
    };
    if constexpr (HasColumns<Request>) {
        auto columns = std::make_shared<typename Request::Columns>();
        sink.block = [columns](std::span<const std::byte> block) {
            return appendBlock(*columns, block);
        };
        sink.end = [columns, end = std::move(end)](Result<QByteArray> reply) {
            end(reply ? answerFrom<Request>(*reply, *columns)
                      : std::unexpected(std::move(reply.error())));
        };
    } else {
        sink.end = [end = std::move(end)](Result<QByteArray> reply) {
            end(reply ? answerFrom<Request>(*reply) : std::unexpected(std::move(reply.error())));
        };
    }
    return sink;
}

template <class Request>
Client::RequestId Client::send(const Request &request, Callbacks<Request> callbacks)
{
    ReplySink sink = sinkFor<Request>(std::move(callbacks.done));
    sink.progress = std::move(callbacks.progress);
    sink.upload = std::move(callbacks.upload);
    return send(Request::kType, encode(request), std::move(sink));
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
