// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/replay_server.h"

#include "stream_session.h"

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>

namespace chrona::net {
namespace {

ReceivedRequest parse(const QByteArray &head)
{
    ReceivedRequest request;
    const auto lines = head.split('\n');
    request.method = lines.front().split(' ').value(0).toStdString();
    request.target = lines.front().split(' ').value(1).trimmed().toStdString();
    for (const auto &line : lines.mid(1))
        if (const auto colon = line.indexOf(':'); colon > 0)
            request.headers.push_back({line.left(colon).trimmed().toStdString(),
                                       line.mid(colon + 1).trimmed().toStdString()});
    return request;
}

bool isStillValid(const ReceivedRequest &request, const Answer &answer)
{
    const auto same = [&](std::string_view asked, std::string_view given) {
        const auto *a = find(request.headers, asked);
        const auto *b = find(answer.headers, given);
        return a != nullptr && b != nullptr && *a == *b;
    };
    return same("If-None-Match", "ETag") || same("If-Modified-Since", "Last-Modified");
}

/// "bytes=a-b" of the body, as servers of large files answer it; anything else: all of it.
Answer rangeOf(const ReceivedRequest &request, Answer answer)
{
    const auto *range = find(request.headers, "Range");
    if (!answer.hasRanges || range == nullptr || !range->starts_with("bytes="))
        return answer;
    const auto dash = range->find('-');
    const std::size_t size = answer.body.size();
    const std::size_t first = std::stoull(range->substr(6, dash - 6));
    if (first >= size) {
        answer.headers.push_back({"Content-Range", "bytes */" + std::to_string(size)});
        return {.status = 416, .headers = std::move(answer.headers)};
    }
    const std::size_t last = std::min(size - 1, std::size_t{std::stoull(range->substr(dash + 1))});
    answer.headers.push_back({"Content-Range", "bytes " + std::to_string(first) + "-" +
                                                   std::to_string(last) + "/" +
                                                   std::to_string(size)});
    answer.body = answer.body.substr(first, last - first + 1);
    answer.status = 206;
    return answer;
}

QByteArray headOf(const Answer &answer, std::size_t bodySize)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Test\r\n";
    for (const auto &header : answer.headers)
        head += QByteArray::fromStdString(header.name + ": " + header.value + "\r\n");
    if (find(answer.headers, "Content-Length") == nullptr && answer.status != 304)
        head += "Content-Length: " + QByteArray::number(static_cast<qulonglong>(bodySize)) + "\r\n";
    return head + "Connection: close\r\n\r\n";
}

void drip(QTcpSocket &socket, const QByteArray &body)
{
    auto *timer = new QTimer(&socket);
    QObject::connect(timer, &QTimer::timeout, &socket,
                     [&socket, timer, body, at = qsizetype{0}]() mutable {
                         if (at == body.size()) {
                             timer->stop();
                             socket.disconnectFromHost();
                             return;
                         }
                         socket.write(body.constData() + at++, 1);
                     });
    timer->start(20);
}

void send(QTcpSocket &socket, const Answer &answer)
{
    const QByteArray body = QByteArray::fromStdString(answer.body);
    if (answer.fault == Fault::NeverAnswers)
        return;
    socket.write(headOf(answer, answer.body.size()));
    switch (answer.fault) {
    case Fault::ResetInBody:
    case Fault::CloseInBody:
        socket.write(body.left(body.size() / 2));
        socket.flush();
        if (answer.fault == Fault::ResetInBody)
            resetSocket(socket);
        else
            socket.disconnectFromHost();
        break;
    case Fault::SlowDrip: drip(socket, body); break;
    case Fault::None:
    case Fault::NeverAnswers:
        socket.write(body);
        socket.disconnectFromHost();
        break;
    }
}

} // namespace

struct ReplayServer::State {
    QThread thread;
    QObject context;
    std::unique_ptr<QTcpServer> server; // lives on thread
    std::uint16_t port = 0;
    mutable std::mutex mutex;
    std::map<std::string, std::deque<Answer>> answers;
    std::vector<ReceivedRequest> received;
    struct Stream {
        std::deque<StreamScript> scripts;
        std::vector<std::string> heard;
        std::size_t opened = 0;
        std::vector<QPointer<StreamSession>> sessions; ///< looked at on the thread only
    };
    std::map<std::string, Stream, std::less<>> streams;

    /// False when the address is no stream.
    bool beginStream(QTcpSocket &socket, const ReceivedRequest &request)
    {
        const auto *key = find(request.headers, "Sec-WebSocket-Key");
        const std::string path = request.target.substr(0, request.target.find('?'));
        std::unique_lock lock(mutex);
        const auto found = streams.find(path);
        if (key == nullptr || found == streams.end())
            return false;
        received.push_back(request);
        Stream &stream = found->second;
        ++stream.opened;
        StreamScript script = stream.scripts.front();
        if (stream.scripts.size() > 1)
            stream.scripts.pop_front();
        auto *session =
            new StreamSession(socket, std::move(script), [this, path](const auto &text) {
                const std::lock_guard guard(mutex);
                streams[path].heard.push_back(text);
            });
        stream.sessions.emplace_back(session);
        lock.unlock();
        session->begin(*key);
        return true;
    }

    template <class Do> void withSessions(const std::string &path, Do what)
    {
        QMetaObject::invokeMethod(
            &context,
            [this, path, what] {
                std::unique_lock lock(mutex);
                const auto sessions = streams[path].sessions;
                lock.unlock();
                for (const auto &session : sessions)
                    if (session)
                        what(*session);
            },
            Qt::BlockingQueuedConnection);
    }

    Answer answerFor(const ReceivedRequest &request)
    {
        const std::lock_guard lock(mutex);
        received.push_back(request);
        const auto found = answers.find(request.target.substr(0, request.target.find('?')));
        if (found == answers.end())
            return {.status = 404};
        Answer answer = found->second.front();
        if (found->second.size() > 1)
            found->second.pop_front();
        if (answer.status == 200 && isStillValid(request, answer))
            return {.status = 304};
        return rangeOf(request, std::move(answer));
    }

    void accept()
    {
        while (QTcpSocket *socket = server->nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                const QByteArray all = socket->peek(4 << 20);
                const qsizetype end = all.indexOf("\r\n\r\n");
                if (end < 0)
                    return;
                ReceivedRequest request = parse(all.left(end));
                const auto *length = find(request.headers, "Content-Length");
                if (length != nullptr && all.size() < end + 4 + std::atoll(length->c_str()))
                    return;
                request.body = all.mid(end + 4).toStdString();
                QObject::disconnect(socket, &QTcpSocket::readyRead, nullptr, nullptr);
                socket->readAll();
                if (!beginStream(*socket, request))
                    send(*socket, answerFor(request));
            });
        }
    }
};

ReplayServer::ReplayServer() : m_state(std::make_unique<State>())
{
    m_state->context.moveToThread(&m_state->thread);
    m_state->thread.start();
    QMetaObject::invokeMethod(
        &m_state->context,
        [state = m_state.get()] {
            state->server = std::make_unique<QTcpServer>();
            QObject::connect(state->server.get(), &QTcpServer::newConnection, &state->context,
                             [state] { state->accept(); });
            if (!state->server->listen(QHostAddress::LocalHost))
                qFatal("the test server cannot listen on loopback");
            state->port = state->server->serverPort();
        },
        Qt::BlockingQueuedConnection);
}

ReplayServer::~ReplayServer()
{
    QMetaObject::invokeMethod(
        &m_state->context,
        [state = m_state.get()] {
            state->server.reset();
            state->context.moveToThread(nullptr);
        },
        Qt::BlockingQueuedConnection);
    m_state->thread.quit();
    m_state->thread.wait();
}

void ReplayServer::answer(std::string path, std::vector<Answer> answers)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->answers[std::move(path)] = {answers.begin(), answers.end()};
}

void ReplayServer::stream(std::string path, std::vector<StreamScript> scripts)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->streams[std::move(path)].scripts = {scripts.begin(), scripts.end()};
}

void ReplayServer::say(std::string path, std::string text)
{
    m_state->withSessions(path, [text](StreamSession &session) { session.say(text); });
}

void ReplayServer::drop(std::string path)
{
    m_state->withSessions(path, [](StreamSession &session) {
        resetSocket(static_cast<QTcpSocket &>(*session.parent()));
    });
}

std::vector<std::string> ReplayServer::heard(const std::string &path) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->streams[path].heard;
}

std::size_t ReplayServer::opened(const std::string &path) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->streams[path].opened;
}

std::uint16_t ReplayServer::port() const
{
    return m_state->port;
}

std::string ReplayServer::url(std::string_view path) const
{
    return "http://127.0.0.1:" + std::to_string(m_state->port) + std::string(path);
}

std::string ReplayServer::streamUrl(std::string_view path) const
{
    return "ws://127.0.0.1:" + std::to_string(m_state->port) + std::string(path);
}

std::vector<ReceivedRequest> ReplayServer::received() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->received;
}

std::string gzip(std::string_view body)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 9,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("zlib has no memory");
    std::string out(deflateBound(&stream, static_cast<uLong>(body.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(body.data())); // zlib reads only
    stream.avail_in = static_cast<uInt>(body.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

} // namespace chrona::net
