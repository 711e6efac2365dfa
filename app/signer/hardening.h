// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

namespace chrona::app {

/// Before any secret is read: no core files, no debugger of the same user, memory locked.
[[nodiscard]] chrona::Status shieldMemory();

/// After everything is open: from now on only what answering needs (reading, writing, the clock).
/// No socket, no file, no program can be opened any more. Linux only; elsewhere it does nothing.
[[nodiscard]] chrona::Status sealProcess();

} // namespace chrona::app
