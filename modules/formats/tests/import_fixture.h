// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/import.h"

#include <QByteArray>

/// Imports from a text in a test, and says what came of it.
namespace import_fixture {

inline const QByteArray kEventHeader =
    "type,title,observed_at,published_at,source_ref,lat,lon,region,"
    "entities,confidence,severity,attributes\n";

struct Imported {
    chrona::formats::ImportBatch batch;
    chrona::formats::ImportReport report;
    QByteArray failure; ///< empty: the file was read
};

/// Imported at 2026-11-21T08:00:00Z into the set "test".
chrona::formats::ImportOptions optionsFor(chrona::formats::ImportKind kind);
Imported import(chrona::formats::ImportOptions options, const QByteArray &bytes,
                qsizetype pieceBytes = 7);
/// "ROW COLUMN: REASON|…"
QByteArray faultsOf(const chrona::formats::ImportReport &report);
QByteArray text(chrona::Instant instant);

} // namespace import_fixture
