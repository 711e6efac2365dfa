// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_client.h"
#include "chrona/net/http_client.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <map>
#include <mutex>

namespace chrona::flare {

/// Nodes without a socket, by host. One says what it likes to each request of JSON-RPC: a value is
/// the result; an object with "error" is an error.
class FakeNodes {
public:
    using Node = std::function<QJsonValue(const QString &method, const QJsonArray &parameters)>;
    std::map<std::string, Node> nodes;      ///< a host without a node does not answer
    std::map<std::string, std::string> raw; ///< what a host says instead, word by word
    std::vector<std::string> asked;         ///< hosts, in order

    [[nodiscard]] std::unique_ptr<net::HttpClient> http()
    {
        auto http =
            net::HttpClient::create({.userAgent = "Chrona/test", .hostRate = {100'000, 100'000, 8}},
                                    std::make_unique<Transport>(*this));
        return std::move(http.value());
    }

private:
    class Transport final : public net::Transport {
    public:
        explicit Transport(FakeNodes &nodes) : m_nodes(nodes) {}
        Result<net::Exchange> send(const net::Request &request, std::stop_token) override
        {
            const std::string host = net::splitUrl(request.url)->host;
            m_nodes.asked.push_back(host);
            if (const auto said = m_nodes.raw.find(host); said != m_nodes.raw.end())
                return net::Exchange{200, {}, said->second};
            const auto node = m_nodes.nodes.find(host);
            if (node == m_nodes.nodes.end())
                return fail(ErrorCode::Timeout, "the server took too long");
            const auto document =
                QJsonDocument::fromJson(QByteArray::fromStdString(request.body.value_or("")));
            if (document.isObject())
                return net::Exchange{
                    200,
                    {},
                    QJsonDocument(reply(node->second, document.object())).toJson().toStdString()};
            QJsonArray replies;
            for (const QJsonValue &each : document.array())
                replies.prepend(reply(node->second, each.toObject())); // any order is allowed
            return net::Exchange{200, {}, QJsonDocument(replies).toJson().toStdString()};
        }

    private:
        static QJsonObject reply(const Node &node, const QJsonObject &request)
        {
            QJsonObject out{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                            {QStringLiteral("id"), request.value(QStringLiteral("id"))}};
            const QJsonValue said = node(request.value(QStringLiteral("method")).toString(),
                                         request.value(QStringLiteral("params")).toArray());
            if (said.toObject().contains(QStringLiteral("error")))
                out.insert(QStringLiteral("error"), said.toObject().value(QStringLiteral("error")));
            else
                out.insert(QStringLiteral("result"), said);
            return out;
        }
        FakeNodes &m_nodes;
    };
};

[[nodiscard]] inline QJsonObject nodeError(const char *message)
{
    return {{QStringLiteral("error"),
             QJsonObject{{QStringLiteral("code"), -32000},
                         {QStringLiteral("message"), QString::fromUtf8(message)}}}};
}

[[nodiscard]] inline QString hashText(int seed)
{
    return QStringLiteral("0x%1").arg(seed, 64, 16, QLatin1Char('0'));
}

[[nodiscard]] inline QJsonObject transactionIn(int number, int index)
{
    return {{QStringLiteral("hash"), hashText(5'000 + index)},
            {QStringLiteral("from"), QStringLiteral("0x") + QString(40, QLatin1Char('A'))},
            {QStringLiteral("to"), QJsonValue()},
            {QStringLiteral("transactionIndex"), QStringLiteral("0x%1").arg(index, 0, 16)},
            {QStringLiteral("blockNumber"), QStringLiteral("0x%1").arg(number, 0, 16)},
            {QStringLiteral("blockHash"), hashText(number)},
            {QStringLiteral("input"), QStringLiteral("0x6c532fae")}};
}

[[nodiscard]] inline QJsonObject blockObject(int number)
{
    return {{QStringLiteral("number"), QStringLiteral("0x%1").arg(number, 0, 16)},
            {QStringLiteral("hash"), hashText(number)},
            {QStringLiteral("parentHash"), hashText(number - 1)},
            {QStringLiteral("timestamp"), QStringLiteral("0x%1").arg(1'000 + number, 0, 16)},
            {QStringLiteral("baseFeePerGas"), QStringLiteral("0x5d21dba00")},
            {QStringLiteral("transactions"),
             QJsonArray{transactionIn(number, 0), transactionIn(number, 1)}}};
}

[[nodiscard]] inline int numberAsked(const QJsonArray &parameters)
{
    const QString text = parameters.first().toString();
    return text == QLatin1StringView("latest") ? 100 : text.mid(2).toInt(nullptr, 16);
}

/// A node that has all blocks up to `head`.
[[nodiscard]] inline FakeNodes::Node honest(int head = 100)
{
    return [head](const QString &method, const QJsonArray &parameters) -> QJsonValue {
        if (method == QLatin1StringView("eth_chainId"))
            return QStringLiteral("0x72");
        if (method == QLatin1StringView("eth_blockNumber"))
            return QStringLiteral("0x%1").arg(head, 0, 16);
        if (method == QLatin1StringView("eth_getBlockByNumber"))
            return numberAsked(parameters) > head
                       ? QJsonValue()
                       : QJsonValue(blockObject(numberAsked(parameters)));
        return nodeError("method not found");
    };
}

/// One whose blocks were tampered with.
[[nodiscard]] inline FakeNodes::Node withBlocks(const std::function<void(QJsonObject &)> &change)
{
    return [change](const QString &method, const QJsonArray &parameters) -> QJsonValue {
        if (method != QLatin1StringView("eth_getBlockByNumber"))
            return honest()(method, parameters);
        QJsonObject block = blockObject(numberAsked(parameters));
        change(block);
        return block;
    };
}

/// What asks such nodes; each test begins with none.
struct NodesFixture {
    void begin()
    {
        m_nodes = std::make_unique<FakeNodes>();
        m_http = m_nodes->http();
    }
    [[nodiscard]] std::unique_ptr<ChainClient> client(std::vector<std::string> hosts = {"one"})
    {
        for (std::string &host : hosts)
            host = "https://" + host + "/ext/C/rpc?key=secret";
        return std::move(
            ChainClient::create({.endpoints = hosts, .chainId = 114}, *m_http).value());
    }

    std::unique_ptr<FakeNodes> m_nodes;
    std::unique_ptr<net::HttpClient> m_http;
};

} // namespace chrona::flare
