// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tables/csv_text.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {

QString csvField(const QString &text)
{
    // What a spreadsheet would run becomes a text by the quote before it.
    QString field = text;
    if (!field.isEmpty() && u"=+-@\t\r\n"_s.contains(field.front()))
        field.prepend(u'\'');
    if (field.contains(u',') || field.contains(u'"') || field.contains(u'\n') ||
        field.contains(u'\r'))
        field = u'"' + field.replace(u'"', u"\"\""_s) + u'"';
    return field;
}

} // namespace chrona::ui
