// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "oracle_run.h"
#include "price_storm.h"
#include "process_figures.h"
#include "real_venue.h"

#include "chrona/net/http_client.h"
#include "chrona/net/web_socket.h"
#include "chrona/sources/venue_collector.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/test_database.h"

#include <QCoreApplication>
#include <QThread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <format>
#include <thread>

namespace chrona::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kLiveFeeds = 63, kVenues = 13, kTicksPerSecond = 5'000;
constexpr std::size_t kStreamed = 200'000;
constexpr int kWarmSeconds = 8, kSeconds = 20;

std::string storm(std::uint16_t port)
{
    return std::format("ws://127.0.0.1:{}/", port);
}

/// A real venue's rules at the storm's address.
class StormVenue final : public sources::tests::MovedVenue {
public:
    explicit StormVenue(std::string url)
        : MovedVenue(sources::tests::realVenue("kraken")), m_url(std::move(url))
    {
    }
    connect::StreamRules stream() const override
    {
        return {.url = m_url, .silenceMax = 30s, .marketsPerFrame = kLiveFeeds};
    }
    std::string keepAlive(std::int64_t) const override { return {}; }

private:
    std::string m_url;
};

struct Flow {
    double messages = 0, bytes = 0; ///< a second
};

/// Messages of one stream, taken as fast as they come.
Result<Flow> takeStream()
{
    const auto server = PriceStorm::begin({});
    if (!server)
        return std::unexpected(server.error());
    const auto client = net::makeWebSocketClient(net::AddressPolicy::PublicAndLoopback);
    auto socket = client->open({.url = storm(server->port())}, {});
    if (!socket)
        return std::unexpected(socket.error());
    std::size_t taken = 0, bytes = 0;
    const Stopwatch watch;
    while (taken < kStreamed) {
        const auto message = (*socket)->next(1s, {});
        if (!message)
            return std::unexpected(message.error());
        if (*message) {
            ++taken;
            bytes += (*message)->payload.size();
        }
    }
    const double seconds = watch.seconds();
    return Flow{static_cast<double>(taken) / seconds, static_cast<double>(bytes) / seconds};
}

/// The same bytes read from a bare socket: what the server and the kernel can do.
Result<double> bareBytesPerSecond()
{
    const auto server = PriceStorm::begin({});
    if (!server)
        return std::unexpected(server.error());
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(server->port());
    constexpr std::string_view kHello = "GET / HTTP/1.1\r\nSec-WebSocket-Key: x\r\n\r\n";
    std::vector<char> block(64 << 10);
    std::size_t bytes = 0;
    const Stopwatch watch;
    if (::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 &&
        send(socket, kHello.data(), kHello.size(), MSG_NOSIGNAL) > 0)
        while (bytes < (40U << 20)) {
            const ssize_t some = recv(socket, block.data(), block.size(), 0);
            if (some <= 0)
                break;
            bytes += static_cast<std::size_t>(some);
        }
    close(socket);
    return static_cast<double>(bytes) / watch.seconds();
}

/// 63 feeds at 13 venues, and ticks of them for as long as it is measured.
service::OracleRun::Parts recorded()
{
    std::vector<service::RecordedMarket> markets;
    for (std::size_t feed = 0; feed < kLiveFeeds; ++feed)
        for (std::size_t venue = 0; venue < kVenues; ++venue)
            markets.push_back(
                {std::format("venue{:02}", venue), stormBase(feed) + "/USD", 0.5, 1.0 / kVenues});
    service::OracleRun::Parts parts;
    parts.plan = service::planOf(markets).value();
    parts.mode = ipc::OracleMode::Replay;
    std::mt19937_64 random{7};
    std::normal_distribution<double> normal;
    std::vector<double> prices(kLiveFeeds, 100);
    constexpr std::size_t kTicks = (kWarmSeconds + kSeconds + 4) * kTicksPerSecond;
    parts.tape.ticks.reserve(kTicks);
    for (std::size_t i = 0; i < kTicks; ++i) {
        const std::size_t market = i / kVenues % kLiveFeeds;
        prices[market] *= std::exp(1e-5 * normal(random));
        const double mid = prices[market] * std::exp(3e-5 * normal(random));
        const auto at = static_cast<std::int64_t>(1'000'000 + i * 1'000 / kTicksPerSecond);
        parts.tape.ticks.push_back({.receivedMs = at,
                                    .exchangeMs = at - 40,
                                    .venue = static_cast<std::uint32_t>(i % kVenues),
                                    .market = static_cast<std::uint32_t>(market),
                                    .isPolled = false,
                                    .bid = mid * (1 - 5e-5),
                                    .ask = mid * (1 + 5e-5),
                                    .last = mid,
                                    .size = 1,
                                    .volume24h = 1'000});
    }
    return parts;
}

struct Load {
    double share = 0, memoryMib = 0, ticksPerSecond = 0, bytesPerDay = 0;
};

/// What this process uses while `work` goes on by itself.
template <class Count> Load watch(const Count &count)
{
    const auto pid = QCoreApplication::applicationPid();
    QThread::sleep(std::chrono::seconds(kWarmSeconds));
    const double cpu = processorSeconds(pid);
    const double ticks = count();
    const Stopwatch watch;
    QThread::sleep(std::chrono::seconds(kSeconds));
    const double seconds = watch.seconds();
    return {.share = 100 * (processorSeconds(pid) - cpu) / seconds,
            .memoryMib = memoryMib(pid),
            .ticksPerSecond = (count() - ticks) / seconds};
}

/// From the socket to rows, 13 venues of 63 markets.
Result<Load> collect()
{
    const auto server = PriceStorm::begin(
        {.venues = kVenues, .markets = kLiveFeeds, .ticksPerSecond = kTicksPerSecond});
    if (!server)
        return std::unexpected(server.error());
    net::HttpClient::Options options;
    options.userAgent = "Chrona/bench";
    auto http = net::HttpClient::create(
        options, net::makeNetworkTransport(net::AddressPolicy::PublicAndLoopback));
    if (!http)
        return std::unexpected(http.error());
    const auto streams = net::makeWebSocketClient(net::AddressPolicy::PublicAndLoopback);
    const StormVenue venue(storm(server->port()));
    schema::Source source;
    source.key = "storm";
    source.hosts = {std::format("127.0.0.1:{}", server->port())};
    std::atomic<std::uint64_t> rows{0};
    std::vector<std::unique_ptr<sources::VenueCollector>> collectors;
    std::vector<sources::VenueCollector::MarketName> markets;
    for (std::size_t market = 0; market < kLiveFeeds; ++market)
        markets.push_back({stormBase(market), "USD"});
    for (std::size_t v = 0; v < kVenues; ++v)
        collectors.push_back(
            std::make_unique<sources::VenueCollector>(sources::VenueCollector::Parts{
                .venue = venue,
                .source = source,
                .http = **http,
                .streams = *streams,
                .markets = markets,
                .rows = [&rows](std::span<const sources::VenueRow> some) { rows += some.size(); },
                .seed = v}));
    return watch([&rows] { return static_cast<double>(rows.load()); });
}

/// From rows to answers, alerts and the database.
Result<Load> price()
{
    const auto database = storage::TestDatabase::open();
    if (!database)
        return fail(ErrorCode::Unavailable, "Postgres cannot be started");
    auto pool = storage::Pool::open(database->freshConnectionString(), 2);
    if (!pool)
        return std::unexpected(pool.error());
    auto parts = recorded();
    parts.pool = *pool;
    auto run = service::OracleRun::start(std::move(parts));
    if (!run)
        return std::unexpected(run.error());
    Load load = watch([&run] {
        double rows = 0;
        for (const auto &venue : (*run)->venues())
            rows += static_cast<double>(venue.rows);
        return rows;
    });
    run->reset();
    auto lease = (*pool)->take();
    const auto size = (*lease)->query(
        "SELECT (sum(pg_column_size(a.*)) / greatest(extract(epoch FROM max(at) - min(at)), 1))"
        "::float8 FROM chrona_oracle.answer a");
    if (!size)
        return std::unexpected(size.error());
    load.bytesPerDay = size->first().float64(0) * 86'400;
    return load;
}

} // namespace

Result<Report> benchOracleLive()
{
    // Processes first, threads later.
    const auto bare = bareBytesPerSecond();
    const auto stream = bare.and_then([](double) { return takeStream(); });
    const auto collected = stream.and_then([](const Flow &) { return collect(); });
    const auto priced = collected.and_then([](const Load &) { return price(); });
    if (!priced)
        return std::unexpected(priced.error());
    const std::string work =
        std::format("{} feeds at {} venues, {} ticks/s", kLiveFeeds, kVenues, kTicksPerSecond);
    return Report{
        {"oracle.stream_messages", stream->messages, "messages/s",
         std::format("{} ticker messages of one WebSocket", kStreamed)},
        {"oracle.stream_bytes", stream->bytes / 1e6, "MB/s", "the same",
         "the same bytes from a bare socket", *bare / 1e6},
        {"oracle.collect", collected->share, "% of a core",
         std::format("{}: sockets, parsing, rows; {:.0f} rows/s arrived", work,
                     collected->ticksPerSecond)},
        {"oracle.collect_memory", collected->memoryMib, "MiB", "the same, whole process"},
        {"oracle.price", priced->share, "% of a core",
         std::format("{}: answers, alerts, bars, storing; {:.0f} ticks/s came", work,
                     priced->ticksPerSecond)},
        {"oracle.price_memory", priced->memoryMib, "MiB", "the same, with a tape of 14 MiB"},
        {"oracle.answers", priced->bytesPerDay / 1e9, "GB/day", "explanations of every second"},
    };
}

} // namespace chrona::bench
