// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cyclone.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/json.h"
#include "chrona/formats/stated_time.h"

namespace chrona::nhc {
namespace {

using formats::JsonValue;

constexpr double kMphPerKnot = 1.15078;

std::string text(JsonValue value)
{
    return std::string(value.asString().value_or(""));
}

/// Numbers come as numbers and as texts.
std::optional<double> number(JsonValue value)
{
    return value.asString() ? connect::numberFrom(*value.asString()) : value.asDouble();
}

connect::Draft readStorm(JsonValue storm)
{
    Cyclone cyclone;
    cyclone.atcf = text(storm["id"]);
    for (char &c : cyclone.atcf)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    const auto updated = formats::readStatedTime(text(storm["lastUpdate"]));
    if (!updated)
        return connect::Rejected{cyclone.atcf, "lastUpdate: " + updated.error().what};
    const auto latitude = number(storm["latitudeNumeric"]);
    const auto longitude = number(storm["longitudeNumeric"]);
    if (!latitude || !longitude)
        return connect::Rejected{cyclone.atcf, "latitudeNumeric or longitudeNumeric is no number"};
    cyclone.name = text(storm["name"]);
    cyclone.kind = text(storm["classification"]);
    cyclone.url = text(storm["publicAdvisory"]["url"]);
    cyclone.centre = {*longitude, *latitude};
    cyclone.advisedAt = *updated;
    cyclone.publishedAt = *updated;
    if (const auto knots = number(storm["intensity"]))
        cyclone.windMph = *knots * kMphPerKnot;
    cyclone.pressureMb = number(storm["pressure"]);
    connect::addText(cyclone.attributes, "wallet", text(storm["binNumber"]));
    connect::addText(cyclone.attributes, "advisory", text(storm["publicAdvisory"]["advNum"]));
    connect::addNumber(cyclone.attributes, "movement_degrees", number(storm["movementDir"]));
    connect::addNumber(cyclone.attributes, "movement_mph", number(storm["movementSpeed"]));
    return draftOf(std::move(cyclone));
}

} // namespace

Result<std::vector<connect::Draft>> readCurrentStorms(std::string_view payload)
{
    const auto document = formats::JsonDocument::parse(payload, {.bytesMax = kPayloadBytesMax});
    if (!document)
        return std::unexpected(document.error());
    const JsonValue storms = document->root()["activeStorms"];
    if (storms.kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload has no list activeStorms");
    std::vector<connect::Draft> drafts;
    for (const JsonValue storm : storms.items()) {
        if (drafts.empty())
            drafts.emplace_back(cycloneTopic());
        drafts.push_back(readStorm(storm));
    }
    return drafts;
}

} // namespace chrona::nhc
