// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/oracle_watch.h"

#include <QString>

#include <optional>

/// A followed chain's figures as words: what an operator asks first.
namespace chrona::ui {

/// "12.3 C2FLR" of wei; "–" where nothing is known.
[[nodiscard]] QString coinText(std::string_view wei, const QString &coin);
[[nodiscard]] QString coinsText(double coins, const QString &coin);
/// Wei as coins, for sums and comparisons only.
[[nodiscard]] double coinsOf(std::string_view wei);
[[nodiscard]] QString percentText(double share); ///< "49.2 %"
/// The same of a part; "–" of nothing.
[[nodiscard]] QString shareText(qint64 part, qint64 whole);
/// "0x5a4e…e0f4"
[[nodiscard]] QString shortAddress(std::string_view address);
/// Whether two addresses are the same, however they are written.
[[nodiscard]] bool isSameAddress(std::string_view a, std::string_view b);
[[nodiscard]] QString registeredText(const std::optional<bool> &registered);
[[nodiscard]] QString nameOfChainRole(std::string_view role);
[[nodiscard]] QString nameOfProtocol(std::string_view protocol); ///< anchor, fdc, …
/// An alert of the provider that is followed, as a sentence.
[[nodiscard]] QString providerSentenceOf(const ipc::OracleAlert &alert);
[[nodiscard]] QString nameOfDuty(std::string_view duty);
/// How many of a hundred providers come no closer; nothing where there are no values.
[[nodiscard]] std::optional<int> percentileOf(const ipc::FtsoProviderEpoch &epoch);
/// Passes as published; "≈ 2" counted on from what was, "≥ 2" counted since indexing began.
[[nodiscard]] QString passesText(const ipc::FtsoProviderEpoch &epoch);
/// How the minimal condition on validators stands.
[[nodiscard]] QString stakingText(const ipc::FtsoProviderEpoch &epoch);
[[nodiscard]] qint64 blocksBehind(const ipc::FlareStatusReply &chain);
/// One line for where there is no room: registration and the indexer.
[[nodiscard]] QString chainSummary(const ipc::FlareStatusReply &chain);

} // namespace chrona::ui
