// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/report/pages.h"
#include "chrona/workspace/briefing_changes.h"

#include <QAbstractScrollArea>
#include <QCache>
#include <QPixmap>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chrona::ui {

class PageWorker;
class Theme;

/// What is looked at, on one figure.
struct FigureMarks {
    std::vector<std::size_t> boxes;                     ///< of the plot
    std::optional<std::pair<double, double>> stretch{}; ///< shares of the plot's width
    friend bool operator==(const FigureMarks &, const FigureMarks &) = default;
};

/// The pages as they print, under each other. What is under the pointer is tinted, what is chosen
/// is amber; keys walk from sentence to sentence. UI thread only.
class PagesView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    /// Pictures of the pages come from the worker, which outlives this.
    PagesView(PageWorker &worker, const Theme &theme, QWidget *parent);

    /// The worker's newest; null: nothing to show.
    void setPlan(std::shared_ptr<const report::PagePlan> plan);
    [[nodiscard]] const std::shared_ptr<const report::PagePlan> &plan() const { return m_plan; }
    /// For each plot of the plan, in its order.
    void setFigureMarks(std::vector<FigureMarks> marks);
    [[nodiscard]] const std::vector<FigureMarks> &figureMarks() const { return m_figureMarks; }
    /// Where a plot is in the viewport, for tests.
    [[nodiscard]] QRectF rectOf(const report::PlacedPlot &plot) const;
    [[nodiscard]] QRectF boxOf(const report::PlacedPlot &plot, std::size_t box) const;
    /// All pages that are seen are painted.
    [[nodiscard]] bool isPainted() const;
    /// Statements by key that are marked in the margin.
    void setChanges(std::map<std::string, workspace::BlockChange> changes);
    [[nodiscard]] std::size_t markCount() const;
    void scrollToSection(std::size_t section);
    /// Chooses the sentence after (1) or before (−1) the chosen one.
    void step(int direction);
    /// 1: as wide as the view.
    void setZoom(double zoom);
    [[nodiscard]] double zoom() const { return m_zoom; }
    [[nodiscard]] std::optional<report::PagePart> chosen() const;
    /// What is chosen, else what is under the pointer.
    [[nodiscard]] std::optional<report::PagePart> current() const;
    /// Where a part's first box is in the viewport, for tests and tooltips.
    [[nodiscard]] QRect rectOf(const report::PagePart &part) const;

Q_SIGNALS:
    void currentChanged();
    void planChanged();
    /// A stretch of a chart's time, in microseconds since 1970; a click is a day.
    void brushed(double fromMicros, double toMicros);
    /// A box of a plot of the plan.
    void figurePressed(std::size_t plot, std::size_t box);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    [[nodiscard]] double scale() const;                    ///< pixels of a point
    [[nodiscard]] QRectF pageRect(std::size_t page) const; ///< in the viewport
    [[nodiscard]] QRectF boxOf(const report::PlacedPart &place) const;
    [[nodiscard]] std::size_t placeAt(const QPointF &at) const;
    void choose(std::size_t place);
    void layOutPages();
    void scrollTo(const report::PlacedPart &place);
    void paintMarks(QPainter &painter, std::size_t page) const;
    void paintFigureMarks(QPainter &painter, std::size_t page) const;
    void paintPicture(QPainter &painter, std::size_t page, const QRectF &paper);
    void takePicture(std::size_t page, double scale, const QImage &image);
    [[nodiscard]] QRectF onScreen(std::size_t page, const QRectF &box) const;
    [[nodiscard]] std::size_t plotAt(const QPointF &at) const;
    [[nodiscard]] double microsAt(const report::PlacedPlot &plot, double x) const;
    void finishBrush(const QPointF &at);

    struct Picture {
        double scale = 0; ///< for which it was painted
        QPixmap pixmap;
    };
    /// A drag over a chart of time.
    struct Brush {
        std::size_t plot = kNone;
        double from = 0, to = 0; ///< x in the viewport
    };

    PageWorker &m_worker;
    const Theme &m_theme;
    std::shared_ptr<const report::PagePlan> m_plan;
    std::vector<FigureMarks> m_figureMarks;
    Brush m_brush;
    std::map<std::string, workspace::BlockChange> m_changes;
    QCache<std::size_t, Picture> m_pictures;
    std::map<std::size_t, double> m_asked; ///< scale by page
    double m_zoom = 1;
    std::size_t m_hovered = kNone;
    std::size_t m_chosen = kNone;
};

} // namespace chrona::ui
