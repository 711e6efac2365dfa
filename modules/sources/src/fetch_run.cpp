// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fetch_run.h"

#include "source_fetcher.h"

#include "chrona/base/log.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"

#include <exception>
#include <format>

namespace chrona::sources {
namespace {

constexpr std::size_t kCursorBytesMax = 64 << 10;

Result<FetchMemory> loadMemory(storage::Pool &pool, schema::SourceId source, std::stop_token stop)
{
    auto lease = pool.take(stop);
    if (!lease)
        return std::unexpected(lease.error());
    const auto text = storage::loadSourceCursor(**lease, source);
    if (!text)
        return std::unexpected(text.error());
    return FetchMemory::read(*text);
}

/// Plugins promise not to throw; one that does all the same must not take the service along.
Result<connect::Fetched> callFetch(const connect::Connector &connector,
                                   const connect::FetchTask &task, connect::Fetcher &fetcher,
                                   std::stop_token stop)
{
    try {
        return connector.fetch(task, fetcher, std::move(stop));
    } catch (const std::exception &error) {
        return fail(ErrorCode::Corrupt, std::format("the connector threw: {}", error.what()));
    } catch (...) {
        return fail(ErrorCode::Corrupt, "the connector threw something that is no exception");
    }
}

std::vector<storage::RawItem> rawItems(std::vector<connect::RawItem> items)
{
    std::vector<storage::RawItem> out;
    out.reserve(items.size());
    for (auto &item : items)
        out.push_back({.sourceRef = std::move(item.sourceRef),
                       .kind = std::move(item.kind),
                       .url = std::move(item.url),
                       .contentType = std::move(item.contentType),
                       .payload = std::move(item.payload),
                       .publishedAt = item.publishedAt,
                       .fetchedAt = item.fetchedAt});
    return out;
}

Result<std::int64_t> append(storage::Pool &pool, schema::SourceId source,
                            const std::vector<storage::RawItem> &items, const FetchMemory &memory,
                            std::stop_token stop)
{
    auto lease = pool.take(std::move(stop));
    if (!lease)
        return std::unexpected(lease.error());
    auto transaction = storage::Transaction::begin(**lease);
    if (!transaction)
        return std::unexpected(transaction.error());
    std::int64_t appended = 0;
    if (!items.empty()) {
        const auto report = storage::appendRaw(transaction->connection(), source, items);
        if (!report)
            return std::unexpected(report.error());
        appended = report->appended;
    }
    if (auto saved = storage::saveSourceCursor(transaction->connection(), source, memory.write());
        !saved)
        return std::unexpected(saved.error());
    if (auto committed = transaction->commit(); !committed)
        return std::unexpected(committed.error());
    return appended;
}

} // namespace

FetchOutcome runFetch(const FetchParts &parts, const schema::Source &source,
                      std::optional<std::uint32_t> budget, Instant now, std::stop_token stop)
{
    FetchOutcome outcome;
    auto memory = loadMemory(parts.pool, source.id, stop);
    if (!memory) {
        outcome.status = std::unexpected(memory.error());
        return outcome;
    }
    const std::string cursor = memory->cursor;
    SourceFetcher fetcher({.source = source,
                           .http = parts.http,
                           .budget = budget,
                           .stop = stop,
                           .keyOf = &parts.keyOf,
                           .robots = &parts.robots,
                           .now = now},
                          *memory);
    auto fetched = callFetch(parts.connector, {source, cursor, now}, fetcher, stop);
    outcome.requests = fetcher.requests();
    outcome.closedUntil = fetcher.closedUntil();
    outcome.lacksKey = !fetched && fetcher.lacksKey();
    outcome.refusedUntil = fetched ? std::nullopt : fetcher.refusedUntil();
    outcome.pause = fetcher.pause();
    if (!fetched) {
        outcome.status = std::unexpected(fetched.error());
        return outcome;
    }
    for (const auto &warning : fetched->warnings)
        log::warning("sources", "{}: {}", source.key, warning);
    if (fetched->nextCursor.size() > kCursorBytesMax) {
        outcome.status = fail(ErrorCode::Corrupt, "the connector's cursor is larger than 64 KiB");
        return outcome;
    }
    memory->cursor = std::move(fetched->nextCursor);
    const auto appended =
        append(parts.pool, source.id, rawItems(std::move(fetched->items)), *memory, stop);
    if (appended)
        outcome.items = *appended;
    else
        outcome.status = std::unexpected(appended.error());
    return outcome;
}

} // namespace chrona::sources
