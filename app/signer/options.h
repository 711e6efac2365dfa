// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/keys/signing_rules.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace chrona::app {

enum class SignerAction {
    Help,
    Serve,
    Enroll,
    Remove,
    List,
    Rules,
    Store,
    Forget,
    Stored,
    LedgerAddress,
    LedgerSign
};

struct SignerOptions {
    SignerAction action = SignerAction::Help;
    std::string name;            ///< of the key or secret
    std::filesystem::path data;  ///< where the ledger of rounds and the audit log lie
    std::filesystem::path vault; ///< empty: the keychain
    std::optional<int> passphraseDescriptor;
    std::string network = "coston2";
    std::optional<keys::Duty> duty;
    keys::NetworkContracts contracts;
    ethereum::Uint256 valueMax; ///< of the shipped rules
    std::string ledgerPath = "44'/60'/0'/0/0";
    std::filesystem::path rulesFile; ///< instead of a duty's shipped rules
};

[[nodiscard]] Result<SignerOptions> readSignerOptions(std::span<const std::string> words);
[[nodiscard]] std::string signerHelp();

} // namespace chrona::app
