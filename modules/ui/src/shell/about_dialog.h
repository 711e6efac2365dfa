// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QDialog>

namespace chrona::ui {

class Theme;

/// What this is, what it is not, and whose data and work it stands on.
class AboutDialog final : public QDialog {
    Q_OBJECT
public:
    AboutDialog(const Theme &theme, QWidget *parent);
};

} // namespace chrona::ui
