// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_tools.h"

#include "map_list.h"
#include "map_panel.h"
#include "overlay_painter.h"
#include "text/names.h"
#include "text/time_text.h"

#include "chrona/geo/measure.h"
#include "chrona/ui/map/map_view.h"
#include "chrona/workspace/session.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kToolEdge = 12;
constexpr int kListWidth = 300;
constexpr std::size_t kListedMax = 10'000;

} // namespace

MapTools::MapTools(MapView &view, const Theme &theme)
    : QObject(&view), m_view(view), m_theme(theme), m_areas(view.session(), this),
      m_sketch(new MapSketch(view, theme)), m_list(new MapList(view.session(), theme, &view)),
      m_buttons(new MapPanel(theme, &view)), m_barFrame(new MapPanel(theme, &view))
{
    m_sketch->lower(); // below everything that can be pressed; the canvas goes lower yet
    makeButtons();
    makeBar();
    connect(m_sketch, &MapSketch::lassoClosed, this,
            [this](const auto &ring) { m_view.selectIn(ring); });
    connect(m_sketch, &MapSketch::toolChanged, this, [this] {
        m_lasso->setChecked(m_sketch->tool() == MapTool::Lasso);
        m_measure->setChecked(m_sketch->tool() == MapTool::Measure);
    });
    connect(m_sketch, &MapSketch::changed, this, [this] {
        if (m_sketch->tool() == MapTool::None)
            return showBar(Bar::None);
        const QString measured = m_sketch->measured();
        say(measured.isEmpty() ? m_sketch->tool() == MapTool::Lasso
                                     ? tr("Lasso: draw around events, or set corners by click or "
                                          "Space; Return closes, Escape ends.")
                                     : tr("Measure: set corners by click or Space; Escape ends.")
                               : measured);
    });
    connect(m_list, &MapList::chosen, this, [this](qint64 event) {
        workspace::Focus &focus = m_view.session().focus();
        QSet<qint64> events = focus.selection();
        // What is new in an area stays marked while one after the other is looked at.
        if (m_listsView || !events.contains(event))
            events = {event};
        focus.select(events, event);
    });
    connect(m_list, &MapList::closed, this, &MapTools::closeList);
}

void MapTools::makeButtons()
{
    auto *column = new QVBoxLayout(m_buttons);
    column->setContentsMargins(2, 2, 2, 2);
    column->setSpacing(0);
    const auto add = [&](const QString &icon, const QString &name) {
        auto *button = new QToolButton(m_buttons);
        const auto refresh = [this, button, icon] {
            button->setIcon(m_theme.icon(icon, Role::Text2));
        };
        refresh();
        connect(&m_theme, &Theme::changed, button, refresh);
        button->setFixedSize(26, 26);
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->setFocusPolicy(Qt::TabFocus);
        column->addWidget(button);
        return button;
    };
    m_lasso = add(u"lasso"_s, tr("Lasso (L)"));
    m_measure = add(u"measure"_s, tr("Measure (M)"));
    for (const auto &[button, tool] :
         {std::pair(m_lasso, MapTool::Lasso), std::pair(m_measure, MapTool::Measure)}) {
        button->setCheckable(true);
        connect(button, &QToolButton::clicked, this,
                [this, tool = tool](bool on) { setTool(on ? tool : MapTool::None); });
    }
    connect(add(u"search"_s, tr("Go to a place (G)")), &QToolButton::clicked, this,
            &MapTools::openGoTo);
    connect(add(u"table"_s, tr("List what is in view (V)")), &QToolButton::clicked, this,
            &MapTools::showInView);
    const auto addMenu = [&](const QString &icon, const QString &name, auto fill) {
        auto *button = add(icon, name);
        auto *menu = new QMenu(button);
        menu->setAccessibleName(name);
        connect(menu, &QMenu::aboutToShow, this, [this, menu, fill] {
            menu->clear();
            (this->*fill)(*menu);
        });
        button->setMenu(menu);
        button->setPopupMode(QToolButton::InstantPopup);
        button->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);
    };
    addMenu(u"area"_s, tr("Areas of interest"), &MapTools::fillAreasMenu);
    addMenu(u"export"_s, tr("Save the map"), &MapTools::fillFileMenu);
    m_buttons->adjustSize();
}

void MapTools::makeBar()
{
    auto *row = new QHBoxLayout(m_barFrame);
    row->setContentsMargins(12, 5, 6, 5);
    row->setSpacing(8);
    m_barText = new QLabel(m_barFrame);
    m_barText->setTextFormat(Qt::PlainText);
    m_barText->setFont(m_theme.font(TextSize::Small));
    m_line = new QLineEdit(m_barFrame);
    m_line->setMinimumWidth(180);
    m_line->setMaxLength(60);
    m_accept = new QPushButton(m_barFrame);
    m_closeBar = new QToolButton(m_barFrame);
    m_closeBar->setIcon(m_theme.icon(u"close"_s));
    m_closeBar->setAccessibleName(tr("Close"));
    row->addWidget(m_barText);
    row->addWidget(m_line);
    row->addWidget(m_accept);
    row->addWidget(m_closeBar);
    connect(m_line, &QLineEdit::returnPressed, this, &MapTools::enterLine);
    connect(m_accept, &QPushButton::clicked, this, &MapTools::enterLine);
    connect(m_closeBar, &QToolButton::clicked, this, [this] {
        if (stopFile())
            return;
        setTool(MapTool::None);
        showBar(Bar::None);
    });
    m_barFrame->hide();
}

QString MapTools::said() const
{
    return m_bar == Bar::None ? QString() : m_barText->text();
}

void MapTools::showBar(Bar bar)
{
    m_bar = bar;
    m_line->setVisible(bar == Bar::GoTo || bar == Bar::Area);
    m_accept->setVisible(bar == Bar::GoTo || bar == Bar::Area);
    m_accept->setText(bar == Bar::Area ? tr("Keep") : tr("Go"));
    m_line->setPlaceholderText(bar == Bar::Area ? tr("Name of the area")
                                                : tr("Town, country or 52.5, 13.4"));
    m_line->setAccessibleName(m_line->placeholderText());
    m_barFrame->setAccessibleName(m_barText->text());
    m_barFrame->setVisible(bar != Bar::None);
    if (bar == Bar::None) {
        m_ring.clear();
        if (m_line->hasFocus())
            m_view.setFocus();
    }
    arrange();
}

void MapTools::say(const QString &text)
{
    m_barText->setText(text);
    showBar(text.isEmpty() ? Bar::None : Bar::Message);
}

void MapTools::setCamera(const MapCamera &camera)
{
    m_sketch->setCamera(camera);
}

void MapTools::arrange()
{
    m_sketch->setGeometry(m_view.rect());
    m_buttons->move(m_view.width() - kToolEdge - m_buttons->width(), kToolEdge + 92);
    m_buttons->raise();
    m_barFrame->adjustSize();
    m_barFrame->setFixedWidth(
        std::min(m_barFrame->sizeHint().width(), std::max(160, m_view.width() - 120)));
    m_barFrame->move((m_view.width() - m_barFrame->width()) / 2, kToolEdge);
    m_barFrame->raise();
    const int width = std::min(kListWidth, m_view.width() / 2);
    m_list->setGeometry(m_view.width() - width - 52, kToolEdge, width,
                        std::max(80, m_view.height() - kToolEdge - 40));
}

bool MapTools::takeKey(const QKeyEvent &event)
{
    if (m_sketch->takeKey(event))
        return true;
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    switch (event.key()) {
    case Qt::Key_L: setTool(MapTool::Lasso); return true;
    case Qt::Key_M: setTool(MapTool::Measure); return true;
    case Qt::Key_G: openGoTo(); return true;
    case Qt::Key_V: showInView(); return true;
    case Qt::Key_T: {
        workspace::MapLayers layers = m_view.session().focus().layers();
        layers.showTrack = !layers.showTrack;
        m_view.session().focus().setLayers(layers);
        return true;
    }
    case Qt::Key_Escape:
        if (stopFile())
            return true;
        if (m_bar == Bar::None && !m_list->isVisible())
            return false;
        closeList();
        showBar(Bar::None);
        return true;
    default: return false;
    }
}

void MapTools::setTool(MapTool tool)
{
    m_sketch->setCamera(m_view.camera());
    m_sketch->setTool(tool);
    if (tool != MapTool::None)
        m_view.setFocus();
}

void MapTools::openGoTo()
{
    setTool(MapTool::None);
    m_barText->setText(tr("Go to"));
    m_line->clear();
    showBar(Bar::GoTo);
    m_line->setFocus(Qt::ShortcutFocusReason);
}

void MapTools::enterLine()
{
    const QString text = m_line->text().trimmed();
    if (text.isEmpty())
        return;
    if (m_bar == Bar::Area)
        return keepArea(text);
    if (m_view.goToNamed(text)) {
        showBar(Bar::None);
        m_view.setFocus();
    } else {
        m_barText->setText(tr("No place is called “%1”").arg(text));
        showBar(Bar::GoTo);
        m_line->selectAll();
    }
}

void MapTools::offerArea(const std::vector<geo::MercatorPoint> &ring, qsizetype events)
{
    m_ring = ring;
    std::vector<schema::GeoPoint> points;
    for (const geo::MercatorPoint &corner : ring)
        points.push_back(geo::unproject(corner));
    m_barText->setText(tr("%1 events selected in %2")
                           .arg(countText(events), areaText(geo::areaKm2(points))));
    m_line->clear();
    showBar(Bar::Area);
}

void MapTools::keepArea(const QString &name)
{
    schema::Ring ring;
    for (const geo::MercatorPoint &corner : m_ring)
        ring.push_back(geo::unproject(corner));
    if (ring.size() < 3)
        return;
    ring.push_back(ring.front());
    m_areas.keep(name, std::move(ring), tr("Keep an area"), [this, name](const Status &kept) {
        if (kept)
            return say(tr("“%1” is kept; what comes into it from now on is new.").arg(name));
        const FailureText text = failureText(kept.error());
        m_barText->setText(tr("Not kept: %1 %2").arg(text.cause, text.remedy));
        showBar(Bar::Area);
    });
}

void MapTools::showInView()
{
    m_listsView = true;
    m_list->setVisible(true);
    followPicture();
    arrange();
    m_list->takeFocus();
}

void MapTools::followPicture()
{
    if (!m_listsView || !m_list->isVisible())
        return;
    std::size_t total = 0;
    auto events = m_view.eventsInView(kListedMax, &total);
    const QString count = countOfText(qint64(events.size()), qint64(total));
    m_list->show(tr("In view: %1 events").arg(count), std::move(events));
}

void MapTools::showChanges(schema::MapAreaId id)
{
    const ipc::MapArea *area = m_areas.find(id);
    if (!area)
        return;
    const std::vector<qint64> changes = m_areas.changesIn(*area);
    const QString name = fromUtf8(area->name);
    const QString since = TimeText{}.minute(area->lookedAt);
    m_listsView = false;
    m_list->show(changes.empty()
                     ? tr("Nothing is new in “%1” since %2 UTC").arg(name, since)
                     : tr("%1 new in “%2” since %3 UTC")
                           .arg(countText(qint64(changes.size())), name, since),
                 changes);
    arrange();
    m_view.fitTo(schema::boundsOf({schema::Geometry::Kind::Areas, {}, {}, {{area->ring}}}));
    m_view.session().focus().select(QSet<qint64>(changes.begin(), changes.end()),
                                    changes.empty() ? 0 : changes.front());
    m_list->takeFocus();
    m_areas.markLooked(id);
}

void MapTools::closeList()
{
    m_listsView = false;
    m_list->hide();
    m_view.setFocus();
}

void MapTools::fillAreasMenu(QMenu &menu)
{
    if (m_areas.areas().empty())
        menu.addAction(tr("None yet: draw one with the lasso"))->setEnabled(false);
    for (const ipc::MapArea &area : m_areas.areas()) {
        const auto changes = qint64(m_areas.changesIn(area).size());
        const QString name = fromUtf8(area.name).replace(u'&', u"&&"_s);
        QMenu *sub = menu.addMenu(changes > 0 ? tr("%1  (%2 new)").arg(name, countText(changes))
                                              : name);
        const schema::MapAreaId id = area.id;
        sub->addAction(tr("Show what changed"), this, [this, id] { showChanges(id); });
        sub->addAction(tr("Select all in it"), this, [this, id] {
            if (const ipc::MapArea *known = m_areas.find(id))
                m_view.selectIn(shownArea({}, known->ring, 0).ring);
        });
        sub->addSeparator();
        sub->addAction(tr("Remove"), this, [this, id] {
            m_areas.remove(id, tr("Remove an area"), [this](const Status &removed) {
                if (!removed)
                    say(failureText(removed.error()).cause);
            });
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Draw an area…"), this, [this] { setTool(MapTool::Lasso); });
}

} // namespace chrona::ui
