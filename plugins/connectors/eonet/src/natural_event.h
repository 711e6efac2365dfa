// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"
#include "chrona/formats/json.h"

namespace chrona::eonet {

/// One event of the list as a draft, or why it cannot be one.
[[nodiscard]] connect::Draft readNaturalEvent(formats::JsonValue event);

} // namespace chrona::eonet
