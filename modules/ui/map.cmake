# SPDX-License-Identifier: AGPL-3.0-or-later
# The map's part of the module: read by CMakeLists.txt and tests/CMakeLists.txt beside it.
find_package(Qt6 6.8 REQUIRED COMPONENTS Quick QuickWidgets Location Positioning ShaderTools)

if(Qt6_VERSION VERSION_GREATER_EQUAL 6.10)
    find_package(Qt6 REQUIRED COMPONENTS GuiPrivate) # until then it comes with Gui
endif()

set(CHRONA_UI_MAP_SOURCES
    src/map/base_painter.cpp
    src/map/event_painter.cpp
    src/map/event_points.cpp
    src/map/glow_field.cpp
    src/map/label_painter.cpp
    src/map/light_look.cpp
    src/map/light_rows.cpp
    src/map/line_mask.cpp
    src/map/map_data.cpp
    src/map/map_furniture.cpp
    src/map/map_names.cpp
    src/map/map_renderer.cpp
    src/map/map_shapes.cpp
    src/map/map_style.cpp
    src/map/overlay_painter.cpp
    src/map/region_layer.cpp
    src/map/region_painter.cpp
    src/map/selection_painter.cpp
    src/map/shape_tracer.cpp
    src/map/story_painter.cpp
    src/map/surface_painter.cpp
    src/map/tile_map.cpp
    src/map/tile_shapes.cpp)
# The inner loops of pictures: always optimised, or a map of millions does not move. No precompiled
# header, which was made with other flags.
set_source_files_properties(
    src/graph/graph_nodes.cpp src/map/event_painter.cpp src/map/glow_field.cpp
    src/map/light_rows.cpp src/map/line_mask.cpp PROPERTIES
    SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON COMPILE_OPTIONS -O3)
set(CHRONA_UI_MAP_DEPENDS geo formats)
set(CHRONA_UI_MAP_LIBS Qt6::Quick Qt6::QuickWidgets Qt6::Positioning Qt6::GuiPrivate)
set(CHRONA_UI_MAP_TESTS tst_event_light tst_map_renderer)
set(CHRONA_UI_MAP_TEST_LIBS Qt6::QuickWidgets Qt6::Positioning)

# The view needs the workspace's shared state.
if(TARGET Chrona::workspace)
    qt_add_resources(chrona_ui_map_resources qml/map/chrona_map.qrc)
    list(APPEND CHRONA_UI_MAP_SOURCES
        ${chrona_ui_map_resources}
        src/map/canvas_renderer.cpp
        src/map/event_file.cpp
        src/map/frame_maker.cpp
        src/map/light_item.cpp
        src/map/light_renderer.cpp
        src/map/map_list.cpp
        src/map/map_overlays.cpp
        src/map/map_sketch.cpp
        src/map/map_surface.cpp
        src/map/map_tools.cpp
        src/map/map_tools_files.cpp
        src/map/map_view.cpp
        src/map/map_view_files.cpp
        src/map/map_view_input.cpp
        src/map/map_view_layers.cpp
        src/map/map_view_lights.cpp
        src/map/own_boundaries.cpp
        src/map/pan_margin.cpp
        src/map/region_feed.cpp
        src/map/vector_map.cpp)
    list(APPEND CHRONA_UI_MAP_DEPENDS workspace)
    list(APPEND CHRONA_UI_MAP_TESTS tst_map_view)
endif()
