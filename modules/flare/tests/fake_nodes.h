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

} // namespace chrona::flare
