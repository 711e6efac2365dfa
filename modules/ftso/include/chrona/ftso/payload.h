// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/signing.h"
#include "chrona/ethereum/uint256.h"
#include "chrona/ftso/epochs.h"

namespace chrona::ftso {

using ethereum::Address;
using ethereum::Bytes;
using ethereum::Bytes32;
using ethereum::ByteView;

inline constexpr std::uint8_t kProtocolId = 100;
inline constexpr std::uint8_t kDataConnectorId = 200;

enum class SubmissionFunction : std::uint8_t { Submit1, Submit2, SubmitSignatures };
[[nodiscard]] std::array<std::uint8_t, 4> selectorOf(SubmissionFunction function);

/// What follows the selector: any number of messages, one a protocol.
struct PayloadMessage {
    std::uint8_t protocolId = kProtocolId;
    std::uint32_t votingRoundId = 0;
    Bytes payload; ///< at most 65,535 bytes
    friend bool operator==(const PayloadMessage &, const PayloadMessage &) = default;
};
[[nodiscard]] Bytes encode(const PayloadMessage &message);
/// All or nothing: broken framing anywhere voids the whole transaction.
[[nodiscard]] Result<std::vector<PayloadMessage>> decodePayloadMessages(ByteView data);
[[nodiscard]] Bytes submissionCalldata(SubmissionFunction function, const PayloadMessage &message);

/// What is committed to. The address is the submit address; the values are the bytes to be
/// revealed.
struct Reveal {
    Address submitAddress{};
    std::uint32_t votingRoundId = 0;
    Bytes32 random{};
    Bytes encodedValues;
};
[[nodiscard]] Bytes commitPreimage(const Reveal &reveal);
[[nodiscard]] Bytes32 commitHash(const Reveal &reveal);
[[nodiscard]] PayloadMessage commitMessage(const Reveal &reveal);
[[nodiscard]] PayloadMessage revealMessage(const Reveal &reveal);

/// The result of a round as it is signed: 38 bytes.
struct ProtocolMessage {
    std::uint8_t protocolId = kProtocolId;
    std::uint32_t votingRoundId = 0;
    bool isSecureRandom = false;
    Bytes32 merkleRoot{};
    friend bool operator==(const ProtocolMessage &, const ProtocolMessage &) = default;
};
[[nodiscard]] Bytes encode(const ProtocolMessage &message);
[[nodiscard]] Bytes32 hashOf(const ProtocolMessage &message);

/// Type 0 carries the message too (deprecated); type 1 is in use.
enum class SignatureFormat : std::uint8_t { WithMessage = 0, SignatureOnly = 1 };
[[nodiscard]] PayloadMessage signatureMessage(SignatureFormat format,
                                              const ProtocolMessage &message,
                                              const ethereum::Signature &signature,
                                              ByteView unsignedPart = {});

} // namespace chrona::ftso
