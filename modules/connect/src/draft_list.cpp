// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/draft_list.h"

namespace chrona::connect {
namespace {

schema::FactTimes timesOf(const StatedValue &stated)
{
    schema::FactTimes times;
    times.observedAt = stated.observedAt;
    times.publishedAt = stated.publishedAt;
    if (stated.publishedAt) {
        times.basis = schema::AvailabilityBasis::Stated;
    } else if (stated.assumedAt) {
        times.basis = schema::AvailabilityBasis::Assumed;
        times.assumedLag = *stated.assumedAt - stated.observedAt;
    }
    return times;
}

} // namespace

schema::SeriesId DraftList::series(schema::Series series)
{
    series.id = schema::seriesIdFor(series.key);
    if (m_refusedSeries.contains(series.id))
        return {};
    if (!m_series.insert(series.id).second)
        return series.id;
    if (const auto faults = schema::validate(series); !faults.empty()) {
        m_refusedSeries.insert(series.id);
        m_series.erase(series.id);
        reject(series.key, "the series' " + schema::describe(faults));
        return {};
    }
    const schema::SeriesId id = series.id;
    m_drafts.emplace_back(std::move(series));
    return id;
}

void DraftList::observe(schema::SeriesId series, const StatedValue &stated)
{
    if (series.isNull())
        return;
    schema::Observation observation{
        .series = series, .times = timesOf(stated), .value = stated.value};
    if (const auto faults = schema::validate(observation); !faults.empty())
        return reject(formatInstant(stated.observedAt), schema::describe(faults));
    m_drafts.emplace_back(observation);
}

schema::InstrumentId DraftList::instrument(schema::Instrument instrument)
{
    instrument.id = schema::instrumentIdFor(instrument.symbol);
    if (m_instruments.contains(instrument.id))
        return instrument.id;
    if (const auto faults = schema::validate(instrument); !faults.empty()) {
        reject(instrument.symbol, "the instrument's " + schema::describe(faults));
        return {};
    }
    const schema::InstrumentId id = instrument.id;
    m_instruments.insert(id);
    m_drafts.emplace_back(std::move(instrument));
    return id;
}

void DraftList::bar(schema::PriceBar bar)
{
    if (bar.instrument.isNull())
        return;
    if (const auto faults = schema::validate(bar); !faults.empty())
        return reject(formatInstant(bar.opensAt), schema::describe(faults));
    m_drafts.emplace_back(bar);
}

void DraftList::quote(schema::Quote quote)
{
    if (const auto faults = schema::validate(quote); !faults.empty())
        return reject(quote.symbol, schema::describe(faults));
    m_drafts.emplace_back(std::move(quote));
}

void DraftList::entity(schema::Entity entity)
{
    entity.id = schema::entityIdFor(entity.key);
    if (const auto faults = schema::validate(entity); !faults.empty())
        return reject(entity.key, schema::describe(faults));
    m_drafts.emplace_back(std::move(entity));
}

void DraftList::event(schema::Event event)
{
    m_drafts.emplace_back(std::move(event));
}

void DraftList::reject(std::string sourceRef, std::string reason)
{
    m_drafts.emplace_back(Rejected{std::move(sourceRef), std::move(reason)});
}

} // namespace chrona::connect
