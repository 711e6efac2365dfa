// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/round.h"

#include <QTest>

using namespace chrona;
using namespace chrona::ftso;

namespace {

constexpr RoundId kRound = 1'523'800;

Address voter(std::uint8_t seed)
{
    Address address{};
    address.fill(seed);
    return address;
}

/// A commit and a reveal of `count` values, in time.
void take(RoundInput &input, std::uint8_t seed, RoundId round, std::size_t count)
{
    const std::vector<FeedValue> values(count, 100);
    Reveal reveal{voter(seed), static_cast<std::uint32_t>(round), {}, {}};
    reveal.random.fill(seed);
    if (count > 0)
        reveal.encodedValues = encodeFeedValues(values, Trailing::Strip);
    input.submissions.push_back(
        {SubmissionFunction::Submit1, voter(seed), startOf(input.network, round) + 80,
         static_cast<std::uint64_t>(round) * 10, seed,
         submissionCalldata(SubmissionFunction::Submit1, commitMessage(reveal))});
    input.submissions.push_back(
        {SubmissionFunction::Submit2, voter(seed), startOf(input.network, round + 1) + 20,
         static_cast<std::uint64_t>(round) * 10 + 5, seed,
         submissionCalldata(SubmissionFunction::Submit2, revealMessage(reveal))});
}

RoundInput twoFeeds()
{
    RoundInput input{
        .network = networkNamed("coston2").value(),
        .round = kRound,
        .feeds = {{makeFeedId(1, "BTC/USD").value(), 2}, {makeFeedId(1, "ETH/USD").value(), 3}},
        .voters = {{voter(1), ethereum::Uint256(1)}, {voter(2), ethereum::Uint256(1)}},
        .submissions = {}};
    take(input, 1, kRound, 2);
    take(input, 2, kRound, 2);
    return input;
}

} // namespace

/// Which reveals count, where feeds change and where somebody sends what cannot be read: as the
/// reference calculator has it, for its root is what everybody signs.
class TestRevealForms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void delistedFeedBenchesNobody();
    void unreadableRevealReplacesNone();
    void bareRandomCountsSinceFip16();
};

/// The window before reaches into a reward epoch with one feed more.
void TestRevealForms::delistedFeedBenchesNobody()
{
    RoundInput input = twoFeeds();
    take(input, 1, kRound - 1, 3);
    take(input, 2, kRound - 1, 3);
    QCOMPARE(computeRound(input).benched.size(), std::size_t{2}); // by the present feeds
    input.formsBefore.assign(20, RevealForm{3});
    const RoundResult result = computeRound(input);
    QVERIFY(result.benched.empty());
    QVERIFY(result.random.isSecure);
}

void TestRevealForms::unreadableRevealReplacesNone()
{
    RoundInput input = twoFeeds();
    for (const Bytes &payload : {Bytes(31, 1), Bytes(35, 1), Bytes(32 + 4 * 3, 1)})
        input.submissions.push_back(
            {SubmissionFunction::Submit2, voter(1), startOf(input.network, kRound + 1) + 30,
             static_cast<std::uint64_t>(kRound) * 10 + 7, 1,
             submissionCalldata(
                 SubmissionFunction::Submit2,
                 PayloadMessage{kProtocolId, static_cast<std::uint32_t>(kRound), payload})});
    const RoundResult result = computeRound(input);
    QVERIFY(result.offenders.empty());
    QCOMPARE(result.validReveals.size(), std::size_t{2});
}

void TestRevealForms::bareRandomCountsSinceFip16()
{
    RoundInput input = twoFeeds();
    input.voters.push_back({voter(3), ethereum::Uint256(1)});
    take(input, 3, kRound, 0);
    QCOMPARE(computeRound(input).offenders.size(), std::size_t{1});
    input.revealMayBeBare = true;
    QVERIFY(computeRound(input).offenders.empty());
}

QTEST_GUILESS_MAIN(TestRevealForms)
#include "tst_reveal_forms.moc"
