// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server_connection.h"

#include "chrona/base/log.h"
#include <QCoreApplication>
#include <QLocalSocket>
#include <QScopedValueRollback>
#include <QtEndian>

#include <algorithm>

namespace chrona::ipc {
namespace {

// Requests are not read while more than this waits for the client.
constexpr qint64 kReadMark = 8 << 20;
constexpr qint64 kServerBufferBytes = 1 << 20;
constexpr qsizetype kServerReadStep = 64 << 10;
constexpr std::size_t kHelloBytesMax = 4096;

/// Takes the same time for every wrong token.
bool sameToken(std::string_view left, std::string_view right)
{
    if (left.size() != right.size() || left.empty())
        return false;
    unsigned difference = 0;
    for (std::size_t index = 0; index < left.size(); ++index)
        difference |= static_cast<unsigned char>(left[index] ^ right[index]);
    return difference == 0;
}

} // namespace

ServerConnection::ServerConnection(std::shared_ptr<ServerShared> shared, QLocalSocket *socket,
                                   QObject *parent)
    : QObject(parent), m_shared(std::move(shared)), m_socket(socket),
      m_mailbox(std::make_shared<Mailbox>(*this)), m_decoder(kHelloBytesMax),
      m_readBuffer(kServerReadStep, Qt::Uninitialized)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(kServerBufferBytes);
    connect(m_socket, &QLocalSocket::readyRead, this, &ServerConnection::readAvailable);
    connect(m_socket, &QLocalSocket::disconnected, this, &ServerConnection::shut);
    connect(m_socket, &QLocalSocket::bytesWritten, this, [this] {
        pump();
        if (m_socket->bytesToWrite() <= kReadMark)
            readAvailable();
    });
    m_helloTimer.setSingleShot(true);
    connect(&m_helloTimer, &QTimer::timeout, this,
            [this] { breakOff("no hello within the time for it"); });
    m_helloTimer.start(m_shared->options.helloTimeout);
}

ServerConnection::~ServerConnection()
{
    m_mailbox->close();
    for (auto &[correlation, request] : m_requests) {
        request.stop.request_stop();
        request.upload->cancel();
    }
    m_shared->requestsOpen -= static_cast<std::int64_t>(m_requests.size());
    if (m_letIn)
        --m_shared->connections;
}

template <class Message>
void ServerConnection::answer(std::uint64_t correlation, const Message &message)
{
    send({0, FrameKind::Reply, 0, Message::kType, correlation}, encode(message));
}

void ServerConnection::readAvailable()
{
    // Answering flushes, and flushing may report bytes written, which leads here again.
    if (m_reading)
        return;
    const QScopedValueRollback guard(m_reading, true);
    // Also between two requests of one read: a small request may have a large answer.
    while (!m_closing && m_socket->bytesToWrite() <= kReadMark) {
        if (m_unread.empty()) {
            const qint64 count = m_socket->read(m_readBuffer.data(), kServerReadStep);
            if (count <= 0)
                return;
            m_unread = bytesOf(m_readBuffer).first(static_cast<std::size_t>(count));
        }
        auto frame = m_decoder.take(m_unread);
        if (!frame)
            return breakOff(frame.error().what);
        if (*frame && !take(std::move(**frame)))
            return;
    }
}

bool ServerConnection::take(Frame frame)
{
    if (!m_letIn)
        return takeHello(frame);
    switch (frame.header.kind) {
    case FrameKind::Request: return takeRequest(frame);
    case FrameKind::Cancel: cancel(frame.header.correlation); return true;
    case FrameKind::Credit: return takeCredit(frame);
    case FrameKind::Chunk: return takeChunk(std::move(frame));
    default: break;
    }
    breakOff("a frame that only a service sends");
    return false;
}

bool ServerConnection::takeHello(const Frame &frame)
{
    const std::uint64_t correlation = frame.header.correlation;
    if (frame.header.kind != FrameKind::Request || frame.header.type != Hello::kType) {
        breakOff("something else than a hello");
        return false;
    }
    const auto hello = decode<Hello>(bytesOf(frame.payload));
    if (!hello) {
        breakOff(hello.error().what);
        return false;
    }
    if (!sameToken(hello->token, m_shared->options.token)) {
        refuse(correlation, {ErrorCode::Denied, "the token is not that of this service",
                             "use the token file of the service's data folder"});
        return false;
    }
    if (hello->protocolMin > kProtocolVersion || hello->protocolMax < kProtocolVersion) {
        refuse(correlation, {ErrorCode::Denied, "the service speaks another protocol version",
                             "start the service and the client of one installation"});
        return false;
    }
    m_helloTimer.stop();
    m_decoder.setPayloadBytesMax(kFramePayloadBytesMax);
    m_letIn = true;
    ++m_shared->connections;
    answer(correlation, Welcome{kProtocolVersion, m_shared->options.version,
                                QCoreApplication::applicationPid(), m_shared->epoch});
    return true;
}

bool ServerConnection::takeRequest(const Frame &frame)
{
    const std::uint64_t correlation = frame.header.correlation;
    if (m_requests.contains(correlation)) {
        breakOff("a request under a number that is in use");
        return false;
    }
    if (answerSessionRequest(frame))
        return true;
    if (m_requests.size() >= static_cast<std::size_t>(m_shared->options.requestsMax)) {
        sendFailure(correlation, {ErrorCode::Exhausted, "too many requests are open", {}, true});
        return !m_closing;
    }
    const auto taken = m_shared->dispatch(frame.header.type, bytesOf(frame.payload),
                                          [this, correlation] { return openCall(correlation); });
    // The frame was whole, so the connection can go on: a newer client may ask what is unknown
    // here.
    if (!taken)
        sendFailure(correlation, {ErrorCode::InvalidInput, taken.error().what});
    return !m_closing;
}

std::shared_ptr<Call> ServerConnection::openCall(std::uint64_t correlation)
{
    OpenRequest &open = m_requests[correlation];
    ++m_shared->requestsOpen;
    open.upload =
        std::make_shared<ChunkQueue>([mailbox = m_mailbox, correlation](std::size_t bytes) {
            mailbox->post([=](ServerConnection &self) { self.grantCredit(correlation, bytes); });
        });
    return std::make_shared<ServerCall>(m_mailbox, correlation, open.stop.get_token(), open.upload);
}

bool ServerConnection::answerSessionRequest(const Frame &frame)
{
    const auto attempt = [&]<class Request>(std::type_identity<Request>, auto handle) {
        if (frame.header.type != Request::kType)
            return false;
        if (const auto request = decode<Request>(bytesOf(frame.payload)))
            answer(frame.header.correlation, handle(*request));
        else
            sendFailure(frame.header.correlation, {ErrorCode::InvalidInput, request.error().what});
        return true;
    };
    const auto stop = [this](const Unsubscribe &request) {
        m_nextNotification[static_cast<std::size_t>(request.topic)].reset();
        return Done{};
    };
    if (attempt(std::type_identity<Ping>{}, [](const Ping &ping) { return Pong{ping.number}; }) ||
        attempt(std::type_identity<Unsubscribe>{}, stop))
        return true;
    // The answer goes first, then the notifications that it announces.
    if (!attempt(std::type_identity<Subscribe>{},
                 [this](const Subscribe &request) { return subscribe(request); }))
        return false;
    pump();
    return true;
}

Subscribed ServerConnection::subscribe(const Subscribe &request)
{
    TopicLog &log = m_shared->log(request.topic);
    Subscribed reply{m_shared->epoch, log.newest(), false};
    std::uint64_t next = reply.sequence + 1;
    if (request.after) {
        const bool counted = request.epoch == m_shared->epoch && *request.after <= reply.sequence;
        const bool kept =
            counted && !std::holds_alternative<TopicLog::Gone>(log.read(*request.after + 1));
        reply.resync = !kept;
        if (kept)
            next = *request.after + 1;
    }
    m_nextNotification[static_cast<std::size_t>(request.topic)] = next;
    return reply;
}

bool ServerConnection::takeChunk(Frame frame)
{
    const auto open = m_requests.find(frame.header.correlation);
    // The request may have ended while the piece was on its way.
    if (open == m_requests.end())
        return true;
    bool fits = open->second.upload->push(std::move(frame.payload));
    if ((frame.header.flags & kFlagLast) != 0)
        fits = open->second.upload->close() && fits;
    if (!fits)
        breakOff("more uploaded than was credited");
    return fits;
}

bool ServerConnection::takeCredit(const Frame &frame)
{
    if (frame.payload.size() != sizeof(quint32)) {
        breakOff("a credit of another size than 4 bytes");
        return false;
    }
    const auto open = m_requests.find(frame.header.correlation);
    if (open == m_requests.end())
        return true;
    open->second.credit += qFromLittleEndian<quint32>(frame.payload.constData());
    // More than the window was never sent, so it cannot be given back.
    if (open->second.credit > static_cast<std::int64_t>(kCreditBytesInitial)) {
        breakOff("more credit than there is");
        return false;
    }
    pump();
    return !m_closing;
}

void ServerConnection::cancel(std::uint64_t correlation)
{
    const auto open = m_requests.find(correlation);
    if (open == m_requests.end())
        return;
    const bool answered = static_cast<bool>(open->second.blocks);
    const std::stop_source stop = open->second.stop;
    open->second.upload->cancel();
    // From here on the request may be gone: a handler may answer while it is told to stop.
    stop.request_stop();
    // A handler that has answered with rows cannot end the request any more.
    if (answered)
        finishBadly(correlation, {ErrorCode::Cancelled, "the request was cancelled"});
}

} // namespace chrona::ipc
