// SPDX-License-Identifier: AGPL-3.0-or-later
#version 440
// One event: where it lies, and what a dot of its kind adds.
layout(location = 0) in vec2 place; // on the Mercator square
layout(location = 1) in vec4 kind;  // theme and size, in 255ths
layout(location = 0) out vec3 color;
layout(location = 1) out vec3 spot;  // pixels across, radius, strength

layout(std140, binding = 0) uniform Look {
    mat4 toClip;      // from pixels, the first at the top left
    vec4 origin;      // left and top of the picture on the square, and what of them floats lose
    vec4 view;        // pixels of the world, the first copy of it, width, height
    vec4 radii;       // by size, in pixels
    vec4 curve;       // opacity of one event, of all, logarithm of a full pixel, vividness
    vec4 mood;        // what crowds turn to, how much, strength of the glow, of the whole
    vec4 themes[11];  // colour, opacity
};

out gl_PerVertex {
    vec4 gl_Position;
    float gl_PointSize;
};

void main()
{
    int theme = int(kind.x * 255.0 + 0.5);
    float radius = radii[int(kind.y * 255.0 + 0.5)];
    vec2 copied = vec2(place.x + view.y + float(gl_InstanceIndex), place.y);
    // The difference to the origin first: both are near, so it is exact.
    vec2 pixel = floor(((copied - origin.xy) - origin.zw) * view.x) + 0.5;
    float reach = clamp(ceil(radius - 0.5), 1.0, 12.0);
    color = themes[theme].rgb;
    spot = vec3(2.0 * reach + 1.0, radius, min(1.0, radius) * themes[theme].a);
    gl_PointSize = spot.x;
    gl_Position = toClip * vec4(pixel, 0.0, 1.0);
}
