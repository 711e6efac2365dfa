// SPDX-License-Identifier: AGPL-3.0-or-later
#include "network_exchange.h"

#include <QNetworkAccessManager>

#include <charconv>
#include <format>

namespace chrona::net {

NetworkExchange::NetworkExchange(const Request &request, std::promise<Result<Exchange>> answer)
    : m_body(request.body), m_timeouts(request.timeouts), m_sizes(request.sizes),
      m_answer(std::move(answer))
{
    m_phaseTimer.setSingleShot(true);
    m_totalTimer.setSingleShot(true);
    connect(&m_phaseTimer, &QTimer::timeout, this, [this] {
        give(fail(ErrorCode::Timeout, std::format("the server took too long while {}", m_phase)));
    });
    connect(&m_totalTimer, &QTimer::timeout, this, [this] {
        give(fail(ErrorCode::Timeout, "the server took too long for the whole answer"));
    });
}

void NetworkExchange::start(QNetworkAccessManager &manager, const QNetworkRequest &request)
{
    m_reply =
        m_body ? manager.post(request, QByteArray::fromStdString(*m_body)) : manager.get(request);
    m_reply->setReadBufferSize(256 << 10);
    connect(m_reply, &QNetworkReply::requestSent, this,
            [this] { enterPhase("waiting for the answer", m_timeouts.firstByte); });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &NetworkExchange::readHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &NetworkExchange::readBody);
    connect(m_reply, &QNetworkReply::finished, this, &NetworkExchange::finish);
    m_totalTimer.start(m_timeouts.total);
    enterPhase("connecting", m_timeouts.connect);
}

void NetworkExchange::cancel()
{
    give(fail(ErrorCode::Cancelled, "the request was cancelled"));
}

void NetworkExchange::enterPhase(const char *name, std::chrono::milliseconds timeMax)
{
    m_phase = name;
    m_phaseTimer.start(timeMax);
}

void NetworkExchange::readHeaders()
{
    if (m_given || m_reply == nullptr)
        return;
    enterPhase("sending the body", m_timeouts.idle);
    m_exchange.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_exchange.headers.clear();
    std::size_t bytes = 0;
    for (const auto &[name, value] : m_reply->rawHeaderPairs()) {
        bytes += static_cast<std::size_t>(name.size() + value.size());
        m_exchange.headers.push_back({name.toStdString(), value.toStdString()});
    }
    if (bytes > m_sizes.headerBytesMax)
        return give(fail(ErrorCode::Exhausted, "the headers are larger than the limit"));
    const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (length > 0 && static_cast<std::uint64_t>(length) > m_sizes.wireBytesMax)
        give(fail(ErrorCode::Exhausted,
                  std::format("the server announces {} bytes, more than the limit of {}", length,
                              m_sizes.wireBytesMax)));
}

void NetworkExchange::readBody()
{
    if (m_given || m_reply == nullptr)
        return;
    m_phaseTimer.start(m_timeouts.idle);
    const QByteArray piece = m_reply->readAll();
    if (static_cast<std::size_t>(piece.size()) > m_sizes.wireBytesMax - m_exchange.body.size())
        return give(fail(
            ErrorCode::Exhausted,
            std::format("the server sends more than the limit of {} bytes", m_sizes.wireBytesMax)));
    m_exchange.body.append(piece.constData(), static_cast<std::size_t>(piece.size()));
}

void NetworkExchange::finish()
{
    if (m_given || m_reply == nullptr)
        return;
    readBody();
    const auto error = m_reply->error();
    // From 200 on Qt's codes mean a status like 404, whose answer is whole.
    constexpr int kFirstStatusError = 200;
    if (error != QNetworkReply::NoError && (error < kFirstStatusError || m_exchange.status == 0)) {
        const auto code = error == QNetworkReply::SslHandshakeFailedError ? ErrorCode::Denied
                                                                          : ErrorCode::Unavailable;
        // Qt's own sentence may hold the whole address with its query, so only its number is told.
        return give(fail(code, code == ErrorCode::Denied
                                   ? std::string("the server's certificate cannot be verified")
                                   : std::format("the connection broke while {} (network error {})",
                                                 m_phase, static_cast<int>(error))));
    }
    if (auto right = lengthIsRight(); !right)
        return give(std::unexpected(right.error()));
    give(std::move(m_exchange));
}

Status NetworkExchange::lengthIsRight() const
{
    const auto *header = find(m_exchange.headers, "Content-Length");
    if (header == nullptr || m_exchange.status == 304 || m_exchange.status == 204)
        return {};
    std::uint64_t announced = 0;
    const auto end = header->data() + header->size();
    if (std::from_chars(header->data(), end, announced).ptr == end &&
        announced == m_exchange.body.size())
        return {};
    auto error =
        fail(ErrorCode::Corrupt, std::format("the server announced {} bytes and sent {}",
                                             header->substr(0, 20), m_exchange.body.size()));
    error.error().retryable = true;
    return error;
}

void NetworkExchange::give(Result<Exchange> result)
{
    if (m_given)
        return;
    m_given = true;
    m_phaseTimer.stop();
    m_totalTimer.stop();
    if (m_reply != nullptr) {
        m_reply->disconnect(this);
        m_reply->abort(); // of what is finished already: nothing happens
        m_reply->deleteLater();
    }
    m_answer.set_value(std::move(result));
    deleteLater();
}

} // namespace chrona::net
