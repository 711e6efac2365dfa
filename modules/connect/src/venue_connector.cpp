// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/venue_connector.h"

#include "chrona/connect/venue_text.h"

#include <format>
#include <limits>

namespace chrona::connect {
namespace {

constexpr std::string_view kAllTickers = "tickers";

double numberOr(const std::optional<DecimalText> &text, double missing)
{
    return text ? toDouble(*text) : missing;
}

Error errorFrom(const Verdict &verdict)
{
    std::string what = std::format("the venue's answer is not used: {} ({})",
                                   toString(verdict.outcome), verdict.reason);
    if (!verdict.detail.empty())
        what += ": " + verdict.detail;
    const bool passes = verdict.outcome == Outcome::RetryAfter ||
                        verdict.outcome == Outcome::Backoff ||
                        verdict.outcome == Outcome::Maintenance;
    return {passes ? ErrorCode::Unavailable : ErrorCode::InvalidInput, std::move(what), {}, passes};
}

} // namespace

schema::Quote quoteFrom(std::string_view venue, const Ticker &ticker, const QuoteTimes &times)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    schema::Quote quote;
    quote.venue = venue;
    quote.symbol = ticker.market.symbol;
    quote.receivedAt = times.receivedAt;
    quote.exchangeAt = ticker.timestampMs ? Instant(std::chrono::milliseconds(*ticker.timestampMs))
                                          : times.stampedAt;
    quote.bid = numberOr(ticker.bid, kNone);
    quote.ask = numberOr(ticker.ask, kNone);
    quote.last = numberOr(ticker.last, kNone);
    quote.size = kNone;
    quote.volume24h = numberOr(ticker.baseVolume, kNone);
    return quote;
}

Result<Fetched> VenueConnector::fetch(const FetchTask &task, Fetcher &fetcher,
                                      std::stop_token /*stop*/) const
{
    const std::string url = m_venue->url(RequestKind::Tickers, {});
    if (url.empty())
        return fail(ErrorCode::NotFound, std::format("{} has no list of all prices", m_venue->id()),
                    "collect its markets live instead");
    auto response = fetcher.get({.url = url, .accept = "application/json"});
    if (!response)
        return std::unexpected(response.error());
    Fetched fetched;
    fetched.nextCursor = task.cursor;
    if (response->notModified)
        return fetched;
    RawItem item;
    item.kind = kAllTickers;
    item.sourceRef = response->url;
    item.url = std::move(response->url);
    item.contentType = std::move(response->contentType);
    item.payload = std::move(response->body);
    item.fetchedAt = response->fetchedAt;
    fetched.items.push_back(std::move(item));
    return fetched;
}

Result<std::vector<Draft>> VenueConnector::normalize(const RawItem &item) const
{
    HttpReply reply;
    reply.kind = item.kind == kAllTickers ? RequestKind::Tickers : RequestKind::Ticker;
    reply.target = item.url;
    reply.body = item.payload;
    Reading reading = m_venue->readReply(reply);
    if (reading.messages.empty())
        return std::unexpected(errorFrom(reading.verdict));
    std::vector<Draft> drafts;
    for (const Message &message : reading.messages) {
        const auto *ticker = std::get_if<Ticker>(&message);
        if (ticker == nullptr)
            continue;
        if (ticker->market.kind != InstrumentKind::Spot || ticker->market.symbol.empty())
            drafts.emplace_back(Rejected{ticker->market.native, "it is no spot market we know"});
        else
            drafts.emplace_back(
                quoteFrom(m_venue->id(), *ticker,
                          {.receivedAt = item.fetchedAt, .stampedAt = item.fetchedAt}));
    }
    return drafts;
}

} // namespace chrona::connect
