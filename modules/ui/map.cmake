# SPDX-License-Identifier: AGPL-3.0-or-later
# The map's part of the module: read by CMakeLists.txt and tests/CMakeLists.txt beside it.
find_package(Qt6 6.8 REQUIRED COMPONENTS Quick QuickWidgets Location Positioning)

set(CHRONA_UI_MAP_SOURCES
    src/map/base_painter.cpp
    src/map/event_painter.cpp
    src/map/event_points.cpp
    src/map/glow_field.cpp
    src/map/label_painter.cpp
    src/map/line_mask.cpp
    src/map/map_data.cpp
    src/map/map_furniture.cpp
    src/map/map_renderer.cpp
    src/map/map_style.cpp
    src/map/region_layer.cpp
    src/map/selection_painter.cpp
    src/map/shape_tracer.cpp)
set(CHRONA_UI_MAP_HEADERS)
set(CHRONA_UI_MAP_DEPENDS geo)
set(CHRONA_UI_MAP_LIBS Qt6::Quick Qt6::QuickWidgets Qt6::Positioning)
set(CHRONA_UI_MAP_TESTS tst_map_renderer)
set(CHRONA_UI_MAP_TEST_LIBS Qt6::QuickWidgets Qt6::Positioning)

# The view needs the workspace's shared state.
if(TARGET Chrona::workspace)
    qt_add_resources(chrona_ui_map_resources qml/map/chrona_map.qrc)
    list(APPEND CHRONA_UI_MAP_SOURCES
        ${chrona_ui_map_resources}
        src/map/canvas_renderer.cpp
        src/map/frame_maker.cpp
        src/map/map_overlays.cpp
        src/map/map_surface.cpp
        src/map/map_view.cpp
        src/map/map_view_input.cpp)
    list(APPEND CHRONA_UI_MAP_HEADERS
        include/chrona/ui/map/map_view.h
        src/map/frame_maker.h
        src/map/map_overlays.h
        src/map/map_surface.h)
    list(APPEND CHRONA_UI_MAP_DEPENDS workspace)
    list(APPEND CHRONA_UI_MAP_TESTS tst_map_view)
endif()
