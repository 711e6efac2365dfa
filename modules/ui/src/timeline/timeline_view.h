// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "text/time_text.h"
#include "timeline/cumulative_counts.h"
#include "timeline/time_axis.h"
#include "timeline/timeline_lanes.h"
#include "timeline/timeline_overlay.h"

#include <QPixmap>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

namespace chrona::ui {

class Theme;

/// A stretch of time in microseconds, end excluded.
struct MicrosRange {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    friend bool operator==(const MicrosRange &, const MicrosRange &) = default;
};

/// Keeps the span and moves a range into another one.
[[nodiscard]] MicrosRange movedInto(MicrosRange range, const MicrosRange &bounds);

/// A stacked histogram of events over time with a brush. Paints on the CPU, and only when something
/// changed. Knows nothing of Focus: the pane carries values in and signals out. UI thread only.
///
/// Drag: new brush, slide it, or stretch an edge. Wheel: zoom at the pointer; with Shift or
/// sideways: pan. With Alt, or where snapping is on without it, edges go to where a session of the
/// exchange opens or closes. Keys: arrows slide, Shift+arrows move the end, Ctrl+arrows the
/// beginning (from session to session while snapping is on), + and − zoom, Home and End, N and P to
/// the next and the previous mark, Escape shows all.
class TimelineView final : public QWidget {
    Q_OBJECT
public:
    TimelineView(const Theme &theme, QWidget *parent);

    void setCounts(std::shared_ptr<const CumulativeCounts> counts);
    /// Of what is counted, only these types are shown.
    void setTypes(std::uint32_t types);
    /// One below the other, each on its own scale; empty: one histogram of all, stacked.
    void setLanes(std::vector<TimelineLane> lanes);
    [[nodiscard]] const std::vector<TimelineLane> &lanes() const { return m_lanes; }
    /// Another window, to which the brush is compared.
    void setCompared(std::optional<MicrosRange> window);
    [[nodiscard]] const std::optional<MicrosRange> &compared() const { return m_compared; }
    /// How the brush differs from that window, in words; empty without one.
    [[nodiscard]] QString comparison() const;
    /// The same for each category that either window has events of, a line each.
    [[nodiscard]] QStringList comparedCategories() const;
    void setSnapping(bool isOn) { m_isSnapping = isOn; }
    [[nodiscard]] bool isSnapping() const { return m_isSnapping; }
    /// The whole stretch that data covers: the farthest one can zoom out.
    void setExtent(MicrosRange extent);
    void setVisibleRange(MicrosRange range);
    void setBrush(MicrosRange brush);
    void setNow(std::int64_t micros);
    void setMarks(std::vector<std::int64_t> selectedMicros);
    void setTimeText(const TimeText &times);
    [[nodiscard]] const TimeText &times() const { return m_times; }
    /// In a lane between histogram and axis, which is there only where there are any.
    void setOverlay(std::vector<TimelineMark> marks, std::optional<TimelineLine> price,
                    std::optional<TimelineLine> feature = std::nullopt);
    /// Words for a mark that is pointed at.
    void setMarkText(std::function<QString(const TimelineMark &)> text);
    [[nodiscard]] const std::vector<TimelineMark> &overlay() const { return m_overlay; }
    [[nodiscard]] const std::optional<TimelineLine> &line() const { return m_line; }
    [[nodiscard]] const std::optional<TimelineLine> &feature() const { return m_feature; }
    /// Where the marks are; empty: there are none.
    [[nodiscard]] QRectF markLane() const;

    [[nodiscard]] MicrosRange extent() const { return m_extent; }
    [[nodiscard]] MicrosRange visibleRange() const { return m_range; }
    [[nodiscard]] MicrosRange brush() const { return m_brush; }
    /// Frames painted so far; tests hold that an idle view paints none.
    [[nodiscard]] int framesPainted() const { return m_framesPainted; }

    [[nodiscard]] QSize sizeHint() const override { return {600, 94}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 72}; }

Q_SIGNALS:
    void brushMoved(chrona::ui::MicrosRange brush);
    void playToggled();
    void markActivated(const chrona::ui::TimelineMark &mark);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    enum class Grip : std::uint8_t { None, Begin, End, Inside, New, Pan, Mark };

    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] Grip gripAt(double x) const;
    [[nodiscard]] bool showsBrush() const;
    void moveBrush(MicrosRange brush);
    void moveGrip(double x, std::int64_t at, std::int64_t shift);
    void goToMark(int step);
    [[nodiscard]] QString tipAt(const QPointF &at) const;
    void zoom(double factor, double aroundX);
    void pan(double pixels);
    void slide(double share);
    void arrow(int step, Qt::KeyboardModifiers modifiers);
    void invalidate();
    void renderBars();
    void renderStack(QPainter &painter, const QRectF &area, std::int64_t begin, std::size_t count);
    void renderLanes(QPainter &painter, const QRectF &area, std::int64_t begin, std::size_t count);
    [[nodiscard]] std::size_t countOf(MicrosRange range) const;
    [[nodiscard]] QString brushText() const;
    [[nodiscard]] QString laterText() const;
    [[nodiscard]] QStringList laneTip(const QPointF &at, std::int64_t from) const;
    void paintCompared(QPainter &painter) const;
    void paintAxis(QPainter &painter) const;
    void paintBrush(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintHover(QPainter &painter) const;
    void describe();

    const Theme &m_theme;
    std::shared_ptr<const CumulativeCounts> m_counts;
    MicrosRange m_extent{0, 1};
    MicrosRange m_range{0, 1};
    MicrosRange m_brush{0, 1};
    std::int64_t m_nowMicros = 0;
    std::vector<std::int64_t> m_marks;
    TimeText m_times;
    std::vector<TimelineMark> m_overlay;
    std::optional<TimelineLine> m_line, m_feature;
    std::uint32_t m_types = kAllTypes;
    std::vector<TimelineLane> m_lanes;
    std::optional<MicrosRange> m_compared;
    std::function<QString(const TimelineMark &)> m_markText;

    QPixmap m_bars;
    bool m_barsAreStale = true;
    BinWidth m_bin;
    std::uint32_t m_tallest = 0;
    int m_framesPainted = 0;

    bool m_isSnapping = false;
    Grip m_grip = Grip::None;
    double m_pressX = 0;
    MicrosRange m_pressBrush;
    MicrosRange m_pressRange;
    std::optional<double> m_hoverX;
};

} // namespace chrona::ui
