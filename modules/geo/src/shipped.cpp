// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/shipped.h"

#include <cassert>

// C++26 will have #embed; until then the assembler takes the files in. A byte array as C++ text
// would take the compiler minutes.
#if defined(__APPLE__)
#define CHRONA_SECTION ".const_data\n"
#define CHRONA_SYMBOL(name) "_" #name
#else
#define CHRONA_SECTION ".section .rodata\n"
#define CHRONA_SYMBOL(name) #name
#endif
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name becomes part of assembler text
#define CHRONA_EMBED(name, file)                                                                   \
    __asm__(CHRONA_SECTION ".globl " CHRONA_SYMBOL(name) "\n"                                      \
            ".globl " CHRONA_SYMBOL(name##_end) "\n"                                               \
            ".balign 16\n" CHRONA_SYMBOL(name) ":\n"                                               \
            ".incbin \"" CHRONA_GEO_DATA "/" file "\"\n" CHRONA_SYMBOL(name##_end) ":\n"           \
            ".byte 0\n"                                                                            \
            ".text\n");                                                                            \
    extern "C" const std::byte name[], name##_end[]

CHRONA_EMBED(chrona_geo_world, "world.bin");
CHRONA_EMBED(chrona_geo_world_detail, "world_detail.bin");
CHRONA_EMBED(chrona_geo_us_counties_2017, "us_counties_2017.bin");
CHRONA_EMBED(chrona_geo_us_counties_2023, "us_counties_2023.bin");
CHRONA_EMBED(chrona_geo_places, "places.bin");
CHRONA_EMBED(chrona_geo_ports, "ports.bin");
CHRONA_EMBED(chrona_geo_countries, "countries.tsv");

namespace chrona::geo {

std::span<const std::byte> shippedData(ShippedData which)
{
    switch (which) {
    case ShippedData::World:
        return {chrona_geo_world, chrona_geo_world_end};
    case ShippedData::WorldDetail:
        return {chrona_geo_world_detail, chrona_geo_world_detail_end};
    case ShippedData::UsCounties2017:
        return {chrona_geo_us_counties_2017, chrona_geo_us_counties_2017_end};
    case ShippedData::UsCounties2023:
        return {chrona_geo_us_counties_2023, chrona_geo_us_counties_2023_end};
    case ShippedData::Places:
        return {chrona_geo_places, chrona_geo_places_end};
    case ShippedData::Ports:
        return {chrona_geo_ports, chrona_geo_ports_end};
    case ShippedData::Countries:
        return {chrona_geo_countries, chrona_geo_countries_end};
    }
    assert(false);
    return {};
}

std::string_view shippedAttribution()
{
    return "Natural Earth · © GeoNames CC BY 4.0 · U.S. Census Bureau";
}

} // namespace chrona::geo
