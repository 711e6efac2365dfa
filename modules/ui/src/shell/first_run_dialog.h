// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QDialog>

namespace chrona::ui {

class Theme;

/// Asked once, on an empty data folder: the sample world, or live sources.
class FirstRunDialog final : public QDialog {
    Q_OBJECT
public:
    enum class Choice : std::uint8_t { None, SampleWorld, LiveSources };

    FirstRunDialog(const Theme &theme, QWidget *parent);
    [[nodiscard]] Choice choice() const { return m_choice; }

private:
    void choose(Choice choice);

    Choice m_choice = Choice::None;
};

} // namespace chrona::ui
