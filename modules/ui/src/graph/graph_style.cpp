// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_style.h"

#include "chrona/schema/entity.h"
#include "chrona/ui/theme.h"
#include "map/map_style.h"
#include "text/known_names.h"
#include "text/names.h"

#include <QCoreApplication>
#include <QIcon>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Graph", text);
}

} // namespace

GraphLook lookOf(ipc::GraphNodeKind kind, std::uint8_t detail)
{
    if (kind == ipc::GraphNodeKind::Event)
        return GraphLook::Event;
    if (kind == ipc::GraphNodeKind::Source)
        return GraphLook::Source;
    if (kind == ipc::GraphNodeKind::Story)
        return GraphLook::Story;
    switch (static_cast<schema::EntityKind>(detail)) {
    case schema::EntityKind::MarketInstrument:
    case schema::EntityKind::Sector: return GraphLook::Market;
    case schema::EntityKind::Country:
    case schema::EntityKind::Region:
    case schema::EntityKind::Location: return GraphLook::Place;
    case schema::EntityKind::EventTopic: return GraphLook::Topic;
    case schema::EntityKind::Person: return GraphLook::Person;
    default: return GraphLook::Organization;
    }
}

QString lookName(GraphLook look)
{
    switch (look) {
    case GraphLook::Place: return QCoreApplication::translate("Graph", "Place");
    case GraphLook::Organization: return QCoreApplication::translate("Graph", "Organization");
    case GraphLook::Person: return QCoreApplication::translate("Graph", "Person");
    case GraphLook::Market: return QCoreApplication::translate("Graph", "Market");
    case GraphLook::Topic: return QCoreApplication::translate("Graph", "Topic");
    case GraphLook::Event: return QCoreApplication::translate("Graph", "Event");
    case GraphLook::Story: return QCoreApplication::translate("Graph", "Story");
    case GraphLook::Source: break;
    }
    return QCoreApplication::translate("Graph", "Source");
}

QString nodeName(const workspace::GraphState &state, graph::NodeIndex node)
{
    return entityName(state.facts->nodes[node].name, state.facts->graph.node(node).label);
}

QString nodeKindName(ipc::GraphNodeKind kind, std::uint8_t detail)
{
    if (kind == ipc::GraphNodeKind::Event)
        return typeName(detail);
    if (kind == ipc::GraphNodeKind::Source)
        return lookName(GraphLook::Source);
    if (kind == ipc::GraphNodeKind::Story)
        return lookName(GraphLook::Story);
    switch (static_cast<schema::EntityKind>(detail)) {
    case schema::EntityKind::MarketInstrument:
        return QCoreApplication::translate("Graph", "Instrument");
    case schema::EntityKind::Sector: return QCoreApplication::translate("Graph", "Sector");
    case schema::EntityKind::Country: return QCoreApplication::translate("Graph", "Country");
    case schema::EntityKind::Region: return QCoreApplication::translate("Graph", "Region");
    case schema::EntityKind::Location: return QCoreApplication::translate("Graph", "Location");
    case schema::EntityKind::RegulatoryBody:
        return QCoreApplication::translate("Graph", "Regulator");
    case schema::EntityKind::EventTopic: return lookName(GraphLook::Topic);
    case schema::EntityKind::Person: return lookName(GraphLook::Person);
    default: return lookName(GraphLook::Organization);
    }
}

QString edgeTypeName(ipc::GraphEdgeType type)
{
    static constexpr std::array<const char *, ipc::kGraphEdgeTypeCount> kNames{
        QT_TRANSLATE_NOOP("Graph", "Subject"),   QT_TRANSLATE_NOOP("Graph", "Actor"),
        QT_TRANSLATE_NOOP("Graph", "Target"),    QT_TRANSLATE_NOOP("Graph", "Location"),
        QT_TRANSLATE_NOOP("Graph", "Topic"),     QT_TRANSLATE_NOOP("Graph", "Instrument"),
        QT_TRANSLATE_NOOP("Graph", "Publisher"), QT_TRANSLATE_NOOP("Graph", "Named together"),
        QT_TRANSLATE_NOOP("Graph", "Reports"),   QT_TRANSLATE_NOOP("Graph", "Part of"),
        QT_TRANSLATE_NOOP("Graph", "Exposure"),  QT_TRANSLATE_NOOP("Graph", "Tells")};
    return say(kNames[static_cast<std::size_t>(type)]);
}

QString edgeTypeHint(ipc::GraphEdgeType type)
{
    switch (type) {
    case ipc::GraphEdgeType::Together:
        return QCoreApplication::translate("Graph", "named by the same events as");
    case ipc::GraphEdgeType::Reports: return QCoreApplication::translate("Graph", "reports");
    case ipc::GraphEdgeType::PartOf: return QCoreApplication::translate("Graph", "is part of");
    case ipc::GraphEdgeType::ExposedTo:
        return QCoreApplication::translate("Graph", "moves, by the exposure rules,");
    case ipc::GraphEdgeType::Tells: return QCoreApplication::translate("Graph", "tells");
    default: return QCoreApplication::translate("Graph", "names");
    }
}

GraphStyle GraphStyle::from(const Theme &theme)
{
    GraphStyle style;
    style.isDark = theme.isDark();
    style.ground = theme.color(Role::Surface0);
    const QColor hint = theme.color(Role::Text3);
    style.edge = mixed(style.ground, hint, style.isDark ? 0.62 : 0.66);
    style.edgeFaded = mixed(style.ground, hint, style.isDark ? 0.13 : 0.15);
    style.edgeWeak = mixed(style.ground, hint, style.isDark ? 0.24 : 0.28);
    style.focus = theme.color(Role::Focus);
    style.text = theme.color(Role::Text1);
    style.textQuiet = theme.color(Role::Text2);
    style.halo = style.ground;
    style.rim = style.ground;
    style.pin = theme.color(Role::Text1);
    using Category = schema::EventCategory;
    for (std::size_t at = 0; at < style.categories.size(); ++at)
        style.categories[at] = theme.category(static_cast<Category>(at));
    // Shape and mark tell kinds apart as well; amber stays the selection's.
    style.looks = {style.categories[0],      style.categories[2], style.categories[7],
                   style.categories[3],      style.categories[6], style.categories[1],
                   theme.color(Role::Text3), style.categories[1]};
    constexpr std::array<const char *, kGraphLookCount> kIcons{
        "globe", "organization", "person", "chart", "topic", "feed", "sources", "layers"};
    for (std::size_t at = 0; at < kIcons.size(); ++at) {
        const QIcon icon = theme.icon(QString::fromLatin1(kIcons[at]), Role::Surface0);
        QPixmap mark = icon.pixmap(QSize(32, 32), 1.0);
        style.marks[at] = mark.toImage().convertToFormat(QImage::Format_ARGB32_Premultiplied);
    }
    style.labelFont = theme.font(TextSize::Tiny);
    style.labelStrong = theme.font(TextSize::Small, TextWeight::Strong);
    return style;
}

QColor GraphStyle::community(std::uint32_t number) const
{
    constexpr std::array<std::size_t, 7> kOrder{0, 3, 2, 5, 7, 1, 4};
    return number < kOrder.size() ? categories[kOrder[number]] : looks[6];
}

} // namespace chrona::ui
