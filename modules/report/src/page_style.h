// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QRectF>

/// How a page looks. Lengths are in tenths of a point, so that font sizes, which Qt wants whole,
/// can be a half: 90 is nine points.
namespace chrona::report {

inline constexpr double kUnitsPerPoint = 10;
inline constexpr int kUnitsPerInch = 720;

enum class Face : std::uint8_t { Text, Figures, Strong, Heading, Title, Note, NoteStrong };
[[nodiscard]] QFont fontOf(Face face);
/// From one baseline to the next.
[[nodiscard]] double lineHeightOf(Face face);

/// Chosen by lightness first: printed in grey, what differs stays different.
namespace ink {
inline const QColor kText(0x14, 0x1A, 0x21);
inline const QColor kSecondary(0x48, 0x53, 0x5F);
inline const QColor kLink(0x17, 0x66, 0xC2);
inline const QColor kRule(0x9A, 0xA5, 0xB1);
inline const QColor kHairline(0xD5, 0xDC, 0xE3);
inline const QColor kBrand(0x0F, 0x3A, 0x6B);
inline const QColor kFillStrong(0x1F, 0x4E, 0x86);
inline const QColor kFillWeak(0xC9, 0xD6, 0xE4);
inline const QColor kLand(0xEA, 0xEE, 0xF2);
inline const QColor kWarning(0xB8, 0x52, 0x0B);
} // namespace ink

} // namespace chrona::report
