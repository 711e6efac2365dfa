// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace chrona::ui {

/// Call before the first Qt Quick window is made. Where OpenGL would be computed by the processor,
/// Qt's own software renderer draws the map's canvas instead: one picture is all there is to
/// compose, and the rest of the window need not go through OpenGL either (ADR 0089).
/// What the user asks for by QT_QUICK_BACKEND stands.
void chooseCanvasRenderer();

/// Whether events are drawn by the graphics processor (LightItem): there is one, and Qt Quick uses
/// it. CHRONA_MAP_POINTS overrules it: gpu, cpu. After chooseCanvasRenderer().
[[nodiscard]] bool drawsEventsOnGraphics();

} // namespace chrona::ui
