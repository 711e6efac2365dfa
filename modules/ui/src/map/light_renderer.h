// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "light_item.h"

#include <QPointer>
#include <QQuickRhiItem>

#include <rhi/qrhi.h>

#include <array>
#include <memory>

namespace chrona::ui {

/// The graphics processor's part of LightItem, in four steps: all dots into sums, the sums into
/// cells of glow, the cells blurred across and down, sums and glow into the item's picture. Made,
/// called and destroyed by Qt Quick where it draws.
class LightRenderer : public QQuickRhiItemRenderer {
public:
    ~LightRenderer() override;

protected:
    void initialize(QRhiCommandBuffer *cb) override;
    void synchronize(QQuickRhiItem *item) override;
    void render(QRhiCommandBuffer *cb) override;

private:
    /// Something to draw into, and how it is read afterwards.
    struct Layer {
        std::unique_ptr<QRhiTexture> texture;
        std::unique_ptr<QRhiTextureRenderTarget> target;
        std::unique_ptr<QRhiRenderPassDescriptor> pass;
    };
    struct Step {
        std::unique_ptr<QRhiShaderResourceBindings> bindings;
        std::unique_ptr<QRhiGraphicsPipeline> pipeline;
    };

    [[nodiscard]] bool makeBuffers();
    [[nodiscard]] bool makeLayers(QSize size);
    [[nodiscard]] bool makeSteps();
    [[nodiscard]] Layer makeLayer(QRhiTexture::Format format, QSize size);
    [[nodiscard]] bool makeSumsStep();
    [[nodiscard]] bool makeScreenStep(Step &step, const QString &shader,
                                      QRhiRenderPassDescriptor *pass);
    void fail();
    void upload(QRhiResourceUpdateBatch &batch);
    void writeLook(QRhiResourceUpdateBatch &batch);
    void addDots(QRhiCommandBuffer &cb, QRhiResourceUpdateBatch *batch);
    void drawScreen(QRhiCommandBuffer &cb, const Step &step, QRhiRenderTarget *target);

    QRhi *m_rhi = nullptr;
    QPointer<LightItem> m_item;
    LightScene m_scene;
    std::shared_ptr<const EventPoints> m_uploaded;
    bool m_hasFailed = false;
    quint32 m_copies = 1;
    std::unique_ptr<QRhiBuffer> m_vertices, m_look, m_across, m_down;
    std::unique_ptr<QRhiSampler> m_exact, m_smooth;
    Layer m_sums, m_glow, m_blurred;
    Step m_sumsStep, m_glowStep, m_acrossStep, m_downStep, m_pictureStep;
};

} // namespace chrona::ui
