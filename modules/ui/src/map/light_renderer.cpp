// SPDX-License-Identifier: AGPL-3.0-or-later
#include "light_renderer.h"

#include "chrona/base/log.h"

#include <QFile>
#include <QMatrix4x4>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kGlowCell = 8; ///< pixels; the shaders know it as well

/// As the shaders have it (std140).
struct LookBlock {
    std::array<float, 16> toClip{};
    std::array<float, 4> origin{}, view{}, radii{}, curve{}, mood{};
    std::array<std::array<float, 4>, workspace::kMapThemeCount> themes{};
};
static_assert(sizeof(LookBlock) == (16 + 5 * 4 + 11 * 4) * sizeof(float));

QShader shaderOf(const QString &name)
{
    QFile file(u":/chrona/shaders/map/"_s + name + u".qsb"_s);
    return file.open(QIODevice::ReadOnly) ? QShader::fromSerialized(file.readAll()) : QShader();
}

QRhiGraphicsPipeline::TargetBlend addingBlend()
{
    QRhiGraphicsPipeline::TargetBlend blend;
    blend.enable = true;
    blend.srcColor = blend.dstColor = QRhiGraphicsPipeline::One;
    blend.srcAlpha = blend.dstAlpha = QRhiGraphicsPipeline::One;
    return blend;
}

} // namespace

LightRenderer::~LightRenderer() = default;

/// Told once; the map then draws on the processor.
void LightRenderer::fail()
{
    if (std::exchange(m_hasFailed, true))
        return;
    log::warning("map", "this graphics processor cannot add up light; the processor draws");
    if (m_item)
        QMetaObject::invokeMethod(m_item.data(), &LightItem::failed, Qt::QueuedConnection);
}

LightRenderer::Layer LightRenderer::makeLayer(QRhiTexture::Format format, QSize size)
{
    Layer layer;
    layer.texture.reset(m_rhi->newTexture(format, size, 1, QRhiTexture::RenderTarget));
    if (!layer.texture->create())
        return {};
    layer.target.reset(m_rhi->newTextureRenderTarget({QRhiColorAttachment(layer.texture.get())}));
    layer.pass.reset(layer.target->newCompatibleRenderPassDescriptor());
    layer.target->setRenderPassDescriptor(layer.pass.get());
    return layer.target->create() ? std::move(layer) : Layer{};
}

bool LightRenderer::makeBuffers()
{
    const auto uniform = [this](quint32 size) {
        std::unique_ptr<QRhiBuffer> buffer(
            m_rhi->newBuffer(QRhiBuffer::Dynamic, QRhiBuffer::UniformBuffer, size));
        return buffer->create() ? std::move(buffer) : nullptr;
    };
    m_look = uniform(sizeof(LookBlock));
    m_across = uniform(4 * sizeof(float));
    m_down = uniform(4 * sizeof(float));
    const auto sampler = [this](QRhiSampler::Filter filter) {
        std::unique_ptr<QRhiSampler> made(m_rhi->newSampler(
            filter, filter, QRhiSampler::None, QRhiSampler::ClampToEdge, QRhiSampler::ClampToEdge));
        return made->create() ? std::move(made) : nullptr;
    };
    m_exact = sampler(QRhiSampler::Nearest);
    m_smooth = sampler(QRhiSampler::Linear);
    return m_look && m_across && m_down && m_exact && m_smooth;
}

bool LightRenderer::makeLayers(QSize size)
{
    // Sums of half floats stand still at two thousand, which is far beyond a full pixel.
    const auto format = QRhiTexture::RGBA16F;
    if (!m_rhi->isTextureFormatSupported(format, QRhiTexture::RenderTarget))
        return false;
    const QSize cells((size.width() + kGlowCell - 1) / kGlowCell,
                      (size.height() + kGlowCell - 1) / kGlowCell);
    m_sums = makeLayer(format, size);
    m_glow = makeLayer(format, cells);
    m_blurred = makeLayer(format, cells);
    return m_sums.target && m_glow.target && m_blurred.target;
}

bool LightRenderer::makeSumsStep()
{
    using Binding = QRhiShaderResourceBinding;
    m_sumsStep.bindings.reset(m_rhi->newShaderResourceBindings());
    m_sumsStep.bindings->setBindings(
        {Binding::uniformBuffer(0, Binding::VertexStage | Binding::FragmentStage, m_look.get())});
    if (!m_sumsStep.bindings->create())
        return false;
    m_sumsStep.pipeline.reset(m_rhi->newGraphicsPipeline());
    QRhiGraphicsPipeline &pipeline = *m_sumsStep.pipeline;
    pipeline.setTopology(QRhiGraphicsPipeline::Points);
    pipeline.setTargetBlends({addingBlend()});
    pipeline.setShaderStages({{QRhiShaderStage::Vertex, shaderOf(u"light_sums.vert"_s)},
                              {QRhiShaderStage::Fragment, shaderOf(u"light_sums.frag"_s)}});
    QRhiVertexInputLayout layout;
    layout.setBindings({QRhiVertexInputBinding(sizeof(EventDot))});
    layout.setAttributes(
        {QRhiVertexInputAttribute(0, 0, QRhiVertexInputAttribute::Float2, 0),
         QRhiVertexInputAttribute(0, 1, QRhiVertexInputAttribute::UNormByte4, 2 * sizeof(float))});
    pipeline.setVertexInputLayout(layout);
    pipeline.setShaderResourceBindings(m_sumsStep.bindings.get());
    pipeline.setRenderPassDescriptor(m_sums.pass.get());
    return pipeline.create();
}

bool LightRenderer::makeScreenStep(Step &step, const QString &shader,
                                   QRhiRenderPassDescriptor *pass)
{
    if (!step.bindings->create())
        return false;
    step.pipeline.reset(m_rhi->newGraphicsPipeline());
    step.pipeline->setShaderStages({{QRhiShaderStage::Vertex, shaderOf(u"light_screen.vert"_s)},
                                    {QRhiShaderStage::Fragment, shaderOf(shader)}});
    step.pipeline->setShaderResourceBindings(step.bindings.get());
    step.pipeline->setRenderPassDescriptor(pass);
    return step.pipeline->create();
}

bool LightRenderer::makeSteps()
{
    using Binding = QRhiShaderResourceBinding;
    const auto bound = [this](Step &step, std::initializer_list<Binding> bindings) {
        step.bindings.reset(m_rhi->newShaderResourceBindings());
        step.bindings->setBindings(bindings.begin(), bindings.end());
    };
    const auto block = [](QRhiBuffer *buffer) {
        return Binding::uniformBuffer(0, Binding::FragmentStage, buffer);
    };
    const auto reads = [](int place, const Layer &layer, QRhiSampler *sampler) {
        return Binding::sampledTexture(place, Binding::FragmentStage, layer.texture.get(), sampler);
    };
    bound(m_glowStep, {block(m_look.get()), reads(1, m_sums, m_exact.get())});
    bound(m_acrossStep, {block(m_across.get()), reads(1, m_glow, m_exact.get())});
    bound(m_downStep, {block(m_down.get()), reads(1, m_blurred, m_exact.get())});
    bound(m_pictureStep,
          {block(m_look.get()), reads(1, m_sums, m_exact.get()), reads(2, m_glow, m_smooth.get())});
    return makeSumsStep() && makeScreenStep(m_glowStep, u"light_glow.frag"_s, m_glow.pass.get()) &&
           makeScreenStep(m_acrossStep, u"light_blur.frag"_s, m_blurred.pass.get()) &&
           makeScreenStep(m_downStep, u"light_blur.frag"_s, m_glow.pass.get()) &&
           makeScreenStep(m_pictureStep, u"light_picture.frag"_s,
                          renderTarget()->renderPassDescriptor());
}

/// Also called when the item has another size, or another window with another graphics interface.
void LightRenderer::initialize(QRhiCommandBuffer *)
{
    const QSize size = renderTarget()->pixelSize();
    if (m_rhi == rhi() && m_sums.texture && m_sums.texture->pixelSize() == size)
        return;
    if (m_rhi != rhi()) {
        m_rhi = rhi();
        m_vertices.reset();
        m_uploaded.reset();
        if (!makeBuffers())
            return fail();
    }
    if (!makeLayers(size) || !makeSteps())
        fail();
}

void LightRenderer::synchronize(QQuickRhiItem *item)
{
    m_item = static_cast<LightItem *>(item);
    m_scene = m_item->scene();
}

void LightRenderer::upload(QRhiResourceUpdateBatch &batch)
{
    if (m_uploaded == m_scene.events)
        return;
    m_uploaded = m_scene.events;
    const auto bytes =
        quint32(m_uploaded ? m_uploaded->dots.size() : 0) * quint32(sizeof(EventDot));
    if (bytes == 0)
        return;
    if (!m_vertices || m_vertices->size() < bytes) {
        m_vertices.reset(m_rhi->newBuffer(QRhiBuffer::Static, QRhiBuffer::VertexBuffer, bytes));
        if (!m_vertices->create()) {
            m_vertices.reset();
            return fail();
        }
    }
    batch.uploadStaticBuffer(m_vertices.get(), 0, bytes, m_uploaded->dots.gathered().data());
}

void LightRenderer::writeLook(QRhiResourceUpdateBatch &batch)
{
    const QSizeF size = m_sums.texture->pixelSize();
    const MapCamera &camera = m_scene.camera;
    const LightLook &look = m_scene.look;
    const double scale = size.width() / std::max(1.0, camera.size.width());
    const double world = camera.worldPixels() * scale;
    const double left = camera.centre.x - size.width() / 2 / world;
    const double top = camera.centre.y - size.height() / 2 / world;
    QMatrix4x4 toClip = m_rhi->clipSpaceCorrMatrix();
    toClip.ortho(0, float(size.width()), float(size.height()), 0, -1, 1);
    LookBlock block;
    std::copy_n(toClip.constData(), block.toClip.size(), block.toClip.begin());
    block.origin = {float(left), float(top), float(left - double(float(left))),
                    float(top - double(float(top)))};
    const double firstCopy = std::floor(left);
    const double lastCopy = std::floor(left + size.width() / world);
    m_copies = quint32(std::clamp(lastCopy - firstCopy, 0.0, 7.0)) + 1;
    block.view = {float(world), float(firstCopy), float(size.width()), float(size.height())};
    std::ranges::transform(look.radii, block.radii.begin(), [](double r) { return float(r); });
    block.curve = {look.single, LightLook::kHottest, float(std::log(LightLook::kFullEvents)),
                   LightLook::kVividness};
    block.mood = {look.hot, look.hotShare, look.glowStrength, look.strength};
    for (std::size_t theme = 0; theme < block.themes.size(); ++theme)
        block.themes[theme] = {look.themes[theme].redF(), look.themes[theme].greenF(),
                               look.themes[theme].blueF(), look.opacities[theme]};
    batch.updateDynamicBuffer(m_look.get(), 0, sizeof block, &block);
    const float radius = float(std::max(1L, std::lround(scale)));
    const std::array<float, 4> across{1, 0, radius, 0}, down{0, 1, radius, 0};
    batch.updateDynamicBuffer(m_across.get(), 0, sizeof across, across.data());
    batch.updateDynamicBuffer(m_down.get(), 0, sizeof down, down.data());
}

void LightRenderer::addDots(QRhiCommandBuffer &cb, QRhiResourceUpdateBatch *batch)
{
    cb.beginPass(m_sums.target.get(), QColor(0, 0, 0, 0), {1, 0}, batch);
    if (m_vertices && m_uploaded && m_uploaded->dots.size() > 0) {
        const QSize size = m_sums.texture->pixelSize();
        cb.setGraphicsPipeline(m_sumsStep.pipeline.get());
        cb.setViewport({0, 0, float(size.width()), float(size.height())});
        cb.setShaderResources();
        const QRhiCommandBuffer::VertexInput input(m_vertices.get(), 0);
        cb.setVertexInput(0, 1, &input);
        cb.draw(quint32(m_uploaded->dots.size()), m_copies);
    }
    cb.endPass();
}

void LightRenderer::drawScreen(QRhiCommandBuffer &cb, const Step &step, QRhiRenderTarget *target)
{
    const QSize size = target->pixelSize();
    cb.beginPass(target, QColor(0, 0, 0, 0), {1, 0});
    cb.setGraphicsPipeline(step.pipeline.get());
    cb.setViewport({0, 0, float(size.width()), float(size.height())});
    cb.setShaderResources();
    cb.draw(3);
    cb.endPass();
}

void LightRenderer::render(QRhiCommandBuffer *cb)
{
    if (m_hasFailed) { // nothing, and not what a texture happens to hold
        cb->beginPass(renderTarget(), QColor(0, 0, 0, 0), {1, 0});
        return cb->endPass();
    }
    QRhiResourceUpdateBatch *batch = m_rhi->nextResourceUpdateBatch();
    upload(*batch);
    writeLook(*batch);
    addDots(*cb, batch);
    drawScreen(*cb, m_glowStep, m_glow.target.get());
    drawScreen(*cb, m_acrossStep, m_blurred.target.get());
    drawScreen(*cb, m_downStep, m_glow.target.get());
    drawScreen(*cb, m_pictureStep, renderTarget());
}

} // namespace chrona::ui
