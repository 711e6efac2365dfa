// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/json_venue.h"

namespace chrona::connect {
namespace {

std::string_view toString(JsonFlaw flaw)
{
    switch (flaw) {
    case JsonFlaw::Empty: return "empty";
    case JsonFlaw::Truncated: return "truncated";
    default: return "not_json";
    }
}

Reading rejected(std::string_view reason)
{
    return {{Outcome::Reject, std::string(reason), {}, {}}, {}};
}

} // namespace

Reading JsonVenue::readReply(const HttpReply &reply) const
{
    const ExactJson json(reply.body);
    const auto error = json.flaw() == JsonFlaw::None ? errorOf(json.root()) : std::nullopt;
    if (error || reply.status < 200 || reply.status >= 300)
        return {judgeError(reply, error, errorRules()), {}};
    if (json.flaw() != JsonFlaw::None)
        return rejected(toString(json.flaw()));
    const auto rows =
        reply.kind == RequestKind::Tickers ? ReadingBuilder::Rows::Many : ReadingBuilder::Rows::One;
    ReadingBuilder out(rows, reply.receivedMs);
    readBody(reply, json.root(), out);
    Reading reading = std::move(out).finish();
    // A list in which no market is alive, or a single answer that held nothing.
    if (reading.messages.empty() && reading.verdict.outcome == Outcome::Accept)
        reading.verdict = {Outcome::Reject, "no_market", {}, {}};
    return reading;
}

Reading JsonVenue::readFrame(std::string_view frame, Session &session) const
{
    return readJsonFrame(frame, session);
}

Reading JsonVenue::readJsonFrame(std::string_view json, Session &session) const
{
    ReadingBuilder out(ReadingBuilder::Rows::One, session.receivedMs, &session);
    if (json == "pong") { // OKX and Bitget speak outside of JSON here
        out.control(ControlKind::Pong);
        return std::move(out).finish();
    }
    if (json == "ping") {
        out.control(ControlKind::Ping, {}, "pong");
        return std::move(out).finish();
    }
    const ExactJson document(json);
    if (document.flaw() != JsonFlaw::None)
        return rejected(toString(document.flaw()));
    readMessage(document.root(), session, out);
    return std::move(out).finish();
}

std::string JsonVenue::keepAlive(std::int64_t /*nowMs*/) const
{
    return {};
}

Book JsonVenue::bookOf(Market market, BookAction action)
{
    Book book;
    book.market = std::move(market);
    book.action = action;
    return book;
}

void JsonVenue::unexpected(ReadingBuilder &out)
{
    out.judge({Outcome::Reject, "bad_shape", {}, {}});
}

} // namespace chrona::connect
