// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/replay_server.h"
#include "chrona/sources/own_feed.h"

#include <format>
#include <limits>
#include <string>

namespace chrona::sources {

/// How a feed goes on from issue to issue.
struct FeedShape {
    static constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
    std::size_t shown = 30; ///< entries; kAll: none ever goes
    std::size_t fresh = 3;  ///< with every issue
};

/// Feeds of as many hosts on one replay server. Each shows its newest entries; with every issue new
/// ones come in at the top and as many go at the end, as with news.
class ManyFeeds {
public:
    static constexpr const char *kHosts = ".example.org"; ///< for net::LoopbackTransport

    ManyFeeds(net::ReplayServer &server, std::size_t feeds, FeedShape shape = {})
        : m_server(server), m_feeds(feeds), m_shape(shape)
    {
    }

    void publish(std::size_t issue)
    {
        for (std::size_t feed = 0; feed < m_feeds; ++feed)
            publishAt(pathOf(feed), issue, bodyOf(feed, issue));
    }
    /// A body that changes with every issue, under a path of its own.
    void publishAt(const std::string &path, std::size_t issue, std::string body)
    {
        m_server.answer(path, {.status = 200,
                               .headers = {{"Content-Type", "application/rss+xml"},
                                           {"ETag", std::format("\"{}\"", issue)}},
                               .body = std::move(body)});
    }
    /// As a person adds it.
    [[nodiscard]] Result<schema::Source> source(std::size_t feed, Date today) const
    {
        return sourceAt(std::format("desk-{}", feed), pathOf(feed), today);
    }
    [[nodiscard]] static Result<schema::Source> sourceAt(std::string_view host,
                                                         std::string_view path, Date today)
    {
        return ownFeedSource({.address = std::format("https://{}.example.org{}", host, path),
                              .name = std::string(host),
                              .licence = "CC-BY-4.0",
                              .termsUrl = std::format("https://{}.example.org/terms", host),
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
        return m_feeds * (m_shape.shown == FeedShape::kAll
                              ? m_shape.fresh * issues
                              : m_shape.shown + m_shape.fresh * (issues - 1));
    }
    [[nodiscard]] static std::string pathOf(std::size_t feed)
    {
        return std::format("/feed-{}.xml", feed);
    }

private:
    /// issue: 0 the first.
    [[nodiscard]] std::string bodyOf(std::size_t feed, std::size_t issue) const
    {
        std::string body = std::format("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>"
                                       "<title>Desk {0}</title>"
                                       "<link>https://desk-{0}.example.org/</link>",
                                       feed);
        const std::size_t newest = entriesSoFar(issue + 1) / m_feeds;
        const std::size_t gone = m_shape.shown == FeedShape::kAll ? 0 : newest - m_shape.shown;
        for (std::size_t entry = newest; entry > gone; --entry)
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
    FeedShape m_shape;
};

} // namespace chrona::sources
