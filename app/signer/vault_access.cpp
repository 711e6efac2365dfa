// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vault_access.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <format>
#include <sys/wait.h>
#ifdef __linux__
#include <csignal>
#include <sys/prctl.h>
#endif
#include <termios.h>
#include <unistd.h>

namespace chrona::app {
namespace {

using keys::Secret;

constexpr std::size_t kNameBytes = 64;

/// Fixed size, so that no copy of a growing buffer stays behind.
Result<std::size_t> readInto(int descriptor, std::span<std::uint8_t> into)
{
    std::size_t size = 0;
    while (size < into.size()) {
        const ssize_t read = ::read(descriptor, into.data() + size, into.size() - size);
        if (read < 0 && errno == EINTR)
            continue;
        if (read < 0)
            return fail(ErrorCode::Unavailable, std::strerror(errno));
        if (read == 0)
            return size;
        size += static_cast<std::size_t>(read);
    }
    return size;
}

bool writeAll(int descriptor, std::span<const std::uint8_t> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

std::span<std::uint8_t> withoutLineEnd(std::span<std::uint8_t> text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text = text.first(text.size() - 1);
    return text;
}

/// No echo while a secret is typed.
class SilentTerminal {
public:
    SilentTerminal() : m_isTerminal(::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (!m_isTerminal)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        if (m_isTerminal)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    [[nodiscard]] bool isTerminal() const { return m_isTerminal; }

private:
    termios m_before{};
    bool m_isTerminal;
};

struct Header {
    char name[kNameBytes + 1] = {};
    std::uint32_t size = 0;
};

/// In the child: each key as its name, its size and its bytes; a header of size 0 says why not.
void sendKeys(const VaultChoice &choice, int descriptor)
{
    char program[] = "chrona-signer";
    char *words[] = {program, nullptr};
    int count = 1;
    QCoreApplication application(count, words);
    const auto complain = [descriptor](const Error &error) {
        Header header;
        std::strncpy(header.name, "!", kNameBytes);
        const std::string text = describe(error);
        (void)writeAll(descriptor,
                       {reinterpret_cast<const std::uint8_t *>(&header), sizeof header});
        (void)writeAll(descriptor,
                       {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()});
    };
    auto vault = openVault(choice);
    if (!vault)
        return complain(vault.error());
    const auto names = (*vault)->names();
    if (!names)
        return complain(names.error());
    for (const std::string &name : *names) {
        const auto entry = (*vault)->read(name);
        if (!entry)
            return complain(entry.error());
        Header header;
        std::strncpy(header.name, name.c_str(), kNameBytes);
        header.size = static_cast<std::uint32_t>(entry->size());
        if (!writeAll(descriptor,
                      {reinterpret_cast<const std::uint8_t *>(&header), sizeof header}) ||
            !writeAll(descriptor, entry->bytes()))
            return;
    }
}

Result<std::vector<keys::SigningKey>> receiveKeys(int descriptor)
{
    std::vector<keys::SigningKey> all;
    while (true) {
        Header header;
        const auto read =
            readInto(descriptor, {reinterpret_cast<std::uint8_t *>(&header), sizeof header});
        if (!read)
            return std::unexpected(read.error());
        if (*read == 0)
            return all;
        header.name[kNameBytes] = '\0';
        if (*read != sizeof header || header.size > keys::Vault::kSecretBytesMax)
            return fail(ErrorCode::Corrupt, "the vault could not be read to its end");
        if (header.size == 0) {
            std::array<std::uint8_t, 1024> text{};
            const std::size_t size = readInto(descriptor, text).value_or(0);
            return fail(ErrorCode::Unavailable,
                        std::string(reinterpret_cast<const char *>(text.data()), size));
        }
        auto entry = Secret::ofSize(header.size);
        if (!entry)
            return std::unexpected(entry.error());
        if (readInto(descriptor, entry->bytes()).value_or(0) != header.size)
            return fail(ErrorCode::Corrupt, "the vault could not be read to its end");
        auto key = keys::unpackKey(header.name, *entry);
        if (!key)
            return std::unexpected(key.error());
        all.push_back(std::move(*key));
    }
}

} // namespace

Result<std::unique_ptr<keys::Vault>> openVault(const VaultChoice &choice)
{
    if (choice.file.empty())
        return keys::openKeychain(choice.service);
    if (!choice.passphrase)
        return fail(ErrorCode::InvalidInput, "a file of keys needs its passphrase");
    return keys::openFileVault(choice.file, *choice.passphrase);
}

Result<std::vector<keys::SigningKey>> readKeysAside(const VaultChoice &choice)
{
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0)
        return fail(ErrorCode::Unavailable, std::strerror(errno));
    const pid_t parent = ::getpid(), child = ::fork();
    if (child < 0)
        return fail(ErrorCode::Unavailable, std::strerror(errno));
    if (child == 0) {
        ::close(ends[0]);
#ifdef __linux__
        // A keychain may answer late: who no longer has anybody to tell must not hold keys.
        if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != parent)
            ::_exit(1);
#endif
        sendKeys(choice, ends[1]);
        ::_exit(0);
    }
    ::close(ends[1]);
    auto keys = receiveKeys(ends[0]);
    ::close(ends[0]);
    int ended = 0;
    while (::waitpid(child, &ended, 0) < 0 && errno == EINTR) {
    }
    // Between two keys its end looks like the end of all.
    if (keys && (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0))
        return fail(ErrorCode::Corrupt, "the vault could not be read to its end");
    return keys;
}

Result<Secret> readSecretFrom(int descriptor)
{
    auto buffer = Secret::ofSize(4096);
    if (!buffer)
        return buffer;
    const auto size = readInto(descriptor, buffer->bytes());
    ::close(descriptor);
    if (!size)
        return std::unexpected(size.error());
    if (*size == buffer->size())
        return fail(ErrorCode::InvalidInput, "the secret is too long");
    return Secret::take(withoutLineEnd(buffer->bytes().first(*size)));
}

Result<Secret> readSecret(std::string_view prompt)
{
    const SilentTerminal terminal;
    if (!terminal.isTerminal())
        return readSecretFrom(STDIN_FILENO);
    std::fputs(std::format("{}: ", prompt).c_str(), stderr);
    auto line = Secret::ofSize(4096);
    if (!line)
        return line;
    // A terminal gives a line at once.
    const ssize_t read = ::read(STDIN_FILENO, line->bytes().data(), line->size());
    std::fputs("\n", stderr);
    if (read <= 0)
        return fail(ErrorCode::Cancelled, "nothing was typed");
    return Secret::take(withoutLineEnd(line->bytes().first(static_cast<std::size_t>(read))));
}

} // namespace chrona::app
