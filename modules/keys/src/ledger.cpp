// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/ledger.h"

#include "chrona/ethereum/keccak.h"
#include "chrona/ethereum/rlp.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::keys {
namespace {

using namespace std::chrono_literals;
using ethereum::Bytes;
using ethereum::ByteView;

constexpr std::uint8_t kClass = 0xE0;
constexpr std::uint8_t kGetAddress = 0x02;
constexpr std::uint8_t kSignTransaction = 0x04;
constexpr std::uint8_t kSignText = 0x08;
constexpr std::size_t kBlockBytes = 150;

constexpr std::size_t kReportBytes = 64;
constexpr std::uint8_t kReportHead[] = {0x01, 0x01, 0x05}; // channel, tag

constexpr auto kDevicePatience = 2s;
constexpr auto kPersonPatience = 60s;

Bytes pathBytes(const KeyPath &path)
{
    Bytes bytes{static_cast<std::uint8_t>(path.steps.size())};
    for (const std::uint32_t step : path.steps)
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<std::uint8_t>(step >> shift));
    return bytes;
}

std::vector<Bytes> cut(ByteView whole, std::size_t blockBytes)
{
    std::vector<Bytes> blocks;
    for (std::size_t at = 0; at < whole.size(); at += blockBytes) {
        const ByteView part = whole.subspan(at, std::min(blockBytes, whole.size() - at));
        blocks.emplace_back(part.begin(), part.end());
    }
    return blocks;
}

/// What follows the call data of a legacy payload: chain id, 0, 0.
std::size_t legacyTailBytes(const ethereum::Transaction &transaction)
{
    return ethereum::encodeRlp(ethereum::RlpItem(ethereum::Uint256(transaction.chainId))).size() +
           2;
}

Error errorFor(std::uint16_t status)
{
    switch (status) {
    case 0x6982:
    case 0x6985: return {ErrorCode::Denied, "declined on the device", {}, false};
    case 0x6A80:
        return {ErrorCode::InvalidInput, "the device does not accept the data",
                "allow contract data in the settings of its Ethereum app", false};
    case 0x5515:
    case 0x6804:
    case 0x6B0C:
        return {ErrorCode::Unavailable, "the device is locked", "unlock it, then try again", true};
    case 0x6D00:
    case 0x6E00:
        return {ErrorCode::Unavailable, "the Ethereum app is not open on the device",
                "open it, then try again", true};
    case 0x6501:
        return {ErrorCode::InvalidInput, "the app does not know this type of transaction",
                "update the Ethereum app", false};
    default:
        return {
            ErrorCode::Unavailable, std::format("the device answers {:04x}", status), {}, false};
    }
}

Result<ethereum::Signature> signatureFrom(const Bytes &answer)
{
    if (answer.size() != 65)
        return fail(ErrorCode::Corrupt, "the device answered no signature");
    ethereum::Signature signature;
    std::copy_n(answer.begin() + 1, 32, signature.r.begin());
    std::copy_n(answer.begin() + 33, 32, signature.s.begin());
    return signature;
}

} // namespace

Result<KeyPath> KeyPath::parse(std::string_view text)
{
    constexpr std::uint32_t kHardened = 0x80000000U;
    KeyPath path;
    if (text.starts_with("m/"))
        text.remove_prefix(2);
    while (true) {
        const auto slash = text.find('/');
        std::string_view step = text.substr(0, slash);
        const bool hardened = step.ends_with('\'');
        if (hardened)
            step.remove_suffix(1);
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), number);
        if (error != std::errc{} || end != step.data() + step.size() || number >= kHardened ||
            path.steps.size() == 10)
            return fail(ErrorCode::InvalidInput, "a path is like 44'/60'/0'/0/0");
        path.steps.push_back(hardened ? number | kHardened : number);
        if (slash == std::string_view::npos)
            return path;
        text.remove_prefix(slash + 1);
    }
}

Bytes ledgerCommand(std::uint8_t instruction, std::uint8_t p1, std::uint8_t p2, ByteView data)
{
    Bytes command{kClass, instruction, p1, p2, static_cast<std::uint8_t>(data.size())};
    ethereum::append(command, data);
    return command;
}

std::vector<Bytes> transactionBlocks(const KeyPath &path, const ethereum::Transaction &transaction)
{
    Bytes whole = pathBytes(path);
    ethereum::append(whole, ethereum::signingPayload(transaction));
    std::size_t blockBytes = kBlockBytes;
    if (transaction.type == ethereum::TransactionType::Legacy) {
        // A cut right before the tail would look like the end of an unprotected transaction.
        const std::size_t tail = legacyTailBytes(transaction);
        while ((whole.size() - tail) % blockBytes == 0)
            --blockBytes;
    }
    return cut(whole, blockBytes);
}

Result<Bytes> Ledger::ask(ByteView command, std::chrono::milliseconds timeout)
{
    auto answer = m_transport.exchange(command, timeout);
    if (!answer)
        return answer;
    if (answer->size() < 2)
        return fail(ErrorCode::Corrupt, "the device answered nothing");
    const auto status =
        static_cast<std::uint16_t>((*answer)[answer->size() - 2] << 8 | answer->back());
    answer->resize(answer->size() - 2);
    if (status != 0x9000)
        return std::unexpected(errorFor(status));
    return answer;
}

Result<Bytes> Ledger::askInBlocks(std::uint8_t instruction, const std::vector<Bytes> &blocks)
{
    Result<Bytes> answer = Bytes{};
    for (std::size_t at = 0; at < blocks.size(); ++at) {
        const std::uint8_t p1 = at == 0 ? 0x00 : 0x80;
        const bool isLast = at + 1 == blocks.size();
        answer = ask(ledgerCommand(instruction, p1, 0, blocks[at]),
                     isLast ? std::chrono::milliseconds(kPersonPatience) : kDevicePatience);
        if (!answer)
            return answer;
    }
    return answer;
}

Result<ethereum::Address> Ledger::address(const KeyPath &path, Confirmation confirmation)
{
    const bool shown = confirmation == Confirmation::OnDevice;
    const auto answer = ask(ledgerCommand(kGetAddress, shown ? 1 : 0, 0, pathBytes(path)),
                            shown ? std::chrono::milliseconds(kPersonPatience) : kDevicePatience);
    if (!answer)
        return std::unexpected(answer.error());
    ethereum::PublicKey key{};
    if (answer->size() < 1 + key.size() || answer->front() != key.size())
        return fail(ErrorCode::Corrupt, "the device answered no public key");
    std::copy_n(answer->begin() + 1, key.size(), key.begin());
    return ethereum::addressOf(key);
}

Result<ethereum::SignedTransaction> Ledger::sign(const KeyPath &path,
                                                 const ethereum::Transaction &transaction,
                                                 const ethereum::Address &expected)
{
    const auto answer = askInBlocks(kSignTransaction, transactionBlocks(path, transaction));
    if (!answer)
        return std::unexpected(answer.error());
    auto signature = signatureFrom(*answer);
    if (!signature)
        return std::unexpected(signature.error());
    // Old apps give only the low byte of a large v, and no two agree on its base: the signer's
    // address says which parity is right.
    const ethereum::Bytes32 digest = ethereum::keccak256(ethereum::signingPayload(transaction));
    for (const std::uint8_t parity : {0, 1}) {
        signature->recoveryId = parity;
        const auto signer = ethereum::recoverSigner(*signature, digest);
        if (signer && *signer == expected)
            return ethereum::assemble(transaction, *signature);
    }
    return fail(ErrorCode::Corrupt, "the signature is not by the address of this path");
}

Result<ethereum::Signature> Ledger::signText(const KeyPath &path, std::string_view text)
{
    Bytes whole = pathBytes(path);
    const auto size = static_cast<std::uint32_t>(text.size());
    for (int shift = 24; shift >= 0; shift -= 8)
        whole.push_back(static_cast<std::uint8_t>(size >> shift));
    whole.insert(whole.end(), text.begin(), text.end());
    const auto answer = askInBlocks(kSignText, cut(whole, kBlockBytes));
    if (!answer)
        return std::unexpected(answer.error());
    auto signature = signatureFrom(*answer);
    if (signature)
        signature->recoveryId = answer->front() >= 27
                                    ? static_cast<std::uint8_t>(answer->front() - 27)
                                    : answer->front();
    return signature;
}

std::vector<Bytes> toReports(ByteView message)
{
    Bytes payload{static_cast<std::uint8_t>(message.size() >> 8),
                  static_cast<std::uint8_t>(message.size())};
    ethereum::append(payload, message);
    constexpr std::size_t kRoom = kReportBytes - 5;
    std::vector<Bytes> reports;
    for (std::size_t at = 0; at < payload.size(); at += kRoom) {
        const auto sequence = static_cast<std::uint16_t>(reports.size());
        Bytes report(std::begin(kReportHead), std::end(kReportHead));
        report.push_back(static_cast<std::uint8_t>(sequence >> 8));
        report.push_back(static_cast<std::uint8_t>(sequence));
        ethereum::append(report,
                         ByteView(payload).subspan(at, std::min(kRoom, payload.size() - at)));
        report.resize(kReportBytes, 0);
        reports.push_back(std::move(report));
    }
    return reports;
}

Result<bool> ReportReader::add(ByteView report)
{
    const auto corrupt = [] {
        return fail(ErrorCode::Corrupt, "the device's reports make no sense");
    };
    if (report.size() < 7 || !std::ranges::equal(report.first(3), kReportHead) ||
        (report[3] << 8 | report[4]) != m_next)
        return corrupt();
    ByteView data = report.subspan(5);
    if (m_next == 0) {
        m_size = static_cast<std::size_t>(data[0] << 8 | data[1]);
        data = data.subspan(2);
    }
    ++m_next;
    ethereum::append(m_message, data.first(std::min(data.size(), m_size - m_message.size())));
    return m_message.size() == m_size;
}

Bytes ReportReader::take()
{
    m_size = 0;
    m_next = 0;
    return std::exchange(m_message, {});
}

} // namespace chrona::keys
