// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/signals_model.h"
#include "signals/small_table.h"
#include "text/time_text.h"

#include <vector>

/// The numbers behind a signal as rows. Pure.
namespace chrona::ui {

using SmallRows = std::vector<std::vector<SmallCell>>;

[[nodiscard]] std::vector<SmallColumn> blockColumns();
[[nodiscard]] SmallRows blockRows(const ipc::SignalEntry &signal);

[[nodiscard]] std::vector<SmallColumn> regimeColumns();
[[nodiscard]] SmallRows regimeRows(const ipc::SignalEntry &signal);

/// Walk-forward: each window as it was chosen before, and what it did after.
[[nodiscard]] std::vector<SmallColumn> foldColumns();
[[nodiscard]] SmallRows foldRows(const ipc::SignalEntry &signal);

[[nodiscard]] std::vector<SmallColumn> controlColumns();
[[nodiscard]] SmallRows controlRows(const ipc::SignalEntry &signal);

[[nodiscard]] std::vector<SmallColumn> failureColumns();
[[nodiscard]] SmallRows failureRows(const ipc::SignalEntry &signal);

/// In the order of the signal's episodes.
[[nodiscard]] std::vector<SmallColumn> episodeColumns();
[[nodiscard]] SmallRows episodeRows(const ipc::SignalEntry &signal);

/// Figure by figure, side by side.
[[nodiscard]] std::vector<SmallColumn> comparedColumns(const ipc::SignalEntry &first,
                                                       const ipc::SignalEntry &second);
[[nodiscard]] SmallRows comparedRows(const ipc::SignalEntry &first, const ipc::SignalEntry &second);

} // namespace chrona::ui
