// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/secure_link.h"

#include "link_proof.h"

#include "chrona/base/log.h"

#include <QCryptographicHash>
#include <QEventLoop>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

#include <bit>
#include <cstring>
#include <deque>
#include <format>

namespace chrona::net {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

static_assert(std::endian::native == std::endian::little, "lengths are little-endian");

constexpr std::string_view kDiallingMark = "CHRLINK1";
constexpr milliseconds kDialMax{10'000}, kProofMax{10'000}, kSlice{50};
constexpr milliseconds kTakeInMax{20'000}; ///< without taking anything in, a peer is gone
constexpr qint64 kUnsentMax = 4 << 20;
constexpr std::size_t kProofMessageMax = 256;

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

Error brokenLink(const QSslSocket &socket)
{
    return {ErrorCode::Unavailable,
            std::format("the link broke: {}", socket.errorString().toStdString()), {}};
}

/// Runs the socket until TLS is agreed on; false on a failure, a stop, or when it takes too long.
bool waitEncrypted(QSslSocket &socket, const std::stop_token &stop)
{
    const auto until = std::chrono::steady_clock::now() + kDialMax;
    while (!socket.isEncrypted() && !stop.stop_requested() &&
           socket.state() != QAbstractSocket::UnconnectedState &&
           std::chrono::steady_clock::now() < until) {
        QEventLoop loop;
        QTimer::singleShot(kSlice, &loop, &QEventLoop::quit);
        QObject::connect(&socket, &QSslSocket::encrypted, &loop, &QEventLoop::quit);
        QObject::connect(&socket, &QSslSocket::disconnected, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return socket.isEncrypted();
}

class SocketLink final : public SecureLink {
public:
    explicit SocketLink(std::unique_ptr<QSslSocket> socket) : m_socket(std::move(socket)) {}
    ~SocketLink() override { m_socket->abort(); }

    Result<std::optional<std::string>> next(milliseconds waitMax,
                                            const std::stop_token &stop) override
    {
        const auto until = std::chrono::steady_clock::now() + waitMax;
        while (true) {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, "the link was closed");
            if (auto message = whole(); !message || *message)
                return message;
            const auto left = std::chrono::ceil<milliseconds>(
                until - std::chrono::steady_clock::now());
            if (left <= 0ms)
                return std::nullopt;
            if (!m_socket->waitForReadyRead(static_cast<int>(std::min(left, kSlice).count())) &&
                m_socket->state() != QAbstractSocket::ConnectedState &&
                m_socket->bytesAvailable() == 0)
                return std::unexpected(brokenLink(*m_socket));
        }
    }

    Status send(std::string_view message) override
    {
        const auto size = static_cast<std::uint32_t>(message.size());
        m_socket->write(reinterpret_cast<const char *>(&size), sizeof size);
        m_socket->write(message.data(), static_cast<qint64>(message.size()));
        auto taken = std::chrono::steady_clock::now();
        m_socket->flush();
        while (m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite() > kUnsentMax) {
            if (m_socket->waitForBytesWritten(static_cast<int>(kSlice.count())))
                taken = std::chrono::steady_clock::now();
            else if (std::chrono::steady_clock::now() - taken > kTakeInMax)
                return fail(ErrorCode::Exhausted, "the peer takes nothing in any more");
            if (m_socket->state() != QAbstractSocket::ConnectedState)
                break;
        }
        return m_socket->state() == QAbstractSocket::ConnectedState
                   ? Status{}
                   : std::unexpected(brokenLink(*m_socket));
    }

    void limit(std::size_t messageBytesMax) { m_messageBytesMax = messageBytesMax; }

private:
    Result<std::optional<std::string>> whole()
    {
        m_bytes += m_socket->readAll().toStdString();
        std::uint32_t size = 0;
        if (m_bytes.size() < sizeof size)
            return std::nullopt;
        std::memcpy(&size, m_bytes.data(), sizeof size);
        if (size > m_messageBytesMax)
            return fail(ErrorCode::Corrupt, "the peer's message is larger than any");
        if (m_bytes.size() - sizeof size < size)
            return std::nullopt;
        std::string message = m_bytes.substr(sizeof size, size);
        m_bytes.erase(0, sizeof size + size);
        return message;
    }

    std::unique_ptr<QSslSocket> m_socket;
    std::string m_bytes;
    std::size_t m_messageBytesMax = kProofMessageMax; ///< until the peer has proved itself
};

/// A message of the proof, which must be there soon.
Result<std::string> proofMessage(SocketLink &link, const std::stop_token &stop)
{
    auto message = link.next(kProofMax, stop);
    if (!message)
        return std::unexpected(message.error());
    if (!*message)
        return fail(ErrorCode::Timeout, "the peer did not prove itself in time");
    return std::move(**message);
}

std::string digestOf(const QSslCertificate &certificate)
{
    return certificate.digest(QCryptographicHash::Sha256).toStdString();
}

Status proveAsDialling(SocketLink &link, const LinkPairing &pairing, std::string digest,
                       const std::stop_token &stop)
{
    LinkNonces nonces{.dialling = randomBytes(kLinkNonceBytes),
                      .listening = {},
                      .certificateDigest = std::move(digest)};
    if (auto sent = link.send(std::string(kDiallingMark) + nonces.dialling); !sent)
        return sent;
    const auto answer = proofMessage(link, stop);
    if (!answer)
        return std::unexpected(answer.error());
    nonces.listening = answer->substr(0, kLinkNonceBytes);
    if (answer->size() <= kLinkNonceBytes ||
        !isSameProof(answer->substr(kLinkNonceBytes),
                     linkProof(LinkEnd::Listening, pairing.secret, nonces)))
        return fail(ErrorCode::Denied, "the peer does not hold the pairing's secret",
                    "pair it anew");
    if (auto sent = link.send(linkProof(LinkEnd::Dialling, pairing.secret, nonces)); !sent)
        return sent;
    const auto welcome = proofMessage(link, stop);
    if (!welcome)
        return fail(ErrorCode::Denied, "the peer refused this program's proof", "pair it anew");
    return {};
}

Status proveAsListening(SocketLink &link, std::string_view secret, std::string digest,
                        const std::stop_token &stop)
{
    const auto hello = proofMessage(link, stop);
    if (!hello)
        return std::unexpected(hello.error());
    if (!hello->starts_with(kDiallingMark) ||
        hello->size() != kDiallingMark.size() + kLinkNonceBytes)
        return fail(ErrorCode::Corrupt, "it speaks something else");
    const LinkNonces nonces{.dialling = hello->substr(kDiallingMark.size()),
                            .listening = randomBytes(kLinkNonceBytes),
                            .certificateDigest = std::move(digest)};
    if (auto sent = link.send(nonces.listening + linkProof(LinkEnd::Listening, secret, nonces));
        !sent)
        return sent;
    const auto proof = proofMessage(link, stop);
    if (!proof)
        return std::unexpected(proof.error());
    if (!isSameProof(*proof, linkProof(LinkEnd::Dialling, secret, nonces)))
        return fail(ErrorCode::Denied, "it does not hold the secret");
    return link.send("welcome");
}

QSslConfiguration configurationFor(const QSslCertificate &certificate)
{
    QSslConfiguration tls;
    tls.setProtocol(QSsl::TlsV1_3OrLater);
    tls.setCaCertificates({certificate});
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    return tls;
}

/// Hands sockets over as they come, before TLS.
class Door final : public QTcpServer {
public:
    std::deque<qintptr> waiting;

protected:
    void incomingConnection(qintptr descriptor) override { waiting.push_back(descriptor); }
};

class TlsListener final : public LinkListener {
public:
    TlsListener(std::unique_ptr<Door> door, Options options)
        : m_door(std::move(door)), m_options(std::move(options)),
          m_certificate(bytesOf(m_options.identity.certificatePem), QSsl::Pem),
          m_key(bytesOf(m_options.identity.keyPem), QSsl::Ec, QSsl::Pem)
    {
    }
    std::uint16_t port() const override { return m_door->serverPort(); }
    [[nodiscard]] bool isUsable() const { return !m_certificate.isNull() && !m_key.isNull(); }

    Result<std::unique_ptr<SecureLink>> accept(milliseconds waitMax,
                                               const std::stop_token &stop) override
    {
        const auto until = std::chrono::steady_clock::now() + waitMax;
        while (m_door->waiting.empty()) {
            if (stop.stop_requested() || std::chrono::steady_clock::now() >= until)
                return nullptr;
            m_door->waitForNewConnection(static_cast<int>(kSlice.count()));
        }
        const QEventLoop loop; // so that the thread can watch sockets at all
        auto socket = std::make_unique<QSslSocket>();
        socket->setSocketDescriptor(m_door->waiting.front());
        m_door->waiting.pop_front();
        const std::string who = socket->peerAddress().toString().toStdString();
        QSslConfiguration tls = configurationFor(m_certificate);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone); // the secret is what it shows
        tls.setLocalCertificate(m_certificate);
        tls.setPrivateKey(m_key);
        socket->setSslConfiguration(tls);
        socket->startServerEncryption();
        if (!waitEncrypted(*socket, stop)) {
            log::warning("link", "{} did not agree on TLS", who);
            return nullptr;
        }
        auto link = std::make_unique<SocketLink>(std::move(socket));
        if (auto proved =
                proveAsListening(*link, m_options.secret, digestOf(m_certificate), stop);
            !proved) {
            log::warning("link", "{} was sent away: {}", who, proved.error().what);
            return nullptr;
        }
        link->limit(SecureLink::kMessageBytesMax);
        return link;
    }

private:
    std::unique_ptr<Door> m_door;
    Options m_options;
    QSslCertificate m_certificate;
    QSslKey m_key;
};

} // namespace

Result<std::unique_ptr<SecureLink>> openLink(const LinkAddress &address, const LinkPairing &pairing,
                                             const std::stop_token &stop)
{
    const QSslCertificate certificate(bytesOf(pairing.certificatePem), QSsl::Pem);
    if (certificate.isNull() || pairing.secret.size() != kLinkSecretBytes)
        return fail(ErrorCode::InvalidInput, "the pairing cannot be used", "pair it anew");
    const QEventLoop loop; // so that the thread can watch sockets at all
    auto socket = std::make_unique<QSslSocket>();
    socket->setSslConfiguration(configurationFor(certificate));
    socket->setPeerVerifyName(QString::fromUtf8(kLinkName.data(), kLinkName.size()));
    socket->connectToHostEncrypted(QString::fromStdString(address.host), address.port);
    if (!waitEncrypted(*socket, stop)) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the link was given up");
        if (!socket->sslHandshakeErrors().isEmpty())
            return fail(ErrorCode::Denied, "the peer's certificate is not the pairing's",
                        "pair it anew when its data folder was made anew");
        if (socket->state() == QAbstractSocket::UnconnectedState)
            return std::unexpected(brokenLink(*socket));
        return fail(ErrorCode::Timeout, "the peer did not answer");
    }
    if (socket->peerCertificate() != certificate)
        return fail(ErrorCode::Denied, "the peer's certificate is not the pairing's");
    auto link = std::make_unique<SocketLink>(std::move(socket));
    if (auto proved = proveAsDialling(*link, pairing, digestOf(certificate), stop); !proved)
        return std::unexpected(proved.error());
    link->limit(SecureLink::kMessageBytesMax);
    return link;
}

Result<std::unique_ptr<LinkListener>> LinkListener::listen(Options options)
{
    auto door = std::make_unique<Door>();
    const auto where = options.onlyThisMachine ? QHostAddress(QHostAddress::LocalHost)
                                               : QHostAddress(QHostAddress::Any);
    if (!door->listen(where, options.port))
        return fail(ErrorCode::Unavailable, std::format("port {} cannot be listened on: {}",
                                                        options.port,
                                                        door->errorString().toStdString()),
                    "choose another one");
    auto listener = std::make_unique<TlsListener>(std::move(door), std::move(options));
    if (!listener->isUsable())
        return fail(ErrorCode::InvalidInput, "the certificate or its key cannot be used");
    return listener;
}

} // namespace chrona::net
