// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/chain_client.h"

#include "chain_asking.h"
#include "rpc_json.h"

#include "chrona/net/http_client.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <format>

namespace chrona::flare {
namespace {

constexpr std::size_t kAnswerBytesMax = 64 << 20;

/// A sentence of a node, short and without anything that steers a terminal.
std::string tame(const QString &text)
{
    constexpr qsizetype kSaidMax = 200;
    std::string out = text.left(kSaidMax).toStdString();
    std::ranges::replace_if(out, [](unsigned char c) { return c < 32 || c == 127; }, '?');
    return out;
}

std::unexpected<Error> errorOf(const QJsonObject &error)
{
    const std::string said = tame(error.value(QStringLiteral("message")).toString());
    if (said.contains("revert"))
        return fail(ErrorCode::Denied,
                    std::format("the call is refused by the contract: {}", said));
    return fail(ErrorCode::Unavailable, std::format("the node says: {}", said));
}

} // namespace

namespace {

/// Sorts the replies of a batch to their requests; each exactly once.
Result<std::vector<QJsonValue>> sortReplies(const QJsonDocument &document, std::size_t count)
{
    const QJsonArray replies =
        document.isArray() ? document.array() : QJsonArray{document.object()};
    if (document.isObject() && document.object().contains(QStringLiteral("error")))
        return errorOf(document.object().value(QStringLiteral("error")).toObject());
    if (static_cast<std::size_t>(replies.size()) != count)
        return fail(ErrorCode::Corrupt, "the node answered another number of questions");
    std::vector<QJsonValue> results(count, QJsonValue(QJsonValue::Undefined));
    for (const QJsonValue &each : replies) {
        const QJsonObject reply = each.toObject();
        const auto id = reply.value(QStringLiteral("id")).toInteger(-1);
        if (id < 0 || static_cast<std::size_t>(id) >= count ||
            !results[static_cast<std::size_t>(id)].isUndefined())
            return fail(ErrorCode::Corrupt, "the node answered what was not asked");
        if (reply.contains(QStringLiteral("error")))
            return errorOf(reply.value(QStringLiteral("error")).toObject());
        const QJsonValue result = reply.value(QStringLiteral("result"));
        if (result.isUndefined())
            return fail(ErrorCode::Corrupt, "the node's answer has no result");
        results[static_cast<std::size_t>(id)] = result;
    }
    return results;
}

} // namespace

Result<std::unique_ptr<ChainClient>> ChainClient::create(Options options, net::HttpClient &http)
{
    if (options.endpoints.empty())
        return fail(ErrorCode::InvalidInput, "no node is set to ask",
                    "set flare.rpc to the address of one, or of several with blanks between");
    std::vector<Endpoint> endpoints;
    for (const std::string &url : options.endpoints) {
        const auto parts = net::splitUrl(url);
        if (!parts)
            return std::unexpected(parts.error());
        Endpoint endpoint{.url = url, .state = {}};
        endpoint.state.host = std::format("{}:{}", parts->host, parts->port);
        endpoints.push_back(std::move(endpoint));
    }
    return std::unique_ptr<ChainClient>(
        new ChainClient(std::move(options), std::move(endpoints), http));
}

std::vector<std::size_t> ChainClient::order() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < m_endpoints.size(); ++i)
        if (!m_endpoints[i].isOtherChain)
            order.push_back(i);
    std::ranges::stable_sort(order, {}, [this](std::size_t i) {
        const EndpointState &state = m_endpoints[i].state;
        return std::pair(state.disagrees, std::min(state.failuresInARow, 3U));
    });
    return order;
}

void ChainClient::note(std::size_t endpoint, const Error &error)
{
    const std::scoped_lock lock(m_mutex);
    ++m_endpoints[endpoint].state.failuresInARow;
    m_endpoints[endpoint].state.problem = describe(error);
}

Result<ChainClient::Answers>
ChainClient::askOne(std::size_t endpoint, std::span<const Request> requests, std::stop_token stop)
{
    QJsonArray batch;
    for (const Request &request : requests)
        batch.append(QJsonObject{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                                 {QStringLiteral("id"), batch.size()},
                                 {QStringLiteral("method"), QLatin1StringView(request.method)},
                                 {QStringLiteral("params"), request.params}});
    // Not every node takes a batch of one.
    const QJsonDocument document =
        batch.size() == 1 ? QJsonDocument(batch.first().toObject()) : QJsonDocument(batch);
    net::Request http{.url = m_endpoints[endpoint].url}; // never changes
    http.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    http.body = document.toJson(QJsonDocument::Compact).toStdString();
    http.timeouts = {.resolve = m_options.answerMax,
                     .connect = m_options.answerMax,
                     .firstByte = m_options.answerMax,
                     .idle = m_options.answerMax,
                     .total = m_options.answerMax};
    http.sizes = {.wireBytesMax = kAnswerBytesMax, .bodyBytesMax = kAnswerBytesMax};
    const auto before = std::chrono::steady_clock::now();
    const auto response = m_http.get(http, stop.stop_possible() ? std::move(stop) : m_options.stop);
    if (!response)
        return std::unexpected(response.error());
    const auto took = std::chrono::steady_clock::now() - before;
    QJsonParseError problem;
    const QJsonDocument answer =
        QJsonDocument::fromJson(QByteArray::fromStdString(response->body), &problem);
    if (answer.isNull())
        return fail(ErrorCode::Corrupt, "the node's answer is no JSON");
    auto results = sortReplies(answer, requests.size());
    if (!results)
        return std::unexpected(results.error());
    const std::scoped_lock lock(m_mutex);
    m_endpoints[endpoint].state.latency =
        std::chrono::duration_cast<std::chrono::microseconds>(took);
    return Answers{std::move(*results)};
}

Status ChainClient::checkChain(std::stop_token stop)
{
    const Request requests[] = {{"eth_chainId", {}}};
    Status problem;
    for (std::size_t i = 0; i < m_endpoints.size(); ++i) {
        auto answers = askOne(i, requests, stop);
        if (!answers) {
            note(i, answers.error());
            continue;
        }
        const auto chain = readQuantity(answers->results.front());
        const std::scoped_lock lock(m_mutex);
        m_endpoints[i].isOtherChain = !chain || *chain != m_options.chainId;
        if (!m_endpoints[i].isOtherChain)
            continue;
        const std::string said = chain ? std::to_string(*chain) : "none";
        m_endpoints[i].state.problem =
            std::format("serves chain {}, not {}", said, m_options.chainId);
        problem =
            fail(ErrorCode::Denied,
                 std::format("{} {}", m_endpoints[i].state.host, m_endpoints[i].state.problem),
                 "set flare.rpc to nodes of the network");
    }
    return problem;
}

Result<bool> ChainClient::compare(std::uint64_t number, std::stop_token stop)
{
    const Request requests[] = {{"eth_blockNumber", {}},
                                {"eth_getBlockByNumber", {quantity(number), false}}};
    std::vector<std::optional<Bytes32>> hashes(m_endpoints.size());
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        const auto answers = askOne(i, requests, stop);
        const auto head = answers ? readQuantity(answers->results.front())
                                  : Result<std::uint64_t>(std::unexpected(answers.error()));
        if (!head) {
            note(i, head.error());
            continue;
        }
        const auto block = readBlock(answers->results.back(), Bodies::HeadersOnly);
        const std::scoped_lock lock(m_mutex);
        m_endpoints[i].state.head = *head;
        // A node that lags does not disagree.
        if (block && block->number == number && !m_endpoints[i].isOtherChain)
            hashes[i] = block->hash;
    }
    if (std::ranges::none_of(hashes, [](const auto &hash) { return hash.has_value(); }))
        return fail(ErrorCode::Unavailable, "no node has the block that was to be compared");
    // What most say; among equals what the preferred one says.
    const auto votes = [&hashes](const auto &hash) {
        return hash ? std::ranges::count(hashes, hash) : 0;
    };
    const std::optional<Bytes32> truth = *std::ranges::max_element(hashes, {}, votes);
    bool agree = true;
    const std::scoped_lock lock(m_mutex);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (hashes[i])
            m_endpoints[i].state.disagrees = hashes[i] != truth;
        agree = agree && !m_endpoints[i].state.disagrees;
    }
    return agree;
}

std::vector<EndpointState> ChainClient::endpoints() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<EndpointState> states;
    for (const Endpoint &endpoint : m_endpoints)
        states.push_back(endpoint.state);
    return states;
}

} // namespace chrona::flare
