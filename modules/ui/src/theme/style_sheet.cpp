// SPDX-License-Identifier: AGPL-3.0-or-later
#include "theme/style_sheet.h"

#include "chrona/ui/theme.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr QLatin1StringView kFrames = R"(
QMainWindow, QDialog { background: @surface0; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QToolTip { background: @surface2; color: @text1; border: 1px solid @line; padding: 4px 6px; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { color: @line; }
QSplitter::handle { background: @line; }
QAbstractScrollArea { background: @surface1; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: @text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
)"_L1;

constexpr QLatin1StringView kMenus = R"(
QMenuBar { background: @surface0; color: @text2; padding: 0 4px; }
QMenuBar::item { padding: 4px 8px; background: transparent; border-radius: 3px; }
QMenuBar::item:selected { background: @surface3; color: @text1; }
QMenu { background: @surface2; color: @text1; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 8px; border-radius: 3px; min-height: 16px; }
QMenu::item:selected { background: @surface3; }
QMenu::item:disabled { color: @text3; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 16px; height: 16px; left: 4px; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
)"_L1;

constexpr QLatin1StringView kControlsSheet = R"(
QPushButton { background: @surface2; color: @text1; border: 1px solid @line; border-radius: 3px;
    padding: 4px 12px; min-height: 18px; }
QPushButton:hover { background: @surface3; }
QPushButton:pressed { background: @surface1; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @text3; background: @surface1; }
QPushButton[primary="true"] { background: @accent; color: @onaccent; border-color: @accent; }
QPushButton[primary="true"]:hover { background: @text1; border-color: @text1; color: @surface0; }
QToolButton { background: transparent; color: @text2; border: 1px solid transparent;
    border-radius: 3px; padding: 2px 4px; }
QToolButton:hover { background: @surface3; color: @text1; }
QToolButton:checked { background: @surface3; color: @text1; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @text3; }
QToolButton[tone="link"] { color: @accent; padding: 1px 2px; text-align: left; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit { background: @surface0;
    color: @text1; border: 1px solid @line; border-radius: 3px; padding: 2px 8px; min-height: 20px;
    selection-background-color: @accent; selection-color: @onaccent; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border-color: @accent; }
QComboBox::drop-down, QDateTimeEdit[calendarPopup="true"]::drop-down {
    subcontrol-origin: border; subcontrol-position: center right; width: 20px; border: none;
    background: transparent; }
QComboBox::down-arrow, QDateTimeEdit[calendarPopup="true"]::down-arrow {
    image: url(:/chrona/icons/arrow-down.svg); width: 10px; height: 10px; }
QComboBox:!editable { padding-left: 10px; }
QAbstractSpinBox { padding-right: 20px; max-height: 20px; }
QPlainTextEdit[tone="page"] { background: @surface1; border: none; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border;
    width: 18px; border: none; background: transparent; border-radius: 2px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 1px 1px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 1px 1px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @surface3; }
QAbstractSpinBox::up-arrow { image: url(:/chrona/icons/arrow-up.svg); width: 8px; height: 8px; }
QAbstractSpinBox::down-arrow { image: url(:/chrona/icons/arrow-down.svg); width: 8px; height: 8px; }
QSlider::groove:horizontal { background: @surface3; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { background: @text1; width: 12px; margin: -4px 0; border-radius: 6px; }
QSlider::handle:horizontal:focus { background: @accent; }
QComboBox QAbstractItemView { background: @surface2; border: 1px solid @line; outline: none;
    padding: 4px; selection-background-color: @surface3; selection-color: @text1; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: @surface2; }
QCalendarWidget QToolButton { color: @text1; padding: 2px 8px; }
QCalendarWidget QSpinBox { min-height: 18px; max-height: 18px; padding: 0 16px 0 4px; }
QCheckBox { color: @text1; spacing: 8px; }
QRadioButton { color: @text1; spacing: 8px; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator, QTableView::indicator {
    width: 14px; height: 14px; border: 1px solid @text3; border-radius: 3px; background: @surface0; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @text3; border-radius: 8px;
    background: @surface0; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked,
QTableView::indicator:checked { background: @accent; border-color: @accent; image: url(@tick); }
QRadioButton::indicator:checked { background: @accent; border: 4px solid @surface0; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QCheckBox::indicator:disabled { border-color: @line; background: @surface1; }
QProgressBar { background: @surface3; border: none; border-radius: 2px; max-height: 4px;
    min-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QLabel { color: @text1; background: transparent; }
QLabel[tone="secondary"] { color: @text2; }
QLabel[tone="hint"] { color: @text3; }
)"_L1;

constexpr QLatin1StringView kTables = R"(
QTableView, QListView, QTreeView { background: @surface1; color: @text1; border: none; outline: none;
    gridline-color: transparent; selection-background-color: @surface3; selection-color: @text1; }
QTableView::item, QListView::item { border: none; padding: 0 8px; }
QCalendarWidget QTableView { selection-background-color: @accent; selection-color: @onaccent; }
QCalendarWidget QTableView::item { padding: 0; }
QListWidget::item { min-height: 20px; }
QListView[tone="popup"] { background: @surface2; border: 1px solid @line; padding: 2px 4px; }
QListView[tone="popup"]::item { min-height: 20px; border-radius: 3px; }
QListWidget::item:selected { background: @surface3; color: @text1; }
QHeaderView { background: @surface2; border: none; }
QHeaderView::section { background: @surface2; color: @text3; border: none;
    border-bottom: 1px solid @line; padding: 0 8px; }
QHeaderView::section:hover { color: @text1; background: @surface3; }
QHeaderView::up-arrow, QHeaderView::down-arrow { width: 0; height: 0; }
QTableCornerButton::section { background: @surface2; border: none; }
QTabBar { background: @surface2; qproperty-drawBase: 0; }
QTabBar::tab { background: @surface2; color: @text3; border: none; padding: 0 12px; height: 25px;
    border-bottom: 1px solid @line; }
QTabBar::tab:hover { color: @text1; background: @surface3; }
QTabBar::tab:selected { color: @text1; background: @surface1; border-bottom-color: @surface1; }
)"_L1;

struct Token {
    QLatin1StringView name;
    Role role;
};

constexpr std::array kTokens = {
    Token{"@surface0"_L1, Role::Surface0}, Token{"@surface1"_L1, Role::Surface1},
    Token{"@surface2"_L1, Role::Surface2}, Token{"@surface3"_L1, Role::Surface3},
    Token{"@line"_L1, Role::Line},         Token{"@text1"_L1, Role::Text1},
    Token{"@text2"_L1, Role::Text2},       Token{"@text3"_L1, Role::Text3},
    Token{"@accent"_L1, Role::Accent},     Token{"@focus"_L1, Role::Focus},
};

} // namespace

QPalette widgetPalette(const Theme &theme)
{
    const auto color = [&theme](Role role) { return theme.color(role); };
    QPalette palette;
    palette.setColor(QPalette::Window, color(Role::Surface0));
    palette.setColor(QPalette::WindowText, color(Role::Text1));
    palette.setColor(QPalette::Base, color(Role::Surface1));
    palette.setColor(QPalette::AlternateBase, color(Role::Surface2));
    palette.setColor(QPalette::Text, color(Role::Text1));
    palette.setColor(QPalette::Button, color(Role::Surface2));
    palette.setColor(QPalette::ButtonText, color(Role::Text1));
    palette.setColor(QPalette::BrightText, color(Role::Text1));
    palette.setColor(QPalette::ToolTipBase, color(Role::Surface2));
    palette.setColor(QPalette::ToolTipText, color(Role::Text1));
    palette.setColor(QPalette::PlaceholderText, color(Role::Text3));
    palette.setColor(QPalette::Highlight, color(Role::Accent));
    palette.setColor(QPalette::HighlightedText, color(Role::Surface0));
    palette.setColor(QPalette::Link, color(Role::Accent));
    palette.setColor(QPalette::LinkVisited, color(Role::Accent));
    palette.setColor(QPalette::Light, color(Role::Surface3));
    palette.setColor(QPalette::Midlight, color(Role::Surface3));
    palette.setColor(QPalette::Mid, color(Role::Line));
    palette.setColor(QPalette::Dark, color(Role::Line));
    palette.setColor(QPalette::Shadow, color(Role::Surface0));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Role::Text3));
    return palette;
}

QString styleSheet(const Theme &theme)
{
    QString sheet = QString(kFrames) + kMenus + kControlsSheet + kTables;
    for (const Token &token : kTokens)
        sheet.replace(token.name, theme.color(token.role).name());
    sheet.replace("@tick"_L1, theme.isDark() ? u":/chrona/icons/tick-dark.svg"_s
                                             : u":/chrona/icons/tick-light.svg"_s);
    sheet.replace("@onaccent"_L1, theme.isDark() ? theme.color(Role::Surface0).name()
                                                 : theme.color(Role::Surface1).name());
    return sheet;
}

} // namespace chrona::ui
