// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/keys/ledger.h"

#include <filesystem>

namespace chrona::app {

/// The address of a path, shown on the device's screen for comparison.
[[nodiscard]] Result<ethereum::Address> ledgerAddress(keys::LedgerTransport &transport,
                                                      const std::string &path);

/// Signs what chronactl flare --export wrote: the person before the device sees and confirms it.
/// Denied where the device holds another account than the one that the file names.
[[nodiscard]] Result<ethereum::SignedTransaction>
ledgerSign(keys::LedgerTransport &transport, const std::string &path,
           const std::filesystem::path &exported);

} // namespace chrona::app
