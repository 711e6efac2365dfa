// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"

#include <QColor>
#include <QFont>
#include <QHash>
#include <QIcon>
#include <QObject>

#include <array>
#include <cstdint>
#include <span>

class QApplication;

namespace chrona::ui {

/// What a colour means. Views name roles; only the theme names colours.
enum class Role : std::uint8_t {
    Surface0, ///< the window
    Surface1, ///< a dock
    Surface2, ///< headers and what is raised
    Surface3, ///< under the pointer
    Line,     ///< hairlines of one pixel
    Text1,    ///< what is read first
    Text2,    ///< what is read next
    Text3,    ///< hints
    Accent,   ///< what can be clicked
    Focus,    ///< the selection, the same in every view
    Ok,       ///< this and the next three always with a shape or a word beside the colour
    Watch,
    Warning,
    Critical,
};
inline constexpr std::size_t kRoleCount = 14;

enum class Appearance : std::uint8_t { System, Dark, Light };

/// Pixel sizes of text; there are no others.
enum class TextSize : std::uint8_t { Tiny = 11, Small = 12, Body = 13, Title = 16, Display = 22 };
enum class TextWeight : std::uint8_t { Regular, Strong };

/// Lengths in pixels, all on a grid of 4 but for rows and hairlines.
namespace metric {
inline constexpr int kGrid = 4;
inline constexpr int kPadding = 8;
inline constexpr int kGap = 12;
inline constexpr int kRadius = 3;
inline constexpr int kTopBar = 40;
inline constexpr int kStatusBar = 22;
inline constexpr int kDockHeader = 26;
inline constexpr int kRowCompact = 22;
inline constexpr int kRowRelaxed = 28;
inline constexpr int kIcon = 16;
} // namespace metric

/// The colours of one appearance.
struct Palette {
    std::array<QColor, kRoleCount> roles;
    std::array<QColor, schema::kEventCategoryCount> categories;
    std::array<QColor, 7> sequential; ///< low to high, readable by all colour vision
    std::array<QColor, 9> diverging;  ///< low, middle, high
};
[[nodiscard]] const Palette &darkPalette();
[[nodiscard]] const Palette &lightPalette();

/// WCAG 2 contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrastOf(const QColor &first, const QColor &second);

/// Every token of the look in one place: colours by role, type, lengths, icons. Follows the
/// system's light or dark wish unless told otherwise. UI thread only. Outlives all views that were
/// given it.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QObject *parent = nullptr);
    /// The same look at another size: follows `base` in all but zoom(). `base` must outlive it.
    Theme(const Theme &base, QObject *parent);

    /// Puts palette, style, style sheet and font on the application, now and at each change.
    void applyTo(QApplication &application);

    [[nodiscard]] Appearance appearance() const { return m_appearance; }
    void setAppearance(Appearance appearance);
    [[nodiscard]] bool isDark() const { return m_isDark; }
    /// What texts and rows are enlarged by; 1: as the tokens say.
    static constexpr double kZoomMin = 0.8, kZoomMax = 1.6;
    [[nodiscard]] double zoom() const { return m_zoom; }
    void setZoom(double zoom);
    /// A length of the tokens at this size.
    [[nodiscard]] int scaled(int length) const { return qRound(length * m_zoom); }

    [[nodiscard]] QColor color(Role role) const;
    [[nodiscard]] QColor color(Role role, double opacity) const;
    [[nodiscard]] QColor category(schema::EventCategory category) const;
    [[nodiscard]] std::span<const QColor> sequential() const { return m_palette->sequential; }
    [[nodiscard]] std::span<const QColor> diverging() const { return m_palette->diverging; }

    /// The interface's face with figures of one width.
    [[nodiscard]] QFont font(TextSize size, TextWeight weight = TextWeight::Regular) const;
    /// For ids, hashes and times.
    [[nodiscard]] QFont mono(TextSize size) const;

    /// A line icon of resources/icons in the colour of a role; sharp at the screen's scale.
    [[nodiscard]] QIcon icon(const QString &name, Role role = Role::Text2) const;
    /// A filled dot in a category's colour, for menus and lists.
    [[nodiscard]] QIcon categoryIcon(schema::EventCategory category) const;

Q_SIGNALS:
    /// Colours or icons are new. Painted views repaint.
    void changed();

private:
    void followSystem();
    void use(bool dark);
    void refreshApplication();

    Appearance m_appearance = Appearance::System;
    bool m_isDark = true;
    double m_zoom = 1;
    const Palette *m_palette;
    QApplication *m_application = nullptr;
    QString m_family;
    QString m_monoFamily;
    mutable QHash<QString, QIcon> m_icons;
};

} // namespace chrona::ui
