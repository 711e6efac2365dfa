// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exchange_cases.h"

#include "exchange_expectations.h"

#include "chrona/connect/exact_json.h"
#include "chrona/connect/venue_rows.h"

#include <QByteArray>

#include <algorithm>
#include <charconv>
#include <format>
#include <optional>

namespace chrona::conformance {
namespace {

using namespace connect;

std::optional<RequestKind> requestKind(std::string_view name)
{
    for (const auto kind : {RequestKind::Ticker, RequestKind::Tickers, RequestKind::Trades,
                            RequestKind::Candles, RequestKind::Book, RequestKind::Status})
        if (toString(kind) == name)
            return kind;
    return std::nullopt;
}

std::optional<std::int64_t> receivedIn(JsonRef where)
{
    return millisFrom(where["received_ms"].text(), TimeUnit::Millis);
}

/// A payload stands in the file as JSON itself, or as text where it is none.
std::string_view payloadOf(JsonRef value)
{
    return value.isText() ? value.text() : value.raw();
}

std::string frameOf(JsonRef value)
{
    const std::string_view packed = value["raw_base64"].text();
    if (packed.empty())
        return std::string(payloadOf(value["message"]));
    return QByteArray::fromBase64(QByteArray(packed.data(), static_cast<qsizetype>(packed.size())))
        .toStdString();
}

int statusOf(std::string_view text)
{
    int status = 200; // what a case does not state
    std::from_chars(text.data(), text.data() + text.size(), status);
    return status;
}

std::vector<Header> headersOf(JsonRef value)
{
    std::vector<Header> headers;
    for (const JsonRef header : value["headers"])
        headers.push_back({std::string(header.key()), std::string(header.text())});
    return headers;
}

Reading readHttp(const Venue &venue, JsonRef value, std::string_view body)
{
    const auto kind = requestKind(value["kind"].text());
    if (!kind)
        return {{Outcome::Reject, "unknown_kind", {}, {}}, {}};
    const auto headers = headersOf(value);
    HttpReply reply{.kind = *kind, .body = body};
    const std::string_view request = value["request"].text();
    reply.target = request.substr(std::min(request.find(' ') + 1, request.size()));
    reply.headers = headers;
    reply.status = statusOf(value["status"].text());
    reply.receivedMs = receivedIn(value);
    if (!reply.receivedMs)
        reply.receivedMs = receivedIn(value["expect"]);
    return venue.readReply(reply);
}

/// What a connection saw before: earlier frames, seen trades, the last number of a book. A first
/// reading by a session of its own tells under which names the venue keeps them.
void prepare(const Venue &venue, JsonRef context, const std::string &frame, Session &session)
{
    if (context.isArray()) {
        for (const JsonRef earlier : context)
            (void)venue.readFrame(payloadOf(earlier), session);
        return;
    }
    Session scratch;
    const Reading first = venue.readFrame(frame, scratch);
    for (const JsonRef id : context["seen_trade_ids"])
        for (const Message &message : first.messages)
            if (const auto *trades = std::get_if<Trades>(&message))
                for (const Trade &trade : trades->trades)
                    if (trade.id == id.text())
                        session.trades.insert(tradeKey(trades->market, trade));
    if (const JsonRef last = context["last_sequence"]; !last.isMissing())
        for (const auto &[stream, number] : scratch.sequences)
            session.sequences[stream] = last.text();
    for (const JsonRef earlier : context["frames"])
        (void)venue.readFrame(payloadOf(earlier), session);
}

Reading readStream(const Venue &venue, JsonRef value, const std::string &frame)
{
    Session session;
    prepare(venue, value["context"], frame, session);
    session.receivedMs = receivedIn(value);
    if (!session.receivedMs)
        session.receivedMs = receivedIn(value["expect"]);
    return venue.readFrame(frame, session);
}

std::string judge(const Venue &venue, JsonRef value)
{
    const std::string_view kind = value["kind"].text();
    if (const JsonRef expected = value["expect"]; !expected.isMissing()) {
        const std::string body(value["body"].text());
        const bool isStream = value["transport"].text() == "ws" || kind.starts_with("ws_");
        return differenceOfFault(
            isStream ? readStream(venue, value, body) : readHttp(venue, value, body), expected);
    }
    const JsonRef expected = value["expected"];
    if (!expected.isObject())
        return "the case expects nothing";
    if (kind.starts_with("ws_"))
        return differenceOf(kind, readStream(venue, value, frameOf(value)), expected);
    return differenceOf(kind, readHttp(venue, value, payloadOf(value["httpResponse"])), expected);
}

} // namespace

bool ExchangeCases::knows(const QJsonObject &root)
{
    return root.value(QStringLiteral("exchange")).isString() ||
           root.value(QStringLiteral("outcomes")).isObject();
}

const Venue *ExchangeCases::venue(std::string_view id)
{
    if (!m_library && m_loadError.empty()) {
        auto library = ConnectorLibrary::load(m_folder);
        if (library)
            m_library = std::move(*library);
        else
            m_loadError = describe(library.error());
    }
    const auto *entry = m_library ? m_library->find(id) : nullptr;
    return entry != nullptr ? entry->venue : nullptr;
}

void ExchangeCases::check(std::string_view text, Tally &tally)
{
    const ExactJson json(text);
    const JsonRef cases = json.root()["cases"];
    if (cases.size() == 0)
        return tally.add("cases", QStringLiteral("the group is missing or empty"));
    std::size_t index = 0;
    for (const JsonRef value : cases) {
        const std::string name =
            value["id"].isText() ? std::string(value["id"].text()) : std::format("[{}]", index);
        ++index;
        const std::string_view exchange =
            value["exchange"].isText() ? value["exchange"].text() : json.root()["exchange"].text();
        const Venue *found = venue(exchange);
        const std::string problem =
            found != nullptr
                ? judge(*found, value)
                : std::format("no plugin reads the venue '{}' {}", exchange, m_loadError);
        tally.add(name, QString::fromStdString(problem));
    }
}

} // namespace chrona::conformance
