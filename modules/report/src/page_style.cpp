// SPDX-License-Identifier: AGPL-3.0-or-later
#include "page_style.h"

#include <QStringList>

namespace chrona::report {

QFont fontOf(Face face)
{
    QFont font(QStringList{QStringLiteral("Inter"), QStringLiteral("Helvetica Neue"),
                           QStringLiteral("DejaVu Sans"), QStringLiteral("Noto Sans CJK SC")});
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setKerning(true);
    switch (face) {
    case Face::Text: font.setPixelSize(88); break;
    case Face::Figures:
        font.setPixelSize(88);
        // Figures of one width, in columns only: the feature widens hyphens too.
        if (const auto tabular = QFont::Tag::fromString(QStringLiteral("tnum")))
            font.setFeature(*tabular, 1);
        break;
    case Face::Strong:
        font.setPixelSize(88);
        font.setWeight(QFont::DemiBold);
        break;
    case Face::Heading:
        font.setPixelSize(118);
        font.setWeight(QFont::DemiBold);
        break;
    case Face::Title:
        font.setPixelSize(190);
        font.setWeight(QFont::DemiBold);
        break;
    case Face::Note: font.setPixelSize(68); break;
    case Face::NoteStrong:
        font.setPixelSize(68);
        font.setWeight(QFont::DemiBold);
        break;
    }
    return font;
}

double lineHeightOf(Face face)
{
    switch (face) {
    case Face::Text:
    case Face::Figures:
    case Face::Strong: return 126;
    case Face::Heading: return 160;
    case Face::Title: return 240;
    case Face::Note:
    case Face::NoteStrong: break;
    }
    return 94;
}

} // namespace chrona::report
