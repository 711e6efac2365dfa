// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/workspace/case_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

using namespace chrona;
using chrona::fuzz::mustHold;

/// Any bytes are refused with a reason, or are a sound investigation that can be written again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static int count = 0;
    static QCoreApplication application(count, nullptr); // SQLite's driver is a plugin
    static const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("one.chrona"));
    QFile file(path);
    mustHold(file.open(QIODevice::WriteOnly));
    file.write(reinterpret_cast<const char *>(data), static_cast<qint64>(size));
    file.close();
    const auto read = workspace::readCaseFile(path);
    if (!read) {
        mustHold(!read.error().what.empty());
        return 0;
    }
    mustHold(schema::validate(*read).empty());
    const QString again = folder.filePath(QStringLiteral("again.chrona"));
    mustHold(workspace::writeCaseFile(again, *read).has_value());
    const auto twice = workspace::readCaseFile(again);
    mustHold(twice && twice->items.size() == read->items.size());
    return 0;
}
