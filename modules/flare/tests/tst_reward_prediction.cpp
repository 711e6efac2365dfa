// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/reward_prediction.h"

#include "chrona/ftso/median.h"

#include <QTest>

using namespace chrona;
using namespace chrona::flare;

namespace {

Address account(std::uint8_t byte)
{
    Address address{};
    address.fill(byte);
    return address;
}

/// One round of one feed; every voter has the same weight, and gave what is told here.
RoundView makeView(const std::vector<std::optional<std::int32_t>> &given)
{
    RoundView view{.round = 1'000, .epoch = {.number = 0, .firstRound = 990, .policy = {}}};
    view.epoch.feeds = {{ftso::makeFeedId(1, "BTC/USD").value(), 2}};
    view.epoch.secondaryBandPpm = {1'000};
    std::vector<ftso::FeedValue> values(given.begin(), given.end());
    const std::vector<Uint256> weights(given.size(), Uint256(100));
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto seed = static_cast<std::uint8_t>(0x10 + i);
        view.epoch.voters.push_back({.identity = account(seed),
                                     .submit = account(seed + 0x20),
                                     .submitSignatures = account(seed + 0x40),
                                     .signingPolicy = account(seed + 0x60),
                                     .delegation = account(seed + 0x80),
                                     .feeBips = 2'000,
                                     .votePower = Uint256(100),
                                     .cappedVotePower = Uint256(100),
                                     .registrationWeight = Uint256(100),
                                     .signingWeight = 1'000});
        view.voters.push_back({.identity = account(seed),
                               .submit = account(seed + 0x20),
                               .commit = Part::InTime,
                               .reveal = given[i] ? Part::InTime : Part::None,
                               .signature = Part::InTime,
                               .values = {given[i]}});
        if (!given[i])
            view.result.offenders.insert(account(seed + 0x20));
    }
    view.result.totalWeight = Uint256(100 * given.size());
    view.result.feeds = {ftso::weightedMedian(values, weights, view.result.totalWeight)};
    return view;
}

EpochOffer makeOffer(std::uint64_t total)
{
    return {.total = Uint256(total),
            .rounds = 100,
            .terms = {{.turnoutBipsMin = 5'000, .primaryBandSharePpm = 400'000}}};
}

Uint256 sumOf(std::span<const PredictedReward> rewards, Uint256 PredictedReward::*part)
{
    Uint256 sum;
    for (const PredictedReward &reward : rewards)
        sum += reward.*part;
    return sum;
}

} // namespace

class TestRewardPrediction : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundsShareTheOfferToTheLastWei();
    void accuracyAndSigningAreSharedWhole();
    void whoDoesNotRevealOwes();
    void lowTurnoutPaysNobody();
    void theDrawIsWithinTheFeeds();
};

void TestRewardPrediction::roundsShareTheOfferToTheLastWei()
{
    const EpochOffer offer = makeOffer(1'000'037);
    Uint256 sum;
    for (std::int64_t round = 0; round < offer.rounds; ++round)
        sum += offer.ofRound(round);
    QCOMPARE(sum.toString(), std::string("1000037"));
    QCOMPARE(offer.ofRound(36).toString(), std::string("10001"));
    QCOMPARE(offer.ofRound(37).toString(), std::string("10000"));
    QVERIFY(EpochOffer{}.ofRound(0).isZero());
}

void TestRewardPrediction::accuracyAndSigningAreSharedWhole()
{
    const RoundView view = makeView({10'000, 10'001, 10'002, 10'003, 20'000});
    const auto setup = *networkSetup("coston2");
    const auto rewards = predictRewards(view, setup, makeOffer(1'000'000), 0);
    QCOMPARE(rewards.size(), std::size_t{5});
    // 80 % for accuracy, all of it to those within a band; the outlier has none.
    QCOMPARE(sumOf(rewards, &PredictedReward::accuracy).toString(), std::string("8000"));
    QVERIFY(rewards[4].accuracy.isZero());
    QVERIFY(rewards[4].signing.isZero());
    QVERIFY(rewards[2].accuracy > rewards[0].accuracy || rewards[0].accuracy.isZero());
    QCOMPARE(sumOf(rewards, &PredictedReward::signing).toString(), std::string("1000"));
    QVERIFY(sumOf(rewards, &PredictedReward::penalty).isZero());
}

void TestRewardPrediction::whoDoesNotRevealOwes()
{
    const RoundView view = makeView({10'000, 10'001, 10'002, std::nullopt});
    const auto rewards = predictRewards(view, *networkSetup("coston2"), makeOffer(1'000'000), 0);
    // Thirty times its share of the whole round: 30 · 10000 / 4.
    QCOMPARE(rewards[3].penalty.toString(), std::string("75000"));
    QVERIFY(rewards[3].accuracy.isZero());
}

void TestRewardPrediction::lowTurnoutPaysNobody()
{
    const RoundView view = makeView({10'000, std::nullopt, std::nullopt});
    const auto rewards = predictRewards(view, *networkSetup("coston2"), makeOffer(1'000'000), 0);
    QVERIFY(sumOf(rewards, &PredictedReward::accuracy).isZero());
    QVERIFY(sumOf(rewards, &PredictedReward::signing).isZero());
}

void TestRewardPrediction::theDrawIsWithinTheFeeds()
{
    std::set<std::size_t> drawn;
    for (RoundId round = 0; round < 500; ++round) {
        const std::size_t feed = drawnFeed(Uint256(12'345), round, 7);
        QVERIFY(feed < 7);
        drawn.insert(feed);
    }
    QCOMPARE(drawn.size(), std::size_t{7});
    QCOMPARE(drawnFeed(Uint256(1), 1, 1), std::size_t{0});
}

QTEST_GUILESS_MAIN(TestRewardPrediction)
#include "tst_reward_prediction.moc"
