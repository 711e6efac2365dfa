// SPDX-License-Identifier: AGPL-3.0-or-later
#include "gazetteer.h"

namespace chrona::sample {

namespace {

using schema::GeoPoint;

constexpr GeoPoint kJapan[] = {{131, 30}, {137, 33}, {141, 36}, {143, 40}, {148, 44}, {156, 49}};
constexpr GeoPoint kKamchatka[] = {{156, 49}, {162, 54}, {166, 55}};
constexpr GeoPoint kAleutians[] = {{170, 52.5}, {179, 51.2}};
constexpr GeoPoint kAlaska[] = {{-179, 51.3}, {-165, 53.5}, {-152, 58}, {-146, 60.5}};
constexpr GeoPoint kCascadia[] = {{-128.5, 50}, {-126, 46}, {-124.5, 40.5}};
constexpr GeoPoint kSanAndreas[] = {{-124.2, 40.3}, {-121.5, 37}, {-118, 34.5}, {-115.2, 32.3}};
constexpr GeoPoint kMexico[] = {{-106, 19.5}, {-101, 17.2}, {-96, 15.5}, {-92, 13.8}};
constexpr GeoPoint kCentralAmerica[] = {{-92, 13.8}, {-87, 11.8}, {-83.5, 8.8}};
constexpr GeoPoint kPeru[] = {{-81, -2}, {-80.5, -7}, {-76.5, -14}, {-72, -17.5}};
constexpr GeoPoint kChile[] = {{-71, -19}, {-71.3, -27}, {-72.5, -34}, {-74.5, -42}};
constexpr GeoPoint kCaribbean[] = {{-72, 19.2}, {-66, 18.9}, {-61.3, 16.5}, {-60.9, 12}};
constexpr GeoPoint kRidgeNorth[] = {{-18, 65}, {-30, 57}, {-29, 45}, {-40, 30}};
constexpr GeoPoint kRidgeSouth[] = {{-13, -8}, {-13, -25}, {-16, -45}};
constexpr GeoPoint kAegean[] = {{20.5, 38}, {23.5, 35.3}, {28, 35.8}};
constexpr GeoPoint kAnatolia[] = {{27.5, 40.6}, {33, 41}, {38, 39.5}, {36.5, 37}};
constexpr GeoPoint kItaly[] = {{13, 43.3}, {15, 41}, {15.8, 38.3}};
constexpr GeoPoint kZagros[] = {{45.5, 35}, {51, 30}, {56.5, 27.2}};
constexpr GeoPoint kHinduKush[] = {{68, 35.5}, {71, 36.6}, {74, 38.8}};
constexpr GeoPoint kHimalaya[] = {{75, 33.2}, {82, 29}, {88, 27.3}, {95, 28.3}};
constexpr GeoPoint kSichuan[] = {{100, 26}, {102, 29.5}, {104, 32}};
constexpr GeoPoint kTaiwan[] = {{121.3, 22.3}, {122, 24.2}, {124.5, 24.6}};
constexpr GeoPoint kPhilippines[] = {{122, 17}, {124.5, 12.8}, {126.8, 7.5}};
constexpr GeoPoint kSumatra[] = {{93.5, 8}, {95.5, 3}, {99, -1.8}, {103, -6}};
constexpr GeoPoint kJava[] = {{103, -6.6}, {109, -9.2}, {116, -10}, {123, -9.5}};
constexpr GeoPoint kBanda[] = {{125, -7.5}, {130.5, -6.5}, {132, -3.8}};
constexpr GeoPoint kNewGuinea[] = {{140, -3.2}, {147, -5.5}, {152.5, -5}, {159, -8.8}};
constexpr GeoPoint kVanuatu[] = {{165, -11}, {167.2, -16}, {170, -20.5}};
constexpr GeoPoint kTonga[] = {{-172.8, -15.5}, {-174.3, -20}, {-177.6, -27}};
constexpr GeoPoint kNewZealand[] = {{178.5, -38}, {175.5, -41}, {170, -43.8}, {167, -45.6}};
constexpr GeoPoint kRift[] = {{40.5, 11.5}, {38, 7}, {36.3, 1}, {29.8, -4}, {34.5, -12}};
constexpr GeoPoint kOklahoma[] = {{-98.8, 36.8}, {-97.2, 35.6}};

// clang-format off
constexpr Fault kFaults[] = {
    {"Japan Trench", "JP", kJapan, 10, 120},
    {"Kamchatka", "RU", kKamchatka, 4, 150},
    {"western Aleutian Islands", "US-AK", kAleutians, 4, 80},
    {"southern Alaska", "US-AK", kAlaska, 7, 100},
    {"Cascadia coast", "US-OR", kCascadia, 2, 40},
    {"San Andreas zone", "US-CA", kSanAndreas, 5, 16},
    {"Pacific coast of Mexico", "MX", kMexico, 5, 80},
    {"Central American coast", "PA", kCentralAmerica, 3, 90},
    {"coast of Peru", "PE", kPeru, 4, 110},
    {"coast of Chile", "CL", kChile, 7, 130},
    {"northern Caribbean", "DO", kCaribbean, 3, 90},
    {"northern Mid-Atlantic Ridge", "IS", kRidgeNorth, 2, 15},
    {"southern Mid-Atlantic Ridge", "", kRidgeSouth, 2, 15},
    {"Aegean Arc", "GR", kAegean, 3, 70},
    {"Anatolian Fault", "TR", kAnatolia, 3, 18},
    {"Apennines", "IT", kItaly, 1.5F, 15},
    {"Zagros", "IR", kZagros, 3, 25},
    {"Hindu Kush", "AF", kHinduKush, 3, 220},
    {"Himalayan front", "NP", kHimalaya, 2.5F, 40},
    {"Sichuan and Yunnan", "CN", kSichuan, 2, 20},
    {"Taiwan region", "TW", kTaiwan, 3, 60},
    {"Philippine Trench", "PH", kPhilippines, 5, 140},
    {"Sunda Arc off Sumatra", "ID", kSumatra, 6, 90},
    {"Sunda Arc south of Java", "ID", kJava, 5, 160},
    {"Banda Sea", "ID", kBanda, 4, 300},
    {"New Guinea and Solomons", "", kNewGuinea, 6, 150},
    {"Vanuatu", "", kVanuatu, 5, 200},
    {"Tonga Trench", "", kTonga, 6, 550},
    {"New Zealand", "NZ", kNewZealand, 3, 120},
    {"East African Rift", "ET", kRift, 1.5F, 20},
    {"Oklahoma", "US-OK", kOklahoma, 1, 8},
};
// clang-format on

// clang-format off
constexpr VolcanoPlace kVolcanoes[] = {
    {"Kilauea", "US-HI", {-155.29, 19.42}},    {"Shishaldin", "US-AK", {-163.97, 54.76}},
    {"Popocatepetl", "MX", {-98.62, 19.02}},   {"Colima", "MX", {-103.62, 19.51}},
    {"Cotopaxi", "EC", {-78.44, -0.68}},       {"Sabancaya", "PE", {-71.85, -15.78}},
    {"Villarrica", "CL", {-71.93, -39.42}},    {"Etna", "IT", {14.99, 37.75}},
    {"Stromboli", "IT", {15.21, 38.79}},       {"Reykjanes", "IS", {-22.5, 63.88}},
    {"Nyiragongo", "CD", {29.25, -1.52}},      {"Merapi", "ID", {110.45, -7.54}},
    {"Semeru", "ID", {112.92, -8.11}},         {"Krakatau", "ID", {105.42, -6.10}},
    {"Mayon", "PH", {123.69, 13.26}},          {"Taal", "PH", {120.99, 14.00}},
    {"Sakurajima", "JP", {130.66, 31.59}},     {"Aso", "JP", {131.10, 32.88}},
    {"Klyuchevskoy", "RU", {160.64, 56.06}},   {"Sheveluch", "RU", {161.36, 56.65}},
    {"White Island", "NZ", {177.18, -37.52}},
};
// clang-format on

// clang-format off
constexpr StormBasin kBasins[] = {
    {"North Atlantic", "US-FL", {-60, 10, -25, 17}, 0.69, 0.085, 13, 1.45, 27},
    {"Gulf and Caribbean", "US-LA", {-95, 14, -72, 23}, 0.68, 0.10, 8, 0.75, 25},
    {"Eastern Pacific", "MX", {-118, 11, -96, 17}, 0.64, 0.11, 16, 1.25, 24},
    {"Western Pacific", "PH", {128, 8, 158, 18}, 0.66, 0.16, 26, 1.35, 24},
    {"North Indian", "IN", {84, 9, 93, 15}, 0.88, 0.07, 4, 0.7, 19},
    {"Arabian Sea", "OM", {62, 10, 70, 15}, 0.42, 0.06, 2, 0.7, 20},
    {"South Indian", "MZ", {52, -17, 92, -9}, 0.10, 0.11, 10, 1.1, -22},
    {"Australian region", "AU", {112, -18, 150, -10}, 0.12, 0.10, 9, 0.8, -21},
    {"South Pacific", "", {164, -18, 179, -10}, 0.12, 0.10, 6, -0.7, -20},
};
// clang-format on

// clang-format off
constexpr HotSpot kHotSpots[] = {
    {"the eastern front line", "UA", {37.6, 48.4}, 1.3F, 15, false},
    {"the southern river line", "UA", {33.2, 46.9}, 0.9F, 7, false},
    {"the northern border strip", "LB", {35.4, 33.2}, 0.3F, 5, true},
    {"the coastal strip", "IL", {34.5, 31.5}, 0.25F, 7, true},
    {"the north-western countryside", "SY", {36.7, 35.9}, 0.6F, 6, true},
    {"the eastern desert roads", "SY", {39.8, 35.2}, 0.9F, 3, true},
    {"the western highlands", "YE", {44.0, 15.3}, 0.9F, 6, true},
    {"the Red Sea approaches", "YE", {42.9, 13.6}, 0.7F, 5, true},
    {"the disputed northern districts", "IQ", {43.6, 35.8}, 0.7F, 4, true},
    {"the western provinces", "SD", {24.5, 13.2}, 1.3F, 6, false},
    {"the capital's suburbs", "SD", {32.5, 15.6}, 0.3F, 5, false},
    {"the central Sahel", "ML", {-2.5, 15.0}, 1.8F, 7, false},
    {"the lake basin", "NG", {13.2, 11.9}, 1.0F, 5, false},
    {"the eastern lakes", "CD", {28.9, -1.3}, 0.9F, 8, false},
    {"the southern coast road", "SO", {44.0, 1.7}, 1.0F, 5, false},
    {"the northern highlands", "ET", {39.2, 13.2}, 0.9F, 4, false},
    {"the northern cape districts", "MZ", {40.0, -11.6}, 0.7F, 2, false},
    {"the frontier districts", "PK", {70.3, 33.2}, 0.9F, 5, false},
    {"the eastern provinces", "AF", {70.4, 34.4}, 0.8F, 4, false},
    {"the north-eastern hills", "MM", {97.8, 23.2}, 1.0F, 6, false},
    {"the western coast", "LY", {13.0, 32.6}, 0.6F, 3, true},
    {"the borderland river", "CO", {-72.3, 7.4}, 0.8F, 3, false},
    {"the Gulf approaches", "IR", {56.2, 27.0}, 0.6F, 3, true},
};
// clang-format on

} // namespace

std::span<const Fault> faults()
{
    return kFaults;
}

std::span<const VolcanoPlace> volcanoes()
{
    return kVolcanoes;
}

std::span<const StormBasin> stormBasins()
{
    return kBasins;
}

std::span<const HotSpot> hotSpots()
{
    return kHotSpots;
}

} // namespace chrona::sample
