// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/epoch_duties.h"
#include "chrona/flare/off_chain.h"
#include "chrona/flare/reward_claimer.h"

namespace chrona::flare {

/// How it stands, for people.
struct FollowerStatus {
    std::string problem; ///< of following; empty: it goes well
    std::string submitProblem;
    std::uint64_t indexedBlock = 0, headBlock = 0;
    double blocksPerSecond = 0; ///< while it catches up
    Seconds chainTime = 0;      ///< of the newest indexed block
    std::optional<bool> registeredNow, registeredNext;
    std::optional<Submitter::Duty> duty;
    std::vector<EndpointState> endpoints;
    std::string validatorProblem; ///< why validators, or published passes, are not seen
    struct Account {
        std::string role;
        Address address{};
        std::optional<Uint256> balance;
        AccountOwners owners{};
    };
    std::vector<Account> accounts;
};

/// Follows one network: indexes its blocks and computes its rounds on one thread and, where asked,
/// submits on another one with a connection of its own, so that catching up never holds up a
/// deadline. Starts when made, ends when it goes. status() from any thread.
class Follower {
public:
    struct Options {
        NetworkSetup setup;
        std::vector<std::string> endpoints{};
        bool allowThisMachine = false; ///< nodes and value providers on it may be asked
        std::string userAgent{};
        std::optional<Address> identity{};
        std::optional<Mode> mode{};  ///< nothing: watch only
        std::string valueProvider{}; ///< URL, where values are needed
        /// In place of a value provider: where the values come from, for the submitting thread.
        std::function<std::unique_ptr<ValueSource>()> ownValues{};
        FeeRules fees{};
        /// Claims by itself, when submitting.
        struct Claims {
            std::vector<Address> owners;
            Address recipient{};
            bool isWrapped = true;
            Seconds every = 6 * 3'600;
            std::string publishedUrl{}; ///< with {network} and {epoch}; empty: without proofs
        };
        std::optional<Claims> claims{};
        /// Nodes that serve the P-chain; none: those of the endpoints that can be told to.
        std::vector<std::string> platforms{};
        std::string passesUrl{}; ///< who publishes passes, with {network} and {epoch}
        /// Who publishes reward data, with {network} and {epoch}: where all agree it is signed.
        std::vector<std::string> rewardData{};
        /// Gives up when it is asked to stop.
        std::function<Result<std::unique_ptr<keys::SignerClient>>(std::stop_token)> startSigner{};
    };
    Follower(Options options, std::shared_ptr<storage::Pool> pool);
    ~Follower();

    [[nodiscard]] FollowerStatus status() const;

private:
    struct Followed;
    using SteadyTime = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds kPoll{1'000};
    static constexpr std::chrono::seconds kAccountsEvery{300};
    void follow(std::stop_token stop);
    void submit(std::stop_token stop);
    [[nodiscard]] Status followOnce(std::stop_token stop);
    [[nodiscard]] Status submitOnce(std::stop_token stop);
    [[nodiscard]] std::optional<RewardClaimer>
    makeClaimer(Signing &signing, ChainId chain, const std::vector<NamedContract> &contracts);
    [[nodiscard]] EpochDuties makeDuties(Signing &signing, ChainId chain,
                                         const std::vector<NamedContract> &contracts);
    [[nodiscard]] Status checkRelay(const Address &relay, SteadyTime &readAt, std::stop_token stop);
    [[nodiscard]] Result<Followed> begin(storage::Connection &connection, std::stop_token stop);
    [[nodiscard]] Status look(storage::Connection &connection, Followed &followed,
                              std::stop_token stop);
    [[nodiscard]] Status lookAtAccounts(storage::Connection &connection, const Followed &followed,
                                        std::stop_token stop);
    void repeat(Status (Follower::*once)(std::stop_token), std::string FollowerStatus::*problem,
                std::stop_token stop);
    [[nodiscard]] bool pause(std::chrono::milliseconds time, std::stop_token stop);
    template <class Change> void change(Change change)
    {
        const std::scoped_lock lock(m_mutex);
        change(m_status);
    }

    const Options m_options;
    std::shared_ptr<storage::Pool> m_pool;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<ChainClient> m_client;
    std::unique_ptr<OffChain> m_offChain;
    std::stop_source m_stop;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    FollowerStatus m_status;
    std::jthread m_following, m_submitting; ///< last: they end before what they use
};

} // namespace chrona::flare
