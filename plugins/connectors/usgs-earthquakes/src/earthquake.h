// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"

#include <QJsonObject>

#include <optional>
#include <string_view>

namespace chrona::usgs {

/// One GeoJSON feature as an event draft, or why it cannot be one.
[[nodiscard]] connect::Draft readEarthquake(const QJsonObject &feature);

/// The topic that every earthquake is linked to.
[[nodiscard]] schema::Entity earthquakeTopic();

/// How grave, 0–1: by magnitude, felt by how many and how much damage is secondary and comes in by
/// the PAGER alert colour, which raises the value and never lowers it. See README.md for the table.
[[nodiscard]] float severityOf(std::optional<double> magnitude, std::string_view alert);

} // namespace chrona::usgs
