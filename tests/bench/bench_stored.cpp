// SPDX-License-Identifier: AGPL-3.0-or-later
// The table over the whole database (docs/adr/0125), as its questions are answered by the service.
#include "benchmarks.h"
#include "scratch_service.h"

#include <algorithm>
#include <format>
#include <random>

namespace chrona::bench {
namespace {

constexpr std::uint32_t kStoredEvents = 1'000'000;
constexpr int kLooks = 300;
constexpr std::uint32_t kFirstPages = 16;

struct StoredWalk {
    std::vector<ipc::RowKey> keys;
    std::uint64_t rows = 0, about = 0;
    double firstMs = 0, allMs = 0;
};

/// As the window walks: a short way first, then ever longer ones.
Result<StoredWalk> walkAll(ipc::BlockingClient &client, const ipc::EventPick &pick)
{
    StoredWalk walk;
    const Stopwatch watch;
    ipc::EventStepsQuery query;
    query.pick = pick;
    query.pages = kFirstPages;
    do {
        const auto steps = client.request(query);
        if (!steps)
            return std::unexpected(steps.error());
        if (!query.from)
            walk.firstMs = watch.seconds() * 1e3;
        walk.keys.insert(walk.keys.end(), steps->keys.begin(), steps->keys.end());
        walk.rows += steps->rows;
        walk.about = steps->about.value_or(walk.about);
        query.from = steps->next;
        query.pages = std::min(query.pages * 4, ipc::EventStepsQuery::kPagesMax);
    } while (query.from);
    walk.allMs = watch.seconds() * 1e3;
    return walk;
}

/// Pages anywhere in the table, one after the other.
Result<std::vector<double>> lookAround(ipc::BlockingClient &client, const StoredWalk &walk)
{
    std::mt19937 random(7);
    std::uniform_int_distribution<std::size_t> anyPage(0, walk.keys.size() - 2);
    std::vector<double> times;
    for (int look = 0; look < kLooks; ++look) {
        const std::size_t at = anyPage(random);
        ipc::EventRowsQuery query;
        query.from = walk.keys[at];
        query.before = walk.keys[at + 1];
        const Stopwatch watch;
        const auto page = client.request(query);
        if (!page)
            return std::unexpected(page.error());
        times.push_back(watch.seconds() * 1e3);
    }
    return times;
}

} // namespace

Result<Report> benchStored()
{
    ScratchService service;
    if (auto started = service.start(); !started)
        return std::unexpected(started.error());
    ipc::DemoLoad load;
    load.events = kStoredEvents;
    ipc::BlockingClient::Limits limits;
    limits.timeout = std::chrono::minutes(10);
    if (auto loaded = service.client().request(load, limits); !loaded)
        return std::unexpected(loaded.error());
    const auto all = walkAll(service.client(), {});
    if (!all)
        return std::unexpected(all.error());
    auto looks = lookAround(service.client(), *all);
    if (!looks)
        return std::unexpected(looks.error());
    ipc::EventPick storms;
    storms.words = {"storm"};
    storms.severityMin = 0.5;
    const auto filtered = walkAll(service.client(), storms);
    if (!filtered)
        return std::unexpected(filtered.error());
    const double off =
        100.0 * (static_cast<double>(all->about) / static_cast<double>(all->rows) - 1);
    const std::string of = std::format("{} events in Postgres", all->rows);
    return Report{
        {"stored.first_rows", all->firstMs, "ms", of + ", first walk with its estimate"},
        {"stored.count_off", off, "%", of + ", the estimate against the count"},
        {"stored.walk_all", all->allMs, "ms", of + ", to the exact count and all pages"},
        {"stored.page_p50", percentile(*looks, 0.5), "ms", "512 rows with titles, anywhere"},
        {"stored.page_p95", percentile(*looks, 0.95), "ms", "512 rows with titles, anywhere"},
        {"stored.filtered_first", filtered->firstMs, "ms",
         std::format("a word and a severity: {} of them pass", filtered->rows)},
        {"stored.filtered_all", filtered->allMs, "ms",
         std::format("a word and a severity: {} of them pass", filtered->rows)},
    };
}

} // namespace chrona::bench
