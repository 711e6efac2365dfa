// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft_list.h"
#include "chrona/formats/json.h"

#include <optional>
#include <string>
#include <string_view>

namespace chrona::statcan {

using Drafts = Result<std::vector<connect::Draft>>;

/// An array of {status, object}; one that failed says so in a text instead of an object.
[[nodiscard]] Drafts readVectors(formats::JsonValue root);
[[nodiscard]] Drafts readCubeMetadata(formats::JsonValue root);
[[nodiscard]] Drafts readChangedCubes(formats::JsonValue root);

/// The CSV of a whole table, alone or in its ZIP file beside its metadata.
[[nodiscard]] Drafts readTableCsv(std::string_view csv);
[[nodiscard]] Drafts readTableZip(std::string_view zip);

/// "1810000401" or "18100004" to "18-10-0004".
[[nodiscard]] std::string tableName(std::string_view productId);
/// value × 10^exponent, exact where decimal digits allow it: 6.4 with 3 is 6400.
[[nodiscard]] Result<double> scaled(std::string_view value, int exponent);
[[nodiscard]] schema::Frequency frequencyOf(std::int64_t code);

} // namespace chrona::statcan
