// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/discovery/engine.h"

namespace chrona::discovery {

/// Whether a search can be made of these: InvalidInput says why not.
[[nodiscard]] Status checkSearch(const AsOfPanel &panel, const Parameters &parameters);

} // namespace chrona::discovery
