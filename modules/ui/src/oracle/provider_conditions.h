// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/oracle_watch.h"

#include <QString>

#include <vector>

/// The minimal conditions of a provider's reward epoch, as sentences.
namespace chrona::ui {

class FactColumn;

/// What each condition came to so far in the newest of `history`, beside what it wants, and the
/// validators one by one.
void addConditions(FactColumn &column, const std::vector<ipc::FtsoProviderEpoch> &history,
                   const ipc::FlareStatusReply &chain);
/// Fast updates of what the weight lets expect; "–" where there are none.
[[nodiscard]] QString updatesText(const ipc::FtsoProviderEpoch &epoch);
[[nodiscard]] QString updatesHint(const ipc::FtsoProviderEpoch &epoch);
[[nodiscard]] QString connectorHint(const ipc::FtsoProviderEpoch &epoch);
/// How passes are known, and what of the validators.
[[nodiscard]] QString conditionHint(const ipc::FtsoProviderEpoch &epoch);

} // namespace chrona::ui
