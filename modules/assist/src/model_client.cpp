// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/assist/model_client.h"

#include "qt_text.h"

#include "chrona/net/address.h"
#include "chrona/net/http_client.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <format>

using namespace std::chrono_literals;

namespace chrona::assist {
namespace {

constexpr std::size_t kAnswerBytesMax = 32 << 20;
constexpr qsizetype kDimensionsMax = 16'384;
constexpr std::size_t kTextsMax = 256;

bool isThisMachine(const net::UrlParts &parts)
{
    return parts.host == "localhost" || parts.host == "::1" || parts.host.starts_with("127.");
}

Status judge(const ModelEndpoint &endpoint)
{
    const auto parts = net::splitUrl(endpoint.address);
    if (!parts)
        return std::unexpected(parts.error());
    if (endpoint.kind == ModelEndpoint::Kind::Ollama && !isThisMachine(*parts))
        return fail(
            ErrorCode::InvalidInput,
            std::format("{} is not this machine: Ollama is asked here only", endpoint.address),
            "give an address like http://127.0.0.1:11434");
    if (endpoint.kind == ModelEndpoint::Kind::Cloud && !parts->isTls)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} is not encrypted: a key is not sent there", endpoint.address),
                    "give an https address");
    return {};
}

QJsonArray messagesOf(const ChatQuestion &question)
{
    const auto message = [](const char *role, const std::string &content) {
        return QJsonObject{{QStringLiteral("role"), QLatin1StringView(role)},
                           {QStringLiteral("content"), toQString(content)}};
    };
    return {message("system", question.system), message("user", question.text)};
}

QJsonObject schemaOf(const ChatQuestion &question)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(question.schema)).object();
}

QJsonObject ollamaBody(const ChatQuestion &question)
{
    return {{QStringLiteral("model"), toQString(question.model)},
            {QStringLiteral("messages"), messagesOf(question)},
            {QStringLiteral("stream"), false},
            {QStringLiteral("format"), schemaOf(question)},
            {QStringLiteral("options"),
             QJsonObject{{QStringLiteral("temperature"), 0},
                         {QStringLiteral("seed"), 7},
                         {QStringLiteral("num_predict"), qint64(question.tokensMax)}}}};
}

QJsonObject cloudBody(const ChatQuestion &question)
{
    const QJsonObject form{{QStringLiteral("name"), QStringLiteral("answer")},
                           {QStringLiteral("strict"), true},
                           {QStringLiteral("schema"), schemaOf(question)}};
    return {{QStringLiteral("model"), toQString(question.model)},
            {QStringLiteral("messages"), messagesOf(question)},
            {QStringLiteral("temperature"), 0},
            {QStringLiteral("max_tokens"), qint64(question.tokensMax)},
            {QStringLiteral("response_format"),
             QJsonObject{{QStringLiteral("type"), QStringLiteral("json_schema")},
                         {QStringLiteral("json_schema"), form}}}};
}

std::int64_t numberIn(const QJsonObject &object, const char *key)
{
    return std::max<std::int64_t>(0, object.value(QLatin1StringView(key)).toInteger());
}

Result<ChatAnswer> ollamaAnswer(const QJsonObject &reply)
{
    const QJsonValue content =
        reply.value(QLatin1StringView("message")).toObject().value(QLatin1StringView("content"));
    if (!content.isString())
        return fail(ErrorCode::Corrupt, "the model server's answer has no message");
    return ChatAnswer{content.toString().toStdString(),
                      numberIn(reply, "prompt_eval_count") + numberIn(reply, "eval_count")};
}

Result<ChatAnswer> cloudAnswer(const QJsonObject &reply)
{
    const QJsonValue content = reply.value(QLatin1StringView("choices"))
                                   .toArray()
                                   .first()
                                   .toObject()
                                   .value(QLatin1StringView("message"))
                                   .toObject()
                                   .value(QLatin1StringView("content"));
    if (!content.isString())
        return fail(ErrorCode::Corrupt, "the model server's answer has no message");
    return ChatAnswer{content.toString().toStdString(),
                      numberIn(reply.value(QLatin1StringView("usage")).toObject(), "total_tokens")};
}

Result<std::vector<float>> vectorFrom(const QJsonValue &value)
{
    const QJsonArray numbers = value.toArray();
    std::vector<float> vector;
    if (numbers.isEmpty() || numbers.size() > kDimensionsMax)
        return fail(ErrorCode::Corrupt, "the model server's vector has an impossible size");
    for (const QJsonValue number : numbers) {
        const double one = number.toDouble(std::nan(""));
        if (!std::isfinite(one))
            return fail(ErrorCode::Corrupt, "the model server's vector holds what is no number");
        vector.push_back(static_cast<float>(one));
    }
    return vector;
}

} // namespace

struct ModelClient::State {
    ModelEndpoint endpoint;
    std::unique_ptr<net::HttpClient> http;

    [[nodiscard]] Result<QJsonObject> post(const char *path, const QJsonObject &body,
                                           std::chrono::milliseconds timeMax,
                                           const std::stop_token &stop)
    {
        std::string base = endpoint.address;
        while (base.ends_with('/'))
            base.pop_back();
        net::Request request;
        request.url = base + path;
        request.headers = {{"Content-Type", "application/json"}};
        if (endpoint.keyOf) {
            auto key = endpoint.keyOf();
            if (!key)
                return std::unexpected(key.error());
            request.headers.push_back({"Authorization", "Bearer " + *key});
        }
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString();
        request.timeouts.firstByte = std::min<std::chrono::milliseconds>(120s, timeMax);
        request.timeouts.total = timeMax;
        request.sizes.wireBytesMax = request.sizes.bodyBytesMax = kAnswerBytesMax;
        request.attemptsMax = 1;
        request.redirectsMax = 0;
        const auto response = http->get(request, stop);
        if (!response)
            return std::unexpected(response.error());
        const QJsonDocument document =
            QJsonDocument::fromJson(QByteArray::fromStdString(response->body));
        if (!document.isObject())
            return fail(ErrorCode::Corrupt, "the model server's answer is no JSON object");
        return document.object();
    }
};

ModelClient::ModelClient(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ModelClient::~ModelClient() = default;

Result<std::unique_ptr<ModelClient>> ModelClient::open(ModelEndpoint endpoint)
{
    if (auto judged = judge(endpoint); !judged)
        return std::unexpected(judged.error());
    net::HttpClient::Options options;
    options.userAgent = endpoint.userAgent;
    options.hostRate = {20, 20, 2};
    const auto policy = endpoint.kind == ModelEndpoint::Kind::Ollama
                            ? net::AddressPolicy::PublicAndLoopback
                            : net::AddressPolicy::PublicOnly;
    auto http = net::HttpClient::create(options, net::makeNetworkTransport(policy));
    if (!http)
        return std::unexpected(http.error());
    return std::unique_ptr<ModelClient>(
        new ModelClient(std::make_unique<State>(std::move(endpoint), std::move(*http))));
}

Result<ChatAnswer> ModelClient::chat(const ChatQuestion &question, std::stop_token stop)
{
    const bool isLocal = m_state->endpoint.kind == ModelEndpoint::Kind::Ollama;
    return m_state
        ->post(isLocal ? "/api/chat" : "/chat/completions",
               isLocal ? ollamaBody(question) : cloudBody(question), question.timeMax, stop)
        .and_then(isLocal ? ollamaAnswer : cloudAnswer);
}

Result<Embeddings> ModelClient::embed(const std::string &model, std::span<const std::string> texts,
                                      std::stop_token stop)
{
    if (m_state->endpoint.kind != ModelEndpoint::Kind::Ollama)
        return fail(ErrorCode::InvalidInput, "vectors are asked of this machine only");
    if (texts.empty() || texts.size() > kTextsMax)
        return fail(ErrorCode::InvalidInput, "vectors are asked for 1 to 256 texts at once");
    QJsonArray input;
    for (const std::string &text : texts)
        input.append(toQString(text));
    const auto reply = m_state->post(
        "/api/embed",
        {{QStringLiteral("model"), toQString(model)}, {QStringLiteral("input"), input}}, 180s,
        stop);
    if (!reply)
        return std::unexpected(reply.error());
    const QJsonArray rows = reply->value(QLatin1StringView("embeddings")).toArray();
    if (rows.size() != input.size())
        return fail(ErrorCode::Corrupt, "the model server gave another number of vectors");
    Embeddings found;
    found.tokens = numberIn(*reply, "prompt_eval_count");
    for (const QJsonValue row : rows) {
        auto vector = vectorFrom(row);
        if (!vector)
            return std::unexpected(vector.error());
        if (!found.vectors.empty() && found.vectors.front().size() != vector->size())
            return fail(ErrorCode::Corrupt, "the model server's vectors differ in size");
        found.vectors.push_back(std::move(*vector));
    }
    return found;
}

} // namespace chrona::assist
