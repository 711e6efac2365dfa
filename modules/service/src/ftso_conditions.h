// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_ftso.h"
#include "chrona/storage/connection.h"

#include <vector>

namespace chrona::service {

/// Adds to reward epochs, newest first, what the minimal conditions came to: published passes; of
/// one provider also its validators, how they were judged, and passes where none are published.
[[nodiscard]] Status addConditions(storage::Connection &connection,
                                   const ipc::FtsoProvidersQuery &query,
                                   std::vector<ipc::FtsoProviderEpoch> &epochs);

} // namespace chrona::service
