// SPDX-License-Identifier: AGPL-3.0-or-later
#include "child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <array>
#include <cerrno>
#include <cstring>

extern char **environ; // NOLINT: POSIX

namespace chrona::storage {
namespace {

constexpr std::size_t kOutputBytesMax = 64 << 10;
constexpr int kExecFailed = 127;

/// Everything that exec needs, made before the fork: after it only async-signal-safe calls are
/// allowed.
struct Prepared {
    explicit Prepared(const Arguments &given) : arguments(given)
    {
        for (std::string &argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        // A locale or a libpq setting of the user's must not change what Postgres does or says.
        for (char **each = environ; *each != nullptr; ++each) {
            const std::string_view entry(*each);
            if (!entry.starts_with("LC_") && !entry.starts_with("LANG") && !entry.starts_with("PG"))
                envp.push_back(*each);
        }
        envp.push_back(locale.data());
        envp.push_back(nullptr);
    }

    Arguments arguments;
    std::string locale = "LC_ALL=C";
    std::vector<char *> argv;
    std::vector<char *> envp;
};

[[noreturn]] void becomeChild(const Prepared &prepared, int output, pid_t parent,
                              [[maybe_unused]] int endsWithUsBy)
{
    ::setsid(); // Ctrl-C in the terminal is for us; we tell the child in our own order
#ifdef __linux__
    ::prctl(PR_SET_PDEATHSIG, endsWithUsBy);
    if (::getppid() != parent)
        ::_exit(kExecFailed);
#else
    static_cast<void>(parent);
#endif
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int input = ::open("/dev/null", O_RDONLY);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::execve(prepared.argv.front(), prepared.argv.data(), prepared.envp.data());
    ::_exit(kExecFailed);
}

pid_t forkChild(const Prepared &prepared, int output, int endsWithUsBy)
{
    const pid_t parent = ::getpid();
    const pid_t id = ::fork();
    if (id == 0)
        becomeChild(prepared, output, parent, endsWithUsBy);
    return id;
}

int waitForEnd(pid_t id)
{
    int status = -1;
    while (::waitpid(id, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

std::string readAll(int from, pid_t child, const std::stop_token &stop)
{
    std::string text;
    std::array<char, 4096> piece{};
    for (;;) {
        pollfd descriptor{from, POLLIN, 0};
        if (::poll(&descriptor, 1, 100) == 0) {
            if (stop.stop_requested())
                ::kill(child, SIGKILL);
            continue;
        }
        const ssize_t size = ::read(from, piece.data(), piece.size());
        if (size == 0 || (size < 0 && errno != EINTR))
            return text;
        if (size > 0 && text.size() < kOutputBytesMax)
            text.append(piece.data(), static_cast<std::size_t>(size));
    }
}

} // namespace

Result<std::string> runChild(const Arguments &arguments, std::stop_token stop)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return fail(ErrorCode::Exhausted, "no descriptors left");
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    ::fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    const Prepared prepared(arguments);
    // Not by SIGINT: a program that waits in system(), as pg_upgrade does, ignores that.
    const pid_t id = forkChild(prepared, ends[1], SIGTERM);
    ::close(ends[1]);
    if (id < 0) {
        ::close(ends[0]);
        return fail(ErrorCode::Exhausted, std::format("cannot start {}", arguments.front()));
    }
    std::string output = readAll(ends[0], id, stop);
    ::close(ends[0]);
    const int status = waitForEnd(id);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, std::format("{} was stopped", arguments.front()));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return fail(ErrorCode::Unavailable,
                    std::format("{} failed: {}", arguments.front(), output));
    return output;
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const Arguments &arguments,
                                                          const std::filesystem::path &output)
{
    const int file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(ErrorCode::Unavailable, std::format("cannot write {}: {}", output.string(),
                                                        std::strerror(errno)));
    std::unique_ptr<ChildProcess> child(new ChildProcess);
    child->m_thread =
        std::thread([raw = child.get(), arguments, file] { raw->run(arguments, file); });
    std::unique_lock lock(child->m_mutex);
    child->m_changed.wait(lock, [&] { return child->m_isStarted; });
    if (child->m_id < 0)
        return fail(ErrorCode::Exhausted, std::format("cannot start {}", arguments.front()));
    return child;
}

void ChildProcess::run(const Arguments &arguments, int output)
{
    const Prepared prepared(arguments);
    const pid_t id = forkChild(prepared, output, SIGINT); // Postgres: a fast shutdown
    ::close(output);
    {
        const std::lock_guard lock(m_mutex);
        m_id = id;
        m_isStarted = true;
        m_isRunning = id > 0;
    }
    m_changed.notify_all();
    if (id < 0)
        return;
    // Wait without reaping first: until isRunning() is false, the number must name our child and no
    // other process, or signal() could hit a stranger.
    siginfo_t info;
    while (::waitid(P_PID, static_cast<id_t>(id), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
    {
        const std::lock_guard lock(m_mutex);
        m_isRunning = false;
    }
    waitForEnd(id);
    m_changed.notify_all();
}

ChildProcess::~ChildProcess()
{
    m_thread.join();
}

bool ChildProcess::isRunning() const
{
    const std::lock_guard lock(m_mutex);
    return m_isRunning;
}

void ChildProcess::signal(int number)
{
    const std::lock_guard lock(m_mutex);
    if (m_isRunning)
        ::kill(m_id, number);
}

bool ChildProcess::waitFor(std::chrono::milliseconds timeout)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, timeout, [this] { return !m_isRunning; });
}

} // namespace chrona::storage
