// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

namespace chrona::flare {

/// Says that the calling thread has deadlines and that this connection is its own: neither waits
/// for its turn behind busy programs, where the system can see to that and the database is of this
/// machine.
void beginDeadlineThread(storage::Connection &connection);

} // namespace chrona::flare
