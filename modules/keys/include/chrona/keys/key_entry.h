// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/keys/secret.h"
#include "chrona/keys/signer.h"
#include "chrona/keys/vault.h"

namespace chrona::keys {

/// The services under which secrets lie in the keychain. Signing keys are apart: chronad opens the
/// other one, for API keys of sources, and never this.
inline constexpr std::string_view kSigningService = "Chrona signing keys";
inline constexpr std::string_view kSecretService = "Chrona";

/// How a signing key lies in a vault: the 32 bytes, then its rules as JSON. Both together, so that
/// a key can never be used under other rules than those it was enrolled with.
[[nodiscard]] Result<Secret> packKey(const Secret &privateKey, const SigningRules &rules);
[[nodiscard]] Result<SigningKey> unpackKey(std::string name, const Secret &entry);

/// "0x" and 64 hex digits, or without 0x, with blanks around: what people paste. Wipes `text`.
[[nodiscard]] Result<Secret> parsePrivateKey(Secret text);

} // namespace chrona::keys
