// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <vector>

/// What the system counts of a process. Linux only; 0 or nothing for one that is gone.
namespace chrona::bench {

/// Processor time that it has used.
[[nodiscard]] double processorSeconds(qint64 pid);
/// Proportional set: what is shared with others counts in part.
[[nodiscard]] double memoryMib(qint64 pid);
[[nodiscard]] std::vector<qint64> childrenOf(qint64 parent);

} // namespace chrona::bench
