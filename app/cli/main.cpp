// SPDX-License-Identifier: AGPL-3.0-or-later
#include "command.h"

#include "chrona/base/log.h"

#include <QCoreApplication>

#include <csignal>
#include <iostream>
#include <unistd.h>

int main(int argc, char *argv[])
{
    // A reader that goes away (`| head`) is no reason to die in the middle of a line of a file.
    std::signal(SIGPIPE, SIG_IGN);
    std::ios::sync_with_stdio(false);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("chronactl"));

    const std::vector<std::string> words(argv + 1, argv + argc);
    const chrona::cli::Output output{std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1};
    const chrona::cli::ExitCode code = chrona::cli::runCommandLine(words, output);
    std::cout.flush();
    return static_cast<int>(code);
}
