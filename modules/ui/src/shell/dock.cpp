// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/dock.h"

#include "chrona/ui/theme.h"
#include "shell/pane.h"
#include "text/time_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

DockHeader::DockHeader(const Theme &theme, QDockWidget &dock) :
    QWidget(&dock), m_theme(theme), m_dock(dock), m_title(new QLabel(dock.windowTitle(), this)),
    m_noteLabel(new QLabel(this)), m_age(new QLabel(this)), m_tools(new QWidget(this)),
    m_close(new QToolButton(this))
{
    m_title->setFont(theme.font(TextSize::Small, TextWeight::Strong));
    m_noteLabel->setFont(theme.font(TextSize::Tiny));
    m_noteLabel->setProperty("tone", u"hint"_s);
    m_noteLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_noteLabel->installEventFilter(this);
    m_age->setFont(theme.font(TextSize::Tiny, TextWeight::Strong));
    m_age->hide();
    auto *tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(2);
    m_close->setIconSize({12, 12});
    m_close->setFixedSize(20, 20);
    m_close->setToolTip(tr("Hide this view"));
    m_close->setAccessibleName(tr("Hide %1").arg(dock.windowTitle()));
    m_close->setFocusPolicy(Qt::TabFocus);
    connect(m_close, &QToolButton::clicked, &dock, &QDockWidget::close);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metric::kGap, 0, metric::kGrid, 1);
    row->setSpacing(metric::kPadding);
    row->addWidget(m_title);
    row->addWidget(m_age);
    row->addWidget(m_noteLabel, 1);
    row->addWidget(m_tools);
    row->addWidget(m_close);

    m_ageDue.setInterval(30s);
    m_ageDue.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_ageDue, &QTimer::timeout, this, &DockHeader::refreshAge);
    connect(&theme, &Theme::changed, this, &DockHeader::refresh);
    refresh();
}

void DockHeader::addTool(QWidget *tool)
{
    m_tools->layout()->addWidget(tool);
    tool->show();
}

void DockHeader::setNote(const QString &note)
{
    m_note = note;
    refreshNote();
    refreshTitle();
}

void DockHeader::showTitle(bool isShown)
{
    m_isTitleWanted = isShown;
    refreshTitle();
}

void DockHeader::refreshTitle()
{
    const auto tools = m_tools->findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
    const bool isBare = m_note.isEmpty() && m_age->isHidden() &&
                        std::ranges::all_of(tools, &QWidget::isHidden);
    m_title->setVisible(m_isTitleWanted || isBare);
}

void DockHeader::setStaleSince(qint64 sinceMs)
{
    m_staleSinceMs = sinceMs;
    m_age->setVisible(sinceMs > 0);
    refreshTitle();
    // No wake-ups for what is fresh.
    sinceMs > 0 ? m_ageDue.start() : m_ageDue.stop();
    refreshAge();
}

QSize DockHeader::sizeHint() const
{
    return {QWidget::sizeHint().width(), metric::kDockHeader};
}

QSize DockHeader::minimumSizeHint() const
{
    return {80, metric::kDockHeader};
}

void DockHeader::refresh()
{
    m_close->setIcon(m_theme.icon(u"close"_s, Role::Text3));
    refreshAge();
    update();
}

void DockHeader::refreshAge()
{
    if (m_staleSinceMs <= 0)
        return;
    const Instant since = Instant(std::chrono::milliseconds(m_staleSinceMs));
    m_age->setText(u"◷ "_s + ageText(nowInstant() - since));
    m_age->setToolTip(tr("Not renewed since %1 UTC").arg(TimeText{}.second(since)));
    QPalette palette = m_age->palette();
    palette.setColor(QPalette::WindowText, m_theme.color(Role::Watch));
    m_age->setPalette(palette);
}

void DockHeader::refreshNote()
{
    const QString elided = m_noteLabel->fontMetrics().elidedText(m_note, Qt::ElideRight,
                                                                 m_noteLabel->width());
    m_noteLabel->setText(elided);
    m_noteLabel->setToolTip(elided == m_note ? QString() : m_note);
}

void DockHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layout()->activate();
    refreshNote();
}

/// A tool that comes or goes leaves the note more room or less.
bool DockHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_noteLabel && event->type() == QEvent::Resize)
        refreshNote();
    return QWidget::eventFilter(watched, event);
}

void DockHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Surface2));
    painter.fillRect(0, height() - 1, width(), 1, m_theme.color(Role::Line));
}

Dock::Dock(const Theme &theme, const QString &id, const QString &title, QWidget *content,
           QWidget *parent) :
    QDockWidget(title, parent), m_header(nullptr), m_pane(qobject_cast<Pane *>(content))
{
    setObjectName(id);
    setAccessibleName(title);
    m_header = new DockHeader(theme, *this);
    setTitleBarWidget(m_header);
    setWidget(content);
    content->setAccessibleName(title);
    // What paints no ground of its own lies on the dock's, not on the window's.
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    setFeatures(DockWidgetClosable | DockWidgetMovable | DockWidgetFloatable);
    if (!m_pane)
        return;
    for (QWidget *tool : m_pane->headerTools())
        m_header->addTool(tool);
    const auto follow = [this] {
        m_header->setNote(m_pane->headerNote());
        m_header->setStaleSince(m_pane->staleSinceMs().value_or(0));
    };
    connect(m_pane, &Pane::headerChanged, this, follow);
    follow();
}

void titleDocks(QMainWindow &window, const QList<Dock *> &docks)
{
    // After all of a rearrangement: while it goes on, docks come to share a place and leave it.
    auto *due = new QTimer(&window);
    due->setSingleShot(true);
    due->setInterval(0);
    QObject::connect(due, &QTimer::timeout, &window, [&window, docks] {
        for (Dock *dock : docks)
            dock->header().showTitle(
                std::ranges::all_of(window.tabifiedDockWidgets(dock), &QWidget::isHidden));
    });
    const auto start = qOverload<>(&QTimer::start);
    for (Dock *dock : docks) {
        QObject::connect(dock, &QDockWidget::visibilityChanged, due, start);
        QObject::connect(dock, &QDockWidget::topLevelChanged, due, start);
        QObject::connect(dock, &QDockWidget::dockLocationChanged, due, start);
    }
}

} // namespace chrona::ui
