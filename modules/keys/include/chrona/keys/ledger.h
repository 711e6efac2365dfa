// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/signing.h"
#include "chrona/ethereum/transaction.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// A Ledger device with its Ethereum app, for keys that act seldom and with a person present:
/// identity, delegation, claims. The private key never leaves the device.
namespace chrona::keys {

/// Sends one command and brings its answer, data and status word. Timeout where the device or the
/// person does not answer; Unavailable when it is unplugged.
class LedgerTransport {
public:
    virtual ~LedgerTransport() = default;
    [[nodiscard]] virtual Result<ethereum::Bytes> exchange(ethereum::ByteView command,
                                                           std::chrono::milliseconds timeout) = 0;
};

/// The first device found over USB, held for this process alone.
[[nodiscard]] Result<std::unique_ptr<LedgerTransport>> openLedgerOverUsb();

/// A BIP-32 path, hardened steps with the highest bit set.
struct KeyPath {
    std::vector<std::uint32_t> steps;
    /// "44'/60'/0'/0/0"; at most ten steps.
    [[nodiscard]] static Result<KeyPath> parse(std::string_view text);
};

enum class Confirmation : std::uint8_t { None, OnDevice };

/// One thread.
class Ledger {
public:
    explicit Ledger(LedgerTransport &transport) : m_transport(transport) {}

    [[nodiscard]] Result<ethereum::Address> address(const KeyPath &path, Confirmation confirmation);
    /// Denied when the person declines. What comes back is checked: it must be signed by `path`'s
    /// address, which the caller passes.
    [[nodiscard]] Result<ethereum::SignedTransaction> sign(const KeyPath &path,
                                                           const ethereum::Transaction &transaction,
                                                           const ethereum::Address &expected);
    /// EIP-191.
    [[nodiscard]] Result<ethereum::Signature> signText(const KeyPath &path, std::string_view text);

private:
    [[nodiscard]] Result<ethereum::Bytes> ask(ethereum::ByteView command,
                                              std::chrono::milliseconds timeout);
    [[nodiscard]] Result<ethereum::Bytes> askInBlocks(std::uint8_t instruction,
                                                      const std::vector<ethereum::Bytes> &blocks);
    LedgerTransport &m_transport;
};

/// The blocks in which a payload goes to the device: the first with the path in front. A legacy
/// payload is never cut just before its trailing chain id and zeros, which the app takes for the
/// end.
[[nodiscard]] std::vector<ethereum::Bytes>
transactionBlocks(const KeyPath &path, const ethereum::Transaction &transaction);
[[nodiscard]] ethereum::Bytes ledgerCommand(std::uint8_t instruction, std::uint8_t p1,
                                            std::uint8_t p2, ethereum::ByteView data);

/// A command or an answer as HID reports of 64 bytes, and back. Corrupt where reports are out of
/// order or of another channel.
[[nodiscard]] std::vector<ethereum::Bytes> toReports(ethereum::ByteView message);
class ReportReader {
public:
    /// True when the message is whole.
    [[nodiscard]] Result<bool> add(ethereum::ByteView report);
    [[nodiscard]] ethereum::Bytes take();

private:
    ethereum::Bytes m_message;
    std::size_t m_size = 0;
    std::uint16_t m_next = 0;
};

} // namespace chrona::keys
