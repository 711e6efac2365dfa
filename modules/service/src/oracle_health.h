// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/oracle_fields.h"
#include "chrona/sources/remote_collector.h"

#include <string>
#include <vector>

/// How venues and collectors are heard, as a client is told. Pure.
namespace chrona::service {

[[nodiscard]] ipc::OracleVenueEntry tellVenue(const std::string &name,
                                              const sources::VenueHealth &health);
/// Appends one link a connection.
void tellLinks(const sources::VenueHealth &health, const std::string &collector, bool isUsed,
               std::vector<ipc::OracleVenueLink> &links);
/// Without name, address and what is used of it.
[[nodiscard]] ipc::OracleCollectorEntry tellCollector(const sources::CollectorHealth &health);

} // namespace chrona::service
