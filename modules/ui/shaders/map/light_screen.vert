// SPDX-License-Identifier: AGPL-3.0-or-later
#version 440
// One triangle over the whole target.
out gl_PerVertex {
    vec4 gl_Position;
};

void main()
{
    vec2 corner = vec2(float((gl_VertexIndex << 1) & 2), float(gl_VertexIndex & 2));
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}
