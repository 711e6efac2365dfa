// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/chart_pane.h"

#include "chrona/ui/theme.h"
#include "market/price_chart.h"
#include "market/watchlist_model.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

ChartPane::ChartPane(workspace::Session &session, const Theme &theme, QWidget *parent) :
    Pane(theme, parent), m_session(session), m_explain(new QToolButton(this)),
    m_title(new QLabel(this)), m_last(new QLabel(this)),
    m_span(new QLabel(this)), m_chart(makePriceChart(theme, this))
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, metric::kPadding, 0, 0);
    column->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(metric::kGap, 0, metric::kGap, 0);
    row->setSpacing(metric::kGap);
    m_title->setFont(theme.font(TextSize::Title, TextWeight::Strong));
    m_last->setFont(theme.font(TextSize::Title));
    m_span->setFont(theme.font(TextSize::Tiny));
    m_span->setProperty("tone", u"hint"_s);
    row->addWidget(m_title);
    row->addWidget(m_last);
    row->addStretch(1);
    row->addWidget(m_span);
    column->addLayout(row);
    column->addWidget(m_chart, 1);
    setContent(content);
    m_explain->setText(tr("Explain"));
    m_explain->setToolTip(tr("What may have mattered for the move in the time window"));
    connect(m_explain, &QToolButton::clicked, this, [this] { Q_EMIT explainWanted(m_symbol); });
    addHeaderTool(m_explain);
    connect(&session.focus(), &workspace::Focus::windowChanged, this, &ChartPane::shadeWindow);
    show(nullptr);
}

void ChartPane::show(const WatchRow *row)
{
    m_symbol = row ? row->symbol : QString();
    m_explain->setEnabled(row && row->closes.size() >= 2);
    if (!row || row->closes.size() < 2) {
        setHeaderNote({});
        setEmpty({tr("No instrument chosen"), tr("Choose one in the watchlist."), {}, {}});
        return;
    }
    ChartLine line{row->symbol, {}, {}};
    line.points.reserve(static_cast<qsizetype>(row->closes.size()));
    for (std::size_t i = 0; i < row->closes.size(); ++i)
        line.points.append({row->dayMs[i], row->closes[i]});
    m_title->setText(row->symbol);
    m_last->setText(tr("%1 %2   %3").arg(QLocale().toString(row->last, 'f', 2), row->currency,
                                         percentChangeText(row->changeShare)));
    const auto at = [](double ms) {
        return TimeText{}.date(Instant(std::chrono::milliseconds(static_cast<qint64>(ms))));
    };
    m_span->setText(tr("adjusted daily close · %1 – %2").arg(at(row->dayMs.front()),
                                                             at(row->dayMs.back())));
    setHeaderNote(row->isSynthetic ? tr("%1 · synthetic").arg(row->name) : row->name);
    m_chart->setLine(line);
    shadeWindow();
    setReady();
}

void ChartPane::shadeWindow()
{
    const workspace::TimeWindow window = m_session.focus().window();
    const auto ms = [](Instant at) {
        return static_cast<qint64>(at.time_since_epoch().count() / 1000);
    };
    m_chart->setShaded(std::pair{ms(window.begin), ms(window.end)});
}

} // namespace chrona::ui
