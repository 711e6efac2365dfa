// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/oracle_world.h"
#include "chrona/flare/transaction_sender.h"
#include "chrona/keys/signer.h"

namespace chrona::flare {

/// The signer's own decisions and shipped rules, without its process, at a time that the test sets:
/// rules count in voting epochs, and the test chain's are not those of the day.
class TestSigning final : public Signing {
public:
    TestSigning(const TestProvider &provider, const Address &relay, const Address &duties = {});
    /// One more key, with rules of its own.
    void add(const char *name, const ethereum::PrivateKey &key, keys::SigningRules rules);
    Result<keys::SigningReply> ask(const keys::SigningRequest &request) override;
    std::vector<keys::HeldKey> keys() const override { return m_keys; }

    Seconds now = 0;
    int asked = 0;

private:
    struct Held {
        std::string name;
        Bytes32 secret{};
        keys::SigningRules rules;
    };
    void renew();
    std::vector<Held> m_held;
    std::unique_ptr<keys::Signer> m_signer;
    std::vector<keys::HeldKey> m_keys;
};

} // namespace chrona::flare
