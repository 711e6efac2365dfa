// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/value_provider.h"

#include "chrona/net/http_client.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <format>

namespace chrona::flare {
namespace {

QJsonObject feedObject(const ftso::Feed &feed)
{
    return {{QStringLiteral("category"), feed.id.front()},
            {QStringLiteral("name"), QString::fromStdString(feedName(feed.id))}};
}

/// Whether the answer is about the feed that was asked; what else is said of it does not matter.
bool isOf(const QJsonValue &answer, const QJsonValue &asked)
{
    const QJsonObject feed = answer.toObject().value(QStringLiteral("feed")).toObject();
    const QJsonObject wanted = asked.toObject();
    return feed.value(QStringLiteral("category")).toInt(-1) ==
               wanted.value(QStringLiteral("category")).toInt() &&
           feed.value(QStringLiteral("name")) == wanted.value(QStringLiteral("name"));
}

} // namespace

ValueProvider::ValueProvider(std::string url, net::HttpClient &http, std::stop_token stop)
    : m_url(std::move(url)), m_http(http), m_stop(std::move(stop))
{
    while (m_url.ends_with('/'))
        m_url.pop_back();
}

std::string feedName(const ftso::FeedId &id)
{
    std::string name(id.begin() + 1, id.end());
    name.resize(std::min(name.find('\0'), name.size()));
    return name;
}

Result<std::vector<std::optional<double>>>
ValueProvider::valuesFor(RoundId round, std::span<const ftso::Feed> feeds)
{
    // The commit has to be in a block some seconds later: a slow answer is none.
    constexpr std::chrono::milliseconds kAnswerMax{3'000};
    QJsonArray asked;
    for (const ftso::Feed &feed : feeds)
        asked.append(feedObject(feed));
    net::Request request{.url = std::format("{}/feed-values/{}", m_url, round)};
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    request.body = QJsonDocument(QJsonObject{{QStringLiteral("feeds"), asked}})
                       .toJson(QJsonDocument::Compact)
                       .toStdString();
    request.timeouts = {.firstByte = kAnswerMax, .idle = kAnswerMax, .total = kAnswerMax};
    request.sizes = {.wireBytesMax = 1 << 20, .bodyBytesMax = 1 << 20};
    const auto response = m_http.get(request, m_stop);
    if (!response)
        return std::unexpected(response.error());
    const QJsonObject answer =
        QJsonDocument::fromJson(QByteArray::fromStdString(response->body)).object();
    const QJsonArray data = answer.value(QStringLiteral("data")).toArray();
    if (answer.value(QStringLiteral("votingRoundId")).toInteger(-1) != round ||
        data.size() != asked.size())
        return fail(ErrorCode::Corrupt,
                    "the value provider answered for another round or other feeds");
    std::vector<std::optional<double>> values(feeds.size());
    for (qsizetype i = 0; i < data.size(); ++i) {
        const QJsonObject each = data.at(i).toObject();
        if (!isOf(each, asked.at(i)))
            return fail(ErrorCode::Corrupt, "the value provider answered in another order");
        const double value = each.value(QStringLiteral("value")).toDouble(0);
        if (std::isfinite(value) && value > 0)
            values[static_cast<std::size_t>(i)] = value;
    }
    return values;
}

} // namespace chrona::flare
