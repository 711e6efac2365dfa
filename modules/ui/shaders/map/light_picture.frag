// SPDX-License-Identifier: AGPL-3.0-or-later
#version 440
// The sums as what lies over the map, premultiplied; the glow adds and covers nothing.
layout(location = 0) out vec4 color;
layout(binding = 1) uniform sampler2D sums;
layout(binding = 2) uniform sampler2D glow;
layout(std140, binding = 0) uniform Look {
    mat4 toClip;
    vec4 origin;
    vec4 view;
    vec4 radii;
    vec4 curve; // opacity of one event, of all, logarithm of a full pixel, vividness
    vec4 mood;  // what crowds turn to, how much, strength of the glow, of the whole
    vec4 themes[11];
};

// The sum of a pixel as light: a logarithm makes brightness of it, crowds turn hot.
vec4 developed(vec4 sum, out vec3 pure)
{
    pure = vec3(0.0);
    if (sum.a <= 0.0)
        return vec4(0.0);
    float events = min(sum.a, 235.0);
    float heat = events > 1.0 ? log(events) / curve.z : 0.0;
    float opacity = events < 1.0 ? curve.x * events : mix(curve.x, curve.y, heat);
    opacity *= mood.w;
    vec3 light = sum.rgb / sum.a;
    float grey = (light.r + light.g + light.b) / 3.0;
    // Mixing takes colour out; giving some back keeps it plain which category leads.
    pure = clamp(vec3(grey) + (light - grey) * curve.w, 0.0, 1.0);
    float hot = clamp((heat - 0.45) / 0.55, 0.0, 1.0) * 0.55 * mood.y;
    return vec4(mix(pure, vec3(mood.x), hot) * opacity, opacity);
}

void main()
{
    vec3 pure;
    color = developed(texelFetch(sums, ivec2(gl_FragCoord.xy), 0), pure);
    vec2 cells = vec2(textureSize(glow, 0));
    color.rgb += texture(glow, gl_FragCoord.xy / 8.0 / cells).rgb;
}
