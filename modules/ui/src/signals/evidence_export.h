// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "charts/plot.h"
#include "chrona/base/result.h"
#include "chrona/workspace/signals_model.h"
#include "tables/csv_text.h"

#include <QByteArray>
#include <QString>

class QPainter;

namespace chrona::ui {

/// The charts of a signal under each other with their names, as they look now.
struct EvidenceSheet {
    QString title;
    QString note; ///< what the numbers are and until when
    QList<const Plot *> plots;
};
[[nodiscard]] QSize sizeOf(const EvidenceSheet &sheet);
void paintSheet(QPainter &painter, const EvidenceSheet &sheet, const Theme &theme);

/// At twice its size. Fails with Unavailable where the file cannot be written.
[[nodiscard]] Status writePng(const QString &path, const EvidenceSheet &sheet, const Theme &theme);
[[nodiscard]] Status writeSvg(const QString &path, const EvidenceSheet &sheet, const Theme &theme);

/// Day, feature and price, a row a day; empty where one has no value. Plain numbers.
[[nodiscard]] QByteArray seriesCsv(const ipc::SignalEntry &signal, const QList<QPointF> &feature,
                                   const QList<QPointF> &prices);
[[nodiscard]] QByteArray episodesCsv(const ipc::SignalEntry &signal);
/// Effects of blocks, regimes and folds, one a line; `part` says which it is.
[[nodiscard]] QByteArray effectsCsv(const ipc::SignalEntry &signal);

} // namespace chrona::ui
