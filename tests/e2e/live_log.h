// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "programs.h"

#include "chrona/connect/connector_library.h"
#include "chrona/storage/held_table.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <format>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chrona::e2e {

/// A live service with the news connector whose sources are switched off: nobody is asked, and what
/// is put into the log, as if it had been fetched just now, is read.
class LiveLog {
public:
    static constexpr int kEntries = 50; ///< of a payload

    /// The database and the connectors; the service is started by serve().
    [[nodiscard]] bool open();
    [[nodiscard]] bool serve() { return programs.startService(serviceWords()); }
    [[nodiscard]] QStringList serviceWords() const
    {
        return {QStringLiteral("--database"), QString::fromStdString(m_way),
                QStringLiteral("--plugins"), m_plugins};
    }
    /// Switches reading on, for good.
    [[nodiscard]] bool goLive()
    {
        return programs
                   .chronactl({QStringLiteral("config"), QStringLiteral("set"),
                               QStringLiteral("sources.live"), QStringLiteral("true")})
                   .code == 0;
    }

    /// A feed of as many entries, of which no other payload has one.
    [[nodiscard]] static storage::RawItem payload(int number);
    /// Passes for a feed, and nothing of it can be a fact.
    [[nodiscard]] static storage::RawItem poison(int number);
    /// Committed when it returns true: acknowledged.
    [[nodiscard]] bool append(const std::vector<storage::RawItem> &items)
    {
        return storage::appendRaw(*connection, m_source, items).has_value();
    }
    /// Keeps the service from writing to a table.
    [[nodiscard]] Result<storage::HeldTable> hold(std::string table) const
    {
        return storage::HeldTable::hold(m_way, std::move(table));
    }
    [[nodiscard]] qint64 count(const char *sql)
    {
        const auto rows = connection->query(sql);
        return rows ? rows->first().int64(0) : -1;
    }

    Programs programs;
    std::unique_ptr<storage::TestDatabase> server;
    std::optional<storage::Connection> connection;

private:
    static storage::RawItem item(const std::string &url, std::string feed)
    {
        return {.sourceRef = url,
                .kind = "feed",
                .url = url,
                .contentType = "application/rss+xml",
                .payload = std::move(feed),
                .publishedAt = {},
                .fetchedAt = parseInstant("2026-11-21T08:00:00Z").value()};
    }

    std::string m_way;
    QString m_plugins;
    schema::SourceId m_source = schema::sourceIdFor("un-news");
};

inline bool LiveLog::open()
{
    m_plugins = QFileInfo(programs.dataFolder()).dir().filePath(QStringLiteral("connectors"));
    if (!QDir().mkpath(m_plugins) || !QFile::copy(QStringLiteral(CHRONA_CONNECTORS_DIR "/news.so"),
                                                  m_plugins + QStringLiteral("/news.so")))
        return false;
    const auto library = connect::ConnectorLibrary::load(m_plugins.toStdString());
    server = storage::TestDatabase::open();
    const auto *entry = library ? (*library)->find("news") : nullptr;
    if (!server || entry == nullptr)
        return false;
    m_way = server->freshConnectionString();
    connection = storage::Connection::open(m_way).value();
    const auto &sources = entry->description.sources;
    if (!storage::storeSources(*connection, sources))
        return false;
    for (const schema::Source &source : sources)
        if (!storage::setSourceEnabled(*connection, source.id, storage::SourceSwitch::Off))
            return false;
    return true;
}

inline storage::RawItem LiveLog::payload(int number)
{
    std::string feed = "<rss version=\"2.0\"><channel><title>B</title>";
    for (int entry = 0; entry < kEntries; ++entry)
        feed +=
            std::format("<item><title>Ministers in Germany weigh tariffs on steel, talks {0} of "
                        "round {1} begin</title><link>https://news.un.org/{1}/{0}</link>"
                        "<guid isPermaLink=\"false\">live:{1}:{0}</guid>"
                        "<pubDate>Fri, 20 Nov 2026 {2:02}:{3:02}:00 GMT</pubDate>"
                        "<description>Officials said that a decision would come within weeks; "
                        "traders had expected it sooner.</description></item>",
                        entry, number, number / 60 % 24, number % 60);
    return item(std::format("https://news.un.org/feed/{}", number), feed + "</channel></rss>");
}

inline storage::RawItem LiveLog::poison(int number)
{
    const std::string url = std::format("https://news.un.org/poison/{}", number);
    return item(url, "<rss version=\"2.0\"><channel><title>B</title><item><link>" + url +
                         "</link></item></channel></rss>");
}

} // namespace chrona::e2e
