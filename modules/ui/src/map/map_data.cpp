// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_data.h"

#include "chrona/base/log.h"

namespace chrona::ui {

namespace {
/// From here on the coarse outlines would show their corners.
constexpr double kDetailZoom = 4.6;
} // namespace

const geo::BaseMap &MapData::map(geo::ShippedData which)
{
    auto &slot = m_maps[static_cast<std::size_t>(which)];
    if (!slot) {
        auto read = geo::readBaseMap(geo::shippedData(which));
        if (!read)
            log::error("map", "{}",
                       describe(read.error())); // a broken build; an empty map is still usable
        slot = read ? std::move(*read) : geo::BaseMap{};
    }
    return *slot;
}

const geo::BaseMap &MapData::base(double zoom)
{
    return map(zoom < kDetailZoom ? geo::ShippedData::World : geo::ShippedData::WorldDetail);
}

const geo::BaseMap &MapData::regions(RegionSet set, double zoom)
{
    switch (set) {
    case RegionSet::UsCounties2017: return map(geo::ShippedData::UsCounties2017);
    case RegionSet::UsCounties2023: return map(geo::ShippedData::UsCounties2023);
    case RegionSet::Own:
        if (m_own)
            return *m_own;
        break;
    case RegionSet::Countries:
    case RegionSet::States: break;
    }
    return base(zoom);
}

geo::AreaLayer MapData::layerOf(RegionSet set)
{
    return set == RegionSet::Countries ? geo::AreaLayer::Countries
           : set == RegionSet::States  ? geo::AreaLayer::States
                                       : geo::AreaLayer::Counties;
}

const geo::Places &MapData::read(std::optional<geo::Places> &slot, geo::ShippedData which)
{
    if (!slot) {
        auto read = geo::Places::read(geo::shippedData(which));
        if (!read)
            log::error("map", "{}", describe(read.error()));
        slot = read ? std::move(*read) : geo::Places{};
    }
    return *slot;
}

const geo::Places &MapData::places()
{
    return read(m_places, geo::ShippedData::Places);
}

const geo::Places &MapData::ports()
{
    return read(m_ports, geo::ShippedData::Ports);
}

} // namespace chrona::ui
