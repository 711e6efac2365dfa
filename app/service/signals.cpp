// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals.h"

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace chrona::app {
namespace {

constexpr int kSignals[] = {SIGTERM, SIGINT, SIGHUP};

/// A handler may do little more than write; the event loop reads the other end.
int wakeSockets[2] = {-1, -1};

void wake(int)
{
    const char byte = 1;
    // Full means that the loop is woken already.
    (void)!::write(wakeSockets[0], &byte, 1);
}

} // namespace

StopSignals::StopSignals(std::function<void()> stop)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wakeSockets) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(wakeSockets[1], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [stop = std::move(stop)] {
                         char byte = 0;
                         (void)!::read(wakeSockets[1], &byte, 1);
                         stop();
                     });
    struct sigaction action {};
    action.sa_handler = wake;
    action.sa_flags = SA_RESTART;
    for (const int signal : kSignals)
        ::sigaction(signal, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

StopSignals::~StopSignals()
{
    for (const int signal : kSignals)
        std::signal(signal, SIG_DFL);
    m_notifier.reset();
    for (int &socket : wakeSockets) {
        ::close(socket);
        socket = -1;
    }
}

} // namespace chrona::app
