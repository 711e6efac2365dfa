// SPDX-License-Identifier: AGPL-3.0-or-later
#include "command.h"

#include "chrona/base/log.h"

#include <QGuiApplication>

#include <csignal>
#include <iostream>
#include <memory>
#include <unistd.h>

int main(int argc, char *argv[])
{
    // A reader that goes away (`| head`) is no reason to die in the middle of a line of a file.
    std::signal(SIGPIPE, SIG_IGN);
    std::ios::sync_with_stdio(false);
    const std::vector<std::string> words(argv + 1, argv + argc);
    std::unique_ptr<QCoreApplication> application;
    if (chrona::cli::drawsPages(words)) {
        // Pages need fonts and no display; a shell may have none.
        qputenv("QT_QPA_PLATFORM", "offscreen");
        application = std::make_unique<QGuiApplication>(argc, argv);
    } else {
        application = std::make_unique<QCoreApplication>(argc, argv);
    }
    QCoreApplication::setApplicationName(QStringLiteral("chronactl"));

    const chrona::cli::Output output{std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1};
    const chrona::cli::ExitCode code = chrona::cli::runCommandLine(words, output);
    std::cout.flush();
    return static_cast<int>(code);
}
