// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sample/world.h"

#include "boundaries.h"
#include "narrator.h"
#include "plan.h"
#include "venue_hour.h"

#include <algorithm>
#include <format>

namespace chrona::sample {

namespace {

using namespace std::chrono;

/// Collects values and hands them on when a batch is full.
template <class T> class Batcher {
public:
    Batcher(const Sink<T> &sink, std::size_t size)
        : m_sink(sink), m_size(std::max<std::size_t>(size, 1))
    {
        m_batch.reserve(m_size);
    }
    [[nodiscard]] Status add(T value)
    {
        m_batch.push_back(std::move(value));
        return m_batch.size() < m_size ? Status{} : flush();
    }
    [[nodiscard]] Status flush()
    {
        if (m_batch.empty())
            return {};
        Status done = m_sink(m_batch);
        m_batch.clear();
        return done;
    }

private:
    const Sink<T> &m_sink;
    std::size_t m_size;
    std::vector<T> m_batch;
};

Status check(const WorldOptions &options)
{
    if (options.events < WorldOptions::kEventsMin || options.events > WorldOptions::kEventsMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("a sample world has {} to {} events, not {}",
                                WorldOptions::kEventsMin, WorldOptions::kEventsMax,
                                options.events));
    if (options.years < 1 || options.years > WorldOptions::kYearsMax)
        return fail(ErrorCode::InvalidInput, std::format("a sample world has 1 to {} years, not {}",
                                                         WorldOptions::kYearsMax, options.years));
    const Instant first = sys_days(year(1990) / 1 / 1);
    const Instant last = sys_days(year(2199) / 1 / 1);
    if (options.end < first || options.end > last)
        return fail(ErrorCode::InvalidInput, "a sample world ends between 1990 and 2199");
    return {};
}

Span spanOf(const WorldOptions &options)
{
    const Date lastDate = floor<days>(options.end);
    const year_month_day end(lastDate);
    const year_month_day begin(end.year() - years(options.years), end.month(), end.day());
    const Date beginDate =
        begin.ok() ? sys_days(begin) : sys_days(begin.year() / begin.month() / last);
    Span span;
    span.begin = duration_cast<Duration>(beginDate.time_since_epoch()).count();
    span.end = options.end.time_since_epoch().count();
    span.days =
        static_cast<std::size_t>((span.end - span.begin + kDayMicroseconds - 1) / kDayMicroseconds);
    return span;
}

void addFeatureSeries(World::Plan &plan)
{
    for (const auto &feature : plan.features) {
        const std::string_view name =
            std::string_view(feature.key).substr(feature.key.rfind(':') + 1);
        auto series = sampleSeries(feature.key, std::format("Daily feature: {} (synthetic)", name),
                                   feature.key.ends_with("nowcast") ? "index" : "events a day");
        series.frequency = schema::Frequency::Day;
        series.vintageRule =
            feature.revised.empty() ? schema::VintageRule::Final : schema::VintageRule::Revised;
        for (std::size_t day = 0; day < feature.firstPrint.size(); ++day) {
            const Instant close = plan.tradingDays[day].closesAt;
            plan.published.observations.push_back(
                statedObservation(series.id, close, close, feature.firstPrint[day]));
            const std::size_t later = day + static_cast<std::size_t>(feature.revisionDays);
            if (!feature.revised.empty() && later < plan.tradingDays.size())
                plan.published.observations.push_back(
                    statedObservation(series.id, close, plan.tradingDays[later].closesAt - hours(8),
                                      feature.revised[day]));
        }
        plan.published.series.push_back(std::move(series));
    }
}

schema::PriceBar priceBar(const World::Plan &plan, std::size_t instrument, std::size_t day)
{
    const DailyBar &bar = plan.bars[instrument][day];
    const TradingDay &trading = plan.tradingDays[day];
    schema::PriceBar result;
    result.instrument = plan.instruments[instrument].id;
    result.opensAt = trading.opensAt;
    result.times.observedAt = trading.closesAt;
    result.times.publishedAt = trading.closesAt;
    result.times.ingestedAt = trading.closesAt;
    result.times.basis = schema::AvailabilityBasis::Stated;
    result.open = bar.open;
    result.high = bar.high;
    result.low = bar.low;
    result.close = bar.close;
    result.volume = bar.volume;
    result.adjustedClose = bar.close;
    return result;
}

} // namespace

std::string_view toString(RelationKind kind)
{
    switch (kind) {
    case RelationKind::Stable: return "stable";
    case RelationKind::Regime: return "regime";
    case RelationKind::Decaying: return "decaying";
    case RelationKind::FirstPrint: return "first_print";
    }
    return "unknown";
}

std::string_view toString(TrapKind kind)
{
    switch (kind) {
    case TrapKind::RevisionLeak: return "revision_leak";
    case TrapKind::SharedTrend: return "shared_trend";
    case TrapKind::Season: return "season";
    case TrapKind::Proxy: return "proxy";
    case TrapKind::Reverse: return "reverse";
    case TrapKind::Sparse: return "sparse";
    }
    return "unknown";
}

World::World(std::shared_ptr<const Plan> plan) : m_plan(std::move(plan)) {}

Result<World> World::make(const WorldOptions &options)
{
    if (auto checked = check(options); !checked)
        return std::unexpected(checked.error());
    auto plan = std::make_shared<Plan>();
    plan->options = options;
    plan->span = spanOf(options);
    const Instant begin{Duration(plan->span.begin)};
    plan->tradingDays = sample::tradingDays(begin, options.end);
    plan->cast = makeCast(options.seed);
    plan->instruments = makeInstruments();
    plan->boundaries = makeBoundaries();
    plan->published = publish(options.seed, begin, options.end);
    const std::size_t moves = options.events / 85;
    addScheduled(*plan, options.events / 8);
    const std::vector<PlannedEvent> scheduled = std::move(plan->agenda.events);
    plan->agenda = drawAgenda(options.seed, plan->span, options.events - scheduled.size() - moves);
    plan->agenda.events.insert(plan->agenda.events.end(), scheduled.begin(), scheduled.end());
    addMarket(*plan, moves);
    if (plan->agenda.events.size() != options.events)
        return fail(ErrorCode::InvalidInput, "the sample world is too short for so many events",
                    "ask for fewer events or more years");
    addFeatureSeries(*plan);
    std::ranges::sort(plan->agenda.events, [](const PlannedEvent &a, const PlannedEvent &b) {
        return std::tuple(a.observedAt, a.stream, a.number) <
               std::tuple(b.observedAt, b.stream, b.number);
    });
    return World(std::move(plan));
}

std::span<const schema::Source> World::sources() const
{
    return m_plan->cast.sources;
}

std::span<const schema::Entity> World::entities() const
{
    return m_plan->cast.entities;
}

std::span<const schema::Place> World::places() const
{
    return m_plan->cast.places;
}

std::span<const schema::Instrument> World::instruments() const
{
    return m_plan->instruments;
}

std::span<const schema::Series> World::series() const
{
    return m_plan->published.series;
}

std::span<const schema::Boundary> World::boundaries() const
{
    return m_plan->boundaries;
}

const Truth &World::truth() const
{
    return m_plan->truth;
}

Instant World::begin() const
{
    return Instant(Duration(m_plan->span.begin));
}

Instant World::end() const
{
    return m_plan->options.end;
}

Status World::writeEvents(const Sink<schema::Event> &sink, std::size_t batchSize) const
{
    const Narrator narrator(*m_plan);
    Batcher<schema::Event> batcher(sink, batchSize);
    for (const auto &planned : m_plan->agenda.events)
        if (auto done = batcher.add(narrator.narrate(planned)); !done)
            return done;
    return batcher.flush();
}

Status World::writeBars(const Sink<schema::PriceBar> &sink, std::size_t batchSize) const
{
    Batcher<schema::PriceBar> batcher(sink, batchSize);
    for (std::size_t day = 0; day < m_plan->tradingDays.size(); ++day)
        for (std::size_t instrument = 0; instrument < m_plan->instruments.size(); ++instrument)
            if (auto done = batcher.add(priceBar(*m_plan, instrument, day)); !done)
                return done;
    return batcher.flush();
}

Status World::writeObservations(const Sink<schema::Observation> &sink, std::size_t batchSize) const
{
    const std::span<const schema::Observation> all = m_plan->published.observations;
    const std::size_t size = std::max<std::size_t>(batchSize, 1);
    for (std::size_t at = 0; at < all.size(); at += size)
        if (auto done = sink(all.subspan(at, std::min(size, all.size() - at))); !done)
            return done;
    return {};
}

Status World::writeQuotes(const Sink<schema::Quote> &sink, std::size_t batchSize) const
{
    Batcher<schema::Quote> batcher(sink, batchSize);
    VenueHour hour(m_plan->options.seed, m_plan->options.end);
    std::vector<schema::Quote> second;
    while (hour.nextSecond(second))
        for (auto &quote : second)
            if (auto done = batcher.add(std::move(quote)); !done)
                return done;
    return batcher.flush();
}

} // namespace chrona::sample
