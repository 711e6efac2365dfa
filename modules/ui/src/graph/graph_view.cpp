// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_view.h"

#include "chrona/ui/theme.h"
#include "graph/graph_shapes.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QAccessible>
#include <QLocale>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <climits>
#include <cmath>
#include <ranges>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr double kFitMargin = 64;
constexpr double kFitZoomMax = 96; ///< few nodes need not fill the view
constexpr double kLineReach = 5;   ///< pixels from a line that still mean it
constexpr std::size_t kSpokenTies = 5;

} // namespace

GraphView::GraphView(workspace::GraphModel &model, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_model(model), m_theme(theme), m_frames(new GraphFrames(this)),
      m_measures(std::make_shared<const workspace::GraphMeasures>()),
      m_box(QRubberBand::Rectangle, this)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 180);
    setAccessibleName(tr("Graph"));
    connect(m_frames, &GraphFrames::frameReady, this, &GraphView::takeFrame);
    connect(&theme, &Theme::changed, this, &GraphView::applyTheme);
    connect(&model, &workspace::GraphModel::stateChanged, this, &GraphView::takeState);
    connect(&model, &workspace::GraphModel::selectionChanged, this, [this] {
        describe();
        requestFrame();
    });
    applyTheme();
}

void GraphView::applyTheme()
{
    m_style = std::make_shared<const GraphStyle>(GraphStyle::from(m_theme));
    requestFrame();
}

void GraphView::setColouring(GraphColouring colouring)
{
    m_colouring = colouring;
    requestFrame();
}

void GraphView::setSizing(GraphSizing sizing)
{
    m_sizing = sizing;
    requestFrame();
}

void GraphView::setMeasures(std::shared_ptr<const workspace::GraphMeasures> measures)
{
    m_measures = std::move(measures);
    if (m_colouring == GraphColouring::Community || m_sizing == GraphSizing::Rank ||
        m_sizing == GraphSizing::Between)
        requestFrame();
}

void GraphView::setWindow(std::optional<workspace::TimeWindow> window)
{
    if (m_window == window)
        return;
    m_window = window;
    requestFrame();
}

void GraphView::setPreview(std::shared_ptr<const graph::Positions> positions)
{
    m_preview = std::move(positions);
    if (m_isFitting)
        fit();
    requestFrame();
}

void GraphView::setPath(QList<quint32> nodes)
{
    m_path = std::move(nodes);
    requestFrame();
}

void GraphView::takeState()
{
    m_preview = nullptr;
    m_hovered.reset();
    m_path.removeIf([this](quint32 node) { return node >= m_model.state().size(); });
    if (m_isFitting)
        fit();
    describe();
    requestFrame();
}

void GraphView::setCamera(const GraphCamera &camera)
{
    if (camera == m_camera)
        return;
    m_camera = camera;
    m_camera.zoom = std::clamp(camera.zoom, GraphCamera::kZoomMin, GraphCamera::kZoomMax);
    update();
    requestFrame();
}

void GraphView::fit()
{
    const workspace::GraphState &state = m_model.state();
    const graph::Positions &positions = m_preview ? *m_preview : *state.positions;
    QRectF box;
    for (graph::NodeIndex node = 0; node < state.size(); ++node) {
        if (!state.isDrawn(node) || node >= positions.size())
            continue;
        const QRectF at(positions[node].x, positions[node].y, 1e-3, 1e-3);
        box = box.isNull() ? at : box.united(at);
    }
    if (box.isNull() || width() <= 0)
        return;
    GraphCamera camera = m_camera;
    camera.size = size();
    camera.centre = box.center();
    camera.zoom =
        std::min({(width() - 2 * kFitMargin) / std::max(0.1, box.width()),
                  (height() - 2 * kFitMargin) / std::max(0.1, box.height()), kFitZoomMax});
    setCamera(camera);
}

void GraphView::zoomBy(double factor, QPointF around)
{
    const graph::Point held = m_camera.fromView(around);
    GraphCamera camera = m_camera;
    camera.zoom = std::clamp(camera.zoom * factor, GraphCamera::kZoomMin, GraphCamera::kZoomMax);
    const graph::Point now = camera.fromView(around);
    camera.centre += QPointF(held.x - now.x, held.y - now.y);
    m_isFitting = false;
    setCamera(camera);
}

GraphFrameRequest GraphView::request() const
{
    GraphFrameRequest request;
    request.inputs = {m_model.state(), m_measures, m_colouring, m_sizing, m_window};
    request.preview = m_preview;
    request.selected = m_model.selected();
    request.current = m_model.current();
    request.hovered = m_hovered;
    for (qsizetype at = 0; at + 1 < m_path.size(); ++at)
        request.path.emplace_back(m_path[at], m_path[at + 1]);
    request.camera = m_camera;
    request.scale = devicePixelRatioF();
    request.style = m_style;
    request.keepClear = {legendArea()};
    return request;
}

void GraphView::requestFrame()
{
    if (isVisible() && width() > 0 && height() > 0)
        m_frames->request(request());
}

void GraphView::takeFrame(const GraphFrame &frame)
{
    m_frame = frame;
    update();
    Q_EMIT pictureChanged();
}

void GraphView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_camera.size = size();
    if (m_isFitting)
        fit();
    requestFrame();
}

void GraphView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    requestFrame(); // none was made while nobody could see it
}

void GraphView::paintEvent(QPaintEvent *)
{
    ++m_framesPainted;
    QPainter painter(this);
    painter.fillRect(rect(), m_style->ground);
    if (!m_frame.picture.isNull()) {
        // Until the next picture comes, this one moves and grows with the view.
        const double growth = m_camera.zoom / m_frame.camera.zoom;
        const QSizeF size = QSizeF(m_frame.camera.size) * growth;
        const QPointF centre =
            m_camera.toView({float(m_frame.camera.centre.x()), float(m_frame.camera.centre.y())});
        painter.setRenderHint(QPainter::SmoothPixmapTransform, growth != 1);
        painter.drawImage(QRectF(centre - QPointF(size.width(), size.height()) / 2, size),
                          m_frame.picture);
    }
    paintLegend(painter);
}

std::optional<graph::NodeIndex> GraphView::nodeAt(QPointF at) const
{
    // The picture of another graph knows other nodes by the same numbers.
    if (!m_frame.drawing || m_frame.state.facts != m_model.state().facts)
        return std::nullopt;
    const GraphDrawing &drawing = *m_frame.drawing;
    const double shrink = std::clamp(m_camera.zoom / 26, 0.3, 1.0);
    for (std::size_t row = drawing.size(); row-- > 0;) {
        const QPointF away = m_camera.toView({drawing.x[row], drawing.y[row]}) - at;
        const double reach = std::max(6.0, drawing.radius[row] * shrink + 2);
        if (away.x() * away.x() + away.y() * away.y() <= reach * reach)
            return drawing.node[row];
    }
    return std::nullopt;
}

std::optional<std::pair<graph::NodeIndex, graph::NodeIndex>> GraphView::lineAt(QPointF at) const
{
    // The picture of another graph knows other nodes by the same numbers.
    if (!m_frame.drawing || m_frame.state.facts != m_model.state().facts)
        return std::nullopt;
    const GraphDrawing &drawing = *m_frame.drawing;
    double nearest = kLineReach * kLineReach;
    std::optional<std::size_t> found;
    for (std::size_t line = 0; line < drawing.from.size(); ++line) {
        const std::uint32_t a = drawing.from[line], b = drawing.to[line];
        const QPointF from = m_camera.toView({drawing.x[a], drawing.y[a]});
        const QPointF along = m_camera.toView({drawing.x[b], drawing.y[b]}) - from;
        const double length = QPointF::dotProduct(along, along);
        const double share =
            length > 0 ? std::clamp(QPointF::dotProduct(at - from, along) / length, 0.0, 1.0) : 0;
        const QPointF away = from + along * share - at;
        if (const double reach = QPointF::dotProduct(away, away); reach < nearest) {
            nearest = reach;
            found = line;
        }
    }
    if (!found)
        return std::nullopt;
    return std::pair(drawing.node[drawing.from[*found]], drawing.node[drawing.to[*found]]);
}

QPointF GraphView::placeOf(graph::NodeIndex node) const
{
    const graph::Positions &positions = m_preview ? *m_preview : *m_model.state().positions;
    return m_camera.toView(positions[node]);
}

void GraphView::paintOn(QPainter &painter, QSize size) const
{
    GraphFrameRequest wanted = request();
    const double growth = std::min(double(size.width()) / std::max(1, width()),
                                   double(size.height()) / std::max(1, height()));
    wanted.camera.zoom *= growth;
    wanted.camera.size = size;
    wanted.keepClear.clear();
    wanted.hovered.reset();
    GraphPainter().paint(painter, sceneFor(wanted, GraphDrawing::made(wanted.inputs)));
}

QImage GraphView::picture(QSize size, double scale) const
{
    GraphFrameRequest wanted = request();
    wanted.camera.zoom *= double(size.width()) / std::max(1, width());
    wanted.camera.size = size;
    wanted.scale = scale;
    wanted.hovered.reset();
    return GraphPainter().picture(sceneFor(wanted, GraphDrawing::made(wanted.inputs)));
}

QString GraphView::spoken(graph::NodeIndex node) const
{
    const workspace::GraphState &state = m_model.state();
    const workspace::GraphNodeFacts &facts = state.facts->nodes[node];
    const auto nameOf = [&](graph::NodeIndex one) {
        return nodeName(state, one);
    };
    QStringList parts{tr("%1, %2").arg(
        nameOf(node), nodeKindName(workspace::keyOf(state, node).kind, facts.detail))};
    std::vector<std::pair<float, graph::NodeIndex>> ties;
    for (const workspace::DrawnEdge &edge : workspace::drawnEdges(state))
        if (edge.from == node || edge.to == node)
            ties.emplace_back(edge.weight, edge.from == node ? edge.to : edge.from);
    std::ranges::sort(ties, std::greater());
    parts += tr("%n tie(s) here, %1 in all", nullptr, int(ties.size()))
                 .arg(countText(qint64(facts.neighbours)));
    parts += tr("%n event(s)", nullptr, int(std::min<std::uint64_t>(facts.evidence, INT_MAX)));
    if (!ties.empty()) {
        QStringList names;
        for (const auto &[weight, other] : ties | std::views::take(kSpokenTies))
            names += nameOf(other);
        parts += tr("strongest: %1").arg(names.join(u", "_s));
    }
    return parts.join(u"; "_s);
}

void GraphView::describe()
{
    const workspace::GraphState &state = m_model.state();
    const QString whole = tr("%n node(s)", nullptr, int(state.size()));
    const auto current = m_model.current();
    setAccessibleDescription(current ? spoken(*current) : whole);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

QRectF GraphView::legendArea() const
{
    if (!m_frame.drawing || m_frame.drawing->size() == 0)
        return {};
    const auto shown = std::ranges::count_if(m_frame.drawing->counts,
                                             [](std::uint32_t count) { return count > 0; });
    const int rows = m_colouring == GraphColouring::Community ? 2 : int(shown) + 1;
    return {8, height() - 16.0 - rows * 18, 168, rows * 18.0 + 8};
}

void GraphView::paintLegend(QPainter &painter) const
{
    const QRectF area = legendArea();
    if (area.isNull())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = m_theme.color(Role::Surface1);
    ground.setAlphaF(0.88F);
    painter.setPen(m_theme.color(Role::Line));
    painter.setBrush(ground);
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), metric::kRadius, metric::kRadius);
    painter.setFont(m_theme.font(TextSize::Tiny));
    double y = area.top() + 4;
    const auto write = [&](const QString &text, const QString &figure) {
        painter.setPen(m_theme.color(Role::Text2));
        const double room = figure.isEmpty() ? area.width() - 34 : 88;
        painter.drawText(QRectF(area.left() + 28, y, room, 18), Qt::AlignVCenter, text);
        painter.setPen(m_theme.color(Role::Text3));
        painter.drawText(QRectF(area.left() + 28, y, area.width() - 36, 18),
                         Qt::AlignVCenter | Qt::AlignRight, figure);
        y += 18;
    };
    if (m_colouring == GraphColouring::Community) {
        for (std::uint32_t at = 0; at < 3; ++at) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_style->community(at));
            painter.drawEllipse(QPointF(area.left() + 9 + at * 6, y + 9), 4, 4);
        }
        write(tr("Communities"), {});
    } else {
        for (std::size_t look = 0; look < kGraphLookCount; ++look) {
            const std::uint32_t count = m_frame.drawing->counts[look];
            if (count == 0)
                continue;
            painter.save();
            painter.translate(area.left() + 15, y + 9);
            paintNode(painter, {GraphLook(look), 5, m_style->looks[look]}, *m_style);
            painter.restore();
            write(lookName(GraphLook(look)), countText(count));
        }
    }
    painter.setPen(QPen(m_style->edge, 1));
    painter.drawLine(QPointF(area.left() + 8, y + 7), QPointF(area.left() + 22, y + 7));
    painter.setPen(QPen(m_style->edge, 3));
    painter.drawLine(QPointF(area.left() + 8, y + 12), QPointF(area.left() + 22, y + 12));
    write(tr("events in common"), {});
}

} // namespace chrona::ui
