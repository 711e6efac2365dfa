// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/venue_message.h"

#include <string>
#include <string_view>

namespace chrona::venues {

/// Kraken writes one market in four ways: asked "XBTUSD", answered "XXBTZUSD", streamed "XBT/USD"
/// (v1) and "BTC/USD" (v2). Old assets have a prefix in the answers; which ones is a table, because
/// XTZ and ZEC begin with the same letters and have none.
[[nodiscard]] connect::Market krakenMarket(std::string_view native);

/// "BTC/USD" → "XBTUSD", as the REST interface wants it asked. Other names are left as they are.
[[nodiscard]] std::string krakenRestName(std::string_view native);

} // namespace chrona::venues
