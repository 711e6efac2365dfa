// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/cap.h"
#include "chrona/formats/stated_time.h"

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

/// Whatever is read is sound: rings closed and on Earth, times within the plausible years.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    const auto isSound = [](const schema::Ring &ring) {
        schema::Geometry geometry;
        geometry.kind = schema::Geometry::Kind::Areas;
        geometry.areas = {{ring}};
        return schema::validate(geometry).empty();
    };
    if (const auto ring = readCapPolygon(text))
        mustHold(isSound(*ring));
    if (const auto circle = readCapCircle(text))
        mustHold(isSound(ringAround(*circle)));
    if (const auto time = readStatedTime(text))
        mustHold(readStatedTime(formatInstant(*time)) == *time);
    (void)readEasternTime(text);
    (void)readVtec(text);
    if (const auto alert = readCap(text)) {
        mustHold(!alert->identifier.empty() && !alert->sender.empty());
        for (const CapInfo &info : alert->infos)
            for (const CapArea &area : info.areas)
                for (const schema::Polygon &polygon : area.polygons)
                    mustHold(polygon.size() == 1 && isSound(polygon.front()));
    }
    return 0;
}
