// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "query.h"

#include <string_view>

/// The part of `features` that shows and changes by which rules features are computed.
namespace chrona::cli {

/// catalogue, check, define, enable, disable, remove. Keys of features have a dot.
[[nodiscard]] bool isCatalogueVerb(std::string_view word);
[[nodiscard]] ExitCode runCatalogue(Invocation &invocation, QueryFormat format);

} // namespace chrona::cli
