// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/test_signing.h"

namespace chrona::flare {

TestSigning::TestSigning(const TestProvider &provider, const Address &relay)
{
    keys::NetworkContracts contracts;
    contracts.relay = relay;
    std::vector<keys::SigningKey> held;
    const auto add = [&](const char *name, keys::Duty duty, const ethereum::PrivateKey &key) {
        held.push_back({name, std::move(ethereum::PrivateKey::fromBytes(key.secret()).value()),
                        keys::rulesFor("coston2", duty, contracts).value()});
        m_keys.push_back({name, ethereum::addressOf(key), 114});
    };
    add("submit", keys::Duty::Submit, provider.submitKey);
    add("signatures", keys::Duty::SubmitSignatures, provider.signaturesKey);
    add("policy", keys::Duty::SigningPolicy, provider.signingKey);
    m_signer = std::make_unique<keys::Signer>(
        std::move(held), std::vector<keys::SignedRound>{},
        keys::Signer::Effects{[](const keys::SignedRound &) { return Status(); },
                              [](const std::string &) {}});
}

Result<keys::SigningReply> TestSigning::ask(const keys::SigningRequest &request)
{
    ++asked;
    keys::SigningReply reply = m_signer->answer(request, Instant(std::chrono::seconds(now)));
    if (const auto *refused = std::get_if<keys::RefusedReply>(&reply))
        return fail(refused->code, refused->reason);
    return reply;
}

} // namespace chrona::flare
