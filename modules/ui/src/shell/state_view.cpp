// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/state_view.h"

#include "chrona/ui/theme.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {
namespace {

constexpr int kSideMargin = 20;

} // namespace

StateView::StateView(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_icon(new QLabel(this)), m_title(new QLabel(this)),
      m_detail(new QLabel(this)), m_button(new QPushButton(this))
{
    m_title->setFont(theme.font(TextSize::Body, TextWeight::Strong));
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_detail->setFont(theme.font(TextSize::Small));
    m_detail->setProperty("tone", u"secondary"_s);
    m_detail->setAlignment(Qt::AlignCenter);
    m_detail->setWordWrap(true);
    m_icon->setAlignment(Qt::AlignCenter);
    for (QLabel *label : {m_icon, m_title, m_detail})
        label->setTextFormat(Qt::PlainText); // a cause may hold words of a server
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_action)
            m_action();
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kSideMargin, metric::kGrid, kSideMargin, metric::kGrid);
    column->setSpacing(metric::kPadding);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addWidget(m_title);
    column->addWidget(m_detail);
    column->addSpacing(metric::kGrid);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    m_wordsDue.setSingleShot(true);
    m_wordsDue.setInterval(200ms);
    connect(&m_wordsDue, &QTimer::timeout, this, [this] { m_title->setVisible(m_skeleton); });
    connect(&theme, &Theme::changed, this, &StateView::refreshIcon);
    showParts(false);
}

void StateView::showParts(bool visible)
{
    for (QWidget *part : {static_cast<QWidget *>(m_icon), static_cast<QWidget *>(m_title),
                          static_cast<QWidget *>(m_detail), static_cast<QWidget *>(m_button)})
        part->setVisible(visible);
}

void StateView::showLoading(const QString &what)
{
    m_skeleton = true;
    showParts(false);
    m_title->setText(what);
    setAccessibleName(what);
    m_wordsDue.start();
    update();
}

void StateView::showMessage(const PaneMessage &message, const QString &icon, const QString &spoken)
{
    m_skeleton = false;
    m_wordsDue.stop();
    m_iconName = icon;
    refreshIcon();
    m_title->setText(message.title);
    m_detail->setText(message.detail);
    m_button->setText(message.actionText);
    m_action = message.action;
    showParts(true);
    fitParts();
    setAccessibleName(spoken + u": "_s + message.title);
    setAccessibleDescription(message.detail);
    update();
}

void StateView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (!m_skeleton)
        fitParts();
}

void StateView::fitParts()
{
    int room = height() - 2 * metric::kGrid;
    // The more needed first: what to do about it, then why, then the sign.
    const auto fit = [&room, width = width() - 2 * kSideMargin](QWidget &part, bool isWanted) {
        part.ensurePolished(); // else its size is that without the style sheet
        const int needed =
            (part.hasHeightForWidth() ? part.heightForWidth(width) : part.sizeHint().height()) +
            metric::kPadding;
        part.setVisible(isWanted && needed <= room);
        room -= part.isHidden() ? 0 : needed;
    };
    fit(*m_title, true);
    room -= metric::kGrid;
    fit(*m_button, !m_button->text().isEmpty());
    fit(*m_detail, !m_detail->text().isEmpty());
    fit(*m_icon, true);
    setToolTip(m_detail->isHidden() ? m_detail->text() : QString());
}

void StateView::refreshIcon()
{
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(
            m_theme.icon(m_iconName, Role::Text3).pixmap(QSize(24, 24), devicePixelRatioF()));
    update();
}

void StateView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Surface1));
    if (!m_skeleton)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    // Widths of words as they come in headlines; the eye takes it for text that is on its way.
    constexpr std::array kShares = {0.62, 0.48, 0.71, 0.55, 0.66, 0.42};
    const int pitch = metric::kRowCompact;
    for (int row = 0; row * pitch + pitch < height(); ++row) {
        const double share = kShares[static_cast<std::size_t>(row) % kShares.size()];
        const double opacity = std::max(0.15, 1.0 - row * 0.08);
        painter.setBrush(m_theme.color(Role::Surface3, opacity));
        painter.drawRoundedRect(QRectF(12, row * pitch + 7, (width() - 24) * share, 8), 3, 3);
    }
}

} // namespace chrona::ui
