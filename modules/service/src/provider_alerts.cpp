// SPDX-License-Identifier: AGPL-3.0-or-later
#include "provider_alerts.h"

namespace chrona::service {
namespace {

using Kind = ipc::OracleAlertKind;

constexpr double kRevealedPercent = 99.9;
constexpr double kBestQuarter = 75;
constexpr double kDayOfRounds = 960;
constexpr double kBehindSeconds = 60;
constexpr std::int64_t kRoundsJudged = 40; ///< before that a share says little

double percentOf(double part, double whole)
{
    return whole > 0 ? 100 * part / whole : 100;
}

/// Too little of something; over for as long as it is, clear as soon as it no longer is.
AlertBook::Measure atLeast(double value, double limit)
{
    return {value, limit, value < limit, value >= limit};
}

void observeConditions(AlertBook &book, const ProviderFacts &facts)
{
    constexpr double kAnchor = 80, kConnector = 60, kUpdates = 80, kSmallShare = 0.002;
    const auto of = [&book, &facts](const char *protocol, double part, double whole, double limit) {
        book.observeProvider(Kind::MinimalCondition, protocol,
                             atLeast(percentOf(part, whole), limit), facts.atMs);
    };
    of("anchor", static_cast<double>(facts.near), static_cast<double>(facts.feeds), kAnchor);
    of("fdc", static_cast<double>(facts.fdcSignatures), static_cast<double>(facts.fdcRounds),
       kConnector);
    if (facts.share >= kSmallShare)
        of("fast_updates", static_cast<double>(facts.fastUpdates),
           facts.share * static_cast<double>(facts.fastUpdatesAll), kUpdates);
    if (!facts.selfBondCoins)
        return;
    constexpr double kUptime = 80, kSelfBondCoins = 1'000'000;
    if (facts.validatorChecks >= kRoundsJudged)
        of("staking", static_cast<double>(facts.validatorConnected),
           static_cast<double>(facts.validatorChecks), kUptime);
    of("self_bond", *facts.selfBondCoins, kSelfBondCoins, 100);
}

} // namespace

void observeProvider(AlertBook &book, const ProviderFacts &facts)
{
    if (facts.indexerBehindSeconds)
        book.observeProvider(Kind::IndexerBehind, {},
                             {*facts.indexerBehindSeconds, kBehindSeconds,
                              *facts.indexerBehindSeconds > kBehindSeconds,
                              *facts.indexerBehindSeconds <= kBehindSeconds / 2},
                             facts.atMs);
    if (facts.registeredNext)
        book.observeProvider(Kind::Unregistered, {}, atLeast(*facts.registeredNext ? 1 : 0, 1),
                             facts.atMs);
    for (const ProviderFacts::Account &account : facts.accounts)
        book.observeProvider(Kind::LowBalance, account.role,
                             atLeast(account.transactionsLeft, kDayOfRounds), facts.atMs);
    for (const std::string &name : facts.changedContracts)
        book.observeProvider(Kind::ContractChanged, name, {1, 1, true, false}, facts.atMs);
    if (facts.rounds < kRoundsJudged)
        return;
    book.observeProvider(
        Kind::Unavailable, {},
        atLeast(percentOf(static_cast<double>(facts.reveals), static_cast<double>(facts.rounds)),
                kRevealedPercent),
        facts.atMs);
    if (facts.percentile)
        book.observeProvider(Kind::Percentile, {}, atLeast(*facts.percentile, kBestQuarter),
                             facts.atMs);
    observeConditions(book, facts);
}

} // namespace chrona::service
