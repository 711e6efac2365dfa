// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/venue_message.h"

#include <string>
#include <vector>

/// Known answers of venues, written from their documented messages.
namespace chrona::venues {

/// A reading in one line: "reject:empty", or the messages joined by " | ", with a
/// verdict that is not accept in front. What is absent is left out.
[[nodiscard]] std::string describe(const connect::Reading &reading);

void addReplyRows(); ///< columns: venue, kind, target, status, body, expected
void addFrameRows(); ///< columns: venue, frames (one a line), expected of the last

/// The bodies and frames of all rows, to be broken.
[[nodiscard]] std::vector<std::string> allBodies();
[[nodiscard]] std::vector<std::string> allFrames();

} // namespace chrona::venues
