// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/venue_rows.h"

#include <string_view>

namespace chrona::venues {

/// Splits MEXC's names; shared by JSON and protobuf frames.
[[nodiscard]] connect::Market mexcMarket(std::string_view native);

/// Reads a PushDataV3ApiWrapper: the few public messages by their documented field numbers.
void readMexcPush(std::string_view message, connect::Session &session,
                  connect::ReadingBuilder &out);

} // namespace chrona::venues
