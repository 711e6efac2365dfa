// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/page_focus.h"

#include "chrona/workspace/focus.h"
#include "text/names.h"

#include <algorithm>

namespace chrona::ui {

using report::PlacedPlot;
using schema::Chart;
using schema::Map;

namespace {

/// The figure that the plot shows; null where the part is another.
template <class Figure>
const Figure *figureOf(const PlacedPlot &plot, const schema::Briefing &briefing)
{
    return std::get_if<Figure>(&briefing.sections[*plot.part.section].blocks[*plot.part.block]);
}

double microsecondsOf(Instant at)
{
    return static_cast<double>(at.time_since_epoch().count());
}

} // namespace

FigureMarks marksOf(const PlacedPlot &plot, const schema::Briefing &briefing,
                    const workspace::Focus &focus)
{
    FigureMarks marks;
    if (plot.kind == PlacedPlot::Kind::Time) {
        if (focus.showsEverything())
            return marks;
        const double from = std::max(microsecondsOf(focus.window().begin), plot.low);
        const double to = std::min(microsecondsOf(focus.window().end), plot.high);
        const bool isWhole = from <= plot.low && to >= plot.high;
        if (from < to && !isWhole)
            marks.stretch = {(from - plot.low) / (plot.high - plot.low),
                             (to - plot.low) / (plot.high - plot.low)};
        return marks;
    }
    if (const auto *chart = figureOf<Chart>(plot, briefing)) {
        for (std::size_t i = 0; i < chart->categories.size(); ++i)
            if (!focus.target().isEmpty() && fromUtf8(chart->categories[i]) == focus.target())
                marks.boxes.push_back(i);
    } else if (const auto *map = figureOf<Map>(plot, briefing)) {
        for (std::size_t i = 0; i < std::min(map->marks.size(), map->evidence.size()); ++i)
            if (map->evidence[i].kind == schema::EvidenceKind::Event &&
                focus.selection().contains(map->evidence[i].id))
                marks.boxes.push_back(i);
    }
    return marks;
}

PageFocus::PageFocus(PagesView &view, workspace::Focus &focus, QObject *parent)
    : QObject(parent), m_view(view), m_focus(focus)
{
    using workspace::Focus;
    connect(&view, &PagesView::brushed, this, [this](double fromMicros, double toMicros) {
        m_focus.setWindow({Instant(Duration(static_cast<std::int64_t>(fromMicros))),
                           Instant(Duration(static_cast<std::int64_t>(toMicros)))});
    });
    connect(&view, &PagesView::figurePressed, this,
            [this](std::size_t plot, std::size_t box) { press(m_view.plan()->plots[plot], box); });
    connect(&view, &PagesView::planChanged, this, &PageFocus::showFocus);
    connect(&focus, &Focus::windowChanged, this, &PageFocus::showFocus);
    connect(&focus, &Focus::targetChanged, this, &PageFocus::showFocus);
    connect(&focus, &Focus::selectionChanged, this, &PageFocus::showFocus);
    showFocus();
}

void PageFocus::press(const PlacedPlot &plot, std::size_t box)
{
    const schema::Briefing &briefing = m_view.plan()->briefing;
    if (const auto *chart = figureOf<Chart>(plot, briefing)) {
        if (box < chart->categories.size())
            m_focus.setTarget(fromUtf8(chart->categories[box]));
    } else if (const auto *map = figureOf<Map>(plot, briefing)) {
        if (box < map->evidence.size() && map->evidence[box].kind == schema::EvidenceKind::Event)
            m_focus.select({map->evidence[box].id}, map->evidence[box].id);
    }
}

void PageFocus::showFocus()
{
    std::vector<FigureMarks> marks;
    if (m_view.plan())
        for (const PlacedPlot &plot : m_view.plan()->plots)
            marks.push_back(marksOf(plot, m_view.plan()->briefing, m_focus));
    m_view.setFigureMarks(std::move(marks));
}

} // namespace chrona::ui
