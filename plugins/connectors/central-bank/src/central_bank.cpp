// SPDX-License-Identifier: AGPL-3.0-or-later
#include "central_bank.h"

#include "statement_type.h"

#include "chrona/connect/feed_drafts.h"
#include "connector_metadata.h"

namespace chrona::bank {
namespace {

constexpr connect::FeedAddress kFeeds[] = {
    {"federal-reserve", "https://www.federalreserve.gov/feeds/press_all.xml"},
    {"federal-reserve", "https://www.federalreserve.gov/feeds/speeches_and_testimony.xml"},
    {"ecb", "https://www.ecb.europa.eu/rss/press.html"},
    {"ecb", "https://www.ecb.europa.eu/rss/statpress.html"},
    {"ecb", "https://www.ecb.europa.eu/rss/fxref-usd.html"},
    {"bank-of-england", "https://www.bankofengland.co.uk/rss/news"},
    {"bank-of-england", "https://www.bankofengland.co.uk/rss/publications"},
    {"bank-of-england", "https://www.bankofengland.co.uk/rss/speeches"},
    {"bank-of-canada", "https://www.bankofcanada.ca/content_type/press-releases/feed/"},
    {"bank-of-canada", "https://www.bankofcanada.ca/utility/news/feed/"},
    {"reserve-bank-of-australia", "https://www.rba.gov.au/rss/rss-cb-media-releases.xml"},
    {"reserve-bank-of-australia", "https://www.rba.gov.au/rss/rss-cb-speeches.xml"},
    {"reserve-bank-of-australia", "https://www.rba.gov.au/rss/rss-cb-exchange-rates.xml"},
    {"swiss-national-bank", "https://www.snb.ch/public/en/rss/pressrel"},
    {"swiss-national-bank", "https://www.snb.ch/public/en/rss/mopo"},
    {"swiss-national-bank", "https://www.snb.ch/public/en/rss/interestRates"},
    {"bank-of-japan", "https://www.boj.or.jp/en/rss/whatsnew.xml"},
    {"bis-speeches", "https://www.bis.org/doclist/cbspeeches.rss"},
};

} // namespace

Result<connect::Description> CentralBank::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> CentralBank::fetch(const connect::FetchTask &task,
                                            connect::Fetcher &fetcher, std::stop_token stop) const
{
    return connect::fetchFeeds(task, fetcher, stop, kFeeds);
}

Result<std::vector<connect::Draft>> CentralBank::normalize(const connect::RawItem &item) const
{
    auto drafts = connect::feedDrafts(item, schema::EventType::News);
    if (!drafts)
        return drafts;
    for (connect::Draft &draft : *drafts)
        if (auto *event = std::get_if<schema::Event>(&draft))
            event->type = statementType(*event);
    return drafts;
}

} // namespace chrona::bank
