// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/report/pages.h"
#include "chrona/workspace/briefing_changes.h"

#include <QAbstractScrollArea>
#include <QCache>
#include <QPixmap>

#include <map>
#include <optional>
#include <string>

namespace chrona::ui {

class Theme;

/// The pages as they print, under each other. What is under the pointer is tinted, what is chosen
/// is amber; keys walk from sentence to sentence. UI thread only.
class PagesView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    PagesView(const Theme &theme, QWidget *parent);

    void setPages(std::optional<report::Pages> pages);
    [[nodiscard]] const std::optional<report::Pages> &pages() const { return m_pages; }
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

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
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
    [[nodiscard]] const QPixmap &picture(std::size_t page);

    const Theme &m_theme;
    std::optional<report::Pages> m_pages;
    std::map<std::string, workspace::BlockChange> m_changes;
    QCache<std::size_t, QPixmap> m_pictures;
    double m_zoom = 1;
    std::size_t m_hovered = kNone;
    std::size_t m_chosen = kNone;
};

} // namespace chrona::ui
