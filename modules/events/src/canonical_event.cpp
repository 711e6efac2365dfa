// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/canonical_event.h"

#include "chrona/events/canonical_url.h"
#include "chrona/events/plain_text.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace chrona::events {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kTitleBytesMax = 1000;
constexpr std::size_t kSummaryBytesMax = 16'000;
constexpr std::size_t kTeaserBytesMax = 280;
constexpr std::size_t kSourceRefBytesMax = 1000;
constexpr std::size_t kAttributeTextBytesMax = 4000;
// Calendars and forecasts look ahead; a century is a fault of somebody's clock or parser.
constexpr Duration kAheadMax = std::chrono::days(3653);
// Clocks of sources and ours differ; a day covers time zones that were taken for UTC.
constexpr Duration kPublishedAheadMax = 24h;

float share(float value, float otherwise)
{
    return std::isnan(value) ? otherwise : std::clamp(value, 0.0F, 1.0F);
}

void cleanAttributes(schema::Attributes &attributes)
{
    std::erase_if(attributes, [](const schema::Attribute &attribute) {
        const auto *number = std::get_if<double>(&attribute.value);
        return number != nullptr && !std::isfinite(*number);
    });
    for (auto &attribute : attributes)
        if (auto *text = std::get_if<std::string>(&attribute.value))
            *text = plainText(*text, kAttributeTextBytesMax);
    std::ranges::stable_sort(attributes, {}, &schema::Attribute::key);
    const auto repeats = std::ranges::unique(attributes, {}, &schema::Attribute::key);
    attributes.erase(repeats.begin(), repeats.end());
}

void cleanEntities(std::vector<schema::EventEntity> &entities)
{
    std::erase_if(entities, [](const schema::EventEntity &link) { return link.entity.isNull(); });
    for (auto &link : entities)
        link.weight = share(link.weight, 1);
    // The surest link of several to one entity in one role comes first and stays.
    std::ranges::sort(entities, {}, [](const schema::EventEntity &link) {
        return std::tuple(link.entity, link.role, -link.weight);
    });
    const auto repeats = std::ranges::unique(entities, {}, [](const schema::EventEntity &link) {
        return std::pair(link.entity, link.role);
    });
    entities.erase(repeats.begin(), repeats.end());
}

Status checkTimes(const schema::Event &event)
{
    const auto &times = event.times;
    if (times.observedAt > times.ingestedAt + kAheadMax)
        return fail(ErrorCode::InvalidInput, "observed_at lies more than ten years ahead");
    if (times.publishedAt && *times.publishedAt > times.ingestedAt + kPublishedAheadMax)
        return fail(ErrorCode::InvalidInput, "published_at lies more than a day ahead");
    return {};
}

} // namespace

Result<schema::Event> canonicalEvent(schema::Event draft, const Arrival &arrival)
{
    schema::Event event = std::move(draft);
    event.source = arrival.source;
    event.times.ingestedAt = arrival.ingestedAt;
    event.title = plainLine(event.title, kTitleBytesMax);
    event.summary = plainText(event.summary, arrival.mode == schema::IngestMode::MetadataOnly
                                                 ? kTeaserBytesMax
                                                 : kSummaryBytesMax);
    event.url = canonicalUrl(event.url);
    event.sourceRef = plainLine(event.sourceRef, kSourceRefBytesMax);
    if (event.sourceRef.empty())
        event.sourceRef = event.url;
    event.severity = share(event.severity, 0);
    event.confidence = share(event.confidence, 0);
    if (event.endsAt && *event.endsAt < event.times.observedAt)
        event.endsAt.reset();
    cleanAttributes(event.attributes);
    cleanEntities(event.entities);
    event.revision = 1;
    if (auto right = checkTimes(event); !right)
        return std::unexpected(right.error());
    if (const auto faults = schema::validate(event); !faults.empty())
        return fail(ErrorCode::InvalidInput, schema::describe(faults));
    event.id = schema::eventIdFor(event);
    event.contentHash = contentHashOf(event);
    return event;
}

Standing standingOf(const schema::Event &said, const schema::Event *known)
{
    if (known == nullptr)
        return Standing::New;
    if (said.contentHash == known->contentHash)
        return Standing::Unchanged;
    // Where the source dates its statements, an older one cannot correct a newer one.
    if (said.times.publishedAt && known->times.publishedAt &&
        *said.times.publishedAt < *known->times.publishedAt)
        return Standing::Outdated;
    return said.state == schema::EventState::Retracted ? Standing::Retraction : Standing::Revision;
}

void foldBatch(std::vector<schema::Event> &events)
{
    std::map<schema::EventId, std::size_t> latest;
    std::vector<schema::Event> kept;
    kept.reserve(events.size());
    for (auto &event : events) {
        const auto known = latest.find(event.id);
        const auto standing =
            standingOf(event, known == latest.end() ? nullptr : &kept[known->second]);
        if (standing == Standing::Unchanged || standing == Standing::Outdated)
            continue;
        latest[event.id] = kept.size();
        kept.push_back(std::move(event));
    }
    events = std::move(kept);
}

} // namespace chrona::events
