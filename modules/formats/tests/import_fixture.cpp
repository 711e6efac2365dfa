// SPDX-License-Identifier: AGPL-3.0-or-later
#include "import_fixture.h"

#include "chrona/schema/source.h"

#include <QByteArrayList>

using namespace chrona;
using namespace chrona::formats;

namespace import_fixture {

ImportOptions optionsFor(ImportKind kind)
{
    ImportOptions options;
    options.kind = kind;
    options.source = schema::sourceIdFor("import:test");
    options.importedAt = *parseInstant("2026-11-21T08:00:00Z");
    options.boundarySet = "test";
    return options;
}

Imported import(ImportOptions options, const QByteArray &bytes, qsizetype pieceBytes)
{
    Imported result;
    auto reader = ImportReader::create(std::move(options));
    if (!reader) {
        result.failure = QByteArray::fromStdString(reader.error().what);
        return result;
    }
    Status status;
    for (qsizetype at = 0; at < bytes.size() && status; at += pieceBytes) {
        const std::string piece = bytes.mid(at, pieceBytes).toStdString();
        status = reader->push(piece);
    }
    if (status)
        status = reader->finish();
    if (!status)
        result.failure = QByteArray::fromStdString(status.error().what);
    result.batch = reader->takeBatch();
    result.report = reader->report();
    return result;
}

QByteArray faultsOf(const ImportReport &report)
{
    QByteArrayList lines;
    for (const ImportFault &fault : report.faults)
        lines << QByteArray::number(qulonglong(fault.row)) + ' ' +
                     QByteArray::fromStdString(fault.column + ": " + fault.reason);
    return lines.join('|');
}

QByteArray text(Instant instant)
{
    return QByteArray::fromStdString(formatInstant(instant));
}

} // namespace import_fixture
