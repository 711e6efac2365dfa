// SPDX-License-Identifier: AGPL-3.0-or-later
#include "participation.h"

#include "chrona/flare/feed_accuracy.h"

#include <algorithm>
#include <map>

namespace chrona::flare {
namespace {

constexpr std::size_t kSignatureBytes = 66;
constexpr Seconds kSigningGrace = 15;

/// The one message of a protocol for a round; nothing: none, or its framing is broken.
std::optional<Bytes> payloadFor(const StoredCall &call, RoundId round,
                                std::uint8_t protocol = ftso::kProtocolId)
{
    if (call.data.size() < 4)
        return std::nullopt;
    const auto messages = ftso::decodePayloadMessages(ByteView(call.data).subspan(4));
    if (!messages)
        return std::nullopt;
    for (const ftso::PayloadMessage &message : *messages)
        if (message.protocolId == protocol && message.votingRoundId == round)
            return message.payload;
    return std::nullopt;
}

/// Who signed what: nothing where the payload is no signature of the deprecated or the present
/// form.
std::optional<ethereum::Signature> signatureIn(ByteView payload)
{
    constexpr std::size_t kMessageBytes = 38;
    if (payload.empty() || payload.front() > 1)
        return std::nullopt;
    const std::size_t at = payload.front() == 1 ? 1 : 1 + kMessageBytes;
    if (payload.size() < at + kSignatureBytes - 1 || payload[at] < 27 || payload[at] > 28)
        return std::nullopt;
    ethereum::Signature signature;
    signature.recoveryId = static_cast<std::uint8_t>(payload[at] - 27);
    std::copy_n(payload.begin() + static_cast<std::ptrdiff_t>(at + 1), 32, signature.r.begin());
    std::copy_n(payload.begin() + static_cast<std::ptrdiff_t>(at + 33), 32, signature.s.begin());
    return signature;
}

/// Counts how close a voter's values came.
void judgeValues(Participation &part, const RoundView &view)
{
    for (std::size_t i = 0; i < part.values.size() && i < view.result.feeds.size(); ++i) {
        const auto &median = view.result.feeds[i].values;
        if (!part.values[i] || !median)
            continue;
        const Closeness value =
            closenessOf(*part.values[i], median->median,
                        ftso::rewardBands(*median, view.epoch.secondaryBandPpm[i]),
                        view.epoch.feeds[i].id, view.round, part.submit);
        ++part.given;
        part.inIqr += value.isInIqr ? 1 : 0;
        part.inPct += value.isInPct ? 1 : 0;
        part.near += value.isNear ? 1 : 0;
    }
}

class Reader {
public:
    Reader(RoundView &view, const NetworkSetup &setup) : m_view(view), m_setup(setup)
    {
        for (std::size_t i = 0; i < view.voters.size(); ++i) {
            m_bySubmit[view.voters[i].submit] = i;
            m_bySignatures[view.epoch.voters[i].submitSignatures] = i;
        }
        m_start = ftso::startOf(setup.timing, view.round);
        m_next = ftso::startOf(setup.timing, view.round + 1);
        m_digest = ethereum::personalDigest(ftso::hashOf(view.result.message));
        if (view.fdcFinal)
            m_fdcDigest = ethereum::personalDigest(
                ftso::hashOf({ftso::kDataConnectorId, static_cast<std::uint32_t>(view.round),
                              view.fdcFinal->isSecure, view.fdcFinal->root}));
    }

    void read(const StoredCall &call)
    {
        const auto &known = call.kind == 4 ? m_bySignatures : m_bySubmit;
        const auto voter = known.find(call.sender);
        if (voter == known.end())
            return;
        readConnector(voter->second, call);
        const auto payload = payloadFor(call, m_view.round);
        if (!payload)
            return;
        Participation &part = m_view.voters[voter->second];
        if (call.kind == 1)
            commit(part, call, *payload);
        else if (call.kind == 2)
            reveal(part, call, *payload);
        else if (call.kind == 4)
            sign(part, voter->second, call, *payload);
    }

private:
    /// The data connector votes beside our reveals and signs beside our signatures.
    void readConnector(std::size_t index, const StoredCall &call)
    {
        Participation &part = m_view.voters[index];
        const auto payload = payloadFor(call, m_view.round, ftso::kDataConnectorId);
        if (!payload || call.time < m_next ||
            call.time >= ftso::startOf(m_setup.timing, m_view.round + 2))
            return;
        if (call.kind == 2)
            part.fdcVoted = part.fdcVoted || call.time < m_next + m_setup.timing.revealSeconds;
        const auto signature = call.kind == 4 && m_fdcDigest ? signatureIn(*payload) : std::nullopt;
        if (!signature)
            return;
        const auto signer = ethereum::recoverSigner(*signature, *m_fdcDigest);
        part.fdcSigned =
            part.fdcSigned || (signer && *signer == m_view.epoch.voters[index].signingPolicy);
    }
    void commit(Participation &part, const StoredCall &call, const Bytes &payload) const
    {
        const bool isLate = call.time < m_start || call.time >= m_next;
        if (isLate && part.commit != Part::None)
            return;
        part.commit = isLate ? Part::Late : payload.size() == 32 ? Part::InTime : Part::Broken;
        part.committedAt = call.time;
    }
    /// The last in the window counts; whether it is valid is known from the result.
    void reveal(Participation &part, const StoredCall &call, const Bytes &payload) const
    {
        const bool isLate =
            call.time < m_next || call.time >= m_next + m_setup.timing.revealSeconds;
        if (isLate && part.reveal != Part::None)
            return;
        const bool isReadable = payload.size() >= 32 && payload.size() % 4 == 0 &&
                                payload.size() <= 32 + 4 * m_view.epoch.feeds.size();
        part.reveal = isLate ? Part::Late : isReadable ? Part::Mismatch : Part::Broken;
        part.revealedAt = call.time;
    }
    void sign(Participation &part, std::size_t index, const StoredCall &call, const Bytes &payload)
    {
        if (part.signature == Part::InTime)
            return; // the first one that is right counts
        part.signedAt = call.time;
        const auto signature = signatureIn(payload);
        if (!signature) {
            part.signature = Part::Broken;
            return;
        }
        const auto signer = ethereum::recoverSigner(*signature, m_digest);
        if (!signer || *signer != m_view.epoch.voters[index].signingPolicy) {
            part.signature = Part::Mismatch;
            return;
        }
        const Seconds from = m_next + m_setup.timing.revealSeconds;
        const Seconds until =
            std::max(from + kSigningGrace, m_view.final ? m_view.final->time + 1 : Seconds{0});
        part.signature =
            call.time < std::min(until, ftso::startOf(m_setup.timing, m_view.round + 2))
                ? Part::InTime
                : Part::Late;
        const auto held = std::ranges::find(m_view.signatures, static_cast<std::uint16_t>(index),
                                            &ftso::IndexedSignature::index);
        if (held == m_view.signatures.end())
            m_view.signatures.push_back({*signature, static_cast<std::uint16_t>(index)});
    }

    RoundView &m_view;
    const NetworkSetup &m_setup;
    std::map<Address, std::size_t> m_bySubmit, m_bySignatures;
    Seconds m_start = 0, m_next = 0;
    Bytes32 m_digest{};
    std::optional<Bytes32> m_fdcDigest;
};

} // namespace

void addParticipation(RoundView &view, const NetworkSetup &setup, std::span<const StoredCall> calls)
{
    view.voters.clear();
    for (const EpochVoter &voter : view.epoch.voters)
        view.voters.push_back({.identity = voter.identity, .submit = voter.submit, .values = {}});
    Reader reader(view, setup);
    for (const StoredCall &call : calls)
        reader.read(call);
    std::ranges::sort(view.signatures, {}, &ftso::IndexedSignature::index);
    std::vector<ftso::Submission> own;
    for (const StoredCall &call : calls)
        if (call.kind == 1 || call.kind == 2)
            own.push_back({call.kind == 1 ? ftso::SubmissionFunction::Submit1
                                          : ftso::SubmissionFunction::Submit2,
                           call.sender, call.time, call.block, call.position, call.data});
    const auto reveals =
        ftso::collectReveals(setup.timing, view.round, own, revealForm(view.epoch, setup));
    for (Participation &part : view.voters) {
        const auto valid = reveals.valid.find(part.submit);
        if (valid == reveals.valid.end())
            continue;
        part.reveal = Part::InTime;
        part.values = valid->second.values;
        judgeValues(part, view);
    }
}

} // namespace chrona::flare
