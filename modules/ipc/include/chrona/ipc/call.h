// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace chrona::ipc {

/// The bytes that a client uploads with a request. The client is held back by credit, so that at
/// most kCreditBytesInitial wait here.
class Upload {
public:
    virtual ~Upload() = default;
    /// Waits for the next piece. nullopt: the upload is complete. Cancelled: the client gave up or
    /// went away. Call from one worker thread, never from the server's.
    [[nodiscard]] virtual Result<std::optional<QByteArray>> read() = 0;
};

/// The server's side of one request. Any thread. Implemented by the server; handlers use Responder.
class Call {
public:
    virtual ~Call() = default;
    virtual void progress(const Progress &progress) = 0;
    /// The first of reply() and fail() counts; what comes later is dropped.
    virtual void reply(std::uint16_t type, QByteArray cbor, BlockSource blocks) = 0;
    virtual void fail(const Error &error) = 0;
    [[nodiscard]] virtual std::stop_token stopToken() const = 0;
    [[nodiscard]] virtual Upload &upload() = 0;
};

/// How a handler answers one request of type Request. May be copied and moved to another thread.
/// When the last copy goes without an answer, the client gets a failure: no request stays open.
template <class Request> class Responder {
public:
    explicit Responder(std::shared_ptr<Call> call) : m_call(std::move(call)) {}

    void progress(const Progress &progress) const { m_call->progress(progress); }
    void fail(const Error &error) const { m_call->fail(error); }
    void reply(const typename Request::Reply &reply) const
        requires(!HasColumns<Request>)
    {
        m_call->reply(Request::Reply::kType, encode(reply), {});
    }
    /// Streams the rows as the client takes them, then the reply. `columns` is shared, not copied.
    template <HasColumns Asked = Request>
    void reply(const typename Asked::Reply &reply,
               std::shared_ptr<const typename Asked::Columns> columns) const
    {
        m_call->reply(Request::Reply::kType, encode(reply), blocksOf(std::move(columns)));
    }
    /// A reply or a failure, whichever the result holds.
    void finish(const Result<typename Request::Reply> &result) const
        requires(!HasColumns<Request>)
    {
        if (result)
            reply(*result);
        else
            fail(result.error());
    }
    /// Is asked to stop when the client cancels or goes away.
    [[nodiscard]] std::stop_token stopToken() const { return m_call->stopToken(); }
    [[nodiscard]] Upload &upload() const
        requires HasUpload<Request>
    {
        return m_call->upload();
    }

private:
    std::shared_ptr<Call> m_call;
};

/// Opens the call that answers a request; asked for once the request is understood.
using OpenCall = std::function<std::shared_ptr<Call>()>;

/// Takes the request of that number, or says why it is none. Called on the server's thread; must
/// not block it.
using Dispatch = std::function<Status(std::uint16_t type, std::span<const std::byte> cbor,
                                      const OpenCall &openCall)>;

template <class Handlers> struct HandlerOf {
    std::uint16_t type;
    Status (*take)(Handlers &handlers, std::span<const std::byte> cbor, const OpenCall &openCall);
};

template <class Handlers, class Request>
Status takeRequest(Handlers &handlers, std::span<const std::byte> cbor, const OpenCall &openCall)
{
    auto request = decode<Request>(cbor);
    if (!request)
        return std::unexpected(std::move(request.error()));
    handlers.handle(std::move(*request), Responder<Request>(openCall()));
    return {};
}

template <class Handlers, class... Requests>
constexpr auto handlersOf(std::type_identity<std::variant<Requests...>>)
{
    return std::array{HandlerOf<Handlers>{Requests::kType, &takeRequest<Handlers, Requests>}...};
}

/// Calls handlers.handle(Request, Responder<Request>) for each request. Without such a function for
/// one of them this does not compile. `handlers` must outlive the server.
template <class Handlers> [[nodiscard]] Dispatch dispatchTo(Handlers &handlers)
{
    return [&handlers](std::uint16_t type, std::span<const std::byte> cbor,
                       const OpenCall &openCall) -> Status {
        static constexpr auto kHandlers = handlersOf<Handlers>(std::type_identity<ClientRequest>{});
        const auto found = std::ranges::find(kHandlers, type, &HandlerOf<Handlers>::type);
        return found == kHandlers.end() ? unknownMessage(type)
                                        : found->take(handlers, cbor, openCall);
    };
}

} // namespace chrona::ipc
