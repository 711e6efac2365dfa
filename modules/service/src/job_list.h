// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"

#include <vector>

namespace chrona::storage {
class Connection;
}

namespace chrona::service {

/// Live and finished jobs as the protocol shows them, newest first.
[[nodiscard]] Result<ipc::JobsReply> listJobs(storage::Connection &connection,
                                              const ipc::JobsRequest &request);
[[nodiscard]] Result<ipc::JobEntry> findJob(storage::Connection &connection, schema::JobId id);
/// Each queue that has live or dead jobs.
[[nodiscard]] Result<std::vector<ipc::QueueStatus>> loadQueues(storage::Connection &connection);

} // namespace chrona::service
