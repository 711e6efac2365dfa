// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tables/cell_delegate.h"
#include "text/time_text.h"

namespace chrona::ui {

/// What rows are coloured by, beside the marks that they always have.
enum class ColourBy : std::uint8_t { Nothing, Severity, Confidence, Category };

/// Writes the cells of the events table.
class EventDelegate final : public CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;
    void setTimeText(const TimeText &times) { m_times = times; }
    void setColourBy(ColourBy by) { m_colourBy = by; }

protected:
    [[nodiscard]] Cell cell(const QModelIndex &index) const override;
    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override;
    [[nodiscard]] QColor wash(const QModelIndex &index) const override;
    [[nodiscard]] QString hint(const QModelIndex &index) const override;

private:
    TimeText m_times;
    ColourBy m_colourBy = ColourBy::Nothing;
};

} // namespace chrona::ui
