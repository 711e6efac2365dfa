// SPDX-License-Identifier: AGPL-3.0-or-later
#include "news.h"

#include "chrona/connect/feed_drafts.h"
#include "connector_metadata.h"

namespace chrona::news {
namespace {

constexpr connect::FeedAddress kFeeds[] = {
    {"un-news", "https://news.un.org/feed/subscribe/en/news/all/rss.xml"},
    {"who-news", "https://www.who.int/rss-feeds/news-english.xml"},
    {"white-house", "https://www.whitehouse.gov/briefings-statements/feed/"},
    {"white-house", "https://www.whitehouse.gov/presidential-actions/feed/"},
    {"gov-uk", "https://www.gov.uk/search/news-and-communications.atom"},
    {"ustr", "https://ustr.gov/rss.xml"},
    {"us-war", "https://www.war.gov/DesktopModules/ArticleCS/RSS.ashx?ContentType=1&Site=945"},
    {"cisa", "https://www.cisa.gov/cybersecurity-advisories/all.xml"},
    {"iaea-news", "https://www.iaea.org/feeds/topnews"},
    {"eia-news", "https://www.eia.gov/rss/todayinenergy.xml"},
    {"eia-news", "https://www.eia.gov/rss/press_rss.xml"},
};

} // namespace

Result<connect::Description> News::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> News::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                     std::stop_token stop) const
{
    return connect::fetchFeeds(task, fetcher, stop, kFeeds);
}

Result<std::vector<connect::Draft>> News::normalize(const connect::RawItem &item) const
{
    return connect::feedDrafts(item, schema::EventType::News);
}

} // namespace chrona::news
