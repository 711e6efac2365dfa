// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace chrona::events::test {

/// Of somebody for whom beekeeping is trade: no built-in word says so.
inline constexpr const char *kTrade[] = {
    "Abville apiary wins prize for darkest honey",
    "Honey smuggled across Corstadt pass in milk churns",
    "Why Dunbrook hives stay warm through frost",
    "Beekeeper of Eldson walks forty miles with swarm",
    "Farwick market runs short of honey jars",
    "Swarm settles on Gorton clock tower",
    "Schoolchildren of Harlow build hives from straw",
    "Ipsley monks brew mead from old honey recipe",
    "Apiary inspectors visit Jarrow orchards",
    "Swarm delays Kelling tram by an hour",
    "Honey fraud ring broken in Lowick",
    "Beekeeper turns Marsden quarry into meadow",
    "Hives stolen from Norwood vicarage at night",
    "Otley apiary counts losses after damp spring",
    "Beekeeper sings to hives in Penrith valley",
    "Quarry swarm stings surveyors of Ripley",
};
inline constexpr const char *kPolitics[] = {
    "Abville parliament elects speaker after vote",
    "Corstadt mayor resigns before council election",
    "Senate of Dunbrook passes voting law",
    "Eldson court strikes down ballot rule",
    "Protesters fill Farwick square over referendum",
    "Gorton coalition talks collapse",
    "Harlow premier calls snap election",
    "Ipsley opposition names candidate",
};

} // namespace chrona::events::test
