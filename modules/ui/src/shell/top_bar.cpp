// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/top_bar.h"

#include "chrona/ui/theme.h"
#include "shell/status_mark.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace chrona::ui {

TopBar::TopBar(const Theme &theme, QWidget *parent) :
    QWidget(parent), m_theme(theme), m_brand(new QToolButton(this)),
    m_perspectives(new QHBoxLayout), m_search(new QToolButton(this)), m_asOf(new QToolButton(this)),
    m_live(new StatusMark(theme, TextSize::Small, this))
{
    setFixedHeight(metric::kTopBar);
    m_brand->setText(u"Chrona"_s);
    m_brand->setFont(theme.font(TextSize::Body, TextWeight::Strong));
    m_brand->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_brand->setPopupMode(QToolButton::InstantPopup);
    m_brand->setAccessibleName(tr("Main menu"));
    m_brand->setToolTip(tr("Main menu (F10)"));
    m_perspectives->setSpacing(2);
    m_search->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_search->setObjectName(u"searchField"_s);
    m_search->setAccessibleName(tr("Search commands, entities and places"));
    m_search->setFixedSize(280, 26);
    connect(m_search, &QToolButton::clicked, this, &TopBar::searchWanted);
    m_asOf->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_asOf->setFixedHeight(26);
    connect(m_asOf, &QToolButton::clicked, this, [this] {
        Q_EMIT asOfWanted(m_asOf->mapToGlobal(QPoint(m_asOf->width(), height() - 6)));
    });

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metric::kGrid, 0, metric::kGap, 0);
    row->setSpacing(metric::kGap);
    row->addWidget(m_brand);
    row->addLayout(m_perspectives);
    row->addStretch(1);
    row->addWidget(m_search);
    row->addStretch(1);
    row->addWidget(m_asOf);
    row->addWidget(m_live);
    connect(&theme, &Theme::changed, this, &TopBar::refresh);
    setAsOf(std::nullopt, {});
    setLiveness(Liveness::Connecting);
    refresh();
}

void TopBar::setMenu(QMenu *menu)
{
    m_brand->setMenu(menu);
}

void TopBar::openMenu()
{
    m_brand->showMenu();
}

void TopBar::setPerspectives(const QList<QAction *> &actions)
{
    for (QAction *action : actions) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFont(m_theme.font(TextSize::Small, TextWeight::Strong));
        button->setFixedHeight(26);
        button->setObjectName(u"perspective"_s);
        m_perspectives->addWidget(button);
    }
}

void TopBar::setSearchShortcut(const QKeySequence &shortcut)
{
    m_searchShortcut = shortcut.toString(QKeySequence::NativeText);
    refresh();
}

void TopBar::setAsOf(std::optional<Instant> asOf, const TimeText &times)
{
    m_isReplay = asOf.has_value();
    const QString words = asOf ? tr("as of %1 %2").arg(times.minute(*asOf), times.zoneName())
                               : tr("as of now");
    m_asOf->setText(u' ' + words); // the icon stands off the words
    m_asOf->setAccessibleName(words);
    m_asOf->setToolTip(asOf ? tr("Only what was known at this moment is shown")
                            : tr("Show the world as it was known at a moment"));
    refresh();
}

void TopBar::setLiveness(Liveness liveness)
{
    switch (liveness) {
    case Liveness::Live:
        m_live->set(Role::Ok, tr("live"), tr("Connected; new events arrive as they come"));
        break;
    case Liveness::Connecting:
        m_live->set(Role::Watch, tr("connecting"), tr("Waiting for the service"));
        break;
    case Liveness::Lost:
        m_live->set(Role::Critical, tr("offline"),
                    tr("The service is gone; what is shown is what came before"));
        break;
    case Liveness::Replay:
        m_live->set(Role::Warning, tr("replay"), tr("The world as it was known at a moment"));
        break;
    }
}

QSize TopBar::sizeHint() const
{
    return {800, metric::kTopBar};
}

void TopBar::refresh()
{
    m_brand->setIcon(m_theme.icon(u"brand"_s, Role::Accent));
    m_brand->setIconSize({18, 18});
    m_search->setIcon(m_theme.icon(u"search"_s, Role::Text3));
    m_search->setText(tr("  Search…   %1").arg(m_searchShortcut));
    m_asOf->setIcon(m_theme.icon(u"clock"_s, m_isReplay ? Role::Warning : Role::Text3));
    setStyleSheet(u"#searchField { background: %1; border: 1px solid %2; color: %3; }"
                  "#searchField:hover { border-color: %3; }"
                  "#perspective { padding: 0 12px; color: %3; }"
                  "#perspective:checked { background: %4; color: %5; }"_s
                      .arg(m_theme.color(Role::Surface1).name(), m_theme.color(Role::Line).name(),
                           m_theme.color(Role::Text3).name(), m_theme.color(Role::Surface3).name(),
                           m_theme.color(Role::Text1).name()));
    update();
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Surface0));
    painter.fillRect(0, height() - 1, width(), 1, m_theme.color(Role::Line));
}

} // namespace chrona::ui
