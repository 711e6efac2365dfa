// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/abi.h"
#include "chrona/flare/chain_client.h"

namespace chrona::flare {

/// Calls a function and reads what it returns; both given as Solidity writes them. NotFound where
/// there is no contract.
[[nodiscard]] Result<std::vector<ethereum::AbiValue>>
callFunction(ChainClient &client, const Address &contract, std::string_view function,
             std::span<const ethereum::AbiValue> arguments, std::string_view returns,
             std::stop_token stop);

} // namespace chrona::flare
