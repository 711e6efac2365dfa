// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "report.h"

#include "chrona/schema/event.h"
#include "chrona/storage/connection.h"

#include <span>

namespace chrona::bench {

/// Headlines through all that is done with them without a model: topic, places, bodies, exposures,
/// near duplicates, stories, novelty, vector. Processor time, so that other work does not count.
[[nodiscard]] Result<Report> measureEnrichment();
/// Events that the database knows already, offered again.
[[nodiscard]] Result<Figure> measureRefusal(storage::Connection &connection,
                                            std::span<const schema::Event> known);

} // namespace chrona::bench
