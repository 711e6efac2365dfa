// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/replay_server.h"
#include "chrona/sources/own_feed.h"

#include <format>
#include <string>

namespace chrona::sources {

/// Feeds of as many hosts on one replay server. Each shows thirty entries; with every issue three
/// new ones come in at the top and three go at the end, as with news.
class ManyFeeds {
public:
    static constexpr std::size_t kEntries = 30, kFresh = 3;
    static constexpr const char *kHosts = ".example.org"; ///< for net::LoopbackTransport

    ManyFeeds(net::ReplayServer &server, std::size_t feeds) : m_server(server), m_feeds(feeds) {}

    void publish(std::size_t issue)
    {
        for (std::size_t feed = 0; feed < m_feeds; ++feed)
            m_server.answer(pathOf(feed), {.status = 200,
                                           .headers = {{"Content-Type", "application/rss+xml"},
                                                       {"ETag", std::format("\"{}\"", issue)}},
                                           .body = bodyOf(feed, issue)});
    }
    /// As a person adds it.
    [[nodiscard]] Result<schema::Source> source(std::size_t feed, Date today) const
    {
        return ownFeedSource(
            {.address = std::format("https://desk-{}.example.org{}", feed, pathOf(feed)),
             .name = std::format("Desk {}", feed),
             .licence = "CC-BY-4.0",
             .termsUrl = std::format("https://desk-{}.example.org/terms", feed),
             .redistribution = schema::Redistribution::WithAttribution,
             .retention = schema::RetentionClass::Days90,
             .mode = schema::IngestMode::Full,
             .attribution = {},
             .publisherFamily = {},
             .every = {}},
            today);
    }
    /// Of all feeds together, after so many issues.
    [[nodiscard]] std::size_t entriesSoFar(std::size_t issues) const
    {
        return m_feeds * (kEntries + kFresh * (issues - 1));
    }
    [[nodiscard]] static std::string pathOf(std::size_t feed)
    {
        return std::format("/feed-{}.xml", feed);
    }

private:
    static std::string bodyOf(std::size_t feed, std::size_t issue)
    {
        std::string body = std::format("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>"
                                       "<title>Desk {0}</title>"
                                       "<link>https://desk-{0}.example.org/</link>",
                                       feed);
        const std::size_t newest = kEntries + kFresh * issue;
        for (std::size_t entry = newest; entry > newest - kEntries; --entry)
            body += std::format(
                "<item><title>Desk {0} on harbour dues, part {1}</title>"
                "<link>https://desk-{0}.example.org/{1}</link>"
                "<guid isPermaLink=\"false\">desk-{0}:{1}</guid>"
                "<pubDate>Fri, 20 Nov 2026 {2:02}:{3:02}:00 GMT</pubDate>"
                "<description>Port workers and shippers met on Thursday; a decision is expected "
                "within weeks, the authority in Rotterdam said.</description></item>",
                feed, entry, entry / 60 % 24, entry % 60);
        return body + "</channel></rss>";
    }

    net::ReplayServer &m_server;
    std::size_t m_feeds;
};

} // namespace chrona::sources
