// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "inspector/event_background.h"

#include <QWidget>

namespace chrona::ui {

class Theme;

/// What a target did around an event, in words: "+1.24 % on the day, −0.30 % over the 5 after it".
[[nodiscard]] QString moveText(const MarketAround &around, std::int64_t at);

/// One target's closes around an event: its name, what it did, a line with the event's moment
/// marked in the colour of the selection. UI thread only.
class MarketStrip final : public QWidget {
    Q_OBJECT
public:
    MarketStrip(const Theme &theme, MarketAround around, std::int64_t at, QWidget *parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    MarketAround m_around;
    std::int64_t m_at;
    QString m_move;
};

} // namespace chrona::ui
