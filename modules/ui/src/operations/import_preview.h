// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/formats/import.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

namespace chrona::ui {

/// The beginning of a file that is to be imported, as a person looks at it.
struct ImportPreview {
    static constexpr qsizetype kRowsMax = 20;
    QStringList columns;           ///< as the file calls them; empty: no table (GeoJSON)
    std::vector<QStringList> rows; ///< the first ones, whole
    bool isTable = false;
};

/// From the first bytes of a file. Fails with InvalidInput for what is no table and no document.
[[nodiscard]] Result<ImportPreview> previewOf(const QString &fileName, const QByteArray &head);

/// Which kind the columns speak for; events where nothing does.
[[nodiscard]] formats::ImportKind guessedKind(const QStringList &columns);

/// Our columns by the file's names: those that are called alike, or as such things mostly are
/// called ("Close", "closing price", "latitude"). A column of the file is used once.
[[nodiscard]] QHash<QString, QString> guessedMapping(formats::ImportKind kind,
                                                     const QStringList &columns);

} // namespace chrona::ui
