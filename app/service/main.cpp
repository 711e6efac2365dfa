// SPDX-License-Identifier: AGPL-3.0-or-later
#include "options.h"
#include "signals.h"

#include "chrona/service/service.h"
#include "chrona/service/upgrade.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

/// As the command line has them: 2 wrong usage, 3 another chronad serves the folder, 4 refused.
int exitCodeFor(const chrona::Error &error)
{
    switch (error.code) {
    case chrona::ErrorCode::Conflict: return 3;
    case chrona::ErrorCode::Denied: return 4;
    default: return 1;
    }
}

int complain(const chrona::Error &error, int code)
{
    std::fputs(std::format("chronad: {}\n", describe(error)).c_str(), stderr);
    return code;
}

int runCollector(const chrona::app::CommandLine &command)
{
    if (command.printsPairing) {
        const auto line = chrona::service::Collector::pairing(*command.collector);
        if (!line)
            return complain(line.error(), exitCodeFor(line.error()));
        std::fputs((*line + "\n").c_str(), stdout);
        return 0;
    }
    auto collector = chrona::service::Collector::open(*command.collector);
    if (!collector)
        return complain(collector.error(), exitCodeFor(collector.error()));
    const chrona::app::StopSignals signals([&collector] { (*collector)->stop(); });
    QObject::connect(collector->get(), &chrona::service::Collector::stopped,
                     QCoreApplication::instance(), &QCoreApplication::quit, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("chronad"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CHRONA_VERSION));

    const auto command = chrona::app::readCommandLine(QCoreApplication::arguments());
    if (!command)
        return complain(command.error(), 2);
    if (!command->text.empty()) {
        std::fputs(command->text.c_str(), stdout);
        return 0;
    }
    if (command->upgradesDatabase) {
        const auto done = chrona::service::upgradeDatabase(command->options);
        if (!done)
            return complain(done.error(), exitCodeFor(done.error()));
        std::fputs(std::format("chronad: {}\n", *done).c_str(), stdout);
        return 0;
    }
    if (command->collector)
        return runCollector(*command);
    auto service = chrona::service::Service::open(command->options);
    if (!service)
        return complain(service.error(), exitCodeFor(service.error()));

    const chrona::app::StopSignals signals([&service] { (*service)->stop(); });
    QObject::connect(service->get(), &chrona::service::Service::stopped, &application,
                     &QCoreApplication::quit, Qt::QueuedConnection);
    return QCoreApplication::exec();
}
