// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/draft_list.h"

#include "chrona/base/ascii.h"
#include "chrona/schema/source.h"

#include <charconv>
#include <cmath>

namespace chrona::connect {
namespace {

constexpr std::size_t kAttributeBytesMax = 16'000;
constexpr std::size_t kAddressBytesMax = 4000;

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

Draft checkedDraft(schema::Event event)
{
    if (event.endsAt && *event.endsAt < event.times.observedAt)
        event.endsAt.reset();
    // The source is filled in where the event arrives; an empty one is no fault here.
    event.source = schema::sourceIdFor("draft");
    auto faults = schema::validate(event);
    event.source = {};
    if (!faults.empty())
        return Rejected{std::move(event.sourceRef), schema::describe(faults)};
    return event;
}

Draft checkedDraft(schema::Entity entity)
{
    entity.id = schema::entityIdFor(entity.key);
    if (auto faults = schema::validate(entity); !faults.empty())
        return Rejected{std::move(entity.key), schema::describe(faults)};
    return entity;
}

schema::Entity topicEntity(std::string_view slug, std::string_view name)
{
    schema::Entity topic;
    topic.kind = schema::EntityKind::EventTopic;
    topic.key = "topic:" + std::string(slug);
    topic.id = schema::entityIdFor(topic.key);
    topic.name = name;
    return topic;
}

void addText(schema::Attributes &attributes, std::string_view key, std::string_view text)
{
    text = cutText(trimmed(text), kAttributeBytesMax);
    if (!text.empty())
        schema::set(attributes, key, std::string(text));
}

void addNumber(schema::Attributes &attributes, std::string_view key, std::optional<double> number)
{
    if (number && std::isfinite(*number))
        schema::set(attributes, key, *number);
}

std::string_view cutText(std::string_view text, std::size_t bytesMax)
{
    if (text.size() <= bytesMax)
        return text;
    std::size_t end = bytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end);
}

std::string webAddress(std::string_view text)
{
    text = trimmed(text);
    const bool isOne = (text.starts_with("https://") || text.starts_with("http://")) &&
                       text.size() <= kAddressBytesMax &&
                       text.find_first_of(" \t\r\n") == std::string_view::npos;
    return isOne ? std::string(text) : std::string();
}

std::optional<double> numberFrom(std::string_view text)
{
    text = trimmed(text);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() ||
        !std::isfinite(value))
        return std::nullopt;
    return value;
}

} // namespace chrona::connect
