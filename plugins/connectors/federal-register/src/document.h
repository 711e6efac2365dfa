// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"
#include "chrona/formats/json.h"

namespace chrona::federal_register {

/// One document as an event draft, or why it cannot be one.
[[nodiscard]] connect::Draft readDocument(formats::JsonValue document);

} // namespace chrona::federal_register
