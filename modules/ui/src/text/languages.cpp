// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/languages.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace chrona::ui {

QStringList spokenLanguages()
{
    QStringList codes{u"en"_s};
    for (const QString &file :
         QDir(u":/translations"_s).entryList({u"chrona_*.qm"_s}, QDir::Files, QDir::Name))
        if (const QString code = file.section(u'_', 1).chopped(3); code != codes.first())
            codes += code;
    return codes;
}

} // namespace chrona::ui
