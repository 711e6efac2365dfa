// SPDX-License-Identifier: AGPL-3.0-or-later
#version 440
// A cell of 8 × 8 pixels as the light that it gives off.
layout(location = 0) out vec4 glow;
layout(binding = 1) uniform sampler2D sums;
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
    ivec2 corner = ivec2(gl_FragCoord.xy) * 8;
    ivec2 last = textureSize(sums, 0) - 1;
    vec3 all = vec3(0.0);
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x) {
            ivec2 at = corner + ivec2(x, y);
            if (any(greaterThan(at, last)))
                continue;
            vec3 pure;
            float opacity = developed(texelFetch(sums, at, 0), pure).a;
            all += pure * opacity * mood.z;
        }
    // Little light shows early, much light never drowns the map.
    float brightest = max(all.r, max(all.g, all.b)) / 64.0 * 255.0;
    float wanted = 0.30 * brightest / (brightest + 24.0);
    glow = brightest > 0.0 ? vec4(all / 64.0 * 255.0 * wanted / brightest, 0.0) : vec4(0.0);
}
