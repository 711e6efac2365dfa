// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/theme.h"

#include <cmath>

namespace chrona::ui {

namespace {

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

// Blue to yellow over grey with rising lightness: the idea of cividis, readable without red or
// green.
constexpr std::array<QRgb, 7> kSequential = {0x17305b, 0x35456c, 0x575d6d, 0x7a7877,
                                             0xa59b73, 0xcfc06a, 0xfde737};
constexpr std::array<QRgb, 9> kDiverging = {0x2166ac, 0x4b8bc4, 0x86b3d8, 0xbcd0e0, 0xc9ced4,
                                            0xe6c9ab, 0xe8a468, 0xd97b2e, 0xb35806};

template <std::size_t Count> std::array<QColor, Count> colors(const std::array<QRgb, Count> &values)
{
    std::array<QColor, Count> made;
    for (std::size_t i = 0; i < Count; ++i)
        made[i] = rgb(values[i]);
    return made;
}

double linearOf(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminanceOf(const QColor &color)
{
    return 0.2126 * linearOf(color.redF()) + 0.7152 * linearOf(color.greenF())
           + 0.0722 * linearOf(color.blueF());
}

} // namespace

const Palette &darkPalette()
{
    static const Palette palette{
        colors<kRoleCount>({0x0b0f14, 0x11161d, 0x171e27, 0x1f2833, 0x27313d, 0xe6ebf1, 0xa9b4c0,
                            0x7d8996, 0x5aa9ff, 0xffb020, 0x3ccb7f, 0xe8c547, 0xff8a3d, 0xff5a5f}),
        colors<schema::kEventCategoryCount>({0x4fc3f7, 0xef6c75, 0xb39dff, 0x7bd88f, 0xf2c14e,
                                             0xff9e64, 0x9fb3c8, 0xff6fb5}),
        colors(kSequential), colors(kDiverging)};
    return palette;
}

const Palette &lightPalette()
{
    static const Palette palette{
        colors<kRoleCount>({0xf4f6f8, 0xffffff, 0xeef1f4, 0xe3e8ed, 0xd5dce3, 0x141a21, 0x48535f,
                            0x67727e, 0x1766c2, 0xb36b00, 0x1b8a4c, 0x8a6d00, 0xb8520b, 0xc62834}),
        colors<schema::kEventCategoryCount>({0x0b7fb5, 0xc2384a, 0x6b4fd0, 0x25813f, 0x946a00,
                                             0xb85a14, 0x54697f, 0xc02e7e}),
        colors(kSequential), colors(kDiverging)};
    return palette;
}

double contrastOf(const QColor &first, const QColor &second)
{
    const auto [low, high] = std::minmax({luminanceOf(first), luminanceOf(second)});
    return (high + 0.05) / (low + 0.05);
}

} // namespace chrona::ui
