// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/test_signing.h"

namespace chrona::flare {

TestSigning::TestSigning(const TestProvider &provider, const Address &relay, const Address &duties)
{
    keys::NetworkContracts contracts;
    contracts.relay = relay;
    contracts.systemsManager = contracts.voterRegistry = contracts.voterPreRegistry = duties;
    const auto rules = [&contracts](keys::Duty duty) {
        return keys::rulesFor("coston2", duty, contracts).value();
    };
    add("submit", provider.submitKey, rules(keys::Duty::Submit));
    add("signatures", provider.signaturesKey, rules(keys::Duty::SubmitSignatures));
    add("policy", provider.signingKey, rules(keys::Duty::SigningPolicy));
}

void TestSigning::add(const char *name, const ethereum::PrivateKey &key, keys::SigningRules rules)
{
    m_held.push_back({name, key.secret(), std::move(rules)});
    m_keys.push_back({name, ethereum::addressOf(key), 114});
    renew();
}

void TestSigning::renew()
{
    std::vector<keys::SigningKey> held;
    for (const Held &each : m_held)
        held.push_back({each.name,
                        std::move(ethereum::PrivateKey::fromBytes(each.secret).value()),
                        each.rules});
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
