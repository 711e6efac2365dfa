// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/filter_language.h"

#include <vector>

namespace chrona::workspace {

enum class FilterField : std::uint8_t {
    Type,
    Category,
    Region,
    Source,
    Severity,
    Confidence,
    Box,
};
[[nodiscard]] QStringView fieldName(FilterField field);
[[nodiscard]] std::optional<FilterField> fieldFrom(QStringView name);
inline constexpr int kFilterFieldCount = 7;

/// One value of a term, and where it stands.
struct FilterValue {
    QString text;
    qsizetype at = 0;
    qsizetype length = 0;
};

/// A word of the headline (no field), or a field with its values.
struct FilterTerm {
    std::optional<FilterField> field;
    bool isNegated = false;
    std::vector<FilterValue> values; ///< never empty
};

[[nodiscard]] std::expected<std::vector<FilterTerm>, FilterFault> splitFilter(const QString &text);

} // namespace chrona::workspace
