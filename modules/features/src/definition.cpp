// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/definition.h"

#include "words.h"

#include <algorithm>
#include <format>

namespace chrona::features {

namespace {

constexpr std::size_t kWindowSpanMax = 10'000;

bool isFigure(Aggregation aggregation)
{
    return aggregation >= Aggregation::FigureSum;
}

std::unexpected<Error> refuse(const Definition &definition, std::string_view why)
{
    return fail(ErrorCode::InvalidInput, std::format("feature {}: {}", definition.key, why));
}

bool isKey(std::string_view key)
{
    return !key.empty() && key.size() <= 200 && std::ranges::all_of(key, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               letter == '.' || letter == '_';
    });
}

/// A member as the end of a key: what is not a letter or digit becomes an underscore.
std::string keyPart(std::string_view member)
{
    std::string part;
    for (const char letter : member) {
        const bool isPlain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                             (letter >= '0' && letter <= '9') || letter == '-';
        part += isPlain ? letter : '_';
    }
    return part;
}

} // namespace

std::string_view toString(Aggregation aggregation)
{
    return kAggregations.nameOf(aggregation);
}

std::string_view toString(Axis axis)
{
    return kAxes.nameOf(axis);
}

std::string_view toString(Transform transform)
{
    return kTransforms.nameOf(transform);
}

Status check(const Definition &definition)
{
    if (!isKey(definition.key))
        return refuse(definition, "a key is made of small letters, digits, dots and underscores");
    if (definition.bucket != schema::Frequency::Hour && definition.bucket != schema::Frequency::Day)
        return refuse(definition, "a bucket is an hour or a day");
    const auto isShare = [](double value) { return value >= 0 && value <= 1; };
    if (!isShare(definition.filter.severityMin) || !isShare(definition.filter.confidenceMin))
        return refuse(definition, "severity and confidence lie between 0 and 1");
    if (definition.source == Definition::Source::Series) {
        if (definition.series.empty())
            return refuse(definition, "which series?");
        if (definition.span < 1 || definition.span > kWindowSpanMax)
            return refuse(definition, "a span is 1 to 10000 observations");
        const bool needsMany = definition.transform == Transform::ZScore ||
                               definition.transform == Transform::Surprise;
        if (needsMany && definition.span < 3)
            return refuse(definition, "a deviation needs a span of at least 3");
        return {};
    }
    if (isFigure(definition.aggregation) == definition.figure.empty())
        return refuse(definition, "a figure belongs to the figure aggregations, and to no other");
    return {};
}

schema::Feature featureOf(const Definition &definition, std::string_view member)
{
    schema::Feature feature;
    feature.key = definition.key;
    if (!member.empty())
        feature.key += "." + keyPart(member);
    feature.id = schema::featureIdFor(feature.key);
    feature.name = definition.name.empty() ? definition.key : definition.name;
    if (!member.empty())
        feature.name += std::format(" ({})", member);
    feature.rule = textOf(definition);
    feature.kind = definition.kind;
    feature.frequency = definition.bucket;
    feature.emptyBucket = definition.emptyBucket;
    feature.vintages = definition.vintages;
    feature.unit = definition.unit;
    if (definition.axis == Axis::Region || definition.axis == Axis::Country)
        feature.region = member;
    feature.version = definition.version;
    return feature;
}

} // namespace chrona::features
