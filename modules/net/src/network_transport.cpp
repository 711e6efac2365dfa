// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/transport.h"

#include "judged_addresses.h"
#include "judged_proxy.h"
#include "network_exchange.h"
#include "system_resolver.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QThread>

#include <algorithm>
#include <format>

namespace chrona::net {
namespace {

QNetworkRequest makeRequest(const Request &request, const UrlParts &parts,
                            const std::string &address)
{
    QUrl url(QString::fromStdString(request.url), QUrl::StrictMode);
    url.setHost(QString::fromStdString(address));
    url.setFragment({});
    QNetworkRequest out(url);
    out.setPeerVerifyName(QString::fromStdString(parts.host)); // also the name asked for in TLS
    const bool isV6 = parts.host.contains(':');
    std::string host = isV6 ? "[" + parts.host + "]" : parts.host;
    if (parts.port != (parts.isTls ? 443 : 80))
        host += std::format(":{}", parts.port);
    out.setRawHeader("Host", QByteArray::fromStdString(host));
    for (const auto &header : request.headers)
        out.setRawHeader(QByteArray::fromStdString(header.name),
                         QByteArray::fromStdString(header.value));
    if (request.body && !out.hasRawHeader("Content-Type"))
        out.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                     QNetworkRequest::ManualRedirectPolicy);
    // HTTP/2 names the host in a field of its own, which would be the address.
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    return out;
}

/// The peer is an address that was judged: a proxy is not left to resolve names by itself.
class JudgedProxies final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        return {proxyFor(query.peerHostName().toStdString())};
    }
};

class NetworkTransport final : public Transport {
public:
    NetworkTransport(AddressPolicy policy, std::unique_ptr<Resolver> resolver)
        : m_policy(policy), m_resolver(std::move(resolver))
    {
        m_thread.setObjectName(QStringLiteral("net"));
        m_context.moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(
            &m_context,
            [this] {
                m_manager = std::make_unique<QNetworkAccessManager>();
                m_manager->setProxyFactory(new JudgedProxies); // the manager owns it
            },
            Qt::BlockingQueuedConnection);
        if (!m_resolver)
            m_resolver = std::make_unique<SystemResolver>(m_context);
    }

    ~NetworkTransport() override
    {
        QMetaObject::invokeMethod(
            &m_context,
            [this] {
                m_manager.reset();
                m_context.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    Result<Exchange> send(const Request &request, std::stop_token stop) override
    {
        const auto parts = splitUrl(request.url);
        if (!parts)
            return std::unexpected(parts.error());
        auto addresses =
            judgedAddresses(parts->host, {m_policy, *m_resolver, request.timeouts.resolve}, stop);
        if (!addresses)
            return std::unexpected(addresses.error());
        Result<Exchange> result = fail(ErrorCode::Unavailable, "no address was tried");
        for (std::size_t i = 0; i < std::min(addresses->size(), kAddressesTriedMax); ++i) {
            result = sendTo(request, *parts, (*addresses)[i], stop);
            if (result || result.error().code != ErrorCode::Unavailable)
                break;
        }
        return result;
    }

private:
    Result<Exchange> sendTo(const Request &request, const UrlParts &parts,
                            const std::string &address, std::stop_token stop)
    {
        std::promise<Result<Exchange>> promise;
        auto answer = promise.get_future();
        auto *exchange = new NetworkExchange(request, std::move(promise)); // deletes itself
        exchange->moveToThread(&m_thread);
        QPointer<NetworkExchange> guard(exchange);
        QMetaObject::invokeMethod(&m_context,
                                  [this, exchange, wire = makeRequest(request, parts, address)] {
                                      exchange->start(*m_manager, wire);
                                  });
        const std::stop_callback onStop(stop, [this, guard] {
            QMetaObject::invokeMethod(&m_context, [guard] {
                if (guard)
                    guard->cancel();
            });
        });
        return answer.get(); // the exchange's own timers end it at the latest
    }

    AddressPolicy m_policy;
    QThread m_thread;
    QObject m_context;
    std::unique_ptr<QNetworkAccessManager> m_manager; // lives on m_thread
    std::unique_ptr<Resolver> m_resolver;
};

} // namespace

std::unique_ptr<Transport> makeNetworkTransport(AddressPolicy policy,
                                                std::unique_ptr<Resolver> resolver)
{
    return std::make_unique<NetworkTransport>(policy, std::move(resolver));
}

} // namespace chrona::net
