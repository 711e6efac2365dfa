// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_rows.h"
#include "chrona/workspace/event_filter.h"
#include "chrona/workspace/event_store.h"

namespace chrona::workspace {

/// What the table over the whole database asks for what is filtered by: the same, said in words
/// that mean something beyond the loaded events. A country whose loaded parts all pass is asked for
/// with all its parts. A window that reaches to the first or last loaded event is open on that
/// side. Pure.
[[nodiscard]] ipc::EventPick pickFor(const EventCriteria &criteria, const EventSnapshot &loaded);

} // namespace chrona::workspace
