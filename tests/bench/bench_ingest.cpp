// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "measured_database.h"

#include "chrona/formats/feed.h"
#include "chrona/sample/world.h"
#include "chrona/sources/known_events.h"
#include "chrona/storage/copy.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/migrations.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/quote_store.h"
#include "chrona/storage/source_store.h"

#include <format>

namespace chrona::bench {
namespace {

constexpr std::size_t kIngestEvents = 200'000;
constexpr std::size_t kIngestTicks = 1'000'000;

/// What is stored, made before the clock runs.
struct Material {
    std::vector<schema::Event> events;
    std::vector<schema::Quote> ticks;
};

Result<sample::World> makeIngestWorld()
{
    sample::WorldOptions options;
    options.events = kIngestEvents;
    options.end = Instant(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));
    return sample::World::make(options);
}

Result<Material> makeMaterial(const sample::World &world)
{
    Material material;
    const auto keepEvents = [&](std::span<const schema::Event> batch) -> Status {
        material.events.insert(material.events.end(), batch.begin(), batch.end());
        return {};
    };
    const auto keepTicks = [&](std::span<const schema::Quote> batch) -> Status {
        material.ticks.insert(material.ticks.end(), batch.begin(), batch.end());
        return {};
    };
    if (auto made = world.writeEvents(keepEvents); !made)
        return std::unexpected(made.error());
    if (auto made = world.writeQuotes(keepTicks); !made)
        return std::unexpected(made.error());
    // The world's hour again and again, each a little later, until there is enough.
    const std::size_t hour = material.ticks.size();
    while (hour > 0 && material.ticks.size() < kIngestTicks) {
        schema::Quote tick = material.ticks[material.ticks.size() - hour];
        tick.receivedAt += std::chrono::seconds(1);
        material.ticks.push_back(std::move(tick));
    }
    return material;
}

Status prepare(storage::Connection &connection, const sample::World &world)
{
    if (auto done = storage::migrate(connection); !done)
        return done;
    const storage::PartitionRange range{world.begin(), world.end() + std::chrono::days(1)};
    for (const char *table :
         {"chrona_world.event", "chrona_world.event_entity", "chrona_oracle.quote"})
        if (auto done = storage::ensurePartitions(connection, table, range); !done)
            return done;
    if (auto stored = storage::storeSources(connection, world.sources()); !stored)
        return std::unexpected(stored.error());
    if (auto stored = storage::storeEntities(connection, world.entities()); !stored)
        return std::unexpected(stored.error());
    return {};
}

/// Rows a second of a bare COPY of as many bytes a row into a table without any index.
Result<double> measureBareCopy(storage::Connection &connection, std::size_t rows,
                               std::size_t bytesPerRow)
{
    if (auto made = connection.script("DROP TABLE IF EXISTS public.bare; "
                                      "CREATE TABLE public.bare (id bigint, body text)");
        !made)
        return std::unexpected(made.error());
    const std::string body(bytesPerRow, 'x');
    const Stopwatch watch;
    auto copy = connection.copyIn("COPY public.bare FROM STDIN (FORMAT binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (std::size_t row = 0; row < rows; ++row) {
        copy->beginRow(2);
        copy->int64(static_cast<std::int64_t>(row));
        copy->text(body);
        if (auto ended = copy->endRow(); !ended)
            return std::unexpected(ended.error());
    }
    if (auto done = copy->finish(); !done)
        return std::unexpected(done.error());
    return static_cast<double>(rows) / watch.seconds();
}

Result<double> measureEvents(storage::Connection &connection,
                             const std::vector<schema::Event> &events)
{
    const Stopwatch watch;
    const auto stored = storage::bulkStoreEvents(connection, events);
    if (!stored)
        return std::unexpected(stored.error());
    return static_cast<double>(stored->accepted) / watch.seconds();
}

Result<double> measureTicks(storage::Connection &connection,
                            const std::vector<schema::Quote> &ticks)
{
    const Stopwatch watch;
    const auto stored = storage::bulkStoreQuotes(connection, ticks);
    if (!stored)
        return std::unexpected(stored.error());
    return static_cast<double>(stored->accepted) / watch.seconds();
}

/// The same events again, all of them known and unchanged.
Result<Figure> measureRefusal(storage::Connection &connection,
                              const std::vector<schema::Event> &known)
{
    const Stopwatch watch;
    const auto report = storage::bulkStoreEvents(connection, known);
    if (!report)
        return std::unexpected(report.error());
    const double seconds = watch.seconds();
    if (report->duplicates != static_cast<std::int64_t>(known.size()))
        return fail(ErrorCode::Corrupt, "an event that was stored was not known");
    return Figure{"ingest.duplicates", double(known.size()) / seconds, "rows/s",
                  std::format("{} known events offered again and refused by the database; one "
                              "connection",
                              known.size())};
}

/// The same before the database, in the order in which they come.
Result<Figure> measureKnown(const std::vector<schema::Event> &events)
{
    constexpr std::size_t kKnown = 50'000, kRounds = 40; // more than 463 feeds show
    const std::span known(events.data(), std::min(kKnown, events.size()));
    sources::KnownEvents memory;
    for (const schema::Event &event : known)
        std::ignore = memory.isRepeat(event.id, event.contentHash);
    std::size_t refused = 0;
    const Stopwatch watch;
    for (std::size_t round = 0; round < kRounds; ++round)
        for (const schema::Event &event : known)
            refused += memory.isRepeat(event.id, event.contentHash) ? 1 : 0;
    const double seconds = watch.seconds();
    const std::size_t asked = kRounds * known.size();
    if (refused * 100 < asked * 99)
        return fail(ErrorCode::Corrupt, "too many known events were forgotten");
    return Figure{"ingest.known", double(refused) / seconds, "rows/s",
                  std::format("{} known events offered {} times to the bounded memory before the "
                              "database; {:.2f} % refused there, one core",
                              known.size(), kRounds, 100 * double(refused) / double(asked))};
}

/// A feed of some 200 KB as news sites serve it: escaped HTML, links, dates, categories.
std::string makeFeed()
{
    std::string feed =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Bench</title>";
    std::string prose;
    for (int sentence = 0; sentence < 10; ++sentence)
        prose += "The committee will come back to the question in spring, it said on Monday. ";
    for (int item = 0; item < 150; ++item)
        feed += std::format(
            "<item><title>Entry {0}: markets &amp;amp; weather</title>"
            "<link>https://example.org/news/{0}?from=feed&amp;n={0}</link>"
            "<guid isPermaLink=\"false\">urn:example:{0}</guid><dc:creator>Desk {1}</dc:creator>"
            "<category>World</category><pubDate>Thu, {2:02} Jan 2026 10:00:00 +0100</pubDate>"
            "<description>{3}</description></item>\n",
            item, item % 7, 1 + item % 28,
            std::string("&lt;p class=\"lead\"&gt;Ministers met on Thursday and agreed on a first "
                        "step; &lt;a href=\"/more\"&gt;read on&lt;/a&gt; about tariffs, "
                        "shipping &amp;amp; energy. Prices rose by two percent over the year, the "
                        "office said, and the caf&#233; next door stayed open.&lt;/p&gt;") +
                prose);
    return feed + "</channel></rss>";
}

Result<Figure> measureFeedParser()
{
    constexpr int kRounds = 50;
    const std::string document = makeFeed();
    std::size_t entries = 0;
    const Stopwatch watch;
    for (int round = 0; round < kRounds; ++round) {
        const auto feed = formats::readFeed(
            document, {.documentUrl = "https://example.org/feed", .contentType = {}});
        if (!feed)
            return std::unexpected(feed.error());
        entries += feed->entries.size();
    }
    const double megabytes = static_cast<double>(document.size()) * kRounds / 1e6;
    return Figure{"ingest.feed_parser", megabytes / watch.seconds(), "MB/s",
                  std::format("{} readings of a feed of {} KB, {} entries in all; one core",
                              kRounds, document.size() / 1000, entries)};
}

Result<Report> measureIngest(storage::Connection &connection, const Material &material)
{
    constexpr std::size_t kEventBytes = 400, kTickBytes = 64;
    const auto bareEvents = measureBareCopy(connection, material.events.size(), kEventBytes);
    if (!bareEvents)
        return std::unexpected(bareEvents.error());
    const auto events = measureEvents(connection, material.events);
    if (!events)
        return std::unexpected(events.error());
    const auto refusal = measureRefusal(connection, material.events);
    if (!refusal)
        return std::unexpected(refusal.error());
    const auto known = measureKnown(material.events);
    if (!known)
        return std::unexpected(known.error());
    const auto bareTicks = measureBareCopy(connection, material.ticks.size(), kTickBytes);
    if (!bareTicks)
        return std::unexpected(bareTicks.error());
    const auto ticks = measureTicks(connection, material.ticks);
    if (!ticks)
        return std::unexpected(ticks.error());
    const auto feedParser = measureFeedParser();
    if (!feedParser)
        return std::unexpected(feedParser.error());
    return Report{
        *feedParser,
        *refusal,
        *known,
        {"ingest.events", *events, "rows/s",
         std::format("{} complete events: key, two indexes, entity links; one connection, fsync on",
                     material.events.size()),
         std::format("bare COPY of {}-byte rows without index", kEventBytes), *bareEvents},
        {"ingest.ticks", *ticks, "rows/s",
         std::format("{} ticks, indexed, known ones left out; one connection, fsync on",
                     material.ticks.size()),
         std::format("bare COPY of {}-byte rows without index", kTickBytes), *bareTicks},
    };
}

} // namespace

Result<Report> benchIngest()
{
    const auto world = makeIngestWorld();
    if (!world)
        return std::unexpected(world.error());
    const auto material = makeMaterial(*world);
    if (!material)
        return std::unexpected(material.error());
    const auto database = MeasuredDatabase::open();
    if (!database)
        return std::unexpected(database.error());
    auto connection = storage::Connection::open(database->connectionString());
    if (!connection)
        return std::unexpected(connection.error());
    if (auto ready = prepare(*connection, *world); !ready)
        return std::unexpected(ready.error());
    return measureIngest(*connection, *material);
}

} // namespace chrona::bench
