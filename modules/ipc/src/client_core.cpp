// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client_core.h"

#include <QtEndian>

#include <algorithm>
#include <format>

namespace chrona::ipc {
namespace {

// What may wait in our own socket before an upload pauses; one piece of it.
constexpr qint64 kUploadMark = 1 << 20;
constexpr std::size_t kPieceBytes = 256U << 10;

/// The topic of a notification by its message type.
std::optional<Topic> topicOf(const FrameHeader &header)
{
    if ((header.flags & kFlagResync) != 0)
        return header.type < kTopicCount ? std::optional(static_cast<Topic>(header.type))
                                         : std::nullopt;
    switch (header.type) {
    case EventsAppended::kType: return EventsAppended::kTopic;
    case SourceChanged::kType: return SourceChanged::kTopic;
    case JobChanged::kType: return JobChanged::kTopic;
    case StatusChanged::kType: return StatusChanged::kTopic;
    case BriefingChanged::kType: return BriefingChanged::kTopic;
    case OracleChanged::kType: return OracleChanged::kTopic;
    default: return std::nullopt;
    }
}

Error protocolError(std::string what)
{
    return {ErrorCode::Corrupt, std::move(what), "start service and client of one installation"};
}

} // namespace

void ClientCore::begin(const Hello &hello, std::function<void(Result<Welcome>)> welcomed)
{
    m_decoder = FrameDecoder();
    m_begun = true;
    m_bytesWaiting = 0;
    ReplySink sink;
    sink.end = [this, welcomed = std::move(welcomed)](Result<QByteArray> reply) {
        takeWelcome(std::move(reply), welcomed);
    };
    m_requests[m_nextId] = {std::move(sink)};
    m_write(frameOf({0, FrameKind::Request, 0, Hello::kType, m_nextId++}, bytesOf(encode(hello))));
}

void ClientCore::takeWelcome(Result<QByteArray> reply,
                             const std::function<void(Result<Welcome>)> &welcomed)
{
    if (!reply)
        return welcomed(std::unexpected(std::move(reply.error())));
    auto welcome = decode<Welcome>(bytesOf(*reply));
    if (welcome) {
        m_welcome = *welcome;
        m_welcomed = true;
        for (std::size_t topic = 0; topic < kTopicCount; ++topic)
            if (m_topics[topic])
                sendSubscribe(static_cast<Topic>(topic));
    }
    welcomed(std::move(welcome));
}

void ClientCore::end(const Error &error)
{
    m_begun = false;
    m_welcomed = false;
    // Callbacks may send again, which fails at once because the connection is gone.
    for (auto &[id, request] : std::exchange(m_requests, {}))
        request.sink.end(std::unexpected(request.failed.value_or(error)));
}

Status ClientCore::feed(std::span<const std::byte> bytes)
{
    while (m_begun) {
        auto frame = m_decoder.take(bytes);
        if (!frame)
            return std::unexpected(std::move(frame.error()));
        if (!*frame)
            return {};
        if (auto taken = take(**frame); !taken)
            return taken;
    }
    return {};
}

Status ClientCore::take(const Frame &frame)
{
    const RequestId id = frame.header.correlation;
    switch (frame.header.kind) {
    case FrameKind::Reply: finish(id, frame.payload); return {};
    case FrameKind::Failure: {
        auto error = decode<Error>(bytesOf(frame.payload));
        if (!error)
            return std::unexpected(std::move(error.error()));
        finish(id, std::unexpected(std::move(*error)));
        return {};
    }
    case FrameKind::Progress: {
        const auto open = m_requests.find(id);
        const auto progress = decode<Progress>(bytesOf(frame.payload));
        if (!progress)
            return std::unexpected(progress.error());
        if (open != m_requests.end() && open->second.sink.progress) {
            const auto tell = open->second.sink.progress;
            tell(*progress);
        }
        return {};
    }
    case FrameKind::Columns: takeBlock(frame); return {};
    case FrameKind::Credit: {
        const auto open = m_requests.find(id);
        if (frame.payload.size() != sizeof(quint32))
            return std::unexpected(protocolError("a credit of another size than 4 bytes"));
        if (open != m_requests.end()) {
            open->second.credit += qFromLittleEndian<quint32>(frame.payload.constData());
            pumpUploads(m_bytesWaiting);
        }
        return {};
    }
    case FrameKind::Notification: return takeNotification(frame);
    default: return std::unexpected(protocolError("a frame that only a client sends"));
    }
}

void ClientCore::takeBlock(const Frame &frame)
{
    const RequestId id = frame.header.correlation;
    const auto open = m_requests.find(id);
    // Blocks may still come after a request was given up.
    if (open == m_requests.end() || open->second.failed)
        return;
    const Status taken =
        open->second.sink.block
            ? open->second.sink.block(bytesOf(frame.payload))
            : Status(std::unexpected(protocolError("rows that were not asked for")));
    if (!taken)
        return giveUp(id, taken.error());
    QByteArray payload(sizeof(quint32), Qt::Uninitialized);
    qToLittleEndian(static_cast<quint32>(frame.payload.size()), payload.data());
    m_write(frameOf({0, FrameKind::Credit, 0, 0, id}, bytesOf(payload)));
}

Status ClientCore::takeNotification(const Frame &frame)
{
    const auto topic = topicOf(frame.header);
    // A newer service may tell what this client does not know.
    if (!topic || !m_topics[static_cast<std::size_t>(*topic)])
        return {};
    TopicSink &sink = *m_topics[static_cast<std::size_t>(*topic)];
    const std::uint64_t sequence = frame.header.correlation;
    const bool seen =
        sink.start && sink.start->epoch == m_welcome.epoch && sequence <= sink.start->after;
    if (seen)
        return {};
    sink.start = SubscriptionStart{m_welcome.epoch, sequence};
    // Copies, because the callee may subscribe anew.
    const auto resync = sink.resync;
    const auto message = sink.message;
    if ((frame.header.flags & kFlagResync) == 0)
        return message(bytesOf(frame.payload), sequence);
    if (resync)
        resync();
    return {};
}

void ClientCore::finish(RequestId id, Result<QByteArray> reply)
{
    auto open = m_requests.extract(id);
    if (open.empty())
        return;
    OpenRequest &request = open.mapped();
    if (request.failed)
        reply = std::unexpected(std::move(*request.failed));
    request.sink.end(std::move(reply));
}

ClientCore::RequestId ClientCore::send(std::uint16_t type, const QByteArray &cbor, ReplySink sink)
{
    const RequestId id = m_nextId++;
    if (!m_welcomed) {
        sink.end(fail(ErrorCode::Unavailable, "the service is not connected",
                      "wait until it is, or start it"));
        return id;
    }
    if (static_cast<std::size_t>(cbor.size()) > kFramePayloadBytesMax) {
        sink.end(fail(ErrorCode::InvalidInput, "the request is too large"));
        return id;
    }
    const bool uploads = static_cast<bool>(sink.upload);
    m_requests[id] = {std::move(sink)};
    m_bytesWaiting = m_write(frameOf({0, FrameKind::Request, 0, type, id}, bytesOf(cbor)));
    if (uploads)
        pumpUploads(m_bytesWaiting);
    return id;
}

void ClientCore::cancel(RequestId id)
{
    if (m_welcomed && m_requests.contains(id))
        m_write(frameOf({0, FrameKind::Cancel, 0, 0, id}));
}

void ClientCore::giveUp(RequestId id, const Error &error)
{
    const auto open = m_requests.find(id);
    if (open == m_requests.end() || open->second.failed)
        return;
    open->second.failed = error;
    cancel(id);
}

void ClientCore::pumpUploads(qint64 bytesWaiting)
{
    m_bytesWaiting = bytesWaiting;
    bool sent = true;
    while (sent && m_bytesWaiting < kUploadMark) {
        sent = false;
        for (auto &[id, request] : m_requests)
            sent = uploadPiece(id, request) || sent;
    }
}

bool ClientCore::uploadPiece(RequestId id, OpenRequest &request)
{
    if (!request.sink.upload || request.uploaded || request.failed || request.credit <= 0)
        return false;
    const auto room = std::min(kPieceBytes, static_cast<std::size_t>(request.credit));
    auto piece = request.sink.upload(room);
    if (piece && static_cast<std::size_t>(piece->size()) > room)
        piece = fail(ErrorCode::InvalidInput, "the upload gave more than it was asked for");
    if (!piece) {
        giveUp(id, piece.error());
        return false;
    }
    request.uploaded = piece->isEmpty();
    request.credit -= piece->size();
    const std::uint8_t flags = request.uploaded ? kFlagLast : 0;
    m_bytesWaiting = m_write(frameOf({0, FrameKind::Chunk, flags, 0, id}, bytesOf(*piece)));
    return !request.uploaded;
}

void ClientCore::subscribe(Topic topic, TopicSink sink)
{
    m_topics[static_cast<std::size_t>(topic)] = std::move(sink);
    if (m_welcomed)
        sendSubscribe(topic);
}

void ClientCore::unsubscribe(Topic topic)
{
    if (!std::exchange(m_topics[static_cast<std::size_t>(topic)], {}) || !m_welcomed)
        return;
    ReplySink sink;
    sink.end = [](const Result<QByteArray> &) {};
    send(Unsubscribe::kType, encode(Unsubscribe{topic}), std::move(sink));
}

void ClientCore::sendSubscribe(Topic topic)
{
    Subscribe request{topic, {}, {}};
    if (const auto &start = m_topics[static_cast<std::size_t>(topic)]->start) {
        request.epoch = start->epoch;
        request.after = start->after;
    }
    ReplySink sink;
    sink.end = [this, topic](const Result<QByteArray> &reply) { takeSubscribed(topic, reply); };
    send(Subscribe::kType, encode(request), std::move(sink));
}

void ClientCore::takeSubscribed(Topic topic, const Result<QByteArray> &reply)
{
    auto &sink = m_topics[static_cast<std::size_t>(topic)];
    // A loss of the connection ends this too; the next connection subscribes again.
    if (!sink || !reply)
        return;
    const auto subscribed = decode<Subscribed>(bytesOf(*reply));
    if (!subscribed || (sink->start && !subscribed->resync))
        return;
    sink->start = SubscriptionStart{subscribed->epoch, subscribed->sequence};
    const auto resync = sink->resync;
    if (subscribed->resync && resync)
        resync();
}

} // namespace chrona::ipc
