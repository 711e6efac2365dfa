// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/map_layers_box.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/boundary_feed.h"
#include "chrona/workspace/session.h"
#include "layers/map_layers_list.h"
#include "layers/map_layers_model.h"
#include "layers/tiles_editor.h"
#include "map/map_names.h"
#include "map/region_feed.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>
#include <map>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::MapClasses;
using workspace::MapDrawing;
using workspace::MapLayer;
using workspace::MapLayers;
using workspace::MapTimeRule;

namespace {

QVBoxLayout *editorLayout(QWidget *editor)
{
    auto *column = new QVBoxLayout(editor);
    column->setContentsMargins(12, 4, 10, 6);
    column->setSpacing(4);
    return column;
}

template <class Enum, class Name> void fill(QComboBox &box, Enum last, Name name)
{
    for (int i = 0; i <= static_cast<int>(last); ++i)
        box.addItem(name(static_cast<Enum>(i)));
    box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
}

} // namespace

MapLayersBox::MapLayersBox(workspace::Session &session, const Theme &theme, QWidget *parent) :
    QWidget(parent), m_session(session), m_theme(theme),
    m_model(new MapLayersModel(session.focus(), theme, this)),
    m_list(new MapLayersList(*m_model, theme, this)),
    m_sets(new workspace::BoundaryFeed(session, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *title = new QLabel(tr("On the map"), this);
    title->setFont(theme.font(TextSize::Tiny));
    title->setProperty("tone", u"hint"_s);
    title->setContentsMargins(12, 6, 0, 2);
    column->addWidget(title);
    m_list->setAccessibleName(tr("Layers of the map"));
    column->addWidget(m_list, 1);
    m_themeEditor = makeThemeEditor();
    m_valuesEditor = makeValuesEditor();
    m_tilesEditor = new TilesEditor(session, theme, *m_model, this);
    column->addWidget(m_themeEditor);
    m_boundariesEditor = makeBoundariesEditor();
    column->addWidget(m_valuesEditor);
    column->addWidget(m_boundariesEditor);
    column->addWidget(m_tilesEditor);
    setFocusProxy(m_list);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &MapLayersBox::followCurrent);
    connect(m_model, &MapLayersModel::dataChanged, this, &MapLayersBox::followCurrent);
    connect(&session, &workspace::Session::stateChanged, this, &MapLayersBox::askMetrics);
    askMetrics();
    followCurrent();
}

int MapLayersBox::currentRow() const
{
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

QWidget *MapLayersBox::makeThemeEditor()
{
    auto *editor = new QWidget(this);
    auto *column = editorLayout(editor);
    auto *row = new QHBoxLayout;
    m_drawing = new QComboBox(editor);
    fill(*m_drawing, MapDrawing::Countries, drawingName);
    m_drawing->setAccessibleName(tr("How its events are drawn"));
    m_opacity = new QSlider(Qt::Horizontal, editor);
    m_opacity->setRange(10, 100);
    m_opacity->setPageStep(10);
    m_opacity->setMinimumWidth(60);
    m_opacity->setAccessibleName(tr("Opacity"));
    m_opacity->setToolTip(tr("Opacity"));
    row->addWidget(m_drawing, 1);
    row->addWidget(m_opacity, 1);
    column->addLayout(row);
    m_timeRule = new QComboBox(editor);
    fill(*m_timeRule, MapTimeRule::InWindow, timeRuleName);
    m_timeRule->setAccessibleName(tr("When outlines are shown"));
    column->addWidget(m_timeRule);
    connect(m_drawing, &QComboBox::activated, this, [this](int choice) {
        m_model->change(currentRow(),
                        [choice](MapLayer &layer) { layer.drawing = MapDrawing(choice); });
    });
    connect(m_timeRule, &QComboBox::activated, this, [this](int choice) {
        m_model->change(currentRow(),
                        [choice](MapLayer &layer) { layer.timeRule = MapTimeRule(choice); });
    });
    connect(m_opacity, &QSlider::valueChanged, this, [this](int percent) {
        if (!m_isFollowing)
            m_model->change(currentRow(), [percent](MapLayer &layer) {
                layer.opacity = static_cast<float>(percent) / 100;
            });
    });
    return editor;
}

QWidget *MapLayersBox::makeValuesEditor()
{
    auto *editor = new QWidget(this);
    auto *column = editorLayout(editor);
    m_metric = new QComboBox(editor);
    m_metric->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_metric->setAccessibleName(tr("Value"));
    column->addWidget(m_metric);
    auto *row = new QHBoxLayout;
    m_classes = new QComboBox(editor);
    fill(*m_classes, MapClasses::Diverging, classesName);
    m_classes->setAccessibleName(tr("Classes"));
    m_classCount = new QSpinBox(editor);
    m_classCount->setRange(2, 9);
    m_classCount->setAccessibleName(tr("Number of classes"));
    m_midpoint = new QDoubleSpinBox(editor);
    m_midpoint->setRange(-1e9, 1e9);
    m_midpoint->setAccessibleName(tr("Middle of the classes"));
    row->addWidget(m_classes, 1);
    row->addWidget(m_midpoint);
    row->addWidget(m_classCount);
    column->addLayout(row);
    const auto change = [this](auto edit) {
        if (!m_isFollowing)
            m_model->change([&](MapLayers &layers) { edit(layers.values); });
    };
    connect(m_metric, &QComboBox::activated, this, [this, change](int choice) {
        const QString metric = m_metric->itemData(choice).toString();
        change([&metric](workspace::MapValues &values) {
            values.metric = metric;
            values.isShown = true;
        });
    });
    connect(m_classes, &QComboBox::activated, this, [change](int choice) {
        change([choice](workspace::MapValues &values) { values.method = MapClasses(choice); });
    });
    connect(m_classCount, &QSpinBox::valueChanged, this, [change](int count) {
        change([count](workspace::MapValues &values) { values.classCount = count; });
    });
    connect(m_midpoint, &QDoubleSpinBox::valueChanged, this, [change](double middle) {
        change([middle](workspace::MapValues &values) { values.midpoint = middle; });
    });
    return editor;
}

QWidget *MapLayersBox::makeBoundariesEditor()
{
    auto *editor = new QWidget(this);
    auto *column = editorLayout(editor);
    m_boundaries = new QComboBox(editor);
    m_boundaries->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_boundaries->setAccessibleName(tr("Set of boundaries"));
    m_boundaries->setToolTip(tr("Outlines that you imported. Values by region are shown on them "
                                "where their codes are those of the values."));
    column->addWidget(m_boundaries);
    connect(m_boundaries, &QComboBox::activated, this, [this](int choice) {
        m_model->change([set = m_boundaries->itemData(choice).toString()](MapLayers &layers) {
            layers.boundarySet = set;
            layers.showBoundaries = true;
        });
    });
    connect(m_sets, &workspace::BoundaryFeed::setsChanged, this, &MapLayersBox::fillBoundaries);
    fillBoundaries();
    return editor;
}

void MapLayersBox::fillBoundaries()
{
    m_boundaries->clear();
    m_boundaries->addItem(m_sets->sets().empty() ? tr("None are imported yet") : tr("None"),
                          QString());
    for (const ipc::BoundarySet &set : m_sets->sets())
        m_boundaries->addItem(tr("%1 (%2 areas)").arg(fromUtf8(set.name),
                                                     countText(set.boundaries)),
                              fromUtf8(set.name));
    m_boundaries->setCurrentIndex(
        std::max(0, m_boundaries->findData(m_session.focus().layers().boundarySet)));
}

/// Every metric of which several regions have a series.
void MapLayersBox::askMetrics()
{
    if (m_session.state() != workspace::Session::State::Ready)
        return;
    ipc::SeriesQuery query;
    query.limit = ipc::SeriesQuery::kLimitMax;
    m_session.request<ipc::SeriesQuery>(
        query, this, [this](const Result<ipc::SeriesQueryReply> &reply) {
            if (!reply)
                return;
            std::map<std::string, int> regions;
            for (const schema::Series &series : reply->series)
                if (!series.metric.empty() && !series.region.empty())
                    ++regions[series.metric];
            m_metric->clear();
            m_metric->addItem(tr("None"), QString());
            for (const auto &[metric, count] : regions) {
                const QString key = QString::fromStdString(metric);
                if (count > 1)
                    m_metric->addItem(tr("%1 (%2 regions)").arg(metricName(key)).arg(count), key);
            }
            followCurrent();
        });
}

void MapLayersBox::followCurrent()
{
    m_isFollowing = true;
    const MapLayers &layers = m_session.focus().layers();
    const int row = currentRow();
    const auto theme = m_model->themeOf(row);
    const auto part = row < 0 ? MapLayersModel::Part::Labels : m_model->partOf(row);
    m_themeEditor->setVisible(theme.has_value());
    m_valuesEditor->setVisible(part == MapLayersModel::Part::Values);
    m_tilesEditor->setVisible(part == MapLayersModel::Part::Tiles);
    const bool areBoundaries = part == MapLayersModel::Part::Boundaries;
    if (areBoundaries && !m_boundariesEditor->isVisible())
        m_sets->refresh(); // somebody may have imported some since
    m_boundariesEditor->setVisible(areBoundaries);
    m_boundaries->setCurrentIndex(std::max(0, m_boundaries->findData(layers.boundarySet)));
    if (theme) {
        const MapLayer &layer = layers.layer(*theme);
        m_drawing->setCurrentIndex(static_cast<int>(layer.drawing));
        m_timeRule->setCurrentIndex(static_cast<int>(layer.timeRule));
        m_opacity->setValue(static_cast<int>(std::lround(layer.opacity * 100)));
    }
    if (m_metric->count() == 0)
        m_metric->addItem(tr("None"), QString());
    m_metric->setCurrentIndex(std::max(0, m_metric->findData(layers.values.metric)));
    m_classes->setCurrentIndex(static_cast<int>(layers.values.method));
    m_classCount->setValue(layers.values.classCount);
    m_midpoint->setValue(layers.values.midpoint);
    m_midpoint->setVisible(layers.values.method == MapClasses::Diverging);
    m_tilesEditor->follow();
    m_isFollowing = false;
}

} // namespace chrona::ui
