// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "text/time_text.h"

#include <QFrame>

#include <optional>

class QDateTimeEdit;

namespace chrona::ui {

class Theme;

/// Chooses the moment whose knowledge is shown: now, or a date and time in UTC.
class AsOfPopup final : public QFrame {
    Q_OBJECT
public:
    AsOfPopup(const Theme &theme, std::optional<Instant> asOf, QWidget *parent);
    /// right edge and top of the popup in global pixels.
    void openBelow(const QPoint &rightTop);

Q_SIGNALS:
    void chosen(std::optional<chrona::Instant> asOf);

private:
    void choose(std::optional<Instant> asOf);

    QDateTimeEdit *m_edit;
};

} // namespace chrona::ui
