// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/parameter.h"

#include <vector>

namespace chrona::storage {

/// Parameters in the shape that libpq takes. The parameters must outlive it.
struct BoundParameters {
    explicit BoundParameters(const Parameters &parameters) : formats(parameters.size(), 1)
    {
        types.reserve(parameters.size());
        values.reserve(parameters.size());
        sizes.reserve(parameters.size());
        for (const Parameter &parameter : parameters) {
            types.push_back(parameter.type());
            values.push_back(parameter.isNull() ? nullptr : parameter.bytes().data());
            sizes.push_back(static_cast<int>(parameter.bytes().size()));
        }
    }

    [[nodiscard]] int count() const { return static_cast<int>(types.size()); }

    std::vector<unsigned> types;
    std::vector<const char *> values;
    std::vector<int> sizes;
    std::vector<int> formats; ///< all binary
};

} // namespace chrona::storage
