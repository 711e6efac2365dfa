// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_values.h"

#include "chrona/ftso/epochs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <charconv>
#include <cmath>
#include <format>

namespace chrona::service {
namespace {

using http::Response;

constexpr qsizetype kAskedMax = 1'000;
constexpr qsizetype kFeedNameMax = 32;
constexpr int kCategoryMax = 255;
constexpr std::int64_t kWindowDefault = 60, kWindowMax = 3'600;

Response refused(int status, const char *reason)
{
    const QJsonObject body{{QStringLiteral("statusCode"), status},
                           {QStringLiteral("message"), QLatin1StringView(reason)}};
    return {.status = status,
            .body = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString()};
}

Response answered(const QJsonObject &body)
{
    return {.body = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString()};
}

std::optional<std::int64_t> numberOf(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

/// "window=60"; nothing for any other query.
std::optional<std::int64_t> windowOf(std::string_view query)
{
    constexpr std::string_view kName = "window=";
    if (query.empty())
        return kWindowDefault;
    if (!query.starts_with(kName))
        return std::nullopt;
    const auto window = numberOf(query.substr(kName.size()));
    return window && *window >= 1 && *window <= kWindowMax ? window : std::nullopt;
}

} // namespace

struct FlareValues::Asked {
    QJsonArray feeds; ///< as they came, for they go back as they came
    std::vector<std::string> names;

    [[nodiscard]] static std::optional<Asked> read(const std::string &body)
    {
        const QJsonObject whole = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
        const QJsonArray all = whole.value(QStringLiteral("feeds")).toArray();
        if (!whole.value(QStringLiteral("feeds")).isArray() || all.size() > kAskedMax)
            return std::nullopt;
        Asked asked;
        for (const QJsonValue each : all) {
            const QJsonObject feed = each.toObject();
            const QJsonValue category = feed.value(QStringLiteral("category")),
                             name = feed.value(QStringLiteral("name"));
            const int number = category.toInt(-1);
            if (!name.isString() || name.toString().size() > kFeedNameMax || number < 0 ||
                number > kCategoryMax)
                return std::nullopt;
            asked.feeds.append(
                QJsonObject{{QStringLiteral("category"), number}, {QStringLiteral("name"), name}});
            asked.names.push_back(name.toString().toStdString());
        }
        return asked;
    }
};

/// A round that has long ended, or is far ahead, has no price of now. One to either side is let
/// pass: the networks' rounds do not begin at the same second, nor do clocks.
bool FlareValues::isOfNow(std::int64_t round) const
{
    const auto network = ftso::networkNamed("flare");
    const auto now = std::chrono::floor<std::chrono::seconds>(m_parts.clock->now());
    const ftso::RoundId current = ftso::votingEpochAt(*network, now.time_since_epoch().count());
    return round >= current - 1 && round <= current + 1;
}

Response FlareValues::values(const Asked &asked, std::optional<std::int64_t> round)
{
    QJsonArray data;
    std::int32_t given = 0;
    for (std::size_t i = 0; i < asked.names.size(); ++i) {
        QJsonObject each{{QStringLiteral("feed"), asked.feeds.at(static_cast<qsizetype>(i))}};
        const auto price = m_parts.price(asked.names[i]);
        if (price && std::isfinite(*price) && *price > 0) {
            each.insert(QStringLiteral("value"), *price);
            ++given;
        }
        data.append(each);
    }
    {
        const std::scoped_lock lock(m_mutex);
        if (round)
            m_round = round;
        m_at = m_parts.clock->now();
        m_feeds = static_cast<std::int32_t>(asked.names.size());
        m_values = given;
    }
    QJsonObject body{{QStringLiteral("data"), data}};
    if (round)
        body.insert(QStringLiteral("votingRoundId"), static_cast<qint64>(*round));
    return answered(body);
}

Response FlareValues::volumes(const Asked &asked, std::int64_t windowSeconds)
{
    QJsonArray data;
    for (std::size_t i = 0; i < asked.names.size(); ++i) {
        QJsonArray all;
        for (const VenueVolume &each : m_parts.volumes(asked.names[i], 1'000 * windowSeconds))
            all.append(QJsonObject{{QStringLiteral("exchange"), QString::fromStdString(each.venue)},
                                   {QStringLiteral("volume"), each.volume}});
        data.append(QJsonObject{{QStringLiteral("feed"), asked.feeds.at(static_cast<qsizetype>(i))},
                                {QStringLiteral("volumes"), all}});
    }
    return answered({{QStringLiteral("data"), data},
                     {QStringLiteral("windowSec"), static_cast<qint64>(windowSeconds)}});
}

Response FlareValues::answer(const http::Request &request)
{
    constexpr std::string_view kValues = "/feed-values", kVolumes = "/volumes";
    std::string_view path = request.path;
    const bool isVolumes = path == kVolumes || path == "/volumes/";
    if (!isVolumes && path != kValues && !path.starts_with("/feed-values/"))
        return refused(404, "there is /feed-values/ROUND, /feed-values/ and /volumes/");
    if (request.method != "POST")
        return refused(405, "POST the feeds that are wanted");
    const auto asked = Asked::read(request.body);
    if (!asked)
        return refused(400, "the body is no list of feeds with category and name");
    if (isVolumes) {
        const auto window = windowOf(request.query);
        return window ? volumes(*asked, *window) : refused(400, "the window is 1 to 3600 seconds");
    }
    path.remove_prefix(kValues.size());
    if (path.size() <= 1)
        return values(*asked, std::nullopt);
    const auto round = numberOf(path.substr(1));
    if (!round)
        return refused(400, "a voting round is a number");
    if (!isOfNow(*round))
        return refused(404, "prices are known for the present voting round only");
    return values(*asked, *round);
}

void FlareValues::tell(ipc::FlareProvideStatus &status) const
{
    const std::scoped_lock lock(m_mutex);
    status.lastRound = m_round;
    status.lastAskedAt = m_at;
    status.lastFeeds = m_feeds;
    status.lastValues = m_values;
}

} // namespace chrona::service
