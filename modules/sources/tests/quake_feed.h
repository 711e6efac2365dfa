// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <format>
#include <string>
#include <string_view>
#include <vector>

/// Payloads in the documented form of the USGS feeds, written for tests; no real event.
struct Quake {
    std::string id;
    double magnitude = 5;
    long long updatedMs = 1'795'246'200'000;
    std::string status = "reviewed";
    double latitude = -33.25;
};

inline std::string quakeFeature(const Quake &quake)
{
    return std::format(
        R"({{"type":"Feature","id":"{}",)"
        R"("geometry":{{"type":"Point","coordinates":[-70.5,{},10]}},)"
        R"("properties":{{"mag":{},"place":"Testville","time":1795244400123,"updated":{},)"
        R"("status":"{}","type":"earthquake","title":"M {} - Testville"}}}})",
        quake.id, quake.latitude, quake.magnitude, quake.updatedMs, quake.status, quake.magnitude);
}

inline std::string quakeFeed(const std::vector<Quake> &quakes)
{
    std::string features;
    for (const auto &quake : quakes)
        features += (features.empty() ? "" : ",") + quakeFeature(quake);
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
