// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/follower.h"

#include "chrona/base/log.h"
#include "chrona/flare/chain_access.h"
#include "chrona/flare/indexer.h"
#include "chrona/net/http_client.h"

#include <algorithm>
#include <format>

namespace chrona::flare {
namespace {

using namespace std::chrono_literals;

constexpr auto kCompareEvery = 30s;
constexpr std::uint64_t kCompareDepth = 10; ///< blocks that every node should have
constexpr int kFailuresMax = 20;
constexpr int kManyRounds = 10;

bool isOfNodes(const Error &error)
{
    return error.code != ErrorCode::Conflict && error.code != ErrorCode::Cancelled;
}

OffChain::Options offChainOptions(const Follower::Options &options)
{
    OffChain::Options off{.network = std::string(options.setup.timing.name),
                          .identity = options.identity,
                          .platforms = options.platforms,
                          .passesUrl = options.passesUrl};
    if (off.platforms.empty())
        for (const std::string &endpoint : options.endpoints)
            if (std::string url = platformUrl(endpoint); !url.empty())
                off.platforms.push_back(std::move(url));
    return off;
}

} // namespace

struct Follower::Followed {
    ChainId chain = 0;
    std::vector<NamedContract> contracts;
    Indexer indexer;
    RoundWatch watch;
    /// Long ago: the clock's own beginning may be minutes past.
    SteadyTime comparedAt = std::chrono::steady_clock::now() - 1h, accountsAt = comparedAt;
};

Follower::Follower(Options options, std::shared_ptr<storage::Pool> pool)
    : m_options(std::move(options)), m_pool(std::move(pool))
{
    auto access = openChainAccess({.endpoints = m_options.endpoints,
                                   .chainId = m_options.setup.timing.chainId,
                                   .allowThisMachine = m_options.allowThisMachine,
                                   .userAgent = m_options.userAgent,
                                   .stop = m_stop.get_token()});
    if (!access) {
        m_status.problem = describe(access.error());
        return;
    }
    m_http = std::move(access->http);
    m_client = std::move(access->client);
    m_offChain = std::make_unique<OffChain>(offChainOptions(m_options), *m_http, m_pool);
    m_following = std::jthread([this](std::stop_token stop) { follow(std::move(stop)); });
    if (m_options.mode)
        m_submitting = std::jthread([this](std::stop_token stop) { submit(std::move(stop)); });
}

Follower::~Follower()
{
    m_stop.request_stop();
    m_following.request_stop();
    m_submitting.request_stop();
}

FollowerStatus Follower::status() const
{
    const std::scoped_lock lock(m_mutex);
    FollowerStatus status = m_status;
    if (m_client)
        status.endpoints = m_client->endpoints();
    if (m_offChain)
        status.validatorProblem = m_offChain->problem();
    return status;
}

/// False when it is time to end.
bool Follower::pause(std::chrono::milliseconds time, std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

void Follower::repeat(Status (Follower::*once)(std::stop_token),
                      std::string FollowerStatus::*problem, std::stop_token stop)
{
    constexpr auto kPauseMax = 30'000ms;
    for (auto wait = 1'000ms; !stop.stop_requested(); wait = std::min(2 * wait, kPauseMax)) {
        const SteadyTime began = std::chrono::steady_clock::now();
        const Status ended = (this->*once)(stop);
        if (!ended && !stop.stop_requested()) {
            log::warning("flare", "{}: {}", m_options.setup.timing.name, describe(ended.error()));
            change([&](FollowerStatus &status) { status.*problem = describe(ended.error()); });
        }
        if (std::chrono::steady_clock::now() - began > kPauseMax)
            wait = 1'000ms;
        if (!pause(wait, stop))
            return;
    }
}

void Follower::follow(std::stop_token stop)
{
    repeat(&Follower::followOnce, &FollowerStatus::problem, std::move(stop));
}

void Follower::submit(std::stop_token stop)
{
    repeat(&Follower::submitOnce, &FollowerStatus::submitProblem, std::move(stop));
}

Result<Follower::Followed> Follower::begin(storage::Connection &connection, std::stop_token stop)
{
    if (auto checked = m_client->checkChain(stop); !checked)
        return std::unexpected(checked.error());
    const auto chain = openChain(connection, m_options.setup.timing.name);
    auto contracts = readContracts(*m_client, registryAddress(), stop);
    if (!chain || !contracts)
        return std::unexpected(!chain ? chain.error() : contracts.error());
    if (auto saved = saveContracts(connection, *chain, *contracts); !saved)
        return std::unexpected(saved.error());
    const auto run = indexedRun(connection, *chain);
    const auto newest = m_client->newestBlock(stop);
    if (!run || !newest)
        return std::unexpected(!run ? run.error() : newest.error());
    std::uint64_t first = 0;
    if (!*run) {
        // What holds in a reward epoch is announced in the one before.
        const RoundId round = ftso::votingEpochAt(m_options.setup.timing, newest->time);
        const RoundId from = ftso::expectedFirstRound(
            m_options.setup.timing, ftso::expectedRewardEpoch(m_options.setup.timing, round) - 1);
        const auto block =
            firstBlockAt(*m_client, ftso::startOf(m_options.setup.timing, from), stop);
        if (!block)
            return std::unexpected(block.error());
        first = *block;
    }
    return Followed{*chain, *contracts,
                    Indexer(*m_client, {.chain = *chain,
                                        .submission = submissionAddress(),
                                        .contracts = followedContracts(*contracts),
                                        .firstBlock = first}),
                    RoundWatch(*chain, m_options.setup)};
}

Status Follower::lookAtAccounts(storage::Connection &connection, const Followed &followed,
                                std::stop_token stop)
{
    if (!m_options.identity)
        return {};
    const Address identity = *m_options.identity;
    const auto &timing = m_options.setup.timing;
    const auto run = indexedRun(connection, followed.chain);
    if (!run || !*run)
        return run ? Status() : Status(std::unexpected(run.error()));
    const RoundId round = ftso::votingEpochAt(timing, (*run)->lastTime);
    const std::int64_t epoch = ftso::expectedRewardEpoch(timing, round);
    const auto now = isRegistered(connection, followed.chain, epoch, identity);
    const auto next = isRegistered(connection, followed.chain, epoch + 1, identity);
    if (!now || !next)
        return std::unexpected(!now ? now.error() : next.error());
    std::vector<FollowerStatus::Account> accounts{{"identity", identity, {}, {}}};
    if (const auto known = rewardEpochOf(connection, followed.chain, m_options.setup, round))
        if (const EpochVoter *voter = known->voterOf(identity))
            accounts.insert(accounts.end(), {{"submit", voter->submit, {}, {}},
                                             {"submit-signatures", voter->submitSignatures, {}, {}},
                                             {"signing-policy", voter->signingPolicy, {}, {}},
                                             {"delegation", voter->delegation, {}, {}}});
    std::vector<Address> beneficiaries;
    std::vector<OpenReward> open;
    const auto manager = contractNamed(followed.contracts, "RewardManager");
    for (FollowerStatus::Account &account : accounts) {
        if (const auto balance = m_client->balance(account.address, stop))
            account.balance = *balance;
        if (const auto owners = readOwners(*m_client, account.address, stop))
            account.owners = *owners;
        if (account.role != "identity" && account.role != "delegation")
            continue;
        beneficiaries.push_back(account.address);
        if (manager)
            if (const auto rewards = readOpenRewards(*m_client, *manager, account.address, stop))
                open.insert(open.end(), rewards->begin(), rewards->end());
    }
    change([&](FollowerStatus &status) {
        status.registeredNow = *now;
        status.registeredNext = *next;
        status.accounts = std::move(accounts);
    });
    return saveRewards(connection, followed.chain, beneficiaries, open);
}

/// What is done now and then, when all blocks are in.
Status Follower::look(storage::Connection &connection, Followed &followed, std::stop_token stop)
{
    const SteadyTime now = std::chrono::steady_clock::now();
    if (now - followed.comparedAt > kCompareEvery) {
        followed.comparedAt = now;
        const auto head = m_client->head(stop);
        const auto agree = head ? m_client->compare(*head - std::min(*head, kCompareDepth), stop)
                                : Result<bool>(std::unexpected(head.error()));
        if (agree && !*agree)
            log::warning("flare", "the nodes that are set do not have the same chain");
    }
    if (now - followed.accountsAt > kAccountsEvery) {
        followed.accountsAt = now;
        auto contracts = readContracts(*m_client, registryAddress(), stop);
        if (!contracts)
            return std::unexpected(contracts.error());
        if (auto saved = saveContracts(connection, followed.chain, *contracts); !saved)
            return saved;
        const auto wrapped = contractNamed(*contracts, "WNat");
        if (const auto supply = wrapped ? readWrappedSupply(*m_client, *wrapped, stop)
                                        : Result<Uint256>(std::unexpected(wrapped.error())))
            if (auto saved = saveWrappedSupply(connection, followed.chain, *supply); !saved)
                return saved;
        if (followedContracts(*contracts) != followedContracts(followed.contracts))
            return fail(ErrorCode::Unavailable, "the registry names other contracts: begun anew");
        if (auto done = lookAtAccounts(connection, followed, stop); !done)
            return done;
        const auto run = indexedRun(connection, followed.chain);
        if (!run)
            return std::unexpected(run.error());
        if (*run)
            return forgetOld(connection, followed.chain, m_options.setup.timing, (*run)->lastTime);
    }
    return {};
}

Status Follower::followOnce(std::stop_token stop)
{
    auto lease = m_pool->take(stop);
    if (!lease)
        return std::unexpected(lease.error());
    auto followed = begin(**lease, stop);
    if (!followed)
        return std::unexpected(followed.error());
    for (int failures = 0; !stop.stop_requested();) {
        const SteadyTime began = std::chrono::steady_clock::now();
        const auto progress = followed->indexer.step(**lease, stop);
        if (!progress) {
            // What was learnt of the nodes, such as the range of blocks that they allow, would be
            // lost with a new start.
            if (++failures > kFailuresMax || !isOfNodes(progress.error()) || !(*lease)->isUsable())
                return std::unexpected(progress.error());
            change([&](FollowerStatus &status) { status.problem = describe(progress.error()); });
            if (!pause(kPoll, stop))
                break;
            continue;
        }
        failures = 0;
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        change([&](FollowerStatus &status) {
            status.problem.clear();
            status.indexedBlock = progress->next == 0 ? 0 : progress->next - 1;
            status.headBlock = progress->head;
            status.chainTime = progress->time;
            if (progress->indexed > 1)
                status.blocksPerSecond = static_cast<double>(progress->indexed) / took.count();
        });
        if (!progress->isAtHead())
            continue;
        const auto watched = followed->watch.step(**lease);
        if (!watched)
            return std::unexpected(watched.error());
        if (*watched >= kManyRounds)
            continue; // the first time there are thousands
        if (auto done = look(**lease, *followed, stop); !done)
            return done;
        if (!pause(kPoll, stop))
            break;
    }
    return {};
}

} // namespace chrona::flare
