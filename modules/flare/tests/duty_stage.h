// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "submission_stage.h"

#include "chrona/flare/chain_action.h"

namespace chrona::flare {

/// The stage of submissions with the contracts for all that is not about rounds, and an account
/// that wraps, delegates and claims.
class DutyStage : protected SubmissionStage {
protected:
    void openDuties()
    {
        openStage();
        m_node->setAutomine(true);
        m_signing = std::make_unique<TestSigning>(m_world->providers.front(), m_world->relay,
                                                  m_world->duties);
        m_contracts = readContracts(*m_client, registryAddress()).value();
        const ethereum::AbiValue signer[] = {m_world->providers[0].identity,
                                             m_world->providers[0].signing()};
        tell("setSigner(address,address)", signer);
        setEpoch(kTestEpoch, false);
    }
    void tell(std::string_view function, std::span<const ethereum::AbiValue> arguments)
    {
        m_node->callFrom0(m_world->duties, function, arguments);
    }
    void setEpoch(std::uint64_t epoch, bool isOpen)
    {
        const ethereum::AbiValue arguments[] = {epoch, std::uint64_t{isOpen}};
        tell("setEpoch(uint24,bool)", arguments);
    }
    /// The first word that a view returns.
    [[nodiscard]] Bytes32 view(std::string_view function,
                               std::span<const ethereum::AbiValue> arguments)
    {
        const auto signature = ethereum::parseAbiSignature(function);
        const auto data = ethereum::encodeCall(signature.value(), arguments);
        const auto answer = m_client->call(m_world->duties, data.value());
        if (!answer || answer->size() < 32)
            qFatal("a view does not answer");
        Bytes32 word{};
        std::copy_n(answer->begin(), word.size(), word.begin());
        return word;
    }
    [[nodiscard]] std::uint64_t number(std::string_view function,
                                       std::span<const ethereum::AbiValue> arguments)
    {
        return Uint256::fromBytes(view(function, arguments)).toUint64().value_or(~0ULL);
    }

    std::vector<NamedContract> m_contracts;
};

inline ethereum::PrivateKey holderKey()
{
    Bytes32 secret{};
    secret.fill(0x77);
    return std::move(ethereum::PrivateKey::fromBytes(secret).value());
}

} // namespace chrona::flare
