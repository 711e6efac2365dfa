// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/validators.h"

#include "chrona/net/http_client.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace chrona::flare {
namespace {

constexpr std::string_view kNodePrefix = "NodeID-";
constexpr std::string_view kBase58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t kNodeSumBytes = 4;
using SummedNode = std::array<std::uint8_t, std::tuple_size_v<NodeId> + kNodeSumBytes>;

SummedNode withSum(const NodeId &id)
{
    SummedNode summed{};
    std::ranges::copy(id, summed.begin());
    const QByteArray hash = QCryptographicHash::hash(
        QByteArrayView(reinterpret_cast<const char *>(id.data()), std::ssize(id)),
        QCryptographicHash::Sha256);
    std::ranges::copy(hash.last(kNodeSumBytes), summed.end() - kNodeSumBytes);
    return summed;
}

/// The P-chain counts thousand-millionths of a coin.
Result<Uint256> weiOfNano(const QJsonValue &value)
{
    const QString text = value.isDouble() ? QString::number(value.toInteger(-1)) : value.toString();
    bool isNumber = false;
    const quint64 nano = text.toULongLong(&isNumber);
    if (!isNumber)
        return fail(ErrorCode::Corrupt, "a validator's stake is no amount");
    return Uint256(nano) * Uint256(1'000'000'000);
}

/// What others gave it: told as a sum, or by each.
Result<Uint256> delegatedTo(const QJsonObject &validator)
{
    const QJsonValue sum = validator.value(QStringLiteral("delegatorWeight"));
    if (!sum.isUndefined() && !sum.isNull())
        return weiOfNano(sum);
    Uint256 all;
    for (const QJsonValue &each : validator.value(QStringLiteral("delegators")).toArray()) {
        const auto one = weiOfNano(each.toObject().value(QStringLiteral("stakeAmount")));
        if (!one)
            return one;
        all += *one;
    }
    return all;
}

std::optional<double> uptimeIn(const QJsonValue &value)
{
    bool isNumber = value.isDouble();
    const double percent = isNumber ? value.toDouble() : value.toString().toDouble(&isNumber);
    return isNumber && percent >= 0 && percent <= 100 ? std::optional(percent) : std::nullopt;
}

Result<ValidatorState> validatorIn(const QJsonObject &object)
{
    const auto node = parseNodeId(object.value(QStringLiteral("nodeID")).toString().toStdString());
    if (!node)
        return std::unexpected(node.error());
    const QJsonValue own = object.value(QStringLiteral("stakeAmount"));
    const auto bond = weiOfNano(own.isUndefined() ? object.value(QStringLiteral("weight")) : own);
    const auto delegated = delegatedTo(object);
    if (!bond || !delegated)
        return std::unexpected(!bond ? bond.error() : delegated.error());
    return ValidatorState{.node = *node,
                          .selfBond = *bond,
                          .stake = *bond + *delegated,
                          .uptime = uptimeIn(object.value(QStringLiteral("uptime"))),
                          .isConnected = object.value(QStringLiteral("connected")).toBool()};
}

net::Request currentValidators(const std::string &url, std::span<const NodeId> nodes)
{
    constexpr std::chrono::milliseconds kAnswerMax{10'000};
    constexpr std::size_t kBytesMax = 16 << 20; // older nodes name every delegator
    QJsonArray names;
    for (const NodeId &node : nodes)
        names.append(QString::fromStdString(nodeIdText(node)));
    net::Request request{.url = url};
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    request.body = QJsonDocument(QJsonObject{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                                             {QStringLiteral("id"), 0},
                                             {QStringLiteral("method"),
                                              QStringLiteral("platform.getCurrentValidators")},
                                             {QStringLiteral("params"),
                                              QJsonObject{{QStringLiteral("nodeIDs"), names}}}})
                       .toJson(QJsonDocument::Compact)
                       .toStdString();
    request.timeouts = {.resolve = kAnswerMax,
                        .connect = kAnswerMax,
                        .firstByte = kAnswerMax,
                        .idle = kAnswerMax,
                        .total = kAnswerMax};
    request.sizes = {.wireBytesMax = kBytesMax, .bodyBytesMax = kBytesMax};
    return request;
}

} // namespace

std::string nodeIdText(const NodeId &id)
{
    // Digits of base 58, the last one first, by long division.
    std::vector<std::uint8_t> digits;
    const SummedNode summed = withSum(id);
    for (const std::uint8_t byte : summed) {
        unsigned carry = byte;
        for (std::uint8_t &digit : digits) {
            carry += digit * 256U;
            digit = static_cast<std::uint8_t>(carry % 58);
            carry /= 58;
        }
        for (; carry > 0; carry /= 58)
            digits.push_back(static_cast<std::uint8_t>(carry % 58));
    }
    const auto zeros = std::ranges::find_if(summed, [](std::uint8_t b) { return b != 0; });
    std::string text(kNodePrefix);
    text.append(static_cast<std::size_t>(zeros - summed.begin()), kBase58.front());
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit)
        text += kBase58[*digit];
    return text;
}

Result<NodeId> parseNodeId(std::string_view text)
{
    constexpr std::size_t kTextMax = 48;
    const auto wrong = [] { return fail(ErrorCode::Corrupt, "this is no id of a validator"); };
    if (!text.starts_with(kNodePrefix) || text.size() > kTextMax)
        return wrong();
    text.remove_prefix(kNodePrefix.size());
    SummedNode summed{};
    for (const char c : text) {
        const auto digit = kBase58.find(c);
        if (digit == std::string_view::npos)
            return wrong();
        auto carry = static_cast<unsigned>(digit);
        for (auto byte = summed.rbegin(); byte != summed.rend(); ++byte) {
            carry += *byte * 58U;
            *byte = static_cast<std::uint8_t>(carry);
            carry >>= 8;
        }
        if (carry > 0)
            return wrong();
    }
    NodeId id{};
    std::copy_n(summed.begin(), id.size(), id.begin());
    if (withSum(id) != summed || nodeIdText(id).substr(kNodePrefix.size()) != text)
        return wrong();
    return id;
}

std::string platformUrl(std::string_view rpc)
{
    for (const std::string_view tail : {"/ext/bc/C/rpc", "/ext/C/rpc"})
        if (rpc.ends_with(tail))
            return std::string(rpc.substr(0, rpc.size() - tail.size())) + "/ext/bc/P";
    return {};
}

Result<std::vector<ValidatorState>> readValidators(net::HttpClient &http, const std::string &url,
                                                   std::span<const NodeId> nodes,
                                                   std::stop_token stop)
{
    const auto response = http.get(currentValidators(url, nodes), std::move(stop));
    if (!response)
        return std::unexpected(response.error());
    const QJsonObject answer =
        QJsonDocument::fromJson(QByteArray::fromStdString(response->body)).object();
    const QJsonValue list =
        answer.value(QStringLiteral("result")).toObject().value(QStringLiteral("validators"));
    // A null list is how nobody's is written.
    if (!list.isArray() && !list.isNull())
        return fail(ErrorCode::Corrupt, "the node does not tell of validators",
                    "set flare.p_rpc to a node that serves the P-chain");
    std::vector<ValidatorState> seen;
    for (const QJsonValue &each : list.toArray()) {
        auto validator = validatorIn(each.toObject());
        if (!validator)
            return std::unexpected(validator.error());
        if (std::ranges::contains(nodes, validator->node) &&
            !std::ranges::contains(seen, validator->node, &ValidatorState::node))
            seen.push_back(std::move(*validator));
    }
    return seen;
}

} // namespace chrona::flare
