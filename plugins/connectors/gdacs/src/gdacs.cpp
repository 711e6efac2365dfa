// SPDX-License-Identifier: AGPL-3.0-or-later
#include "gdacs.h"

#include "connector_metadata.h"
#include "disaster.h"

#include "chrona/connect/payload.h"

namespace chrona::gdacs {
namespace {

constexpr std::size_t kPayloadBytesMax = 64 << 20;

// What a shorter feed has dropped since the last poll.
constexpr Duration kDayFeedCovers = std::chrono::hours(22);

} // namespace

Result<connect::Description> Gdacs::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Gdacs::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                      std::stop_token stop) const
{
    // The current list is small; after a gap the week is read once.
    const auto last = parseInstant(task.cursor);
    const bool isGap = !last || *last > task.now || task.now - *last > kDayFeedCovers;
    const connect::PolledDocument document{isGap ? "https://www.gdacs.org/xml/rss_7d.xml"
                                                 : "https://www.gdacs.org/xml/rss.xml",
                                           "rss", "application/rss+xml", kPayloadBytesMax};
    return connect::pollDocuments(task, fetcher, stop, {&document, 1}, *this);
}

Result<std::vector<connect::Draft>> Gdacs::normalize(const connect::RawItem &item) const
{
    std::vector<connect::Draft> drafts;
    const formats::XmlRecords records{
        .isRecord = [](formats::XmlName name,
                       std::size_t depth) { return depth == 3 && name.local == "item"; },
        .record =
            [&](const formats::XmlElement &element) {
                if (drafts.empty())
                    drafts.emplace_back(disasterTopic());
                drafts.push_back(readDisaster(element));
            },
        .around = {},
        .root = "rss"};
    if (auto done = formats::readXmlRecords(item.payload, records, {.bytesMax = kPayloadBytesMax});
        !done)
        return std::unexpected(done.error());
    return drafts;
}

} // namespace chrona::gdacs
