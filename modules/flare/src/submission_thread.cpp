// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/deadline_thread.h"
#include "chrona/flare/epoch_duties.h"
#include "chrona/flare/follower.h"
#include "chrona/flare/reward_claimer.h"
#include "chrona/flare/value_provider.h"
#include "chrona/net/http_client.h"

namespace chrona::flare {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

/// A rehearsal signs nothing.
class NoSigning final : public Signing {
public:
    Result<keys::SigningReply> ask(const keys::SigningRequest &) override
    {
        return fail(ErrorCode::Denied, "nothing is signed in a rehearsal");
    }
    std::vector<keys::HeldKey> keys() const override { return {}; }
};

/// All of several documents, when all are there; those that came first are kept meanwhile. A thread
/// with deadlines asks, so nothing of it waits.
class Documents {
public:
    Documents(OffChain &offChain, std::vector<std::string> urls)
        : m_offChain(offChain), m_urls(std::move(urls))
    {
    }
    Result<std::optional<std::vector<std::string>>> of(std::string_view network,
                                                       std::uint32_t rewardEpoch)
    {
        std::vector<std::string> texts;
        for (const std::string &each : m_urls) {
            const std::string url = withEpoch(each, network, rewardEpoch);
            if (!m_come.contains(url)) {
                auto come = m_offChain.document(url);
                if (!come) {
                    m_come.clear();
                    return std::unexpected(come.error());
                }
                if (!*come)
                    continue;
                m_come[url] = std::move(**come);
            }
            texts.push_back(m_come[url]);
        }
        if (texts.size() < m_urls.size())
            return std::nullopt;
        m_come.clear();
        return texts;
    }

private:
    OffChain &m_offChain;
    std::vector<std::string> m_urls;
    std::map<std::string, std::string> m_come;
};

/// Chain time between two blocks: that of the newest, and what passed since it was first seen. The
/// wall clock has no part in it.
class ChainClock {
public:
    Seconds now(const Block &newest)
    {
        const SteadyTime here = std::chrono::steady_clock::now();
        if (newest.time > m_time) {
            m_time = newest.time;
            m_seen = here;
        }
        return m_time + std::chrono::floor<std::chrono::seconds>(here - m_seen).count();
    }

private:
    Seconds m_time = 0;
    SteadyTime m_seen;
};

/// After what cannot wait. The first failure comes back, after both were tried.
Status doWhatCanWait(EpochDuties &duties, std::optional<RewardClaimer> &claimer,
                     storage::Connection &connection, Seconds now)
{
    Status owed = duties.step(connection, now);
    Status claimed = claimer ? claimer->step(connection, now) : Status();
    return owed ? claimed : owed;
}

} // namespace

/// Addresses are replaced now and then: read again after a while.
Status Follower::checkRelay(const Address &relay, SteadyTime &readAt, std::stop_token stop)
{
    if (std::chrono::steady_clock::now() - readAt < kAccountsEvery)
        return {};
    readAt = std::chrono::steady_clock::now();
    const auto contracts = readContracts(*m_client, registryAddress(), stop);
    // A node that does not answer says nothing about addresses.
    if (const auto named = contracts ? contractNamed(*contracts, "Relay") : Result<Address>(relay);
        named && *named != relay)
        return fail(ErrorCode::Unavailable, "the registry names another relay: begun anew");
    return {};
}

std::optional<RewardClaimer> Follower::makeClaimer(Signing &signing, ChainId chain,
                                                   const std::vector<NamedContract> &contracts)
{
    if (!m_options.claims || m_options.mode != Mode::Submit)
        return std::nullopt;
    RewardClaimer::Options options{.setup = m_options.setup,
                                   .chain = chain,
                                   .contracts = contracts,
                                   .owners = m_options.claims->owners,
                                   .recipient = m_options.claims->recipient,
                                   .isWrapped = m_options.claims->isWrapped,
                                   .every = m_options.claims->every,
                                   .fees = m_options.fees};
    if (!m_options.claims->publishedUrl.empty())
        options.published = [this](std::uint32_t epoch) {
            return m_offChain->document(
                withEpoch(m_options.claims->publishedUrl, m_options.setup.timing.name, epoch));
        };
    return RewardClaimer(*m_client, signing, std::move(options));
}

EpochDuties Follower::makeDuties(Signing &signing, ChainId chain,
                                 const std::vector<NamedContract> &contracts)
{
    EpochDuties::Options options{.setup = m_options.setup,
                                 .chain = chain,
                                 .identity = *m_options.identity,
                                 .contracts = contracts,
                                 .fees = m_options.fees};
    if (!m_options.rewardData.empty())
        options.published = [documents = Documents(*m_offChain, m_options.rewardData),
                             network = m_options.setup.timing.name](std::uint32_t epoch) mutable {
            return documents.of(network, epoch);
        };
    return EpochDuties(*m_client, signing, std::move(options));
}

Status Follower::submitOnce(std::stop_token stop)
{
    auto lease = m_pool->take(stop);
    if (!lease)
        return std::unexpected(lease.error());
    if (!m_options.identity)
        return fail(ErrorCode::InvalidInput, "whose submissions? No identity is given");
    beginDeadlineThread(**lease);
    if (auto checked = m_client->checkChain(stop); !checked)
        return checked;
    const auto chain = openChain(**lease, m_options.setup.timing.name);
    const auto contracts = readContracts(*m_client, registryAddress(), stop);
    if (!chain || !contracts)
        return std::unexpected(!chain ? chain.error() : contracts.error());
    const auto relay = contractNamed(*contracts, "Relay");
    if (!relay)
        return std::unexpected(relay.error());
    std::unique_ptr<keys::SignerClient> signer;
    std::unique_ptr<Signing> signing = std::make_unique<NoSigning>();
    if (m_options.mode == Mode::Submit) {
        auto started = m_options.startSigner(stop);
        if (!started)
            return std::unexpected(started.error());
        signer = std::move(*started);
        signing = signingBy(*signer);
    }
    const std::unique_ptr<ValueSource> values =
        m_options.ownValues
            ? m_options.ownValues()
            : std::make_unique<ValueProvider>(m_options.valueProvider, *m_http, stop);
    Submitter submitter(*m_client, *signing, *values,
                        {.setup = m_options.setup,
                         .chain = *chain,
                         .identity = *m_options.identity,
                         .relay = *relay,
                         .mode = *m_options.mode,
                         .schedule = {},
                         .fees = m_options.fees});
    EpochDuties duties = makeDuties(*signing, *chain, *contracts);
    std::optional<RewardClaimer> claimer = makeClaimer(*signing, *chain, *contracts);
    ChainClock clock;
    SteadyTime readAt = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
        const auto newest = m_client->newestBlock(stop);
        const Seconds now = newest ? clock.now(*newest) : 0;
        Status done =
            newest ? submitter.step(**lease, now) : Status(std::unexpected(newest.error()));
        if (signer && newest)
            if (auto later = doWhatCanWait(duties, claimer, **lease, now); !later && done)
                done = std::move(later);
        change([&](FollowerStatus &status) {
            status.submitProblem = done ? std::string() : describe(done.error());
            status.duty = submitter.nextDuty(now);
        });
        if (!(*lease)->isUsable())
            return fail(ErrorCode::Unavailable, "the database went away");
        if (signer && !signer->isUsable())
            return fail(ErrorCode::Unavailable, "chrona-signer went away");
        if (auto same = checkRelay(*relay, readAt, stop); !same)
            return same;
        if (!pause(kPoll, stop))
            break;
    }
    return {};
}

} // namespace chrona::flare
