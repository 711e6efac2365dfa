// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_row.h"

#include "attributes_json.h"
#include "geometry_codec.h"
#include "packed_event.h"

#include <format>
#include <limits>

namespace chrona::storage::event_row {
namespace {

constexpr std::int16_t kWrittenCount = 26;

bool hasShape(const schema::Geometry &geometry)
{
    using Kind = schema::Geometry::Kind;
    return geometry.kind != Kind::None &&
           !(geometry.kind == Kind::Point && geometry.points.size() == 1);
}

void writePlace(CopyIn &copy, const schema::Geometry &geometry)
{
    if (geometry.kind == schema::Geometry::Kind::None) {
        copy.null();
        copy.null();
        return;
    }
    const schema::GeoPoint point = schema::anchorOf(geometry);
    copy.float64(point.longitude);
    copy.float64(point.latitude);
}

void writeShape(CopyIn &copy, const schema::Geometry &geometry)
{
    if (!hasShape(geometry)) {
        copy.null();
        return;
    }
    const std::string packed = packGeometry(geometry);
    copy.bytes(std::as_bytes(std::span(packed)));
}

void writePacked(CopyIn &copy, const schema::Event &event, const Standing &standing)
{
    constexpr float kNowhere = std::numeric_limits<float>::quiet_NaN();
    PackedEvent packed{
        .id = standing.id.value,
        .observedAt = event.times.observedAt,
        .availableAt = event.times.availableAt(),
        .source = event.source.value,
        .longitude = kNowhere,
        .latitude = kNowhere,
        .severity = event.severity,
        .confidence = event.confidence,
        .type = event.type,
        .state = standing.state,
        .hasShape = hasShape(event.geometry),
        .isSynthetic = event.synthetic,
        .region = event.region,
    };
    if (event.geometry.kind != schema::Geometry::Kind::None) {
        const schema::GeoPoint point = schema::anchorOf(event.geometry);
        packed.longitude = static_cast<float>(point.longitude);
        packed.latitude = static_cast<float>(point.latitude);
    }
    std::string bytes;
    pack(bytes, packed);
    copy.text(bytes); // as they are: bytea is nothing else on the wire
}

Status writeAttributes(CopyIn &copy, const schema::Attributes &attributes)
{
    if (attributes.empty()) {
        copy.null();
        return {};
    }
    const auto json = attributesToJson(attributes);
    if (!json)
        return std::unexpected(json.error());
    copy.json(*json);
    return {};
}

Result<schema::Geometry> readGeometry(const Row &row)
{
    if (!row.isNull(24))
        return unpackGeometry(row.bytes(24));
    if (row.isNull(8))
        return schema::Geometry{};
    return schema::Geometry::at({row.float64(8), row.float64(9)});
}

void readLinks(const Row &row, schema::Event &event)
{
    const auto ids = row.int64s(25);
    const auto roles = row.int16s(26);
    const auto weights = row.float32s(27);
    for (std::size_t i = 0; i < std::min({ids.size(), roles.size(), weights.size()}); ++i)
        event.entities.push_back({{ids[i]}, static_cast<schema::EntityRole>(roles[i]), weights[i]});
}

} // namespace

std::string linksOfCurrent(Naming naming)
{
    constexpr const char *kArray =
        "array(SELECT {0} FROM chrona_world.event_entity x {1}WHERE x.event_id = e.id "
        "AND x.observed_at = e.observed_at ORDER BY position) AS entity_{2}";
    const bool isMerged = naming == Naming::AsMerged;
    return std::format(kArray, isMerged ? "coalesce(m.stands_as, x.entity_id)" : "entity_id",
                       isMerged ? "LEFT JOIN chrona_world.entity_merge m USING (entity_id) " : "",
                       "ids") +
           ", " + std::format(kArray, "role", "", "roles") + ", " +
           std::format(kArray, "weight", "", "weights");
}

Status write(CopyIn &copy, const schema::Event &event, const Standing &standing)
{
    const schema::FactTimes &times = event.times;
    copy.beginRow(kWrittenCount);
    copy.int64(standing.id.value);
    copy.instant(times.observedAt);
    copy.instant(times.availableAt());
    copy.instant(times.ingestedAt);
    copy.instant(times.publishedAt);
    copy.instant(event.endsAt);
    copy.int64(event.source.value);
    copy.int64(times.assumedLag.count());
    writePlace(copy, event.geometry);
    copy.float32(event.confidence);
    copy.float32(event.severity);
    copy.int32(static_cast<std::int32_t>(standing.revision));
    copy.int16(static_cast<std::int16_t>(event.type));
    copy.int16(static_cast<std::int16_t>(times.basis));
    copy.int16(static_cast<std::int16_t>(standing.state));
    copy.boolean(event.synthetic);
    copy.text(event.region);
    copy.text(event.title);
    copy.text(event.summary);
    copy.text(event.sourceRef);
    copy.text(event.url);
    copy.hash128(event.contentHash);
    if (Status written = writeAttributes(copy, event.attributes); !written)
        return written;
    writeShape(copy, event.geometry);
    writePacked(copy, event, standing);
    return copy.endRow();
}

Result<schema::Event> read(const Row &row)
{
    schema::Event event;
    event.id = {row.int64(0)};
    event.times.observedAt = row.instant(1);
    event.times.ingestedAt = row.instant(3);
    event.times.publishedAt = row.optionalInstant(4);
    event.endsAt = row.optionalInstant(5);
    event.source = {row.int64(6)};
    event.times.assumedLag = Duration(row.int64(7));
    event.confidence = row.float32(10);
    event.severity = row.float32(11);
    event.revision = static_cast<std::uint32_t>(row.int32(12));
    event.type = static_cast<schema::EventType>(row.int16(13));
    event.times.basis = static_cast<schema::AvailabilityBasis>(row.int16(14));
    event.state = static_cast<schema::EventState>(row.int16(15));
    event.synthetic = row.boolean(16);
    event.region = row.string(17);
    event.title = row.string(18);
    event.summary = row.string(19);
    event.sourceRef = row.string(20);
    event.url = row.string(21);
    event.contentHash = row.hash128(22);
    if (!row.isNull(23)) {
        auto attributes = attributesFromJson(row.text(23));
        if (!attributes)
            return std::unexpected(attributes.error());
        event.attributes = std::move(*attributes);
    }
    auto geometry = readGeometry(row);
    if (!geometry)
        return std::unexpected(geometry.error());
    event.geometry = std::move(*geometry);
    readLinks(row, event);
    return event;
}

} // namespace chrona::storage::event_row
