// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/value_classes.h"

#include <QHash>
#include <QString>

#include <cstdint>

namespace chrona::ui {

enum class RegionSet : std::uint8_t {
    Countries,      ///< ISO 3166-1 alpha-2
    States,         ///< ISO 3166-2 of US, CA, AU and BR
    UsCounties2017, ///< FIPS, five digits
    UsCounties2023,
    Own, ///< areas that a person imported, by their own codes
};

/// One number for each region: what a choropleth shows. Regions without a value are hatched.
struct RegionValues {
    QString title; ///< "Unemployment rate, Oct 2026"
    QString unit;  ///< "%"
    RegionSet set = RegionSet::Countries;
    QHash<QString, double> values; ///< by code; NaN counts as absent
    geo::ClassRequest classes;
};

} // namespace chrona::ui
