// SPDX-License-Identifier: AGPL-3.0-or-later
#include "interrupt.h"

#include <csignal>
#include <unistd.h>

namespace chrona::cli {
namespace {

constexpr int kStopSignals[] = {SIGINT, SIGTERM};
constexpr char kEnd = 'e', kSignal = 's';

/// Written to by the handler, read by the watcher: a stop token must not be touched in a handler.
int signalPipe[2] = {-1, -1};

void tellWatcher(int signal)
{
    std::signal(signal, SIG_DFL);
    if (::write(signalPipe[1], &kSignal, 1) < 0)
        ::_exit(1);
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe(signalPipe) != 0)
        return;
    m_watcher = std::jthread([this] {
        char why = kEnd;
        while (::read(signalPipe[0], &why, 1) == 1 && why == kSignal)
            m_source.request_stop();
    });
    for (const int signal : kStopSignals)
        std::signal(signal, tellWatcher);
}

Interrupt::~Interrupt()
{
    if (signalPipe[1] < 0)
        return;
    for (const int signal : kStopSignals)
        std::signal(signal, SIG_DFL);
    if (::write(signalPipe[1], &kEnd, 1) == 1)
        m_watcher.join();
    ::close(signalPipe[0]);
    ::close(signalPipe[1]);
    signalPipe[0] = signalPipe[1] = -1;
}

} // namespace chrona::cli
