// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/evm_node.h"

#include "chrona/ethereum/abi.h"
#include "chrona/net/http_client.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

namespace chrona::flare {
namespace {

QJsonObject readCode(const std::string &folder)
{
    QFile file(QString::fromStdString(folder) + QStringLiteral("/contracts.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the local EVM is not installed: run the test by ctest or packaging/test");
    return QJsonDocument::fromJson(file.readAll()).object();
}

QString quantityOf(std::int64_t number)
{
    return QStringLiteral("0x") + QString::number(number, 16);
}

QString hexOf(ByteView bytes)
{
    return QString::fromStdString(ethereum::toHex(bytes));
}

} // namespace

std::unique_ptr<net::HttpClient> loopbackHttp()
{
    auto http =
        net::HttpClient::create({.userAgent = "Chrona/test", .hostRate = {100'000, 100'000, 8}},
                                net::makeNetworkTransport(net::AddressPolicy::PublicAndLoopback));
    return std::move(http.value());
}

EvmNode::EvmNode() : m_process(std::make_unique<QProcess>()), m_http(loopbackHttp())
{
    QFile place(QStringLiteral(CHRONA_BINARY_DIR "/evm-place"));
    if (!place.open(QIODevice::ReadOnly))
        qFatal("the local EVM is not installed: run the test by ctest or packaging/test");
    m_folder = place.readAll().trimmed().toStdString();
    const QString folder = QString::fromStdString(m_folder);
    m_process->setWorkingDirectory(folder);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("CI"), QStringLiteral("true"));
    environment.insert(QStringLiteral("NO_COLOR"), QStringLiteral("1"));
    m_process->setProcessEnvironment(environment);
    m_process->start(QStringLiteral("node"),
                     {folder + QStringLiteral("/node_modules/hardhat/internal/cli/bootstrap.js"),
                      QStringLiteral("node"), QStringLiteral("--hostname"),
                      QStringLiteral("127.0.0.1"), QStringLiteral("--port"), QStringLiteral("0")});
    static const QRegularExpression kStarted(QStringLiteral("server at (http://127.0.0.1:\\d+)"));
    QByteArray said;
    // Compiling hardhat's own code on a busy machine takes its time.
    while (!kStarted.match(QString::fromUtf8(said)).hasMatch()) {
        if (!m_process->waitForReadyRead(90'000))
            qFatal("the local EVM did not start: %s", said.constData());
        said += m_process->readAll();
    }
    m_url = kStarted.match(QString::fromUtf8(said)).captured(1).toStdString();
    // Nobody reads what it says from here on, and a full pipe would stop it.
    ask("hardhat_setLoggingEnabled", {false});
    const auto account =
        ethereum::parseHex(ask("eth_accounts").toArray().first().toString().toStdString());
    std::ranges::copy(account.value(), m_account.begin());
}

EvmNode::~EvmNode()
{
    m_process->kill();
    m_process->waitForFinished();
}

QJsonValue EvmNode::tryAsk(const char *method, const QJsonArray &parameters)
{
    const QJsonObject question{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                               {QStringLiteral("id"), 1},
                               {QStringLiteral("method"), QLatin1StringView(method)},
                               {QStringLiteral("params"), parameters}};
    net::Request request{.url = m_url, .headers = {{"Content-Type", "application/json"}}};
    request.timeouts.firstByte = request.timeouts.idle = request.timeouts.total = kBusyPatience;
    request.body = QJsonDocument(question).toJson(QJsonDocument::Compact).toStdString();
    const auto response = m_http->get(request);
    if (!response)
        qFatal("the local EVM does not answer: %s", describe(response.error()).c_str());
    const QJsonObject answer =
        QJsonDocument::fromJson(QByteArray::fromStdString(response->body)).object();
    if (answer.contains(QStringLiteral("error")))
        qInfo("%s: %s", method, response->body.substr(0, 300).c_str());
    return answer.value(QStringLiteral("result"));
}

QJsonValue EvmNode::ask(const char *method, const QJsonArray &parameters)
{
    const QJsonValue result = tryAsk(method, parameters);
    if (result.isUndefined())
        qFatal("the local EVM refused %s", method);
    return result;
}

void EvmNode::place(const char *contract, const Address &at)
{
    static const QJsonObject code = readCode(m_folder);
    const QJsonValue bytes = code.value(QLatin1StringView(contract));
    if (!bytes.isString())
        qFatal("there is no contract %s", contract);
    ask("hardhat_setCode", {hexOf(at), bytes});
}

void EvmNode::fund(const Address &account)
{
    ask("hardhat_setBalance", {hexOf(account), QStringLiteral("0x3635c9adc5dea00000")});
}

void EvmNode::callFrom0(const Address &to, std::string_view function,
                        std::span<const ethereum::AbiValue> arguments)
{
    const auto signature = ethereum::parseAbiSignature(function);
    const auto data = ethereum::encodeCall(signature.value(), arguments);
    if (!data)
        qFatal("%s", describe(data.error()).c_str());
    const QJsonValue hash =
        ask("eth_sendTransaction", {QJsonObject{{QStringLiteral("from"), hexOf(m_account)},
                                                {QStringLiteral("to"), hexOf(to)},
                                                {QStringLiteral("gas"), quantityOf(10'000'000)},
                                                {QStringLiteral("data"), hexOf(*data)}}});
    const QJsonObject receipt = ask("eth_getTransactionReceipt", {hash}).toObject();
    if (receipt.value(QStringLiteral("status")).toString() != QStringLiteral("0x1"))
        qFatal("the contract refused the call");
}

void EvmNode::mineAt(Seconds time)
{
    ask("evm_setNextBlockTimestamp", {static_cast<qint64>(time)});
    ask("evm_mine");
}

void EvmNode::setAutomine(bool on)
{
    ask("evm_setAutomine", {on});
}

Seconds EvmNode::now()
{
    return ask("eth_getBlockByNumber", {QStringLiteral("latest"), false})
        .toObject()
        .value(QStringLiteral("timestamp"))
        .toString()
        .toLongLong(nullptr, 16);
}

std::uint64_t EvmNode::head()
{
    return ask("eth_blockNumber").toString().toULongLong(nullptr, 16);
}

QJsonValue EvmNode::snapshot()
{
    return ask("evm_snapshot");
}

void EvmNode::revert(const QJsonValue &snapshot)
{
    if (!ask("evm_revert", {snapshot}).toBool())
        qFatal("there is no such snapshot");
}

std::unique_ptr<ChainClient> EvmNode::client()
{
    return std::move(
        ChainClient::create({.endpoints = {m_url}, .chainId = 114, .answerMax = kBusyPatience},
                            *m_http)
            .value());
}

} // namespace chrona::flare
