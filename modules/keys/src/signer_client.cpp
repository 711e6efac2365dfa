// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/signer_client.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <format>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace chrona::keys {
namespace {

/// Where the signer finds its end.
constexpr int kSignerDescriptor = 3;

constexpr std::int64_t kPollMsMax = 60'000;
constexpr std::int64_t kStopMsMax = 200; ///< a wait that may be stopped looks up this often

using Clock = std::chrono::steady_clock;

std::unexpected<Error> gone()
{
    return fail(ErrorCode::Unavailable, "chrona-signer is gone");
}

Status readExactly(int descriptor, std::span<std::uint8_t> into, Clock::time_point deadline,
                   const std::stop_token &stop)
{
    const std::int64_t sliceMax = stop.stop_possible() ? kStopMsMax : kPollMsMax;
    while (!into.empty()) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the wait for chrona-signer was ended");
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        pollfd poll{descriptor, POLLIN, 0};
        const int ready =
            ::poll(&poll, 1, static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, sliceMax)));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready == 0 && Clock::now() < deadline)
            continue;
        if (ready == 0)
            return fail(ErrorCode::Timeout, "chrona-signer does not answer");
        const ssize_t read = ::read(descriptor, into.data(), into.size());
        if (read < 0 && errno == EINTR)
            continue;
        if (read <= 0)
            return gone();
        into = into.subspan(static_cast<std::size_t>(read));
    }
    return {};
}

Result<int> spawn(const SignerClient::Options &options, int descriptor)
{
    std::vector<std::string> words{options.program.string(), "--serve"};
    words.insert(words.end(), options.arguments.begin(), options.arguments.end());
    std::vector<char *> pointers;
    for (std::string &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, descriptor, kSignerDescriptor);
    pid_t process = -1;
    const int failure = ::posix_spawn(&process, options.program.c_str(), &actions, nullptr,
                                      pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0)
        return fail(
            ErrorCode::Unavailable,
            std::format("cannot start {}: {}", options.program.string(), std::strerror(failure)));
    return static_cast<int>(process);
}

} // namespace

Status writeFrame(int descriptor, ethereum::ByteView message)
{
    if (message.size() > kMessageBytesMax)
        return fail(ErrorCode::InvalidInput, "the message is too long for the signer");
    const auto size = static_cast<std::uint32_t>(message.size());
    ethereum::Bytes frame{static_cast<std::uint8_t>(size >> 24),
                          static_cast<std::uint8_t>(size >> 16),
                          static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
    ethereum::append(frame, message);
    ethereum::ByteView rest(frame);
    while (!rest.empty()) {
        // On a socket that nobody reads any more: an error, not a signal.
        const ssize_t sent = ::send(descriptor, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return gone();
        rest = rest.subspan(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<ethereum::Bytes> readFrame(int descriptor, std::chrono::milliseconds timeout,
                                  std::stop_token stop)
{
    const auto deadline = Clock::now() + timeout;
    std::array<std::uint8_t, 4> head{};
    if (auto read = readExactly(descriptor, head, deadline, stop); !read)
        return std::unexpected(read.error());
    std::uint32_t size = 0;
    for (const std::uint8_t byte : head)
        size = size << 8 | byte;
    if (size > kMessageBytesMax)
        return fail(ErrorCode::Corrupt, "a message between service and signer is too long");
    ethereum::Bytes message(size);
    if (auto read = readExactly(descriptor, message, deadline, stop); !read)
        return std::unexpected(read.error());
    return message;
}

Result<std::unique_ptr<SignerClient>> SignerClient::start(const Options &options)
{
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return fail(ErrorCode::Unavailable, std::strerror(errno));
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    ::fcntl(ends[1], F_SETFD, FD_CLOEXEC); // the copy that the child gets is without it
    // An end that is already where the child wants it would keep its flag through dup2.
    if (ends[1] == kSignerDescriptor)
        ::fcntl(ends[1], F_SETFD, 0);
    const auto process = spawn(options, ends[1]);
    ::close(ends[1]);
    if (!process) {
        ::close(ends[0]);
        return std::unexpected(process.error());
    }
    std::unique_ptr<SignerClient> client(new SignerClient(ends[0], *process, options));
    client->m_options.answerTimeout = options.startTimeout;
    auto reply = client->ask(KeysRequest{});
    client->m_options.answerTimeout = options.answerTimeout;
    client->m_options.stop = {};
    if (!reply)
        return std::unexpected(reply.error());
    if (auto *keys = std::get_if<KeysReply>(&*reply))
        client->m_keys = std::move(keys->keys);
    return client;
}

SignerClient::~SignerClient()
{
    ::close(m_descriptor); // the signer ends when its socket does
    if (m_broken)
        ::kill(m_process, SIGKILL);
    while (::waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) {
    }
}

Result<SigningReply> SignerClient::ask(const SigningRequest &request)
{
    const std::scoped_lock lock(m_mutex);
    if (m_broken)
        return gone();
    Status sent = writeFrame(m_descriptor, encode(request));
    auto frame = sent ? readFrame(m_descriptor, m_options.answerTimeout, m_options.stop)
                      : Result<ethereum::Bytes>(std::unexpected(sent.error()));
    auto reply = frame ? decodeReply(*frame) : Result<SigningReply>(std::unexpected(frame.error()));
    if (!reply) {
        m_broken = true; // the next answer could be to this question
        return reply;
    }
    if (const auto *refused = std::get_if<RefusedReply>(&*reply))
        return fail(refused->code, refused->reason);
    return reply;
}

bool SignerClient::isUsable()
{
    const std::scoped_lock lock(m_mutex);
    return !m_broken;
}

Result<SignedTransactionReply> SignerClient::signTransaction(const TransactionRequest &request)
{
    auto reply = ask(request);
    if (!reply)
        return std::unexpected(reply.error());
    auto *made = std::get_if<SignedTransactionReply>(&*reply);
    if (!made)
        return fail(ErrorCode::Corrupt, "chrona-signer answered something else");
    return std::move(*made);
}

} // namespace chrona::keys
