// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/availability.h"

#include "enum_names.h"

namespace chrona::schema {
namespace {

constexpr auto kAvailabilityBases = enumNames<AvailabilityBasis>("measured", "stated", "assumed");

} // namespace

std::string_view toString(AvailabilityBasis basis)
{
    return kAvailabilityBases.nameOf(basis);
}

std::optional<AvailabilityBasis> availabilityBasisFrom(std::string_view text)
{
    return kAvailabilityBases.valueOf(text);
}

} // namespace chrona::schema
