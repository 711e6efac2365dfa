// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/network_settings.h"

#include "judged_proxy.h"

#include <QFile>
#include <QHostAddress>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QUrl>

#include <format>
#include <mutex>

namespace chrona::net {
namespace {

/// Of the process, as Qt's default TLS configuration is. Not Qt's application proxy: that one is
/// asked by sockets which listen, too.
struct Chosen {
    std::mutex mutex;
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    bool hasOwnCertificates = false;
};

Chosen &chosen()
{
    static Chosen instance;
    return instance;
}

Result<QNetworkProxy> proxyFrom(const std::string &address)
{
    if (address.empty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl url(QString::fromStdString(address), QUrl::StrictMode);
    if (!url.userInfo().isEmpty())
        return fail(ErrorCode::InvalidInput, "a proxy's name and password are not kept in settings",
                    "use a proxy of this network that knows its machines");
    const bool isSocks = url.scheme() == QLatin1String("socks5");
    if (!url.isValid() || (!isSocks && url.scheme() != QLatin1String("http")) ||
        url.host().isEmpty() || url.port() < 1 || (!url.path().isEmpty() && url.path() != u"/"))
        return fail(ErrorCode::InvalidInput,
                    std::format("\"{}\" is no address of a proxy", address),
                    "write http://host:port or socks5://host:port");
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy,
                         url.host(), static_cast<quint16>(url.port()));
}

Result<QList<QSslCertificate>> certificatesFrom(const std::string &path)
{
    if (path.empty())
        return QList<QSslCertificate>();
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::InvalidInput,
                    std::format("{} cannot be read: {}", path, file.errorString().toStdString()));
    QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (certificates.isEmpty())
        return fail(ErrorCode::InvalidInput, std::format("{} holds no certificate in PEM", path));
    return certificates;
}

} // namespace

Status check(const NetworkSettings &settings)
{
    if (auto proxy = proxyFrom(settings.proxy); !proxy)
        return std::unexpected(proxy.error());
    if (auto certificates = certificatesFrom(settings.caFile); !certificates)
        return std::unexpected(certificates.error());
    return {};
}

Status apply(const NetworkSettings &settings)
{
    const auto proxy = proxyFrom(settings.proxy);
    if (!proxy)
        return std::unexpected(proxy.error());
    const std::scoped_lock lock(chosen().mutex);
    chosen().proxy = *proxy;
    const auto certificates = certificatesFrom(settings.caFile);
    if (!certificates)
        return std::unexpected(certificates.error());
    // Reading the system's takes a moment that a start without own ones need not spend.
    if (certificates->isEmpty() && !chosen().hasOwnCertificates)
        return {};
    chosen().hasOwnCertificates = !certificates->isEmpty();
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + *certificates);
    QSslConfiguration::setDefaultConfiguration(tls);
    return {};
}

QNetworkProxy proxyFor(const std::string &address)
{
    if (QHostAddress(QString::fromStdString(address)).isLoopback())
        return QNetworkProxy::NoProxy;
    const std::scoped_lock lock(chosen().mutex);
    return chosen().proxy;
}

} // namespace chrona::net
