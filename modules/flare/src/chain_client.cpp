// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/chain_client.h"

#include "chain_asking.h"
#include "rpc_json.h"

#include "chrona/net/http_client.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <format>
#include <tuple>

namespace chrona::flare {
namespace {

constexpr std::size_t kAnswerBytesMax = 64 << 20;

/// A sentence of a node, short and without anything that steers a terminal.
std::string tame(const QString &text)
{
    constexpr qsizetype kSaidMax = 200;
    std::string out = text.left(kSaidMax).toStdString();
    std::ranges::replace_if(
        out, [](unsigned char c) { return c < 32 || c == 127; }, '?');
    return out;
}

std::string refusalOf(const QJsonValue &error)
{
    std::string said = tame(error.toObject().value(QStringLiteral("message")).toString());
    return said.empty() ? "an error without a word" : said;
}

/// Some nodes write "error": null beside a result.
bool isError(const QJsonObject &reply)
{
    const QJsonValue error = reply.value(QStringLiteral("error"));
    return !error.isUndefined() && !error.isNull();
}

/// How far the heads of two nodes may be apart.
constexpr std::uint64_t kBehindMax = 10;

/// Sorts the replies of a batch to their requests; each exactly once.
/// A quantity alone in an answer.
Result<std::uint64_t> readFirst(const auto &answers)
{
    if (answers.results.empty())
        return fail(ErrorCode::Unavailable, "the node says: " + answers.refusal);
    return readQuantity(answers.results.front());
}

struct Sorted {
    std::vector<QJsonValue> results;
    std::string refusal{};
};
Result<Sorted> sortReplies(const QJsonDocument &document, std::size_t count)
{
    const QJsonArray replies =
        document.isArray() ? document.array() : QJsonArray{document.object()};
    if (document.isObject() && isError(document.object()))
        return Sorted{{}, refusalOf(document.object().value(QStringLiteral("error")))};
    if (static_cast<std::size_t>(replies.size()) != count)
        return fail(ErrorCode::Corrupt, "the node answered another number of questions");
    std::vector<QJsonValue> results(count, QJsonValue(QJsonValue::Undefined));
    for (const QJsonValue &each : replies) {
        const QJsonObject reply = each.toObject();
        const auto id = reply.value(QStringLiteral("id")).toInteger(-1);
        if (id < 0 || static_cast<std::size_t>(id) >= count ||
            !results[static_cast<std::size_t>(id)].isUndefined())
            return fail(ErrorCode::Corrupt, "the node answered what was not asked");
        if (isError(reply))
            return Sorted{{}, refusalOf(reply.value(QStringLiteral("error")))};
        const QJsonValue result = reply.value(QStringLiteral("result"));
        if (result.isUndefined())
            return fail(ErrorCode::Corrupt, "the node's answer has no result");
        results[static_cast<std::size_t>(id)] = result;
    }
    return Sorted{std::move(results)};
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
        if (m_endpoints[i].serves == Serves::Ours || m_endpoints[i].serves == Serves::NotAsked)
            order.push_back(i);
    std::ranges::stable_sort(order, {}, [this](std::size_t i) {
        const EndpointState &state = m_endpoints[i].state;
        return std::tuple(state.disagrees, state.isBehind, std::min(state.failuresInARow, 3U));
    });
    return order;
}

bool ChainClient::isFromTheFuture(const Block &block) const
{
    if (!m_options.aheadMax)
        return false;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return block.time > (now.time_since_epoch() + *m_options.aheadMax).count();
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
    return askOne(endpoint, requests, m_options.answerMax, std::move(stop));
}

Result<ChainClient::Answers> ChainClient::askOne(std::size_t endpoint,
                                                 std::span<const Request> requests,
                                                 std::chrono::milliseconds answerMax,
                                                 std::stop_token stop)
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
    http.timeouts = {.resolve = answerMax,
                     .connect = answerMax,
                     .firstByte = answerMax,
                     .idle = answerMax,
                     .total = answerMax};
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
    return Answers{std::move(results->results), std::move(results->refusal)};
}

void ChainClient::noteChain(std::size_t endpoint, const Result<std::uint64_t> &chain)
{
    const std::scoped_lock lock(m_mutex);
    Endpoint &noted = m_endpoints[endpoint];
    if (!chain) {
        ++noted.state.failuresInARow;
        noted.state.problem = describe(chain.error());
        // What was known before still holds.
        if (noted.serves == Serves::NotAsked)
            noted.serves = Serves::NotKnown;
        return;
    }
    noted.serves = *chain == m_options.chainId ? Serves::Ours : Serves::Another;
    if (noted.serves == Serves::Another) {
        noted.state.problem = std::format("serves chain {}, not {}", *chain, m_options.chainId);
        return;
    }
    noted.state.failuresInARow = 0;
    noted.state.problem.clear();
}

Status ChainClient::checkChain(std::stop_token stop)
{
    const Request requests[] = {{"eth_chainId", {}}};
    for (std::size_t i = 0; i < m_endpoints.size(); ++i)
        noteChain(i, askOne(i, requests, stop).and_then([](const Answers &answers) {
            return readFirst(answers);
        }));
    const std::scoped_lock lock(m_mutex);
    const auto any = [this](Serves serves) {
        return std::ranges::contains(m_endpoints, serves, &Endpoint::serves);
    };
    if (any(Serves::Ours))
        return {};
    if (any(Serves::NotKnown))
        return fail(ErrorCode::Unavailable, "no node answers",
                    "see flare status, and set flare.rpc to nodes of the network");
    return fail(
        ErrorCode::Denied,
        std::format("{} {}", m_endpoints.front().state.host, m_endpoints.front().state.problem),
        "set flare.rpc to nodes of the network");
}

Result<bool> ChainClient::compare(std::uint64_t number, std::stop_token stop)
{
    const Request requests[] = {{"eth_chainId", {}},
                                {"eth_blockNumber", {}},
                                {"eth_getBlockByNumber", {quantity(number), false}}};
    std::vector<std::optional<Bytes32>> hashes(m_endpoints.size());
    std::vector<std::uint64_t> heads;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        const auto answers = askOne(i, requests, stop);
        noteChain(i, answers.and_then([](const Answers &each) { return readFirst(each); }));
        if (!answers || answers->results.size() != std::size(requests))
            continue;
        const auto head = readQuantity(answers->results[1]);
        const auto block = readBlock(answers->results[2], Bodies::HeadersOnly);
        const std::scoped_lock lock(m_mutex);
        if (!head || m_endpoints[i].serves != Serves::Ours)
            continue;
        m_endpoints[i].state.head = *head;
        heads.push_back(*head);
        // A node that lags does not disagree.
        if (block && block->number == number)
            hashes[i] = block->hash;
    }
    if (std::ranges::none_of(hashes, [](const auto &hash) { return hash.has_value(); }))
        return fail(ErrorCode::Unavailable, "no node has the block that was to be compared");
    // What most say; among equals what the preferred one says.
    const auto votes = [&hashes](const auto &hash) {
        return hash ? std::ranges::count(hashes, hash) : 0;
    };
    const std::optional<Bytes32> truth = *std::ranges::max_element(hashes, {}, votes);
    // The lower middle: a single node that boasts puts nobody behind.
    std::ranges::sort(heads);
    const std::uint64_t middle = heads[(heads.size() - 1) / 2];
    bool agree = true;
    const std::scoped_lock lock(m_mutex);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        EndpointState &state = m_endpoints[i].state;
        if (hashes[i])
            state.disagrees = hashes[i] != truth;
        if (state.head)
            state.isBehind = *state.head + kBehindMax < middle;
        agree = agree && !state.disagrees;
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
