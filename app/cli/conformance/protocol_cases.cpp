// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_cases.h"

#include "case_values.h"

#include "chrona/ethereum/keccak.h"
#include "chrona/ftso/round.h"
#include "chrona/ftso/signing_policy.h"

#include "chrona/ethereum/abi.h"

#include <algorithm>
#include <charconv>

namespace chrona::conformance {
namespace {

using namespace ftso;
using ethereum::Uint256;

QString compareCount(const char *what, std::int64_t got, const QJsonValue &want)
{
    return compare(what, std::to_string(got), std::to_string(std::int64_t(want.toDouble())));
}

QString compareFlag(const char *what, bool got, const QJsonValue &want)
{
    return compare(what, got ? "true" : "false", want.toBool() ? "true" : "false");
}

QString timeCase(const QJsonObject &c)
{
    const auto network = networkNamed(textOf(member(c, "network")));
    if (!network)
        return QStringLiteral("unknown network");
    const auto time = static_cast<Seconds>(member(c, "timestamp").toDouble());
    const RoundId epoch = votingEpochAt(*network, time);
    const RoundId rewardEpoch = expectedRewardEpoch(*network, epoch);
    const RoundId first = expectedFirstRound(*network, rewardEpoch);
    return firstOf(
        {compareCount("voting epoch", epoch, member(c, "votingEpoch")),
         compareCount("its start", startOf(*network, epoch), member(c, "votingEpochStart")),
         compareCount("its last second", startOf(*network, epoch + 1) - 1,
                      member(c, "votingEpochLastSecond")),
         compareCount("round to reveal", epoch - 1, member(c, "revealForRound")),
         compareCount("last reveal second", lastRevealSecond(*network, epoch - 1),
                      member(c, "revealLastSecond")),
         compareCount("reward epoch", rewardEpoch, member(c, "expectedRewardEpoch")),
         compareCount("its first round", first, member(c, "rewardEpochFirstRound")),
         compareCount("its start", startOf(*network, first),
                      member(c, "rewardEpochExpectedStart"))});
}

void checkNetworks(const QJsonObject &root, Tally &tally)
{
    const QJsonObject networks = root.value(u"cases").toObject().value(u"networks").toObject();
    for (const QString &name : networks.keys()) {
        const auto network = networkNamed(name.toStdString());
        const QJsonArray want = networks.value(name).toArray();
        const bool same = network && want.size() == 5 &&
                          want[0].toDouble() == double(network->firstVotingEpochStart) &&
                          want[1].toDouble() == double(network->votingEpochSeconds) &&
                          want[2].toDouble() == double(network->firstRewardEpochRound) &&
                          want[3].toDouble() == double(network->rewardEpochRounds) &&
                          want[4].toDouble() == double(network->revealSeconds);
        tally.add("networks." + name.toStdString(), same ? QString() : QStringLiteral("differs"));
    }
}

Feed feedOf(const QJsonObject &object, const char *idName)
{
    return {feedIdOf(member(object, idName)),
            static_cast<std::int8_t>(member(object, "decimals").toInt())};
}

std::vector<Feed> feedsOf(const QJsonValue &list)
{
    std::vector<Feed> feeds;
    for (const QJsonValue &feed : list.toArray())
        feeds.push_back(feedOf(feed.toObject(), "id"));
    return feeds;
}

QString feedIdCase(const QJsonObject &c)
{
    const auto category = static_cast<std::uint8_t>(member(c, "category").toInt());
    return compare("id", unwrap(makeFeedId(category, textOf(member(c, "name")))),
                   member(c, "feedId"));
}

QString feedOrderCase(const QJsonObject &c)
{
    std::vector<CommunityOffer> offers;
    for (const QJsonValue &value : member(c, "communityOffers").toArray()) {
        const QJsonObject offer = value.toObject();
        offers.push_back({feedOf(offer, "feedId"), numberOf(member(offer, "amount"))});
    }
    const auto order = canonicalOrder(feedsOf(member(c, "inflationFeeds")), offers);
    return order == feedsOf(member(c, "order")) ? QString() : QStringLiteral("another order");
}

QString feedEncodeCase(const QJsonObject &c)
{
    const QJsonArray decimals = member(c, "decimals").toArray();
    const QJsonArray integers = member(c, "integers").toArray();
    std::vector<FeedValue> values;
    qsizetype i = 0;
    for (const QJsonValue &value : member(c, "values").toArray()) {
        const auto places = static_cast<std::int8_t>(decimals[i].toInt());
        values.push_back(value.isNull() ? FeedValue()
                                        : FeedValue(unwrap(toFeedUnits(value.toDouble(), places))));
        if (values.back() != feedValueOf(integers[i++]))
            return QStringLiteral("value %1 differs").arg(i - 1);
    }
    const Bytes stripped = encodeFeedValues(values, Trailing::Strip);
    const bool back = unwrap(decodeFeedValues(stripped, values.size())) == values;
    return firstOf({compare("encoded", stripped, member(c, "encoded")),
                    compare("unstripped", encodeFeedValues(values, Trailing::Keep),
                            member(c, "encodedNoStrip")),
                    back ? QString() : QStringLiteral("it does not decode to the values")});
}

QString feedDecodeCase(const QJsonObject &c)
{
    const auto values =
        unwrap(decodeFeedValues(bytesOf(member(c, "encoded")), smallOf(member(c, "numFeeds"))));
    std::vector<FeedValue> expected;
    for (const QJsonValue &value : member(c, "integers").toArray())
        expected.push_back(feedValueOf(value));
    return values == expected ? QString() : QStringLiteral("the values differ");
}

QString feedRefusedCase(const QJsonObject &c)
{
    return decodeFeedValues(bytesOf(member(c, "encoded")), smallOf(member(c, "numFeeds")))
               ? QStringLiteral("it was accepted")
               : QString();
}

QString feedLimitCase(const QJsonObject &c)
{
    // Written as text, because JSON has no infinity.
    const std::string text = textOf(member(c, "value"));
    double value = member(c, "value").toDouble();
    if (member(c, "value").isString() &&
        std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{})
        return QStringLiteral("not a number: %1").arg(QString::fromStdString(text));
    const auto units = toFeedUnits(value, static_cast<std::int8_t>(member(c, "decimals").toInt()));
    if (units.has_value() != member(c, "ok").toBool())
        return units ? QStringLiteral("it was accepted") : QStringLiteral("it was refused");
    if (!units)
        return {};
    const FeedValue one = *units;
    return compare("encoded", encodeFeedValues(std::span(&one, 1), Trailing::Keep),
                   member(c, "encoded"));
}

QString commitCase(const QJsonObject &c)
{
    Reveal reveal;
    reveal.submitAddress = addressOf(member(c, "submitAddress"));
    reveal.votingRoundId = static_cast<std::uint32_t>(smallOf(member(c, "votingRoundId")));
    reveal.random = wordOf(member(c, "random"));
    reveal.encodedValues = bytesOf(member(c, "encodedValues"));
    const PayloadMessage commit = commitMessage(reveal);
    const PayloadMessage shown = revealMessage(reveal);
    return firstOf({compare("preimage", commitPreimage(reveal), member(c, "abiPreimage")),
                    compare("hash", commitHash(reveal), member(c, "commitHash")),
                    compare("commit", encode(commit), member(c, "submit1Payload")),
                    compare("commit call", submissionCalldata(SubmissionFunction::Submit1, commit),
                            member(c, "submit1Calldata")),
                    compare("reveal", encode(shown), member(c, "submit2Payload")),
                    compare("reveal call", submissionCalldata(SubmissionFunction::Submit2, shown),
                            member(c, "submit2Calldata"))});
}

QString payloadCase(const QJsonObject &c)
{
    Bytes joined;
    std::vector<PayloadMessage> messages;
    for (const QJsonValue &value : member(c, "messages").toArray()) {
        const QJsonObject m = value.toObject();
        messages.push_back({static_cast<std::uint8_t>(smallOf(member(m, "protocolId"))),
                            static_cast<std::uint32_t>(smallOf(member(m, "votingRoundId"))),
                            bytesOf(member(m, "payload"))});
        ethereum::append(joined, encode(messages.back()));
    }
    const bool back = unwrap(decodePayloadMessages(joined)) == messages;
    return firstOf({compare("encoded", joined, member(c, "encoded")),
                    back ? QString() : QStringLiteral("it does not decode to the messages")});
}

QString payloadRefusedCase(const QJsonObject &c)
{
    const bool accepted = decodePayloadMessages(bytesOf(member(c, "encoded"))).has_value();
    return accepted == member(c, "error").isNull() ? QString() : QStringLiteral("wrong verdict");
}

QString medianCase(const QJsonObject &c)
{
    std::vector<FeedValue> values;
    for (const QJsonValue &value : member(c, "values").toArray())
        values.push_back(feedValueOf(value));
    std::vector<Uint256> weights;
    for (const QJsonValue &weight : member(c, "weights").toArray())
        weights.push_back(numberOf(weight));
    if (values.size() != weights.size())
        return QStringLiteral("values and weights differ in number");
    const FeedResult result = weightedMedian(values, weights, numberOf(member(c, "totalWeight")));
    QString wrong =
        firstOf({compare("participating weight", result.participatingWeight,
                         member(c, "participatingWeight")),
                 compareCount("turnout", result.turnoutBips, member(c, "turnoutBIPS"))});
    if (member(c, "median").isNull())
        return result.values ? QStringLiteral("expected no result") : wrong;
    if (!result.values)
        return QStringLiteral("no result");
    return firstOf({wrong, compareCount("median", result.values->median, member(c, "median")),
                    compareCount("quartile 1", result.values->quartile1, member(c, "quartile1")),
                    compareCount("quartile 3", result.values->quartile3, member(c, "quartile3"))});
}

std::set<ethereum::Address> addressSet(const QJsonValue &list)
{
    std::set<ethereum::Address> addresses;
    for (const QJsonValue &address : list.toArray())
        addresses.insert(addressOf(address));
    return addresses;
}

QString randomCase(const QJsonObject &c)
{
    std::map<ethereum::Address, ethereum::Bytes32> reveals;
    for (const QJsonValue &value : member(c, "validReveals").toArray()) {
        const QJsonObject reveal = value.toObject();
        reveals.emplace(addressOf(member(reveal, "submitAddress")),
                        wordOf(member(reveal, "random")));
    }
    const RoundRandom random = roundRandom(reveals, addressSet(member(c, "revealOffenders")),
                                           addressSet(member(c, "benched")));
    return firstOf({compare("random", random.value, member(c, "random")),
                    compareFlag("secure", random.isSecure, member(c, "isSecure"))});
}

QString feedLeafCase(const QJsonObject &c)
{
    const auto leaf = feedLeaf(static_cast<std::uint32_t>(smallOf(member(c, "votingRoundId"))),
                               feedOf(c, "id"), std::int32_t(member(c, "value").toDouble()),
                               static_cast<std::uint16_t>(member(c, "turnoutBIPS").toInt()));
    return compare("leaf", leaf, member(c, "hash"));
}

QString randomLeafCase(const QJsonObject &c)
{
    const auto leaf = randomLeaf(static_cast<std::uint32_t>(smallOf(member(c, "votingRoundId"))),
                                 {numberOf(member(c, "value")), member(c, "isSecure").toBool()});
    return compare("leaf", leaf, member(c, "hash"));
}

ProtocolMessage protocolMessageOf(const QJsonObject &m)
{
    return {static_cast<std::uint8_t>(smallOf(member(m, "protocolId"))),
            static_cast<std::uint32_t>(smallOf(member(m, "votingRoundId"))),
            member(m, "isSecureRandom").toBool(), wordOf(member(m, "merkleRoot"))};
}

QString signaturePayloadCase(const QJsonObject &c)
{
    const ProtocolMessage message = protocolMessageOf(member(c, "message").toObject());
    const auto key = keyOf(member(c, "privateKey"));
    const auto digest = ethereum::personalDigest(hashOf(message));
    const auto signature = ethereum::sign(key, digest);
    const Bytes unsignedPart = bytesOf(member(c, "unsignedMessage"));
    const auto full =
        signatureMessage(SignatureFormat::WithMessage, message, signature, unsignedPart);
    const auto brief =
        signatureMessage(SignatureFormat::SignatureOnly, message, signature, unsignedPart);
    const auto call = [](const PayloadMessage &payload) {
        return submissionCalldata(SubmissionFunction::SubmitSignatures, payload);
    };
    return firstOf({compare("message", encode(message), member(c, "encodedMessage")),
                    compare("hash", hashOf(message), member(c, "messageHash")),
                    compare("digest", digest, member(c, "digest")),
                    compare("signer", ethereum::addressOf(key), member(c, "signer")),
                    compare("r", signature.r, member(c, "r")),
                    compare("s", signature.s, member(c, "s")),
                    compare("type 0", full.payload, member(c, "payloadType0")),
                    compare("type 1", brief.payload, member(c, "payloadType1")),
                    compare("call 0", call(full), member(c, "submitSignaturesCalldataType0")),
                    compare("call 1", call(brief), member(c, "submitSignaturesCalldataType1"))});
}

SigningPolicy policyOf(const QJsonObject &p)
{
    SigningPolicy policy;
    policy.rewardEpochId = static_cast<std::uint32_t>(smallOf(member(p, "rewardEpochId")));
    policy.startVotingRoundId =
        static_cast<std::uint32_t>(smallOf(member(p, "startVotingRoundId")));
    policy.threshold = static_cast<std::uint16_t>(smallOf(member(p, "threshold")));
    policy.seed = wordOf(member(p, "seed"));
    const QJsonArray weights = member(p, "weights").toArray();
    qsizetype i = 0;
    for (const QJsonValue &voter : member(p, "voters").toArray())
        policy.signers.push_back(
            {addressOf(voter), static_cast<std::uint16_t>(smallOf(weights[i++]))});
    return policy;
}

QString policyCase(const QJsonObject &c)
{
    const SigningPolicy policy = policyOf(member(c, "policy").toObject());
    const Bytes encoded = encode(policy);
    const bool back = unwrap(decodeSigningPolicy(encoded)) == policy;
    return firstOf(
        {compare("encoded", encoded, member(c, "encoded")),
         compare("legacy hash", legacyPolicyHash(encoded), member(c, "legacyHash")),
         compare("chain-bound hash", chainBoundPolicyHash(encoded, smallOf(member(c, "chainId"))),
                 member(c, "chainBoundHash")),
         back ? QString() : QStringLiteral("it does not decode to the policy")});
}

QString relayCase(const QJsonObject &c)
{
    const SigningPolicy policy = policyOf(member(c, "policy").toObject());
    const ProtocolMessage message = protocolMessageOf(member(c, "message").toObject());
    std::vector<IndexedSignature> signatures;
    for (const QJsonValue &value : member(c, "signatures").toArray()) {
        const QJsonObject s = value.toObject();
        signatures.push_back(
            {signatureOf(s), static_cast<std::uint16_t>(smallOf(member(s, "index")))});
    }
    const QString weight =
        compareCount("weight", signedWeight(policy, message, signatures), member(c, "weight"));
    const auto calldata = relayCalldata(policy, message, signatures);
    if (calldata.has_value() != member(c, "thresholdMet").toBool())
        return QStringLiteral("wrong verdict on the threshold");
    return calldata ? firstOf({weight, compare("calldata", *calldata, member(c, "relayCalldata"))})
                    : weight;
}

QString finalizerCase(const QJsonObject &c)
{
    std::vector<SigningPolicy::Signer> signers;
    const QJsonArray weights = member(c, "weights").toArray();
    qsizetype i = 0;
    for (const QJsonValue &voter : member(c, "voters").toArray())
        signers.push_back({addressOf(voter), static_cast<std::uint16_t>(smallOf(weights[i++]))});
    const auto seed =
        finalizerSeed(wordOf(member(c, "rewardEpochSeed")),
                      static_cast<std::uint8_t>(smallOf(member(c, "protocolId"))),
                      static_cast<std::uint32_t>(smallOf(member(c, "votingRoundId"))));
    const auto chosen = selectFinalizers(
        signers, seed, static_cast<std::uint32_t>(smallOf(member(c, "thresholdBIPS"))));
    const std::set<ethereum::Address> asSet(chosen.begin(), chosen.end());
    return firstOf(
        {compare("seed", seed, member(c, "initialSeed")),
         asSet == addressSet(member(c, "selected")) ? QString() : QStringLiteral("another set")});
}

QString compareSignature(const QJsonObject &c, const char *name, const ethereum::Bytes32 &hash)
{
    const QJsonObject want = member(c, name).toObject();
    const auto made =
        ethereum::sign(keyOf(member(c, "privateKey")), ethereum::personalDigest(hash));
    return made == signatureOf(want) ? QString() : QStringLiteral("the signature differs");
}

QString registrationCase(const QJsonObject &c)
{
    const auto epoch = static_cast<std::uint32_t>(smallOf(member(c, "rewardEpochId")));
    const auto voter = addressOf(member(c, "voter"));
    const auto current = registrationHash(smallOf(member(c, "chainId")), epoch, voter);
    const auto legacy = legacyRegistrationHash(epoch, voter);
    const auto signature =
        ethereum::sign(keyOf(member(c, "privateKey")), ethereum::personalDigest(current));
    const auto call =
        unwrap(ethereum::parseAbiSignature("registerVoter(address,(uint8,bytes32,bytes32))"));
    const std::vector<ethereum::AbiValue> parts{Uint256(signature.v()), signature.r, signature.s};
    const std::vector<ethereum::AbiValue> arguments{voter, parts};
    return firstOf({compare("current hash", current, member(c, "currentMessageHash")),
                    compareSignature(c, "currentSignature", current),
                    compare("legacy hash", legacy, member(c, "legacyMessageHash")),
                    compareSignature(c, "legacySignature", legacy),
                    compare("call", unwrap(ethereum::encodeCall(call, arguments)),
                            member(c, "registerVoterCalldata"))});
}

QString uptimeCase(const QJsonObject &c)
{
    const auto hash =
        uptimeVoteHash(static_cast<std::uint32_t>(smallOf(member(c, "rewardEpochId"))),
                       wordOf(member(c, "uptimeVoteHash")));
    return firstOf(
        {compare("hash", hash, member(c, "messageHash")), compareSignature(c, "signature", hash)});
}

QString rewardsSignedCase(const QJsonObject &c)
{
    const WeightBasedClaims claims{smallOf(member(c, "rewardManagerId")),
                                   smallOf(member(c, "noOfWeightBasedClaims"))};
    const auto inner = weightBasedClaimsHash(std::span(&claims, 1));
    const auto hash = rewardsHash(static_cast<std::uint32_t>(smallOf(member(c, "rewardEpochId"))),
                                  inner, wordOf(member(c, "rewardsHash")));
    return firstOf({compare("claims hash", inner, member(c, "weightClaimsHash")),
                    compare("hash", hash, member(c, "messageHash")),
                    compareSignature(c, "signature", hash)});
}

QString policyFixture(const QJsonObject &c)
{
    const Bytes encoded = bytesOf(member(c, "encoded"));
    const SigningPolicy policy = unwrap(decodeSigningPolicy(encoded));
    return firstOf(
        {compare("encoded", encode(policy), member(c, "encoded")),
         compare("legacy hash", legacyPolicyHash(encoded), member(c, "legacyHash")),
         compare("chain-bound hash", chainBoundPolicyHash(encoded, smallOf(member(c, "chainId"))),
                 member(c, "chainBoundHash")),
         compareCount("signers", std::int64_t(policy.signers.size()), member(c, "signerCount")),
         compareCount("epoch", policy.rewardEpochId, member(c, "rewardEpochId")),
         compareCount("start", policy.startVotingRoundId, member(c, "startVotingRoundId")),
         compareCount("threshold", policy.threshold, member(c, "threshold"))});
}

QString signatureFixture(const QJsonObject &c)
{
    const Bytes message = bytesOf(member(c, "message38"));
    const auto digest = ethereum::personalDigest(ethereum::keccak256(message));
    PayloadMessage payload;
    payload.protocolId = static_cast<std::uint8_t>(smallOf(member(c, "protocolId")));
    payload.votingRoundId = static_cast<std::uint32_t>(smallOf(member(c, "votingRoundId")));
    payload.payload = {1};
    ethereum::append(payload.payload,
                     toVrs(ethereum::sign(keyOf(member(c, "privateKey")), digest)));
    ethereum::append(payload.payload, bytesOf(member(c, "additionalData")));
    return compare("payload", encode(payload), member(c, "payloadMessage"));
}

void checkFixtures(const QJsonObject &root, Tally &tally)
{
    const QJsonObject cases = root.value(u"cases").toObject();
    for (const QString &name : cases.keys()) {
        const QJsonObject c = cases.value(name).toObject();
        tally.add(name.toStdString(), verdict([&] {
                      if (name.startsWith(u"policy"))
                          return policyFixture(c);
                      if (name == u"submitSignatures")
                          return signatureFixture(c);
                      return QStringLiteral("an unknown fixture");
                  }));
    }
}

Submission submissionOf(const QJsonObject &t)
{
    Submission submission;
    submission.function = textOf(member(t, "function")) == "submit2" ? SubmissionFunction::Submit2
                                                                     : SubmissionFunction::Submit1;
    submission.from = addressOf(member(t, "from"));
    submission.timestamp = static_cast<Seconds>(smallOf(member(t, "timestamp")));
    submission.blockNumber = smallOf(member(t, "blockNumber"));
    submission.transactionIndex =
        static_cast<std::uint32_t>(smallOf(member(t, "transactionIndex")));
    submission.calldata = bytesOf(member(t, "calldata"));
    return submission;
}

QString compareFeeds(const RoundResult &result, const QJsonArray &expected)
{
    if (expected.size() != qsizetype(result.feeds.size()))
        return QStringLiteral("a wrong number of feeds");
    QString wrong;
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const QJsonObject want = expected[i].toObject();
        const FeedResult &feed = result.feeds[std::size_t(i)];
        wrong = firstOf(
            {wrong, compareFlag("empty", !feed.values, member(want, "empty")),
             compareCount("value", feed.values ? feed.values->median : 0, member(want, "value")),
             compareCount("turnout", feed.turnoutBips, member(want, "turnoutBIPS"))});
    }
    return wrong;
}

QString roundCase(const QJsonObject &c)
{
    RoundInput input;
    const auto network = networkNamed(textOf(member(c, "network")));
    if (!network)
        return QStringLiteral("unknown network");
    input.network = *network;
    input.round = static_cast<RoundId>(smallOf(member(c, "votingRoundId")));
    input.benchingWindow = member(c, "benchingWindow").toInt();
    input.feeds = feedsOf(member(c, "feedOrder"));
    for (const QJsonValue &value : member(c, "voters").toArray()) {
        const QJsonObject v = value.toObject();
        input.voters.push_back(
            {addressOf(member(v, "submitAddress")), numberOf(member(v, "weight"))});
    }
    for (const QJsonValue &value : member(c, "transactions").toArray())
        input.submissions.push_back(submissionOf(value.toObject()));

    const RoundResult result = computeRound(input);
    const QJsonObject want = member(c, "expected").toObject();
    const std::set<ethereum::Address> reveals(result.validReveals.begin(),
                                              result.validReveals.end());
    const auto same = [](const char *what, bool equal) {
        return equal ? QString() : QStringLiteral("%1 differ").arg(QLatin1StringView(what));
    };
    return firstOf(
        {same("valid reveals", reveals == addressSet(member(want, "validReveals"))),
         same("offenders", result.offenders == addressSet(member(want, "revealOffenders"))),
         same("benched", result.benched == addressSet(member(want, "benchedOffenders"))),
         compare("random", result.random.value, member(want, "random")),
         compareFlag("secure", result.random.isSecure, member(want, "isSecure")),
         compare("total weight", result.totalWeight, member(want, "totalWeight")),
         compareFeeds(result, member(want, "feeds").toArray()),
         compare("root", *result.tree.root(), member(want, "merkleRoot")),
         compare("message", encode(result.message), member(want, "encodedMessage")),
         compare("hash", hashOf(result.message), member(want, "messageHash"))});
}

} // namespace

void addProtocolCheckers(std::map<std::string, Checker> &checkers)
{
    checkers["epoch_timing"] = checkNetworks;
    addCases(checkers, "epoch_timing", QStringLiteral("times"), timeCase);
    addCases(checkers, "feed_ids", QString(), feedIdCase);
    addCases(checkers, "feed_order", QString(), feedOrderCase);
    addCases(checkers, "feed_values", QStringLiteral("encode"), feedEncodeCase);
    addCases(checkers, "feed_values", QStringLiteral("decode"), feedDecodeCase);
    addCases(checkers, "feed_values", QStringLiteral("badDecode"), feedRefusedCase);
    addCases(checkers, "feed_values", QStringLiteral("encodeLimits"), feedLimitCase);
    addCases(checkers, "commit_reveal", QString(), commitCase);
    addCases(checkers, "payload_messages", QStringLiteral("good"), payloadCase);
    addCases(checkers, "payload_messages", QStringLiteral("bad"), payloadRefusedCase);
    addCases(checkers, "weighted_median", QString(), medianCase);
    addCases(checkers, "round_random", QString(), randomCase);
    addCases(checkers, "result_leaves", QStringLiteral("feeds"), feedLeafCase);
    addCases(checkers, "result_leaves", QStringLiteral("randoms"), randomLeafCase);
    addCases(checkers, "signature_payloads", QString(), signaturePayloadCase);
    addCases(checkers, "signing_policy", QStringLiteral("policies"), policyCase);
    addCases(checkers, "signing_policy", QStringLiteral("relay"), relayCase);
    addCases(checkers, "finalizer_selection", QString(), finalizerCase);
    addCases(checkers, "system_signatures", QStringLiteral("registration"), registrationCase);
    addCases(checkers, "system_signatures", QStringLiteral("uptime"), uptimeCase);
    addCases(checkers, "system_signatures", QStringLiteral("rewards"), rewardsSignedCase);
    checkers["reference_fixtures"] = checkFixtures;
    addCases(checkers, "whole_rounds", QString(), roundCase);
}

} // namespace chrona::conformance
