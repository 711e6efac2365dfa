// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "flare_acts.h"

namespace chrona::service {

[[nodiscard]] inline bool isRegistration(flare::ActionKind kind)
{
    return kind == flare::ActionKind::Register || kind == flare::ActionKind::Preregister;
}

struct ActSending {
    const FlareActs &acts;
    flare::ChainClient &client;
    const flare::Action &action;
    std::uint64_t gas = 0;
};
/// Puts it into the ledger of nonces and looks after it until a block has it, a minute at most.
/// Without a signer it only plans: the thread that submits sends it. Brings the transaction's hash;
/// empty when nobody has sent it in that time.
[[nodiscard]] Result<std::string> sendAction(const ActSending &sending, storage::Pool &pool,
                                             keys::SignerClient *signer, std::stop_token stop);

} // namespace chrona::service
