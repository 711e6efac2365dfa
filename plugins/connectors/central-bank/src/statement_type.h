// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"

namespace chrona::bank {

/// What a bank's entry is: a decision on rates, a speech, a statistic, or else news. Told by the
/// words in the title, the path of the address, and the presence of a value; banks say it nowhere
/// in one way.
[[nodiscard]] schema::EventType statementType(const schema::Event &event);

} // namespace chrona::bank
