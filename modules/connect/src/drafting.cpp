// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/drafting.h"

#include "chrona/schema/source.h"

#include <charconv>
#include <cmath>

namespace chrona::connect {
namespace {

constexpr std::size_t kAttributeBytesMax = 16'000;
constexpr std::size_t kAddressBytesMax = 4000;

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

} // namespace

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
