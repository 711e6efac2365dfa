// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/assist/fake_ollama.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <mutex>

namespace chrona::assist {
namespace {

QJsonArray lettersOf(const QString &text)
{
    QList<int> counts(27);
    for (const QChar c : text.toLower())
        ++counts[c >= QLatin1Char('a') && c <= QLatin1Char('z') ? c.unicode() - 97 : 26];
    QJsonArray vector;
    for (const int count : counts)
        vector.append(count);
    return vector;
}

QJsonObject embedded(const QJsonObject &asked)
{
    QJsonArray vectors;
    for (const QJsonValue text : asked.value(QLatin1StringView("input")).toArray())
        vectors.append(lettersOf(text.toString()));
    return {{QStringLiteral("embeddings"), vectors}, {QStringLiteral("prompt_eval_count"), 5}};
}

/// What the person's part of the question is.
QString textOf(const QJsonObject &asked)
{
    const QJsonArray messages = asked.value(QLatin1StringView("messages")).toArray();
    return messages.last().toObject().value(QLatin1StringView("content")).toString();
}

QString labelled(const QJsonObject &asked)
{
    const QString text = textOf(asked);
    QJsonArray items;
    for (const QJsonValue item : QJsonDocument::fromJson(text.toUtf8()).array()) {
        const QJsonObject object = item.toObject();
        const QString headline = object.value(QLatin1StringView("headline")).toString();
        const bool isHealth = headline.contains(QLatin1StringView("health"), Qt::CaseInsensitive);
        items.append(QJsonObject{
            {QStringLiteral("id"), object.value(QLatin1StringView("id"))},
            {QStringLiteral("topic"), QLatin1StringView(isHealth ? "health" : "trade")},
            {QStringLiteral("line"),
             QStringLiteral("A story of %1 words.").arg(headline.count(QLatin1Char(' ')) + 1)},
            {QStringLiteral("entities"), QJsonArray{headline.section(QLatin1Char(' '), 0, 0)}}});
    }
    const QJsonObject whole{{QStringLiteral("items"), items}};
    return QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}

/// A request as far as it has come.
struct Incoming {
    QByteArray bytes;

    [[nodiscard]] qsizetype bodyBegin() const
    {
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        return end < 0 ? -1 : end + 4;
    }
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const QByteArray &line : bytes.first(std::max<qsizetype>(0, bodyBegin())).split('\n'))
            if (line.toLower().startsWith(name + ':'))
                return line.mid(name.size() + 1).trimmed();
        return {};
    }
    [[nodiscard]] bool isWhole() const
    {
        const qsizetype begin = bodyBegin();
        return begin >= 0 && bytes.size() - begin >= header("content-length").toLongLong();
    }
};

} // namespace

struct FakeOllama::State {
    QThread thread;
    QTcpServer *server = nullptr; ///< the thread's
    quint16 port = 0;
    mutable std::mutex mutex;
    int status = 200;
    std::string content;
    std::function<std::string(const std::string &)> answer;
    bool hangs = false;
    std::vector<Asked> asked;

    void serve(QTcpSocket *socket)
    {
        auto incoming = std::make_shared<Incoming>();
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, incoming] {
            incoming->bytes += socket->readAll();
            if (!incoming->isWhole())
                return;
            const QByteArray body = reply(*incoming);
            if (isHanging())
                return;
            socket->write("HTTP/1.1 " + QByteArray::number(statusNow()) +
                          " x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                          "Content-Length: " +
                          QByteArray::number(body.size()) + "\r\n\r\n" + body);
            socket->disconnectFromHost();
        });
    }

    [[nodiscard]] bool isHanging() const
    {
        const std::scoped_lock lock(mutex);
        return hangs;
    }

    [[nodiscard]] int statusNow() const
    {
        const std::scoped_lock lock(mutex);
        return status;
    }

    QByteArray reply(const Incoming &incoming)
    {
        const std::scoped_lock lock(mutex);
        const QByteArray path = incoming.bytes.split(' ').value(1);
        const QByteArray body = incoming.bytes.mid(incoming.bodyBegin());
        asked.push_back({path.toStdString(), body.toStdString(),
                         incoming.header("authorization").toStdString()});
        const QJsonObject question = QJsonDocument::fromJson(body).object();
        if (path == "/api/embed")
            return QJsonDocument(embedded(question)).toJson();
        QString text = content.empty() ? labelled(question) : QString::fromStdString(content);
        if (answer)
            text = QString::fromStdString(answer(textOf(question).toStdString()));
        const QJsonObject message{{QStringLiteral("role"), QStringLiteral("assistant")},
                                  {QStringLiteral("content"), text}};
        const QJsonObject whole{{QStringLiteral("message"), message},
                                {QStringLiteral("done"), true},
                                {QStringLiteral("prompt_eval_count"), 100},
                                {QStringLiteral("eval_count"), 50}};
        return QJsonDocument(whole).toJson();
    }
};

FakeOllama::FakeOllama() : m_state(std::make_unique<State>())
{
    m_state->server = new QTcpServer;
    m_state->server->listen(QHostAddress::LocalHost);
    m_state->port = m_state->server->serverPort();
    State *state = m_state.get();
    QObject::connect(state->server, &QTcpServer::newConnection, state->server, [state] {
        while (QTcpSocket *socket = state->server->nextPendingConnection())
            state->serve(socket);
    });
    state->server->moveToThread(&state->thread);
    QObject::connect(&state->thread, &QThread::finished, state->server, &QObject::deleteLater);
    state->thread.start();
}

FakeOllama::~FakeOllama()
{
    m_state->thread.quit();
    m_state->thread.wait();
}

std::string FakeOllama::address() const
{
    return "http://127.0.0.1:" + std::to_string(m_state->port);
}

void FakeOllama::behave(int status, std::string content)
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->status = status;
    m_state->content = std::move(content);
}

void FakeOllama::answerBy(std::function<std::string(const std::string &)> answer)
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->answer = std::move(answer);
    m_state->hangs = false;
}

void FakeOllama::hang()
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->hangs = true;
}

std::vector<FakeOllama::Asked> FakeOllama::asked() const
{
    const std::scoped_lock lock(m_state->mutex);
    return m_state->asked;
}

} // namespace chrona::assist
