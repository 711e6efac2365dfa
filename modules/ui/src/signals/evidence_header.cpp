// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/evidence_header.h"

#include "signals/signal_words.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kFiguresHeight = 42;

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
        const QFont small = m_theme.font(TextSize::Tiny);
        const QFont large = m_theme.font(TextSize::Title);
        const auto needed = [&](const Figure &figure) {
            return std::max(QFontMetricsF(small).horizontalAdvance(figure.name),
                            QFontMetricsF(large).horizontalAdvance(figure.value)) +
                   metric::kPadding;
        };
        double all = 0;
        for (const Figure &figure : figures)
            all += needed(figure);
        // Room that is left goes to all alike; where there is too little, each gives its part.
        const double more = (width() - all) / static_cast<double>(figures.size());
        double left = 0;
        for (const Figure &figure : figures) {
            const double wide = more >= 0 ? needed(figure) + more : needed(figure) * width() / all;
            const QRectF box(left, 0, wide - metric::kPadding / 2.0, height());
            left += wide;
            const auto cut = [&](const QString &text) {
                return painter.fontMetrics().elidedText(text, Qt::ElideRight,
                                                        static_cast<int>(std::ceil(box.width())));
            };
            painter.setFont(small);
            painter.setPen(m_theme.color(Role::Text3));
            painter.drawText(box, Qt::AlignLeft | Qt::AlignTop, cut(figure.name));
            painter.setFont(large);
            painter.setPen(m_theme.color(figure.role));
            painter.drawText(box.adjusted(0, 16, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                             cut(figure.value));
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
        featureText(signal),
        targetText(signal.targetName.empty() ? signal.target : signal.targetName, signal.measure)));
    QStringList words{
        tr("%1 after it, over %2").arg(sessionsText(signal.lag), sessionsText(signal.horizon)),
        labelName(signal.label).toLower(),
        isOfVolatility(signal) ? tr("how far it moves, either way") : viewName(signal.view),
        signal.regime == "split" ? tr("its regimes disagree") : tr("in all regimes"),
        tr("availability %1").arg(basisName(signal.basis))};
    if (signal.relevance < 1)
        words += tr("on no watchlist: its rank counts %1").arg(numberText(signal.relevance));
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
