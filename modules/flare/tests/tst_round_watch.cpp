// SPDX-License-Identifier: AGPL-3.0-or-later
#include "submission_stage.h"

#include "chrona/flare/feed_accuracy.h"

#include <QTest>

using namespace chrona;
using namespace chrona::flare;

/// What is told of a round, of who took part in it and of what they earn.
class TestRoundWatch : public QObject, private SubmissionStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { openStage(); }
    void everyFaultIsTold();
    void bandsAreCounted();
    void otherProtocolsAreCounted();
    void accuracyIsToldByFeed();
    void wrongRootIsNoticed();
    void lateStartIsNotWhole();
    void feedsFollowTheRewardEpoch();
    void registrationIsKnown();
    void rewardsAreKept();
    void rewardsArePredictedWhenTheirFeedIsDrawn();
    void reorganisedRoundIsComputedAgain();

private:
    void sendReveal(const TestProvider &provider, RoundId round, std::uint8_t random, Bytes values,
                    ftso::SubmissionFunction function)
    {
        ftso::Reveal reveal{
            provider.submit(), static_cast<std::uint32_t>(round), {}, std::move(values)};
        reveal.random.fill(random);
        m_world->send(
            provider.submitKey, submissionAddress(),
            ftso::submissionCalldata(function, function == ftso::SubmissionFunction::Submit1
                                                   ? ftso::commitMessage(reveal)
                                                   : ftso::revealMessage(reveal)));
    }
    [[nodiscard]] RoundView view(RoundId round)
    {
        auto view = viewRound(*m_connection, m_chain, *networkSetup("coston2"), round);
        if (!view)
            qFatal("%s", describe(view.error()).c_str());
        return std::move(*view);
    }
    void watchAll()
    {
        RoundWatch watch(m_chain, *networkSetup("coston2"));
        for (;;) {
            const auto written = watch.step(*m_connection);
            if (!written)
                qFatal("%s", describe(written.error()).c_str());
            if (*written == 0)
                return;
        }
    }
    const std::vector<ftso::FeedValue> m_units{10'000, 101'000, 102'000'000};
};

void TestRoundWatch::everyFaultIsTold()
{
    const RoundId round = m_world->firstRound + 22;
    const auto &who = m_world->providers;
    for (const std::size_t i : {0U, 1U, 2U})
        m_world->commit(who[i], round, m_units);
    sendReveal(who[3], round, 7, ftso::encodeFeedValues(m_units, ftso::Trailing::Strip),
               ftso::SubmissionFunction::Submit1);
    m_node->mineAt(start(round) + 80);
    m_world->commit(who[4], round, m_units);
    m_node->mineAt(start(round + 1) + 1); // too late to count
    m_world->reveal(who[0], round);
    sendReveal(who[3], round, 7, Bytes(8, 0x81), ftso::SubmissionFunction::Submit2);
    m_node->mineAt(start(round + 1) + 44); // the last second
    m_world->reveal(who[2], round);
    mineAt(start(round + 1) + 45);

    const RoundView seen = view(round);
    QVERIFY(seen.isWhole);
    QVERIFY(seen.voters[0].commit == Part::InTime && seen.voters[0].reveal == Part::InTime);
    QVERIFY(seen.voters[1].commit == Part::InTime && seen.voters[1].reveal == Part::None);
    QVERIFY(seen.voters[2].commit == Part::InTime && seen.voters[2].reveal == Part::Late);
    QVERIFY(seen.voters[3].commit == Part::InTime && seen.voters[3].reveal == Part::Mismatch);
    QVERIFY(seen.voters[4].commit == Part::Late && seen.voters[4].reveal == Part::None);
    QCOMPARE(seen.result.offenders.size(), std::size_t{3});
    QVERIFY(!seen.result.random.isSecure);
    QVERIFY(seen.voters[0].committedAt == start(round) + 80);
}

void TestRoundWatch::bandsAreCounted()
{
    const RoundId round = m_world->firstRound + 22;
    const std::int32_t middle = 1'000'000;
    // 1000 ppm is the secondary band: 999,000 to 1,001,000 without its ends.
    for (std::size_t i = 0; i < 5; ++i)
        m_world->commit(
            m_world->providers[i], round,
            std::vector<ftso::FeedValue>{middle + std::array{-6'000, -500, 0, 999, 1'000}[i]});
    m_node->mineAt(start(round) + 80);
    othersReveal(round);
    m_world->reveal(m_world->providers[0], round);
    mineAt(start(round + 1) + 20);
    mineAt(start(round + 1) + 45);
    const RoundView seen = view(round);
    QCOMPARE(seen.result.feeds[0].values->median, middle);
    const auto secondary = [&seen](std::size_t i) { return seen.voters[i].inPct; };
    QCOMPARE(secondary(0), 0);
    QCOMPARE(secondary(1), 1);
    QCOMPARE(secondary(2), 1);
    QCOMPARE(secondary(3), 1);
    QCOMPARE(secondary(4), 0); // on the end is outside
    QCOMPARE(seen.voters[0].near, 0);
    QCOMPARE(seen.voters[4].near, 1);
    QCOMPARE(seen.voters[2].inIqr, 1);
    QCOMPARE(seen.voters[0].inIqr, 0);
    QCOMPARE(seen.voters[2].given, 1);
}

void TestRoundWatch::otherProtocolsAreCounted()
{
    const RoundId round = m_world->firstRound + 22;
    const auto number = static_cast<std::uint32_t>(round);
    const auto &who = m_world->providers;
    const ftso::ProtocolMessage result{ftso::kDataConnectorId, number, false, {0x77}};
    const auto digest = ethereum::personalDigest(ftso::hashOf(result));
    m_node->mineAt(start(round) + 80);
    m_node->mineAt(start(round + 1) + 5);
    const auto say = [&](const ethereum::PrivateKey &key, ftso::SubmissionFunction function,
                         const ftso::PayloadMessage &message) {
        m_world->send(key, submissionAddress(), ftso::submissionCalldata(function, message));
    };
    using Function = ftso::SubmissionFunction;
    for (const std::size_t i : {0U, 1U})
        say(who[i].submitKey, Function::Submit2, {ftso::kDataConnectorId, number, {1, 2, 3}});
    m_node->mineAt(start(round + 1) + 20);
    std::vector<ftso::IndexedSignature> signatures;
    for (std::uint16_t i = 0; i < 4; ++i)
        signatures.push_back({ethereum::sign(who[i].signingKey, digest), i});
    const auto signedBy = [&](std::size_t i, const ethereum::Signature &signature) {
        say(who[i].signaturesKey, Function::SubmitSignatures,
            ftso::signatureMessage(ftso::SignatureFormat::SignatureOnly, result, signature,
                                   Bytes{9}));
    };
    signedBy(0, signatures[0].signature);
    signedBy(1, signatures[1].signature);
    signedBy(2, signatures[3].signature); // another's
    const auto calldata = ftso::relayCalldata(m_world->policy, result, signatures);
    QVERIFY(calldata);
    m_world->send(who[0].signingKey, m_world->relay, *calldata);
    m_node->mineAt(start(round + 1) + 46);
    m_node->setAutomine(true);
    for (const std::size_t i : {0U, 0U, 3U}) {
        const ethereum::AbiValue update[] = {number, who[i].signing()};
        m_node->callFrom0(m_world->world, "fastUpdate(uint32,address)", update);
    }
    const ethereum::AbiValue other[] = {number + 1, who[0].signing()};
    m_node->callFrom0(m_world->world, "fastUpdate(uint32,address)", other);
    m_node->setAutomine(false);
    mineAt(start(round + 1) + 60);
    const RoundView seen = view(round);
    QVERIFY(seen.fdcFinal && seen.fdcFinal->root == result.merkleRoot);
    QVERIFY(!seen.final); // of our own protocol nothing was relayed
    QVERIFY(seen.voters[0].fdcVoted && seen.voters[0].fdcSigned);
    QVERIFY(seen.voters[1].fdcVoted && seen.voters[1].fdcSigned);
    QVERIFY(!seen.voters[2].fdcVoted && !seen.voters[2].fdcSigned);
    QCOMPARE(seen.voters[0].fastUpdates, 2);
    QCOMPARE(seen.voters[3].fastUpdates, 1);
    QCOMPARE(seen.voters[1].fastUpdates, 0);
    QVERIFY(saveRound(*m_connection, m_chain, seen));
    const auto kept = m_connection->query(
        "SELECT sum(s.fast_updates)::int8, count(*) FILTER (WHERE s.fdc_signed), bool_and("
        "r.fdc_final) FROM chrona_oracle.submission AS s JOIN chrona_oracle.round AS r USING "
        "(chain_id, round) WHERE s.round = $1",
        {round});
    QCOMPARE(kept->first().int64(0), std::int64_t{3});
    QCOMPARE(kept->first().int64(1), std::int64_t{2});
    QVERIFY(kept->first().boolean(2));
}

void TestRoundWatch::accuracyIsToldByFeed()
{
    const RoundId round = m_world->firstRound + 22;
    const std::int32_t middle = 1'000'000;
    // Of two feeds: the first provider lies outside in one, on the median in the other.
    for (std::size_t i = 0; i < 5; ++i)
        m_world->commit(
            m_world->providers[i], round,
            std::vector<ftso::FeedValue>{middle + std::array{-6'000, -500, 0, 999, 1'000}[i],
                                         middle + std::array{0, -400, -200, 200, 400}[i]});
    m_node->mineAt(start(round) + 80);
    othersReveal(round);
    m_world->reveal(m_world->providers[0], round);
    mineAt(start(round + 1) + 20);
    mineAt(start(round + 1) + 45);
    QVERIFY(saveRound(*m_connection, m_chain, view(round)));
    const auto told = accuracyOf(*m_connection, "coston2", m_world->providers[0].identity, 10);
    QVERIFY2(told, told ? "" : describe(told.error()).c_str());
    QCOMPARE(told->lastRound, round);
    QCOMPARE(told->feeds.size(), std::size_t{2}); // nobody gave the third a value
    const FeedAccuracy &far = told->feeds[0], &near = told->feeds[1];
    QCOMPARE(far.feed, std::string("BTC/USD"));
    QCOMPARE(far.rounds, std::int64_t{1});
    QCOMPARE(far.own.values, std::int64_t{1});
    QCOMPARE(far.own.inIqr + far.own.inPct + far.own.near, std::int64_t{0});
    QCOMPARE(far.last.value, std::optional(middle - 6'000));
    QCOMPARE(far.last.median, middle);
    QCOMPARE(far.others.values, std::int64_t{4});
    QCOMPARE(far.others.inPct, std::int64_t{3}); // 1,000 above is outside
    QVERIFY(far.rank > 1 && far.voters == 5);
    QCOMPARE(near.own.inIqr, std::int64_t{1});
    QCOMPARE(near.rank, 1);
    // Of somebody who gave nothing, and of a network that nobody follows.
    const auto nobody = accuracyOf(*m_connection, "coston2", Address{}, 10);
    QVERIFY(nobody && nobody->feeds[0].rank == 0 && !nobody->feeds[0].last.value);
    QVERIFY(accuracyOf(*m_connection, "flare", Address{}, 10)->feeds.empty());
}

void TestRoundWatch::wrongRootIsNoticed()
{
    const RoundId round = m_world->firstRound + 22;
    mineAt(start(round + 1) + 45);
    // All sign something else: a bug of theirs, or of ours.
    ftso::ProtocolMessage wrong = view(round).result.message;
    wrong.merkleRoot.fill(0x66);
    std::vector<ftso::IndexedSignature> signatures;
    for (std::uint16_t i = 0; i < 3; ++i)
        signatures.push_back({ethereum::sign(m_world->providers[i].signingKey,
                                             ethereum::personalDigest(ftso::hashOf(wrong))),
                              i});
    const auto calldata = ftso::relayCalldata(m_world->policy, wrong, signatures);
    QVERIFY(calldata);
    m_world->send(m_world->providers[0].signingKey, m_world->relay, *calldata);
    mineAt(start(round + 1) + 50);
    mineAt(start(round + 2) + 46);
    watchAll();
    const auto differs =
        m_connection->query("SELECT round, is_closed FROM chrona_oracle.round WHERE root <> "
                            "final_root");
    QCOMPARE(differs->size(), std::size_t{1});
    QCOMPARE(differs->first().int64(0), round);
    QVERIFY(differs->first().boolean(1));
}

void TestRoundWatch::lateStartIsNotWhole()
{
    // Another database, which begins ten rounds before.
    auto connection = m_database->fresh();
    const ChainId chain = openChain(connection, "coston2").value();
    const RoundId round = m_world->firstRound + 22;
    m_node->mineAt(start(round + 1) + 45);
    const auto first = firstBlockAt(*m_client, start(round - 10));
    Indexer indexer(*m_client, {.chain = chain,
                                .submission = submissionAddress(),
                                .contracts = {m_world->relay, m_world->world},
                                .firstBlock = first.value()});
    while (!indexer.step(connection)->isAtHead()) {
    }
    const auto view = viewRound(connection, chain, *networkSetup("coston2"), round);
    QVERIFY(!view); // its policy is not among these blocks
    QVERIFY(view.error().code == ErrorCode::NotFound);
    RoundWatch watch(chain, *networkSetup("coston2"));
    QVERIFY(watch.step(connection));
    const auto kept = connection.query(
        "SELECT count(*) FROM chrona_oracle.round WHERE NOT is_whole AND root IS NULL");
    QVERIFY(kept->first().int64(0) >= 10);
}

void TestRoundWatch::feedsFollowTheRewardEpoch()
{
    m_node->setAutomine(true);
    m_world->feeds.push_back({ftso::makeFeedId(1, "XRP/USD").value(), 5});
    m_world->announce(kTestEpoch + 1);
    m_node->setAutomine(false);
    index();
    const RoundId next = ftso::expectedFirstRound(m_world->timing, kTestEpoch + 1);
    const auto before = rewardEpochOf(*m_connection, m_chain, *networkSetup("coston2"), next - 1);
    const auto after = rewardEpochOf(*m_connection, m_chain, *networkSetup("coston2"), next);
    QVERIFY(before && after);
    QCOMPARE(before->feeds.size(), std::size_t{3});
    QCOMPARE(after->feeds.size(), std::size_t{4});
    QVERIFY(std::ranges::is_sorted(after->feeds, {}, &ftso::Feed::id));
    QCOMPARE(after->number, std::int64_t{kTestEpoch + 1});
}

void TestRoundWatch::registrationIsKnown()
{
    const Address &identity = m_world->providers[2].identity;
    Address stranger{};
    stranger.fill(0x99);
    QVERIFY(isRegistered(*m_connection, m_chain, kTestEpoch, identity)->value_or(false));
    QVERIFY(!isRegistered(*m_connection, m_chain, kTestEpoch, stranger)->value_or(true));
    QVERIFY(!isRegistered(*m_connection, m_chain, kTestEpoch + 1, identity)->has_value());
}

void TestRoundWatch::rewardsAreKept()
{
    const Address &identity = m_world->providers[0].identity;
    m_node->setAutomine(true);
    const ethereum::AbiValue claim[] = {identity, Uint256(kTestEpoch), Uint256(1), Uint256(700)};
    m_node->callFrom0(m_world->world, "claimed(address,uint24,uint8,uint120)", claim);
    m_node->callFrom0(m_world->world, "claimed(address,uint24,uint8,uint120)", claim);
    const ethereum::AbiValue owed[] = {identity, Uint256(kTestEpoch + 1), Uint256(0), Uint256(90)};
    m_node->callFrom0(m_world->world, "owe(address,uint24,uint8,uint120)", owed);
    index();
    const auto open = readOpenRewards(*m_client, m_world->world, identity);
    QVERIFY2(open, open ? "" : describe(open.error()).c_str());
    QCOMPARE(open->size(), std::size_t{1});
    const Address beneficiaries[] = {identity};
    QVERIFY(saveRewards(*m_connection, m_chain, beneficiaries, *open));
    QVERIFY(saveRewards(*m_connection, m_chain, beneficiaries, *open)); // adds nothing
    const auto rows = m_connection->query("SELECT claimed::text, open::text FROM "
                                          "chrona_oracle.reward ORDER BY reward_epoch");
    QCOMPARE(rows->size(), std::size_t{2});
    QCOMPARE(rows->at(0).string(0), std::string("1400"));
    QCOMPARE(rows->at(1).string(1), std::string("90"));
}

void TestRoundWatch::rewardsArePredictedWhenTheirFeedIsDrawn()
{
    const RoundId round = m_world->firstRound + 22;
    for (const RoundId each : {round, round + 1}) {
        m_world->commit(m_world->providers[0], each, m_units);
        othersCommit(each);
        m_node->mineAt(start(each) + 80);
        if (each != round) // the first provider forgets one
            m_world->reveal(m_world->providers[0], each);
        othersReveal(each);
        m_node->mineAt(start(each + 1) + 20);
    }
    mineAt(start(round + 3) + 1);
    watchAll();
    // 1,000,000 wei for 240 rounds are 4167 for this one, 80 % and what rounding left for accuracy.
    const auto sums = m_connection->query(
        "SELECT sum(accuracy)::int8, sum(penalty)::int8, count(*) FROM chrona_oracle.round_reward "
        "WHERE chain_id = $1 AND round = $2",
        {m_chain, round});
    QCOMPARE(sums->first().int64(0), std::int64_t{3'335});
    QCOMPARE(sums->first().int64(1), std::int64_t{-30 * 4'167 / 5});
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.round_reward AS w JOIN chrona_oracle.round "
                   "AS r USING (chain_id, round) WHERE chain_id = $1 AND r.round = (SELECT "
                   "max(round) FROM chrona_oracle.round WHERE reveals = 5)"),
             std::int64_t{0}); // whose own feed is not drawn yet
}

void TestRoundWatch::reorganisedRoundIsComputedAgain()
{
    const RoundId round = m_world->firstRound + 22;
    m_world->commit(m_world->providers[0], round, m_units);
    m_node->mineAt(start(round) + 80);
    const QJsonValue before = m_node->snapshot();
    m_world->reveal(m_world->providers[0], round);
    mineAt(start(round + 1) + 20);
    mineAt(start(round + 1) + 45);
    watchAll();
    QCOMPARE(
        count("SELECT reveals::int8 FROM chrona_oracle.round WHERE chain_id = $1 ORDER BY round "
              "DESC LIMIT 1"),
        std::int64_t{1});
    m_node->revert(before);
    m_node->mineAt(start(round + 1) + 21);
    m_node->mineAt(start(round + 1) + 46);
    mineAt(start(round + 1) + 48);
    watchAll();
    QCOMPARE(
        count("SELECT reveals::int8 FROM chrona_oracle.round WHERE chain_id = $1 ORDER BY round "
              "DESC LIMIT 1"),
        std::int64_t{0});
}

QTEST_GUILESS_MAIN(TestRoundWatch)
#include "tst_round_watch.moc"
