// SPDX-License-Identifier: AGPL-3.0-or-later
#version 440
layout(location = 0) in vec3 color;
layout(location = 1) in vec3 spot;
layout(location = 0) out vec4 sum; // added to what is there

void main()
{
    float away = length((gl_PointCoord - 0.5) * spot.x);
    float cover = clamp(spot.y + 0.5 - away, 0.0, 1.0) * spot.z;
    sum = vec4(color * cover, cover);
}
