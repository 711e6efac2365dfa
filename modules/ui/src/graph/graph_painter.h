// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph/graph_camera.h"
#include "graph/graph_drawing.h"
#include "map/line_mask.h"

#include <QHash>
#include <QImage>
#include <QRectF>

class QPainter;

namespace chrona::ui {

/// What is told apart on the picture beyond the graph itself. Rows of the drawing.
struct GraphMarks {
    std::vector<std::uint32_t> selected; ///< ascending
    std::optional<std::uint32_t> current;
    std::optional<std::uint32_t> hovered;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> path; ///< ends of its lines
    friend bool operator==(const GraphMarks &, const GraphMarks &) = default;
};

struct GraphScene {
    std::shared_ptr<const GraphDrawing> drawing;
    GraphMarks marks;
    GraphCamera camera;
    double scale = 1; ///< device pixels for one of the view
    std::shared_ptr<const GraphStyle> style;
    std::vector<QRectF> keepClear; ///< of the view: labels stay out
};

/// Paints pictures of the graph on the CPU: lines as coverage, nodes from sprites, labels by
/// importance where there is room. One thread at a time; keeps sprites between pictures.
class GraphPainter {
public:
    [[nodiscard]] QImage picture(const GraphScene &scene);
    /// The same onto any painter, in the view's pixels: for SVG and PDF.
    void paint(QPainter &painter, const GraphScene &scene);

private:
    struct Job;
    void forgetOld(const GraphScene &scene);
    void paintLines(Job &job);
    void paintMany(Job &job, std::size_t begin, std::size_t end, const QColor &colour);
    void paintArrows(Job &job);
    void paintNodes(Job &job);
    void paintSelection(Job &job);
    void paintLabels(Job &job);
    void putNode(Job &job, std::size_t row);
    void putManyNodes(Job &job);
    [[nodiscard]] std::size_t spriteOf(const Job &job, std::size_t row);
    /// A node as it is put on pictures, without what is empty around it.
    struct Sprite {
        QImage picture;
        QPointF corner; ///< of the picture from the node's middle, in its pixels
    };
    /// A label as it is put on pictures.
    struct Word {
        QImage picture;
        QPointF corner; ///< of the picture, from where its letters begin
        double width = 0;
    };
    [[nodiscard]] const Word &word(const Job &job, std::uint32_t row, bool isStrong);
    void putLabel(Job &job, QPointF base, std::uint32_t row, bool isStrong);

    LineMask m_mask;
    LineMask m_otherMask;                   ///< a second thread's, for many lines
    QHash<quint64, std::size_t> m_spriteAt; ///< by what a node looks like
    std::vector<Sprite> m_sprites;
    QHash<QString, Word> m_words;
    std::shared_ptr<const GraphStyle> m_spriteStyle;
    double m_spriteScale = 0;
};

} // namespace chrona::ui
