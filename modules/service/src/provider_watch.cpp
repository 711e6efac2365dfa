// SPDX-License-Identifier: AGPL-3.0-or-later
#include "provider_watch.h"

#include "database.h"
#include "flare_desk.h"
#include "ftso_answers.h"
#include "oracle_pipeline.h"
#include "workers.h"

#include "chrona/base/log.h"

#include <cstdlib>

namespace chrona::service {
namespace {

constexpr std::chrono::seconds kEvery{30};

double weiOf(const std::string &text)
{
    return std::strtod(text.c_str(), nullptr);
}

/// How many more transactions each account that pays every round can pay.
void addAccounts(ProviderFacts &facts, const ipc::FlareStatusReply &status,
                 const ipc::FtsoEconomicsReply &economics)
{
    double fee = 0;
    for (const ipc::FtsoEpochMoney &epoch : economics.epochs)
        fee = fee > 0 ? fee : weiOf(epoch.feeMedian);
    if (fee <= 0)
        return;
    for (const ipc::FlareAccount &account : status.accounts)
        if (account.role.starts_with("submit") && !account.balance.empty())
            facts.accounts.push_back({account.role, weiOf(account.balance) / fee});
}

void addValidators(ProviderFacts &facts, const ipc::FtsoProviderEpoch &epoch)
{
    constexpr double kWeiPerCoin = 1e18;
    if (epoch.staking == "none" || epoch.staking == "unknown")
        return;
    facts.selfBondCoins = 0;
    for (const ipc::FtsoValidator &each : epoch.validators) {
        *facts.selfBondCoins += weiOf(each.selfBond) / kWeiPerCoin;
        const bool isFirst = facts.validatorChecks == 0;
        if (isFirst ||
            each.connected * facts.validatorChecks < facts.validatorConnected * each.checks) {
            facts.validatorChecks = each.checks;
            facts.validatorConnected = each.connected;
        }
    }
}

void addEpoch(ProviderFacts &facts, const ipc::FtsoProviderEpoch &epoch)
{
    facts.rounds = epoch.rounds;
    facts.reveals = epoch.reveals;
    if (epoch.rank > 0 && epoch.voters > 0)
        facts.percentile = 100 * (epoch.voters - epoch.rank + 1) / epoch.voters;
    facts.feeds = epoch.feeds;
    facts.near = epoch.near;
    facts.fdcRounds = epoch.fdcRounds;
    facts.fdcSignatures = epoch.fdcSignatures;
    facts.fastUpdatesAll = epoch.fastUpdatesAll;
    facts.fastUpdates = epoch.fastUpdates;
    facts.share = epoch.share;
    addValidators(facts, epoch);
}

} // namespace

Result<ProviderFacts> providerFacts(storage::Connection &connection,
                                    const ipc::FlareStatusReply &status, Instant now)
{
    using std::chrono::milliseconds;
    ProviderFacts facts;
    facts.atMs = std::chrono::floor<milliseconds>(now).time_since_epoch().count();
    if (status.chainTime)
        facts.indexerBehindSeconds = std::chrono::duration<double>(now - *status.chainTime).count();
    const auto contracts = flareContracts(connection, status.network);
    if (!contracts)
        return std::unexpected(contracts.error());
    for (const ipc::FlareContract &contract : *contracts)
        if (contract.changed)
            facts.changedContracts.push_back(contract.name);
    if (status.identity.empty())
        return facts;
    facts.registeredNext = status.registeredNext;
    ipc::FtsoProvidersQuery own;
    own.network = status.network;
    own.identity = status.identity;
    own.limit = 1;
    const auto epochs = ftsoProviders(connection, own);
    if (!epochs)
        return std::unexpected(epochs.error());
    if (!epochs->providers.empty())
        addEpoch(facts, epochs->providers.front());
    const auto economics = ftsoEconomics(
        connection, {.network = status.network, .identity = status.identity, .limit = 3});
    if (!economics)
        return std::unexpected(economics.error());
    addAccounts(facts, status, *economics);
    return facts;
}

ProviderWatch::ProviderWatch(Parts parts) : m_parts(parts)
{
    connect(&m_timer, &QTimer::timeout, this, &ProviderWatch::look);
    m_timer.start(kEvery);
}

void ProviderWatch::look()
{
    const auto pool = m_parts.database.pool();
    ipc::FlareStatusReply status = m_parts.flare.status();
    if (!pool || status.mode == "off" || m_isLooking->exchange(true))
        return;
    m_parts.workers.run(Workers::Kind::Query, [pool, status = std::move(status),
                                               &oracle = m_parts.oracle, isLooking = m_isLooking] {
        if (auto lease = pool->take()) {
            const auto facts = providerFacts(**lease, status, SystemClock().now());
            if (facts)
                oracle.observe(*facts);
            else
                log::warning("flare", "how the provider stands is not known: {}",
                             describe(facts.error()));
        }
        isLooking->store(false);
    });
}

} // namespace chrona::service
