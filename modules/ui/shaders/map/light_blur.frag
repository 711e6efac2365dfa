// SPDX-License-Identifier: AGPL-3.0-or-later
#version 440
// Twice the mean of a row of cells at once: weights that fall evenly.
layout(location = 0) out vec4 glow;
layout(binding = 1) uniform sampler2D cells;
layout(std140, binding = 0) uniform Way {
    vec4 way; // one step across and down, radius
};

void main()
{
    ivec2 at = ivec2(gl_FragCoord.xy);
    ivec2 last = textureSize(cells, 0) - 1;
    int radius = int(way.z);
    float side = float(2 * radius + 1);
    vec3 all = vec3(0.0);
    for (int i = -2 * radius; i <= 2 * radius; ++i) {
        ivec2 there = at + ivec2(way.xy) * i;
        if (any(lessThan(there, ivec2(0))) || any(greaterThan(there, last)))
            continue;
        all += texelFetch(cells, there, 0).rgb * (side - abs(float(i)));
    }
    glow = vec4(all / (side * side), 0.0);
}
