// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/keys/signer.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace chrona::keys {

/// The rounds that were signed, in a file that only grows while the signer runs: a line each, on
/// disk before the signature leaves. A line that a crash cut off was never answered and is dropped.
/// What is long past goes when it is opened: a file of years must not keep the signer from
/// starting. One thread, one process (the file is locked).
class RoundLedger {
public:
    /// Conflict when another signer has it; Corrupt when a line before the last is no round.
    [[nodiscard]] static Result<std::unique_ptr<RoundLedger>>
    open(const std::filesystem::path &file);
    ~RoundLedger();

    [[nodiscard]] const std::vector<SignedRound> &rounds() const { return m_rounds; }
    /// On disk when it returns.
    [[nodiscard]] Status append(const SignedRound &round);

private:
    RoundLedger(int descriptor, std::vector<SignedRound> rounds)
        : m_descriptor(descriptor), m_rounds(std::move(rounds))
    {
    }
    int m_descriptor;
    std::vector<SignedRound> m_rounds; ///< as they were when the file was opened
};

} // namespace chrona::keys
