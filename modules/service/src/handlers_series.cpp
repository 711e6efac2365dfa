// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "handlers.h"
#include "instants.h"

#include "chrona/geo/coarsen.h"
#include "chrona/storage/geo_store.h"
#include "chrona/storage/series_store.h"

#include <algorithm>
#include <map>

namespace chrona::service {
namespace {

constexpr std::size_t kBoundaryPageBytes = 4 << 20;
constexpr std::uint32_t kBoundariesRead = 64; ///< at once: one can be of several megabytes

Result<ipc::SeriesQueryReply> listSeries(storage::Connection &connection,
                                         const ipc::SeriesQuery &asked)
{
    const std::uint32_t limit = std::clamp(asked.limit, 1U, ipc::SeriesQuery::kLimitMax);
    auto series = storage::loadSeries(connection, {asked.text, asked.metric, asked.region, limit});
    if (!series)
        return std::unexpected(series.error());
    ipc::SeriesQueryReply reply;
    reply.series = std::move(*series);
    return reply;
}

void append(ipc::ObservationColumns &columns, const schema::Observation &observation)
{
    columns.series.push_back(observation.series.value);
    columns.observedAt.push_back(microseconds(observation.times.observedAt));
    columns.availableAt.push_back(microseconds(observation.times.availableAt()));
    columns.basis.push_back(static_cast<std::uint8_t>(observation.times.basis));
    columns.value.push_back(observation.value);
}

Result<ipc::ObservationColumns> loadValues(storage::Connection &connection,
                                           const ipc::ObservationQuery &asked)
{
    const storage::SeriesWindow window{asked.from, asked.to, asked.asOf};
    ipc::ObservationColumns columns;
    for (const schema::SeriesId series : asked.series) {
        const auto values = asked.allVintages
                                ? storage::loadVintages(connection, series, window)
                                : storage::loadObservations(connection, series, window);
        if (!values)
            return std::unexpected(values.error());
        for (const schema::Observation &observation : *values)
            append(columns, observation);
    }
    return columns;
}

Result<ipc::MetricReply> loadMetric(storage::Connection &connection, const ipc::MetricQuery &asked)
{
    const auto series =
        storage::loadSeries(connection, {.text = {}, .metric = asked.metric, .region = {}});
    if (!series)
        return std::unexpected(series.error());
    ipc::MetricReply reply;
    std::vector<schema::SeriesId> ids;
    std::map<schema::SeriesId, std::string> regions;
    for (const schema::Series &each : *series) {
        ids.push_back(each.id);
        regions[each.id] = each.region;
        reply.unit = each.unit;
    }
    storage::SeriesWindow window;
    if (asked.at)
        window.to = *asked.at + Duration(1); // windows end before their end
    window.asOf = asked.asOf;
    const auto values = storage::loadLatestObservations(connection, ids, window);
    if (!values)
        return std::unexpected(values.error());
    for (const schema::Observation &value : *values)
        reply.values.push_back({regions[value.series], value.value, value.times.observedAt});
    return reply;
}

Result<ipc::InstrumentsReply> listInstruments(storage::Connection &connection)
{
    auto instruments = storage::loadInstruments(connection);
    if (!instruments)
        return std::unexpected(instruments.error());
    std::ranges::sort(*instruments, {}, &schema::Instrument::symbol);
    ipc::InstrumentsReply reply;
    reply.instruments = std::move(*instruments);
    return reply;
}

Result<ipc::BarColumns> loadBars(storage::Connection &connection, const ipc::BarQuery &asked)
{
    const auto bars = storage::loadBars(connection, schema::instrumentIdFor(asked.symbol),
                                        asked.frequency, {asked.from, asked.to, asked.asOf});
    if (!bars)
        return std::unexpected(bars.error());
    ipc::BarColumns columns;
    for (const schema::PriceBar &bar : *bars) {
        columns.opensAt.push_back(microseconds(bar.opensAt));
        columns.observedAt.push_back(microseconds(bar.times.observedAt));
        columns.availableAt.push_back(microseconds(bar.times.availableAt()));
        columns.open.push_back(bar.open);
        columns.high.push_back(bar.high);
        columns.low.push_back(bar.low);
        columns.close.push_back(bar.close);
        columns.volume.push_back(bar.volume);
        columns.adjustedClose.push_back(bar.adjustedClose);
    }
    return columns;
}

std::size_t bytesOf(const schema::Boundary &boundary)
{
    std::size_t points = 0;
    for (const schema::Polygon &polygon : boundary.areas)
        for (const schema::Ring &ring : polygon)
            points += ring.size();
    // Two doubles with their CBOR heads, and the words around them.
    return 18 * points + 200;
}

Result<ipc::BoundaryReply> loadBoundaries(storage::Connection &connection,
                                          const ipc::BoundaryQuery &asked)
{
    ipc::BoundaryReply reply;
    if (asked.set.empty()) {
        const auto sets = storage::loadBoundarySets(connection);
        if (!sets)
            return std::unexpected(sets.error());
        for (const storage::BoundarySet &set : *sets)
            reply.sets.push_back({set.name, set.areas, set.bytes});
        return reply;
    }
    std::size_t bytes = 0;
    std::string after = asked.cursor;
    while (true) {
        auto some = storage::loadBoundaries(connection, asked.set, {after, kBoundariesRead});
        if (!some)
            return std::unexpected(some.error());
        for (schema::Boundary &boundary : *some) {
            boundary.areas = geo::coarsened(std::move(boundary.areas), asked.step);
            bytes += bytesOf(boundary);
            if (bytes > kBoundaryPageBytes && !reply.boundaries.empty()) {
                reply.nextCursor = reply.boundaries.back().code;
                return reply;
            }
            after = boundary.code;
            reply.boundaries.push_back(std::move(boundary));
        }
        if (some->size() < kBoundariesRead)
            return reply;
    }
}

} // namespace

void Handlers::handle(ipc::SeriesQuery request, Responder<ipc::SeriesQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return listSeries(connection, asked);
               });
}

void Handlers::handle(ipc::ObservationQuery request, Responder<ipc::ObservationQuery> responder)
{
    if (request.series.size() > ipc::ObservationQuery::kSeriesMax)
        return responder.fail({ErrorCode::InvalidInput, "too many series in one request"});
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return loadValues(connection, asked);
               });
}

void Handlers::handle(ipc::MetricQuery request, Responder<ipc::MetricQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return loadMetric(connection, asked);
               });
}

void Handlers::handle(ipc::InstrumentsRequest, Responder<ipc::InstrumentsRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [](storage::Connection &connection) { return listInstruments(connection); });
}

void Handlers::handle(ipc::BarQuery request, Responder<ipc::BarQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return loadBars(connection, asked);
               });
}

void Handlers::handle(ipc::BoundaryQuery request, Responder<ipc::BoundaryQuery> responder)
{
    if (!(request.step >= 0 && request.step <= 1))
        return responder.fail({ErrorCode::InvalidInput, "a grid's step is 0 to 1 degree"});
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return loadBoundaries(connection, asked);
               });
}

} // namespace chrona::service
