// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace chrona::keys {

/// Asks the system that the calling thread, or the process given, does not wait for its turn behind
/// busy programs: what has a deadline works for a moment, then sleeps. It gets no more of the
/// processor than others, so no right is needed. Only a wish: where the system does not know it,
/// nothing changes (Linux from 6.12 on does).
void askForPromptTurns(int process = 0);

} // namespace chrona::keys
