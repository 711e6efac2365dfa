// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_access.h"
#include "chrona/flare/chain_action.h"
#include "chrona/flare/fees.h"
#include "chrona/ipc/messages.h"
#include "chrona/keys/signer_client.h"
#include "chrona/storage/pool.h"

#include <functional>

namespace chrona::service {

/// What a transaction on a person's word needs to know; made on the main thread.
struct FlareActs {
    flare::NetworkSetup setup;
    flare::ChainAccess::Options access{};
    flare::FeeRules fees{};
    std::optional<flare::Address> identity{};
    /// The thread that submits sends what is planned: there is one sender for each key.
    bool isSubmitting = false;
    std::function<Result<std::unique_ptr<keys::SignerClient>>(std::stop_token)> startSigner{};
};

/// Makes it, asks the chain what it would say, and sends it where that was asked for. Waits for a
/// block that has it, at most a minute. Any thread.
[[nodiscard]] Result<ipc::FlareActionReply> actOnChain(const FlareActs &acts, storage::Pool &pool,
                                                       const ipc::FlareAction &asked,
                                                       std::stop_token stop);
/// Sends what was signed elsewhere, after a look into it. Any thread.
[[nodiscard]] Result<ipc::FlareActionReply>
sendSigned(const FlareActs &acts, const ipc::FlareSendSigned &asked, std::stop_token stop);

} // namespace chrona::service
