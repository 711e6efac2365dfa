// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/evidence_header.h"

#include "signals/signal_words.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <vector>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kFiguresHeight = 42;
constexpr double kRangeMore = 0.6;

struct Figure {
    QString name;
    QString value;
    Role role = Role::Text1;
};

std::vector<Figure> figuresOf(const ipc::SignalEntry &signal)
{
    return {
        {EvidenceHeader::tr("Effect"), effectText(signal.effect)},
        {EvidenceHeader::tr("Inner half of blocks"),
         EvidenceHeader::tr("%1 to %2")
             .arg(effectText(signal.lowerQuartile), effectText(signal.upperQuartile))},
        {EvidenceHeader::tr("q of %1 pairs").arg(countText(signal.familySize)), rateText(signal.q)},
        {EvidenceHeader::tr("Stability"), numberText(signal.stability)},
        {EvidenceHeader::tr("Out of sample"), numberText(signal.outOfSample)},
        {EvidenceHeader::tr("Independent days"), numberText(signal.sampleSizeEffective)},
        {EvidenceHeader::tr("Now"),
         signal.elevated ? EvidenceHeader::tr("%1 σ").arg(numberText(signal.noveltyZ))
                         : EvidenceHeader::tr("as usual"),
         signal.elevated ? Role::Watch : Role::Text2}};
}

/// Figures side by side, each under its name.
class FigureRow final : public QWidget {
public:
    FigureRow(const Theme &theme, const ipc::SignalEntry &signal, QWidget *parent)
        : QWidget(parent), m_theme(theme), m_signal(signal)
    {
        setFixedHeight(kFiguresHeight);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const std::vector<Figure> figures = figuresOf(m_signal);
        QPainter painter(this);
        // The second is a range, so it gets more room.
        const double step =
            static_cast<double>(width()) / (static_cast<double>(figures.size()) + kRangeMore);
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const double left = step * (static_cast<double>(i) + (i > 1 ? kRangeMore : 0));
            const double wide = step * (i == 1 ? 1 + kRangeMore : 1);
            const QRectF box(left, 0, wide - metric::kPadding, height());
            painter.setFont(m_theme.font(TextSize::Tiny));
            painter.setPen(m_theme.color(Role::Text3));
            const auto cut = [&](const QString &text) {
                return painter.fontMetrics().elidedText(text, Qt::ElideRight,
                                                        static_cast<int>(box.width()));
            };
            painter.drawText(box, Qt::AlignLeft | Qt::AlignTop, cut(figures[i].name));
            painter.setFont(m_theme.font(TextSize::Title));
            painter.setPen(m_theme.color(figures[i].role));
            painter.drawText(box.adjusted(0, 16, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                             cut(figures[i].value));
        }
    }

private:
    const Theme &m_theme;
    const ipc::SignalEntry &m_signal;
};

} // namespace

EvidenceHeader::EvidenceHeader(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_title(new QLabel(this)), m_second(new QLabel(this)),
      m_figures(new FigureRow(theme, m_signal, this))
{
    m_title->setFont(theme.font(TextSize::Title, TextWeight::Strong));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_second->setFont(theme.font(TextSize::Small));
    m_second->setTextFormat(Qt::PlainText);
    m_second->setWordWrap(true);
    m_second->setProperty("tone", u"secondary"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metric::kGap, metric::kPadding, metric::kGap, metric::kPadding);
    column->setSpacing(metric::kGrid);
    column->addWidget(m_title);
    column->addWidget(m_second);
    column->addWidget(m_figures);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void EvidenceHeader::setSignal(const ipc::SignalEntry &signal)
{
    m_signal = signal;
    m_title->setText(tr("%1 → %2").arg(
        fromUtf8(signal.featureName.empty() ? signal.feature : signal.featureName),
        fromUtf8(signal.targetName.empty() ? signal.target : signal.targetName)));
    QStringList words{
        tr("%1 after it, over %2").arg(sessionsText(signal.lag), sessionsText(signal.horizon)),
        labelName(signal.label).toLower(), viewName(signal.view),
        signal.regime == "split" ? tr("its regimes disagree") : tr("in all regimes"),
        tr("availability %1").arg(basisName(signal.basis))};
    if (signal.synthetic)
        words += tr("synthetic");
    m_second->setText(words.join(u" · "_s));
    m_figures->setAccessibleName(
        tr("Effect %1, q %2, stability %3")
            .arg(effectText(signal.effect), rateText(signal.q), numberText(signal.stability)));
    m_figures->update();
}

void EvidenceHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, m_theme.color(Role::Line));
}

} // namespace chrona::ui
