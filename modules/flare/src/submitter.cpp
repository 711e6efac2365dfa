// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/submitter.h"

#include "chrona/base/log.h"

#include <QRandomGenerator>

#include <algorithm>
#include <format>

namespace chrona::flare {
namespace {

using storage::Connection;

TransactionSender::Options sendingOptions(const Submitter::Options &options)
{
    return {.chain = options.chain, .chainId = options.setup.timing.chainId, .fees = options.fees};
}

/// From the system's own generator: a random that can be guessed gives the values away.
Bytes32 freshRandom()
{
    Bytes32 random;
    for (std::size_t at = 0; at < random.size(); at += 4) {
        const quint32 word = QRandomGenerator::system()->generate();
        for (std::size_t byte = 0; byte < 4; ++byte)
            random[at + byte] = static_cast<std::uint8_t>(word >> (8 * byte));
    }
    return random;
}

} // namespace

Submitter::Submitter(ChainClient &client, Signing &signing, ValueSource &values, Options options)
    : m_client(client), m_signing(signing), m_values(values), m_options(std::move(options)),
      m_sender(client, signing, sendingOptions(m_options))
{
}

Status Submitter::step(Connection &connection, Seconds now)
{
    const RoundId round = ftso::votingEpochAt(m_options.setup.timing, now);
    const Seconds offset = now - ftso::startOf(m_options.setup.timing, round);
    const Schedule &times = m_options.schedule;
    Status first;
    const auto tryTo = [&first](Status done) {
        if (!done && first)
            first = std::move(done);
    };
    if (m_options.mode == Mode::Submit)
        tryTo(m_sender.pursue(connection, now));
    if (offset >= times.revealFrom && offset <= times.revealUntil)
        tryTo(revealAll(connection, round - 1, now));
    if (offset >= times.signFrom && offset <= times.signUntil) {
        tryTo(sign(connection, round - 1, now));
        tryTo(finalise(connection, round - 1, now));
    }
    if (offset >= times.commitFrom && offset <= times.commitUntil)
        tryTo(commit(connection, round, now));
    return first;
}

Submitter::Duty Submitter::nextDuty(Seconds now) const
{
    const RoundId round = ftso::votingEpochAt(m_options.setup.timing, now);
    const Schedule &times = m_options.schedule;
    for (const RoundId each : {round, round + 1}) {
        const Seconds start = ftso::startOf(m_options.setup.timing, each);
        for (const Duty &duty : {Duty{Purpose::Reveal, start + times.revealFrom},
                                 Duty{Purpose::Sign, start + times.signFrom},
                                 Duty{Purpose::Commit, start + times.commitFrom}})
            if (duty.at >= now)
                return duty;
    }
    return {};
}

Result<const EpochVoter *> Submitter::self(Connection &connection, RoundId round)
{
    auto known = m_epochs.find(round);
    if (known == m_epochs.end()) {
        // Before that, the round may turn out to belong to another reward epoch, with other feeds
        // and accounts.
        const auto run = indexedRun(connection, m_options.chain);
        if (!run)
            return std::unexpected(run.error());
        if (!*run || (*run)->lastTime < ftso::startOf(m_options.setup.timing, round))
            return fail(ErrorCode::Unavailable,
                        std::format("the blocks before round {} are not all indexed", round),
                        "nothing is submitted until they are");
        auto epoch = rewardEpochOf(connection, m_options.chain, m_options.setup, round);
        if (!epoch)
            return std::unexpected(epoch.error());
        std::erase_if(m_epochs, [round](const auto &entry) { return entry.first + 2 < round; });
        known = m_epochs.emplace(round, std::move(*epoch)).first;
    }
    const EpochVoter *voter = known->second.voterOf(m_options.identity);
    if (voter == nullptr)
        return fail(ErrorCode::Denied,
                    std::format("{} is not registered in reward epoch {}",
                                ethereum::toChecksummed(m_options.identity), known->second.number),
                    "nothing is submitted until it is");
    return voter;
}

Status Submitter::say(Connection &connection, Outgoing draft, Seconds now)
{
    if (m_options.mode == Mode::Submit)
        return m_sender.say(connection, std::move(draft), now);
    draft.state = OutgoingState::Rehearsed;
    draft.gas = m_sender.gasFor(draft.sender, draft.recipient, draft.data);
    const auto nonce = m_client.nonce(draft.sender, NonceAt::Latest);
    if (!nonce)
        return std::unexpected(nonce.error());
    return planOutgoing(connection, m_options.chain, std::move(draft), *nonce)
        .transform([](const Outgoing &) {});
}

Result<ftso::Reveal> Submitter::makeReveal(const EpochVoter &voter, RoundId round)
{
    const std::vector<ftso::Feed> &feeds = m_epochs.at(round).feeds;
    const auto values = m_values.valuesFor(round, feeds);
    if (!values)
        return std::unexpected(values.error());
    std::vector<ftso::FeedValue> units(feeds.size());
    for (std::size_t i = 0; i < std::min(units.size(), values->size()); ++i)
        if ((*values)[i])
            if (const auto unit = ftso::toFeedUnits(*(*values)[i], feeds[i].decimals))
                units[i] = *unit;
    if (std::ranges::none_of(units, [](const auto &unit) { return unit.has_value(); }))
        return fail(ErrorCode::Unavailable, "no feed has a value: nothing is committed");
    return ftso::Reveal{voter.submit, static_cast<std::uint32_t>(round), freshRandom(),
                        ftso::encodeFeedValues(units, ftso::Trailing::Strip)};
}

Status Submitter::commit(Connection &connection, RoundId round, Seconds now)
{
    const auto voter = self(connection, round);
    if (!voter)
        return std::unexpected(voter.error());
    auto kept = commitmentOf(connection, m_options.chain, (*voter)->submit, round);
    if (!kept)
        return std::unexpected(kept.error());
    if (!*kept) {
        const auto made = makeReveal(**voter, round);
        if (!made)
            return std::unexpected(made.error());
        const auto stored = keepCommitment(connection, m_options.chain, *made);
        if (!stored)
            return std::unexpected(stored.error());
        *kept = *stored;
    }
    return say(connection,
               {.sender = (*voter)->submit,
                .purpose = Purpose::Commit,
                .round = round,
                .recipient = submissionAddress(),
                .data = ftso::submissionCalldata(ftso::SubmissionFunction::Submit1,
                                                 ftso::commitMessage(**kept)),
                .until = ftso::startOf(m_options.setup.timing, round + 1)},
               now);
}

/// From what was kept and nothing else, so that an index that lags or begins anew holds nothing up.
Status Submitter::revealAll(Connection &connection, RoundId round, Seconds now)
{
    const auto kept = commitmentsOf(connection, m_options.chain, round);
    if (!kept)
        return std::unexpected(kept.error());
    Status first;
    for (const ftso::Reveal &each : *kept)
        if (auto done = reveal(connection, each, now); !done && first)
            first = std::move(done);
    return first;
}

Status Submitter::reveal(Connection &connection, const ftso::Reveal &kept, Seconds now)
{
    const RoundId round = kept.votingRoundId;
    auto said =
        findOutgoing(connection, m_options.chain, kept.submitAddress, Purpose::Commit, round);
    if (!said)
        return std::unexpected(said.error());
    if (!*said)
        return {}; // nothing was committed to
    const bool isRehearsed = (*said)->state == OutgoingState::Rehearsed;
    if (isRehearsed != (m_options.mode == Mode::Rehearse))
        return {};
    if ((*said)->state == OutgoingState::GivenUp) {
        auto again = m_sender.lookAgain(connection, **said);
        if (!again)
            return std::unexpected(again.error());
        *said = std::move(*again);
    }
    // A reveal whose commit is in no block, or too late in one, would tell values for nothing.
    if (!isRehearsed && ((*said)->state != OutgoingState::Mined ||
                         (*said)->minedAt >= ftso::startOf(m_options.setup.timing, round + 1)))
        return {};
    return say(connection,
               {.sender = kept.submitAddress,
                .purpose = Purpose::Reveal,
                .round = round,
                .recipient = submissionAddress(),
                .data = ftso::submissionCalldata(ftso::SubmissionFunction::Submit2,
                                                 ftso::revealMessage(kept)),
                .until = ftso::lastRevealSecond(m_options.setup.timing, round) + 1},
               now);
}

Result<ethereum::Signature> Submitter::signatureOf(const EpochVoter &voter,
                                                   const ftso::ProtocolMessage &result)
{
    for (const keys::HeldKey &key : m_signing.keys())
        if (key.address == voter.signingPolicy) {
            const auto reply = m_signing.ask(keys::RoundRequest{key.name, result});
            if (!reply)
                return std::unexpected(reply.error());
            if (const auto *made = std::get_if<keys::SignatureReply>(&*reply))
                return made->signature;
        }
    return fail(
        ErrorCode::Denied,
        std::format("the signer holds no key of {}", ethereum::toChecksummed(voter.signingPolicy)),
        "enrol it with chronactl key add");
}

Status Submitter::sign(Connection &connection, RoundId round, Seconds now)
{
    const auto voter = self(connection, round);
    if (!voter)
        return std::unexpected(voter.error());
    const auto said =
        findOutgoing(connection, m_options.chain, (*voter)->submitSignatures, Purpose::Sign, round);
    if (!said)
        return std::unexpected(said.error());
    if (*said)
        return {};
    const auto view = viewRound(connection, m_options.chain, m_options.setup, round);
    if (!view)
        return std::unexpected(view.error());
    // A result from too few blocks is a wrong one, and to sign two results is punished.
    if (!view->isWhole)
        return fail(ErrorCode::Unavailable,
                    std::format("not all blocks of round {} are indexed: not signed", round));
    ethereum::Signature signature;
    if (m_options.mode == Mode::Submit) {
        const auto made = signatureOf(**voter, view->result.message);
        if (!made)
            return std::unexpected(made.error());
        signature = *made;
    }
    return say(connection,
               {.sender = (*voter)->submitSignatures,
                .purpose = Purpose::Sign,
                .round = round,
                .recipient = submissionAddress(),
                .data = ftso::submissionCalldata(
                    ftso::SubmissionFunction::SubmitSignatures,
                    ftso::signatureMessage(ftso::SignatureFormat::SignatureOnly,
                                           view->result.message, signature)),
                .until = ftso::startOf(m_options.setup.timing, round + 2)},
               now);
}

Status Submitter::finalise(Connection &connection, RoundId round, Seconds now)
{
    const auto voter = self(connection, round);
    if (!voter)
        return std::unexpected(voter.error());
    const auto said = findOutgoing(connection, m_options.chain, (*voter)->signingPolicy,
                                   Purpose::Finalise, round);
    if (!said)
        return std::unexpected(said.error());
    if (*said)
        return {};
    const auto view = viewRound(connection, m_options.chain, m_options.setup, round);
    if (!view)
        return std::unexpected(view.error());
    if (view->final || !view->isWhole)
        return {};
    const auto drawn = ftso::selectFinalizers(
        view->epoch.policy.signers, ftso::finalizerSeed(view->epoch.policy.seed, ftso::kProtocolId,
                                                        static_cast<std::uint32_t>(round)));
    const Seconds offset = now - ftso::startOf(m_options.setup.timing, round + 1);
    if (!std::ranges::contains(drawn, (*voter)->signingPolicy) &&
        offset < m_options.schedule.finaliseAllFrom)
        return {};
    auto calldata = ftso::relayCalldata(view->epoch.policy, view->result.message, view->signatures);
    if (!calldata)
        return {}; // not enough signatures yet
    return say(connection,
               {.sender = (*voter)->signingPolicy,
                .purpose = Purpose::Finalise,
                .round = round,
                .recipient = m_options.relay,
                .data = std::move(*calldata),
                .until = ftso::startOf(m_options.setup.timing, round + 2)},
               now);
}

} // namespace chrona::flare
