// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"
#include "chrona/workspace/oracle_watch.h"

#include <QString>

class QPainter;

/// The oracle's numbers as words, shapes and roles.
namespace chrona::ui {

[[nodiscard]] QString nameOf(ipc::OracleAnswerState state);
[[nodiscard]] QString nameOf(ipc::OracleRegime regime);
[[nodiscard]] QString nameOf(ipc::OracleStanding standing);
[[nodiscard]] QString nameOf(ipc::OracleVenueState state);
/// One sentence: "coinbase lies 62 bp from BTC/USD".
[[nodiscard]] QString sentenceOf(const ipc::OracleAlert &alert);
[[nodiscard]] Role roleOf(ipc::OracleAnswerState state);
[[nodiscard]] Role roleOf(ipc::OracleStanding standing);
[[nodiscard]] Role roleOf(ipc::OracleVenueState state);

/// As many digits as tell a thousandth of a basis point apart from noise; "–" for none.
[[nodiscard]] QString priceText(double price);
/// "+1.2", always with a sign; "–" for none.
[[nodiscard]] QString bpsText(double bps);

/// A dot that counts, a ring that does not speak, a triangle that is excluded, bars that are
/// frozen: the state is told by the shape, the colour only helps.
void paintStanding(QPainter &painter, const QRectF &box, ipc::OracleStanding standing,
                   const QColor &color);

} // namespace chrona::ui
