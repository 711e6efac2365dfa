// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "geo_parts.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// The numbers of an arc as the file has them, in a few bytes: whole steps of a grid as they are,
/// decimal fractions as the differences of whole numbers, anything else as doubles. What comes back
/// is equal, bit for bit but for the sign of a zero. `into` is overwritten.
void packArc(std::span<const NumberPair> positions, std::string &into);
/// An arc that cannot be read, with what is wrong.
void packFault(const schema::Fault &fault, std::string &into);
/// Of what the two above made.
[[nodiscard]] Located<std::vector<NumberPair>> unpackArc(std::string_view packed);

} // namespace chrona::formats
