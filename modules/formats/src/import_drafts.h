// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/geo_feature.h"
#include "chrona/formats/import.h"

#include "import_row.h"

#include <optional>
#include <string>

/// Rows to drafts. nullopt: the row has faults, which it tells.
namespace chrona::formats {

/// geometry and featureId: of a GeoJSON feature; they stand in where the row itself says nothing.
[[nodiscard]] std::optional<EventDraft> readEvent(ImportRow &row, const ImportOptions &options,
                                                  schema::Geometry geometry = {},
                                                  const std::string &featureId = {});
[[nodiscard]] std::optional<BarDraft> readBar(ImportRow &row, const ImportOptions &options);
[[nodiscard]] std::optional<ObservationDraft> readObservation(ImportRow &row,
                                                              const ImportOptions &options);
[[nodiscard]] std::optional<schema::Quote> readQuote(ImportRow &row);
[[nodiscard]] std::optional<schema::Boundary>
readBoundary(ImportRow &row, const ImportOptions &options, GeoFeature feature, std::string set);

/// A property as text; empty: none.
[[nodiscard]] std::string propertyText(const schema::Attributes &properties, std::string_view name);

} // namespace chrona::formats
