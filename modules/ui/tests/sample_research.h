// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"
#include "chrona/schema/event.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

/// Signals and briefings for tests of the window: made up, complete, the same each time.
namespace chrona::ui::test {

[[nodiscard]] ipc::SignalQueryReply sampleSignals(Instant end);
[[nodiscard]] ipc::RefusedQueryReply sampleRefused();
/// Daily values of any key, with a bump at each of the signal's episodes.
[[nodiscard]] std::shared_ptr<ipc::ObservationColumns> sampleFeature(const ipc::SignalEntry &signal,
                                                                     Instant end);
/// Three days, newest first. Their sentences rest on these events and the first signal.
[[nodiscard]] std::vector<ipc::BriefingReply>
sampleBriefings(std::span<const schema::Event> events, const ipc::SignalEntry &signal, Instant end);
/// The answer where one is stored; the list with the text in it.
[[nodiscard]] ipc::BriefingsReply listOf(const std::vector<ipc::BriefingReply> &briefings,
                                         const std::string &text);

} // namespace chrona::ui::test
