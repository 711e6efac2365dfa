// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"

#include <QPointF>
#include <QRectF>
#include <QWidget>

#include <optional>
#include <set>
#include <vector>

class QPainter;

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

class Theme;

/// A card on the canvas, in its own coordinates: pixels at a zoom of 1.
struct CanvasCard {
    schema::CaseItemId id;
    QRectF box;
    bool isPlaced = false; ///< a person has put it there
};
/// Pins, notes and hypotheses where their items say they lie; those without a place stand in
/// columns by kind, below one another, where nothing else lies.
[[nodiscard]] std::vector<CanvasCard>
canvasCards(const std::vector<const schema::CaseItem *> &items);

/// The board as a surface on which pins, notes and hypotheses lie where a person puts them, with
/// lines from what bears to what it bears on. Where they lie belongs to the investigation, so it is
/// the same in every window, in its file, and a move is a step that can be undone.
///
/// Pointer: click selects (with Ctrl adds), drag moves cards or the surface, wheel zooms, double
/// click opens. Keys: arrows go from card to card, with Ctrl they move it, Return opens, Delete
/// takes out, + and − zoom, Home shows all. UI thread only.
class BoardCanvas final : public QWidget {
    Q_OBJECT
public:
    BoardCanvas(workspace::Investigations &book, const Theme &theme, QWidget *parent);

    [[nodiscard]] const std::vector<CanvasCard> &cards() const { return m_cards; }
    [[nodiscard]] QRectF boxOnScreen(schema::CaseItemId id) const;
    [[nodiscard]] std::optional<schema::CaseItemId> current() const { return m_current; }
    [[nodiscard]] const std::set<schema::CaseItemId> &selected() const { return m_selected; }
    void select(std::set<schema::CaseItemId> items, std::optional<schema::CaseItemId> current);
    /// One step; places of all that are moved are kept.
    void moveSelected(QPointF by);
    /// Puts all into columns by kind, as one step.
    void arrange();
    void fit();
    void zoomBy(double factor, QPointF around);

Q_SIGNALS:
    void currentChanged(std::optional<chrona::schema::CaseItemId> item);
    void openWanted(chrona::schema::CaseItemId item);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void describe();
    [[nodiscard]] QPointF toScreen(QPointF point) const { return (point - m_corner) * m_zoom; }
    [[nodiscard]] QPointF toBoard(QPointF point) const { return point / m_zoom + m_corner; }
    [[nodiscard]] const CanvasCard *cardAt(QPointF screen) const;
    [[nodiscard]] const CanvasCard *find(schema::CaseItemId id) const;
    [[nodiscard]] QPointF shiftOf(schema::CaseItemId id) const;
    void goTowards(QPointF direction);
    void paintLinks(QPainter &painter) const;
    void paintCard(QPainter &painter, const CanvasCard &card) const;

    workspace::Investigations &m_book;
    const Theme &m_theme;
    std::vector<CanvasCard> m_cards;
    std::set<schema::CaseItemId> m_selected;
    std::optional<schema::CaseItemId> m_current;
    QPointF m_corner; ///< of the view, on the board
    double m_zoom = 1;
    bool m_keepsFitting = true; ///< until a person moves or zooms
    enum class Drag : std::uint8_t { None, Cards, Surface } m_drag = Drag::None;
    QPointF m_pressed, m_cornerPressed, m_shift;
};

} // namespace chrona::ui
