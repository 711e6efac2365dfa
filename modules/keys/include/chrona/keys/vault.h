// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/keys/secret.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::keys {

/// Where secrets rest: named, small, one user's. One thread.
class Vault {
public:
    static constexpr std::size_t kSecretBytesMax = 64 << 10;

    virtual ~Vault() = default;
    /// NotFound when there is none of that name.
    [[nodiscard]] virtual Result<Secret> read(std::string_view name) = 0;
    /// Replaces one of the same name.
    [[nodiscard]] virtual Status write(std::string_view name, const Secret &secret) = 0;
    [[nodiscard]] virtual Status remove(std::string_view name) = 0;
    /// In order.
    [[nodiscard]] virtual Result<std::vector<std::string>> names() = 0;
};

/// Names are of letters, digits, '.', '_', '-' and at most 64 long: they stand in files and logs.
[[nodiscard]] Status checkSecretName(std::string_view name);

/// The keychain of the operating system (macOS Keychain, Secret Service, KWallet). Tries a write
/// first: a keychain that is there but locked or without a session says so now, not at night.
/// Needs a Qt application object. Any thread: it waits, without an event loop, for answers that
/// come on a thread which all keychains of the process share. After the first write, `patience` is
/// how long each answer is waited for; one that comes later is wiped.
[[nodiscard]] Result<std::unique_ptr<Vault>>
openKeychain(std::string_view service,
             std::chrono::milliseconds patience = std::chrono::seconds(60));

/// For machines without a keychain, by explicit consent: one file, 0600, each secret sealed with
/// XChaCha20-Poly1305 under a key made from the passphrase by Argon2id. Written anew and renamed,
/// so that a crash leaves the old or the new one. Denied when the passphrase is wrong.
[[nodiscard]] Result<std::unique_ptr<Vault>> openFileVault(const std::filesystem::path &file,
                                                           const Secret &passphrase);

} // namespace chrona::keys
