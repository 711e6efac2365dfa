// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/round_ledger.h"

#include "chrona/base/durable.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <format>
#include <map>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace chrona::keys {
namespace {

constexpr off_t kLedgerFileBytesMax = 256 << 20;
/// A file that is larger is written anew without what is long past: rounds that lie so far behind
/// the newest one of the same key cannot be signed any more.
constexpr std::size_t kRewrittenFrom = 1 << 20;
constexpr std::uint32_t kRoundsBehindMax = 5'000;

std::unexpected<Error> failed(std::string_view what)
{
    return fail(errno == ENOSPC ? ErrorCode::Exhausted : ErrorCode::Unavailable,
                std::format("{}: {}", what, std::strerror(errno)));
}

template <class Number> bool readNumber(std::string_view text, Number &number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

/// "KEY PROTOCOL ROUND HASH"
std::optional<SignedRound> roundFrom(std::string_view line)
{
    std::string_view parts[4];
    for (int part = 0; part < 4; ++part) {
        const auto space = line.find(' ');
        if ((space == std::string_view::npos) != (part == 3))
            return std::nullopt;
        parts[part] = line.substr(0, space);
        line.remove_prefix(part == 3 ? line.size() : space + 1);
    }
    SignedRound round;
    const auto hash = ethereum::parseBytes32(parts[3]);
    if (!hash || !readNumber(parts[1], round.protocolId) ||
        !readNumber(parts[2], round.votingRound))
        return std::nullopt;
    round.key = parts[0];
    round.messageHash = *hash;
    return round;
}

Result<std::string> readAll(int descriptor)
{
    struct stat status{};
    if (::fstat(descriptor, &status) != 0)
        return failed("the ledger of signed rounds cannot be read");
    if (status.st_size > kLedgerFileBytesMax)
        return fail(ErrorCode::Exhausted, "the ledger of signed rounds is larger than 256 MiB",
                    "move it away once its rounds are long past");
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t read = 0;
    while (read < text.size()) {
        const ssize_t more =
            ::pread(descriptor, text.data() + read, text.size() - read, static_cast<off_t>(read));
        if (more <= 0)
            return failed("the ledger of signed rounds cannot be read");
        read += static_cast<std::size_t>(more);
    }
    return text;
}

Result<std::vector<SignedRound>> roundsFrom(std::string_view text)
{
    std::vector<SignedRound> rounds;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        auto round = roundFrom(text.substr(0, end));
        if (!round || end == std::string_view::npos)
            return fail(ErrorCode::Corrupt,
                        std::format("line {} of the ledger of signed rounds is no round", number),
                        "do not sign with these keys before you know which rounds they signed");
        rounds.push_back(std::move(*round));
        text.remove_prefix(end + 1);
    }
    return rounds;
}

std::string lineOf(const SignedRound &round)
{
    return std::format("{} {} {} {}\n", round.key, round.protocolId, round.votingRound,
                       ethereum::toHex(round.messageHash));
}

/// Whether there were some.
bool dropLongPast(std::vector<SignedRound> &rounds)
{
    std::map<std::pair<std::string, std::uint8_t>, std::uint32_t> newest;
    for (const SignedRound &round : rounds) {
        std::uint32_t &known = newest[{round.key, round.protocolId}];
        known = std::max(known, round.votingRound);
    }
    return std::erase_if(rounds, [&newest](const SignedRound &round) {
               return newest[{round.key, round.protocolId}] - round.votingRound > kRoundsBehindMax;
           }) > 0;
}

/// Whether the name still leads to it: another signer may have put a new file in its place.
bool isStillNamed(int descriptor, const std::filesystem::path &file)
{
    struct stat opened{}, named{};
    return ::fstat(descriptor, &opened) == 0 && ::stat(file.c_str(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/// In place of the file, in one step; locked before anybody can open it by its name.
Result<int> replaceFile(const std::filesystem::path &file, const std::vector<SignedRound> &rounds)
{
    std::filesystem::path beside = file;
    beside += ".new";
    const int descriptor =
        ::open(beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failed(std::format("cannot open {}", beside.string()));
    std::string text;
    for (const SignedRound &round : rounds)
        text += lineOf(round);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && writeFully(descriptor, text) &&
        ::fsync(descriptor) == 0 && ::rename(beside.c_str(), file.c_str()) == 0) {
        syncFolderOf(file); // a name lost with the power would bring back what was known before
        return descriptor;
    }
    const auto error = failed("the ledger of signed rounds cannot be written anew");
    ::close(descriptor);
    (void)::unlink(beside.c_str());
    return error;
}

} // namespace

Result<std::unique_ptr<RoundLedger>> RoundLedger::open(const std::filesystem::path &file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failed(std::format("cannot open {}", file.string()));
    std::unique_ptr<RoundLedger> ledger(new RoundLedger(descriptor, {}));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !isStillNamed(descriptor, file))
        return fail(ErrorCode::Conflict, "another signer uses this data folder");
    syncFolderOf(file); // it may be new
    auto text = readAll(descriptor);
    if (!text)
        return std::unexpected(text.error());
    const std::size_t whole = text->rfind('\n') == std::string::npos ? 0 : text->rfind('\n') + 1;
    if (whole < text->size() && ::ftruncate(descriptor, static_cast<off_t>(whole)) != 0)
        return failed("the ledger of signed rounds cannot be mended");
    text->resize(whole);
    auto rounds = roundsFrom(*text);
    if (!rounds)
        return std::unexpected(rounds.error());
    ledger->m_rounds = std::move(*rounds);
    if (whole > kRewrittenFrom && dropLongPast(ledger->m_rounds)) {
        const auto anew = replaceFile(file, ledger->m_rounds);
        if (!anew)
            return std::unexpected(anew.error());
        ::close(std::exchange(ledger->m_descriptor, *anew));
    }
    return ledger;
}

RoundLedger::~RoundLedger()
{
    ::close(m_descriptor);
}

Status RoundLedger::append(const SignedRound &round)
{
    const std::string line = lineOf(round);
    const off_t before = ::lseek(m_descriptor, 0, SEEK_END);
    if (::write(m_descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(m_descriptor) == 0)
        return {};
    const auto error = failed("a signed round could not be kept");
    // Half a line would join with the next one.
    if (before >= 0 && ::ftruncate(m_descriptor, before) != 0)
        return fail(ErrorCode::Corrupt, "the ledger of signed rounds cannot be mended");
    return error;
}

} // namespace chrona::keys
