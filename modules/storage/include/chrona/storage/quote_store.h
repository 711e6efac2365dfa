// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/oracle.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/provenance.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chrona::storage {

/// Appends ticks, one transaction. A tick is known by all that it says: the same one again, in this
/// batch or stored before, is a duplicate.
[[nodiscard]] Result<StoreReport> bulkStoreQuotes(Connection &connection,
                                                  std::span<const schema::Quote> quotes,
                                                  Provenance provenance = Provenance::Real);

struct QuoteQuery {
    std::string venue{};  ///< empty: all
    std::string symbol{};
    std::optional<Instant> from{}, to{}; ///< received_at in [from, to)
    std::uint32_t limit = 1'000'000;
};
/// By time of arrival.
[[nodiscard]] Result<std::vector<schema::Quote>> loadQuotes(Connection &connection,
                                                            const QuoteQuery &query);

} // namespace chrona::storage
