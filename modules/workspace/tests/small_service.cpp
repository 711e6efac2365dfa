// SPDX-License-Identifier: AGPL-3.0-or-later
// A service that a session can start and that a test can kill: small_service --data-dir FOLDER.
#include "served_world.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3 || arguments[1] != QLatin1String("--data-dir"))
        return 2;
    chrona::workspace::testing::ServedWorld world;
    world.columns = std::make_shared<chrona::schema::EventColumns>(
        chrona::workspace::testing::madeColumns(100));
    if (!world.start(arguments[2].toStdString()))
        return 1;
    return QCoreApplication::exec();
}
