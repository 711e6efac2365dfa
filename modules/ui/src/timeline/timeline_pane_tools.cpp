// SPDX-License-Identifier: AGPL-3.0-or-later
// The tools in the timeline's header.
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "shell/choice_step.h"
#include "timeline/timeline_pane.h"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>
#include <QUndoStack>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

namespace {

QToolButton *timelineTool(const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFixedHeight(20);
    button->setIconSize({14, 14});
    return button;
}

} // namespace

void TimelinePane::makeTools()
{
    makePlaybackMenu();
    m_play = timelineTool(tr("Play (Space)"), this);
    connect(m_play, &QToolButton::clicked, this, &TimelinePane::togglePlayback);
    m_fit = timelineTool(tr("Zoom to the window; again for everything"), this);
    connect(m_fit, &QToolButton::clicked, this, &TimelinePane::zoomToBrush);
    m_compare = timelineTool(tr("Keep this window to compare others with it; again to let it go"),
                             this);
    m_compare->setText(tr("Compare"));
    m_compare->setFont(m_theme.font(TextSize::Tiny));
    m_compare->setCheckable(true);
    connect(m_compare, &QToolButton::clicked, this, &TimelinePane::toggleCompared);
    const std::array<std::pair<QString, std::optional<Duration>>, 6> spans = {{
        {tr("24 h"), 24h},
        {tr("7 d"), 168h},
        {tr("30 d"), 720h},
        {tr("90 d"), 2160h},
        {tr("1 y"), 8766h},
        {tr("all"), std::nullopt},
    }};
    for (const auto &[text, span] : spans) {
        QToolButton *button = timelineTool(span ? tr("The last %1 of data").arg(text)
                                                : tr("All data, no time window"),
                                           this);
        button->setText(text);
        button->setFont(m_theme.font(TextSize::Tiny));
        connect(button, &QToolButton::clicked, this, [this, span = span] { showLast(span); });
        addHeaderTool(button);
    }
    for (QToolButton *button : {m_compare, m_fit, m_rate, m_play})
        addHeaderTool(button);
    makeLaneMenu();
}

void TimelinePane::makePlaybackMenu()
{
    m_rate = timelineTool(tr("World time for one second of playback"), this);
    m_rate->setFont(m_theme.font(TextSize::Tiny));
    m_rate->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_rate);
    constexpr std::array<Duration, 8> kRates = {1min, 10min, 1h, 6h, 24h, 168h, 24h * 30, 24h * 91};
    for (const Duration rate : kRates) {
        QAction *action = menu->addAction(tr("%1 per second").arg(spanText(rate)));
        connect(action, &QAction::triggered, this, [this, rate] {
            m_playback.setRate(rate);
            refreshTools();
        });
    }
    menu->addSeparator();
    auto *modes = new QActionGroup(menu);
    const auto offer = [this, menu, modes](const QString &text, Playback::Mode mode) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_playback.mode() == mode);
        modes->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode] { m_playback.setMode(mode); });
    };
    offer(tr("The window slides"), Playback::Mode::Sliding);
    offer(tr("The window grows from its beginning"), Playback::Mode::Cumulative);
    m_rate->setMenu(menu);
}

void TimelinePane::makeLaneMenu()
{
    QToolButton *button = timelineTool(tr("One histogram, or a lane for each kind"), this);
    button->setFont(m_theme.font(TextSize::Tiny));
    button->setText(tr("Lanes"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(button);
    auto *groups = new QActionGroup(menu);
    const auto offer = [this, menu, groups](const QString &text, TimelineGrouping grouping) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_grouping == grouping);
        groups->addAction(action);
        connect(menu, &QMenu::aboutToShow, action, [this, action, grouping] {
            action->setChecked(m_grouping == grouping); // an undo may have changed it
        });
        connect(action, &QAction::triggered, this, [this, grouping] {
            const TimelineGrouping before = m_grouping;
            if (grouping == before)
                return;
            setGrouping(grouping);
            m_session.undoStack().push(new ChoiceStep(
                tr("Lanes of the timeline"), *this, &TimelinePane::setGrouping, before, grouping));
        });
    };
    offer(tr("All in one, stacked"), TimelineGrouping::Stacked);
    offer(tr("By category"), TimelineGrouping::Categories);
    offer(tr("By type"), TimelineGrouping::Types);
    offer(tr("By country"), TimelineGrouping::Countries);
    offer(tr("By source"), TimelineGrouping::Sources);
    offer(tr("By entity: chosen in the graph, pinned, or the most named"),
          TimelineGrouping::Entities);
    button->setMenu(menu);
    addHeaderTool(button);
}

void TimelinePane::refreshTools()
{
    m_play->setIcon(m_theme.icon(m_playback.isPlaying() ? u"pause"_s : u"play"_s, Role::Text1));
    m_play->setAccessibleName(m_playback.isPlaying() ? tr("Pause") : tr("Play"));
    m_fit->setIcon(m_theme.icon(u"fit"_s, Role::Text2));
    m_rate->setText(tr("%1/s").arg(spanText(m_playback.rate())));
    m_compare->setChecked(m_view->compared().has_value());
}

void TimelinePane::makeLayerMenu()
{
    m_layerMenu = timelineTool(tr("What is shown beside the events"), this);
    m_layerMenu->setFont(m_theme.font(TextSize::Tiny));
    m_layerMenu->setText(tr("Marks"));
    m_layerMenu->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_layerMenu);
    const auto offer = [this, menu](const QString &text, TimelineLayer layer) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_layers.testFlag(layer));
        connect(action, &QAction::toggled, this, [this, layer](bool isShown) {
            TimelineLayers layers = m_layers;
            setLayers(layers.setFlag(layer, isShown));
        });
        connect(this, &TimelinePane::layersChanged, action,
                [this, action, layer] { action->setChecked(m_layers.testFlag(layer)); });
    };
    offer(tr("Releases and rate decisions"), TimelineLayer::Releases);
    offer(tr("Briefings"), TimelineLayer::Briefings);
    offer(tr("Episodes of the chosen signal"), TimelineLayer::Episodes);
    offer(tr("Values of its feature"), TimelineLayer::Feature);
    offer(tr("Pins of the investigation"), TimelineLayer::Pins);
    offer(tr("Own work on it"), TimelineLayer::Work);
    offer(tr("Price of the chosen instrument"), TimelineLayer::Price);
    menu->addSeparator();
    QAction *snap =
        menu->addAction(tr("The brush snaps to sessions of New York (Alt: the other way)"));
    snap->setCheckable(true);
    connect(snap, &QAction::toggled, this, &TimelinePane::setSnapping);
    connect(this, &TimelinePane::layersChanged, snap,
            [this, snap] { snap->setChecked(m_view->isSnapping()); });
    m_layerMenu->setMenu(menu);
    addHeaderTool(m_layerMenu);
}

} // namespace chrona::ui
