// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_overlays.h"

#include "map_panel.h"

#include "chrona/ui/map/map_view.h"

#include <QFrame>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

constexpr int kEdge = 12; ///< from the view's edges
constexpr int kCardWidthMax = 360;

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // titles come from feeds
    return label;
}

} // namespace

class MapOverlays::Legend : public QWidget {
public:
    Legend(MapOverlays &overlays, QWidget *parent) : QWidget(parent), m_overlays(overlays)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintLegend(painter, {}, m_overlays.m_legend, m_overlays.m_theme);
    }

private:
    MapOverlays &m_overlays;
};

class MapOverlays::Footer : public QWidget {
public:
    Footer(MapOverlays &overlays, QWidget *parent) : QWidget(parent), m_overlays(overlays)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintFooter(painter, QPointF(width(), height()), m_overlays.m_camera, m_overlays.m_theme,
                    m_overlays.m_tilesCredit);
    }

private:
    MapOverlays &m_overlays;
};

MapOverlays::MapOverlays(MapView &view, const Theme &theme)
    : QObject(&view), m_view(view), m_theme(theme), m_legendWidget(new Legend(*this, &view)),
      m_footer(new Footer(*this, &view)), m_buttons(new MapPanel(theme, &view)),
      m_noticeFrame(new MapPanel(theme, &view)), m_card(new MapPanel(theme, &view))
{
    makeButtons();
    makeNotice();
    auto *layout = new QVBoxLayout(m_card);
    layout->setContentsMargins(10, 7, 10, 8);
    layout->setSpacing(2);
    m_cardTitle = plainLabel(m_card);
    m_cardTitle->setFont(theme.font(TextSize::Small, TextWeight::Strong));
    m_cardTitle->setWordWrap(true);
    m_cardDetail = plainLabel(m_card);
    m_cardDetail->setFont(theme.font(TextSize::Tiny));
    m_cardDetail->setProperty("tone", QStringLiteral("secondary"));
    layout->addWidget(m_cardTitle);
    layout->addWidget(m_cardDetail);
    m_card->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_card->hide();
    m_noticeFrame->hide();
    m_tilesProblem = plainLabel(&view);
    m_tilesProblem->setFont(theme.font(TextSize::Tiny));
    m_tilesProblem->setProperty("tone", QStringLiteral("secondary"));
    m_tilesProblem->hide();
}

void MapOverlays::makeButtons()
{
    auto *column = new QVBoxLayout(m_buttons);
    column->setContentsMargins(2, 2, 2, 2);
    column->setSpacing(0);
    const auto add = [&](const QString &text, const QString &name, auto action) {
        auto *button = new QToolButton(m_buttons);
        button->setText(text);
        button->setFont(m_theme.font(TextSize::Title));
        button->setFixedSize(26, 26);
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, &m_view, action);
        column->addWidget(button);
        return button;
    };
    MapView &view = m_view;
    add(QStringLiteral("+"), tr("Zoom in (+)"), [&view] { view.zoomBy(1); });
    add(QStringLiteral("−"), tr("Zoom out (−)"), [&view] { view.zoomBy(-1); });
    auto *fit = add({}, tr("Show the selection (F), or else the world (Home)"), [&view] {
        if (!view.fitToSelection())
            view.fitToWorld();
    });
    const auto refresh = [fit, this] {
        fit->setIcon(m_theme.icon(QStringLiteral("fit"), Role::Text2));
    };
    refresh();
    connect(&m_theme, &Theme::changed, fit, refresh);
    m_buttons->adjustSize();
}

void MapOverlays::makeNotice()
{
    auto *layout = new QVBoxLayout(m_noticeFrame);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(4);
    m_noticeTitle = plainLabel(m_noticeFrame);
    m_noticeTitle->setFont(m_theme.font(TextSize::Body, TextWeight::Strong));
    m_noticeDetail = plainLabel(m_noticeFrame);
    m_noticeDetail->setFont(m_theme.font(TextSize::Small));
    m_noticeDetail->setWordWrap(true);
    m_noticeDetail->setProperty("tone", QStringLiteral("secondary"));
    m_noticeButton = new QPushButton(m_noticeFrame);
    connect(m_noticeButton, &QPushButton::clicked, this, [this] {
        if (m_notice.action)
            m_notice.action();
    });
    layout->addWidget(m_noticeTitle);
    layout->addWidget(m_noticeDetail);
    layout->addSpacing(4);
    layout->addWidget(m_noticeButton, 0, Qt::AlignLeft);
}

void MapOverlays::setLegend(MapLegend legend)
{
    m_legend = std::move(legend);
    arrange();
    m_legendWidget->update();
}

void MapOverlays::setLegendVisible(bool visible)
{
    m_isLegendWanted = visible;
    arrange();
}

void MapOverlays::setCamera(const MapCamera &camera)
{
    const bool isSame = scaleFor(camera).text == scaleFor(m_camera).text &&
                        std::abs(scaleFor(camera).pixels - scaleFor(m_camera).pixels) < 0.5;
    m_camera = camera;
    if (!isSame) {
        arrange();
        m_footer->update();
    }
}

void MapOverlays::setTiles(const QString &credit, const QString &problem)
{
    if (!problem.isEmpty() && m_tilesProblem->text() != problem)
        m_tilesProblem->setText(problem);
    m_tilesProblem->setVisible(!problem.isEmpty());
    m_tilesProblem->setAccessibleName(tr("Tiles cannot be shown: %1").arg(problem));
    if (credit == m_tilesCredit && problem.isEmpty())
        return;
    m_tilesCredit = credit;
    arrange();
    m_footer->update();
}

void MapOverlays::setNotice(MapNotice notice)
{
    m_notice = std::move(notice);
    const bool isShown = m_notice.kind != MapNotice::Kind::None;
    m_noticeFrame->setVisible(isShown);
    if (!isShown)
        return;
    m_noticeTitle->setText(m_notice.title);
    m_noticeDetail->setText(m_notice.detail);
    m_noticeDetail->setVisible(!m_notice.detail.isEmpty());
    m_noticeButton->setText(m_notice.actionText);
    m_noticeButton->setVisible(!m_notice.actionText.isEmpty());
    m_noticeFrame->setAccessibleName(m_notice.title);
    m_noticeFrame->setAccessibleDescription(m_notice.detail);
    arrange();
}

void MapOverlays::showCard(QPointF at, const QString &title, const QString &detail)
{
    m_cardTitle->setText(title);
    m_cardTitle->setVisible(!title.isEmpty());
    m_cardDetail->setText(detail);
    m_card->setMaximumWidth(kCardWidthMax);
    m_cardTitle->setMinimumWidth(std::min(
        kCardWidthMax - 20, QFontMetrics(m_cardTitle->font()).horizontalAdvance(title) + 2));
    m_card->adjustSize();
    const QSize size = m_card->size();
    // Beside the pointer, on the side where there is room.
    int x = int(at.x()) + 16, y = int(at.y()) + 14;
    if (x + size.width() > m_view.width() - kEdge)
        x = int(at.x()) - 16 - size.width();
    if (y + size.height() > m_view.height() - kEdge)
        y = int(at.y()) - 14 - size.height();
    m_card->move(std::max(kEdge, x), std::max(kEdge, y));
    m_card->show();
    m_card->raise();
}

void MapOverlays::hideCard()
{
    m_card->hide();
}

void MapOverlays::arrange()
{
    const QSize view = m_view.size();
    const QSize legend = legendSize(m_legend, m_theme).toSize();
    // A legend that covers half of the map hides more than it explains.
    m_legendWidget->setVisible(m_isLegendWanted && !legend.isEmpty() &&
                               legend.height() < view.height() * 2 / 3 &&
                               legend.width() < view.width() / 2);
    m_legendWidget->setGeometry(
        QRect(QPoint(kEdge, view.height() - kEdge - legend.height()), legend));
    const QSize footer = footerSize(m_camera, m_theme, m_tilesCredit).toSize();
    m_footer->setGeometry(view.width() - footer.width(), view.height() - footer.height(),
                          footer.width(), footer.height());
    m_tilesProblem->adjustSize();
    m_tilesProblem->move(view.width() - kEdge - m_tilesProblem->width(),
                         m_footer->y() - 4 - m_tilesProblem->height());
    m_buttons->move(view.width() - kEdge - m_buttons->width(), kEdge);
    if (m_noticeFrame->isVisibleTo(&m_view)) {
        const int width = std::min(380, view.width() - 2 * kEdge);
        m_noticeFrame->setFixedWidth(width);
        m_noticeFrame->adjustSize();
        const bool isQuiet =
            m_notice.kind == MapNotice::Kind::Stale || m_notice.kind == MapNotice::Kind::Loading;
        m_noticeFrame->move((view.width() - width) / 2,
                            isQuiet ? kEdge : (view.height() - m_noticeFrame->height()) / 2);
    }
}

std::vector<QRectF> MapOverlays::covered() const
{
    std::vector<QRectF> areas;
    for (const QWidget *widget :
         {static_cast<QWidget *>(m_legendWidget), static_cast<QWidget *>(m_footer),
          static_cast<QWidget *>(m_buttons)})
        if (widget->isVisibleTo(&m_view))
            areas.push_back(QRectF(widget->geometry()));
    return areas;
}

} // namespace chrona::ui
