// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/theme.h"

#include "theme/icon_engine.h"
#include "theme/style_sheet.h"

#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QFontDatabase>
#include <QFrame>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleHints>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// Fusion without motion, with our row and icon lengths; colours come from palette and sheet.
class ChronaStyle final : public QProxyStyle {
public:
    explicit ChronaStyle(const Theme &theme) : QProxyStyle(u"Fusion"_s), m_theme(theme) {}

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override
    {
        switch (hint) {
        case SH_Widget_Animation_Duration: return 0;
        case SH_ItemView_ShowDecorationSelected: return 1;
        case SH_ComboBox_Popup: return 0; // a list under the line, not a menu over it
        case SH_ComboBox_PopupFrameStyle: return QFrame::NoFrame;
        case SH_DialogButtonBox_ButtonsHaveIcons:
        case SH_EtchDisabledText:
        case SH_DitherDisabledText: return 0;
        case SH_Slider_AbsoluteSetButtons: return Qt::LeftButton;
        case SH_ToolTip_WakeUpDelay: return 400;
        default: return QProxyStyle::styleHint(hint, option, widget, data);
        }
    }

    int pixelMetric(PixelMetric pixels, const QStyleOption *option,
                    const QWidget *widget) const override
    {
        switch (pixels) {
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_TabBarIconSize:
        case PM_ListViewIconSize: return metric::kIcon;
        case PM_DockWidgetFrameWidth:
        case PM_DefaultFrameWidth:
        case PM_ToolBarFrameWidth:
        case PM_ToolBarItemMargin:
        case PM_ToolBarItemSpacing: return 0;
        default: return QProxyStyle::pixelMetric(pixels, option, widget);
        }
    }

    /// Docks have headers of our own. The two buttons that each still makes would read their
    /// pictures from files: a seventh of the time to the first window.
    QIcon standardIcon(StandardPixmap icon, const QStyleOption *option,
                       const QWidget *widget) const override
    {
        const bool isOfDock = qobject_cast<const QDockWidget *>(widget) != nullptr;
        switch (icon) { // hints' grey reads on both looks: those who asked keep what they got
        case SP_LineEditClearButton: return m_theme.icon(u"close"_s, Role::Text3);
        case SP_ArrowLeft: return m_theme.icon(u"chevron-left"_s, Role::Text3);
        case SP_ArrowRight: return m_theme.icon(u"chevron-right"_s, Role::Text3);
        default: return isOfDock ? QIcon() : QProxyStyle::standardIcon(icon, option, widget);
        }
    }

    /// Under tabs a hairline goes on to the edge.
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        if (element != PE_FrameTabBarBase)
            return QProxyStyle::drawPrimitive(element, option, painter, widget);
        const QRect base = option->rect;
        painter->fillRect(base.left(), base.bottom(), base.width(), 1, m_theme.color(Role::Line));
    }

private:
    const Theme &m_theme; ///< puts the style on the application, and outlives it
};

QString firstInstalled(const QStringList &families, QFontDatabase::SystemFont otherwise)
{
    const QStringList installed = QFontDatabase::families();
    for (const QString &family : families) {
        if (installed.contains(family))
            return family;
    }
    return QFontDatabase::systemFont(otherwise).family();
}

} // namespace

Theme::Theme(QObject *parent) : QObject(parent), m_palette(&darkPalette())
{
#ifdef Q_OS_MACOS
    m_family = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    m_monoFamily = firstInstalled({u"SF Mono"_s, u"Menlo"_s}, QFontDatabase::FixedFont);
#else
    m_family = firstInstalled({u"Inter"_s, u"Inter Variable"_s}, QFontDatabase::GeneralFont);
    m_monoFamily = firstInstalled({u"JetBrains Mono"_s, u"DejaVu Sans Mono"_s, u"Noto Sans Mono"_s},
                                  QFontDatabase::FixedFont);
#endif
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this,
            &Theme::followSystem);
    followSystem();
}

Theme::Theme(const Theme &base, QObject *parent) :
    QObject(parent), m_isDark(base.m_isDark), m_palette(base.m_palette), m_family(base.m_family),
    m_monoFamily(base.m_monoFamily)
{
    connect(&base, &Theme::changed, this, [this, &base] {
        m_appearance = base.m_appearance;
        m_isDark = base.m_isDark;
        m_palette = base.m_palette;
        m_icons.clear();
        Q_EMIT changed();
    });
}

void Theme::setZoom(double zoom)
{
    const double wanted = std::clamp(zoom, kZoomMin, kZoomMax);
    if (qFuzzyCompare(wanted, m_zoom))
        return;
    m_zoom = wanted;
    Q_EMIT changed();
}

void Theme::applyTo(QApplication &application)
{
    m_application = &application;
    application.setStyle(new ChronaStyle(*this)); // the application owns it
    refreshApplication();
}

void Theme::setAppearance(Appearance appearance)
{
    m_appearance = appearance;
    followSystem();
}

void Theme::followSystem()
{
    // Without a wish of the system Chrona is dark: it is made for long hours at a dim desk.
    const bool systemLight = QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Light;
    use(m_appearance == Appearance::Dark || (m_appearance == Appearance::System && !systemLight));
}

void Theme::use(bool dark)
{
    const Palette *palette = dark ? &darkPalette() : &lightPalette();
    if (m_palette == palette && m_isDark == dark)
        return;
    m_isDark = dark;
    m_palette = palette;
    m_icons.clear();
    refreshApplication();
    Q_EMIT changed();
}

void Theme::refreshApplication()
{
    if (!m_application)
        return;
    QApplication::setPalette(widgetPalette(*this));
    QApplication::setFont(font(TextSize::Small));
    m_application->setStyleSheet(styleSheet(*this));
}

QColor Theme::color(Role role) const
{
    return m_palette->roles[static_cast<std::size_t>(role)];
}

QColor Theme::color(Role role, double opacity) const
{
    QColor made = color(role);
    made.setAlphaF(static_cast<float>(opacity));
    return made;
}

QColor Theme::category(schema::EventCategory category) const
{
    return m_palette->categories[static_cast<std::size_t>(category)];
}

QFont Theme::font(TextSize size, TextWeight weight) const
{
    QFont made(m_family);
    made.setPixelSize(scaled(static_cast<int>(size)));
    made.setWeight(weight == TextWeight::Strong ? QFont::DemiBold : QFont::Normal);
    made.setFeature("tnum", 1);
    return made;
}

QFont Theme::mono(TextSize size) const
{
    QFont made(m_monoFamily);
    made.setPixelSize(scaled(static_cast<int>(size)));
    made.setStyleHint(QFont::Monospace);
    return made;
}

QIcon Theme::icon(const QString &name, Role role) const
{
    const QString key = name + u'/' + QString::number(static_cast<int>(role));
    QIcon &icon = m_icons[key];
    if (icon.isNull()) {
        QFile file(u":/chrona/icons/%1.svg"_s.arg(name));
        if (file.open(QIODevice::ReadOnly))
            icon = QIcon(new IconEngine(file.readAll(), color(role), color(Role::Line)));
    }
    return icon;
}

QIcon Theme::categoryIcon(schema::EventCategory category) const
{
    static const QByteArray kDot = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"
                                   "<circle cx='8' cy='8' r='4' fill='currentColor'/></svg>";
    return QIcon(new IconEngine(kDot, this->category(category), color(Role::Line)));
}

} // namespace chrona::ui
