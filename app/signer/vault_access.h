// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/keys/key_entry.h"

#include <filesystem>
#include <functional>
#include <optional>

namespace chrona::app {

/// Which vault: the keychain, or a file with its passphrase.
struct VaultChoice {
    std::string_view service = keys::kSigningService; ///< in the keychain
    std::filesystem::path file{};                     ///< empty: the keychain
    std::optional<keys::Secret> passphrase{};
};
[[nodiscard]] Result<std::unique_ptr<keys::Vault>> openVault(const VaultChoice &choice);

/// All signing keys of the vault, read by a child process: keychains bring threads, sockets and
/// event loops with them, and none of these is to stay in the process that holds the keys.
[[nodiscard]] Result<std::vector<keys::SigningKey>> readKeysAside(const VaultChoice &choice);

/// A secret from standard input: typed without echo where that is a terminal, else up to its end.
[[nodiscard]] Result<keys::Secret> readSecret(std::string_view prompt);
/// From a descriptor that the caller inherited, to its end; closed afterwards.
[[nodiscard]] Result<keys::Secret> readSecretFrom(int descriptor);

} // namespace chrona::app
