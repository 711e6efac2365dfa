// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "map_renderer.h"

class QPainter;

namespace chrona::ui {

/// Paints a scene as shapes and text, for paper: no light that adds up, but a dot for each event;
/// of those on one spot of half a pixel, one. The painter counts in pixels of the scene's view.
/// Surfaces, which have no sharp outlines, are left out.
void paintVectorMap(QPainter &painter, const MapScene &scene);

} // namespace chrona::ui
