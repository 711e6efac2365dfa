// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/ethereum/transaction.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace chrona::keys {

using Selector = std::array<std::uint8_t, 4>;

/// An argument that must be this and nothing else: a word of the call's data, counted after the
/// selector.
struct FixedWord {
    std::uint8_t index = 0;
    ethereum::Bytes32 value{};
    friend bool operator==(const FixedWord &, const FixedWord &) = default;
};

/// A function of a contract that a key may call, and how often in one voting epoch.
struct CallRule {
    ethereum::Address contract{};
    Selector selector{};
    std::uint32_t perEpochMax = 1;
    std::string label; ///< the function's signature, for people
    std::vector<FixedWord> fixed{};
    friend bool operator==(const CallRule &, const CallRule &) = default;
};

enum class MessageKind : std::uint8_t { Round, Registration, Policy, Uptime, Rewards };

/// What one key may sign, on one network. Everything else is refused, whoever asks: the rules are
/// given when the key is enrolled, rest with it in the vault and cannot be changed over the
/// signer's socket.
struct SigningRules {
    std::string network; ///< rates count in its voting epochs
    std::vector<CallRule> calls;
    std::vector<MessageKind> messages;
    ethereum::Uint256 valueMax;       ///< wei a transaction may carry
    ethereum::Uint256 feeMax;         ///< wei a transaction may cost at most: gas limit × price
    ethereum::Uint256 feePerEpochMax; ///< wei all transactions of a voting epoch may cost
    std::uint64_t dataBytesMax = 8 << 10;
    friend bool operator==(const SigningRules &, const SigningRules &) = default;
};

/// What hot keys do for a provider, with the rules that go with it. Delegation wraps and delegates
/// and can pay nobody; Claims claims to one recipient that was named when the key was enrolled.
enum class Duty : std::uint8_t { Submit, SubmitSignatures, SigningPolicy, Delegation, Claims };
[[nodiscard]] std::optional<Duty> dutyFrom(std::string_view word); ///< "submit", …

/// Contracts that differ from network to network, as the person read them from the registry.
struct NetworkContracts {
    ethereum::Address relay{};
    ethereum::Address systemsManager{};
    ethereum::Address voterRegistry{};
    ethereum::Address voterPreRegistry{};
    ethereum::Address wrappedCoin{};
    ethereum::Address rewardManager{};
    ethereum::Address claimRecipient{}; ///< to whom claims go, and nobody else
};
/// Shipped rules for a duty on "flare", "songbird", "coston2" or "coston". NotFound for others;
/// InvalidInput where a contract that the duty cannot do without is not named.
[[nodiscard]] Result<SigningRules> rulesFor(std::string_view network, Duty duty,
                                            const NetworkContracts &contracts);

/// What was signed, as far as rules count it.
class SigningHistory {
public:
    /// Once it is signed.
    void add(const SigningRules &rules, const ethereum::Transaction &transaction, Instant now);
    [[nodiscard]] std::uint32_t callsIn(std::int64_t epoch, const ethereum::Address &contract,
                                        const Selector &selector) const;
    [[nodiscard]] ethereum::Uint256 feesIn(std::int64_t epoch) const;

private:
    std::int64_t m_epoch = 0;
    std::map<std::pair<ethereum::Address, Selector>, std::uint32_t> m_calls;
    ethereum::Uint256 m_fees;
};

/// Of the rules' network; 0 where it is unknown.
[[nodiscard]] std::uint64_t chainOf(const SigningRules &rules);
[[nodiscard]] std::int64_t votingEpochAt(const SigningRules &rules, Instant now);
/// The most that a transaction can cost beyond its value.
[[nodiscard]] ethereum::Uint256 feeOf(const ethereum::Transaction &transaction);

/// Denied with the rule that refuses. Pure.
[[nodiscard]] Status judge(const SigningRules &rules, const ethereum::Transaction &transaction,
                           const SigningHistory &history, Instant now);

[[nodiscard]] std::string toJson(const SigningRules &rules);
[[nodiscard]] Result<SigningRules> rulesFromJson(std::string_view text);

} // namespace chrona::keys
