// SPDX-License-Identifier: AGPL-3.0-or-later
// What the map asks of the sample service.
#include "sample_service.h"

#include <algorithm>

namespace chrona::ui::test {

void SampleService::handle(const ipc::EventShapesRequest &request,
                           const ipc::Responder<ipc::EventShapesRequest> &responder)
{
    ipc::EventShapesReply reply;
    for (const schema::EventId id : request.ids) {
        const auto at = m_eventById.constFind(id.value);
        if (at == m_eventById.cend())
            continue;
        const schema::Event &event = m_events[*at];
        if (event.geometry.kind > schema::Geometry::Kind::Point)
            reply.shapes.push_back({id, event.times.observedAt, event.endsAt, event.geometry});
    }
    responder.reply(reply);
}

void SampleService::handle(const ipc::MapAreasRequest &,
                           const ipc::Responder<ipc::MapAreasRequest> &responder)
{
    responder.reply({m_areas});
}

void SampleService::handle(const ipc::MapAreaSave &request,
                           const ipc::Responder<ipc::MapAreaSave> &responder)
{
    ipc::MapArea area = request.area;
    const auto known = std::ranges::find(m_areas, area.id, &ipc::MapArea::id);
    if (std::ranges::any_of(m_areas, [&area](const ipc::MapArea &other) {
            return other.name == area.name && other.id != area.id;
        }))
        return responder.fail({ErrorCode::Conflict, "there is an area of that name already",
                               "choose another name", false});
    if (known == m_areas.end()) {
        area.id = {static_cast<std::int64_t>(m_areas.size()) + 1};
        area.lookedAt = m_end;
        m_areas.push_back(area);
    } else {
        ++area.revision;
        *known = area;
    }
    responder.reply({{area}});
}

void SampleService::handle(const ipc::MapAreaRemove &request,
                           const ipc::Responder<ipc::MapAreaRemove> &responder)
{
    std::erase_if(m_areas,
                  [&request](const ipc::MapArea &area) { return area.id == request.area; });
    responder.reply({});
}

void SampleService::handle(const ipc::SeriesQuery &,
                           const ipc::Responder<ipc::SeriesQuery> &responder)
{
    ipc::SeriesQueryReply reply;
    for (const char *region : {"DE", "FR", "ES", "IT"}) {
        schema::Series series;
        series.key = std::string("demo:unemployment:") + region;
        series.metric = "unemployment_rate";
        series.region = region;
        reply.series.push_back(series);
    }
    responder.reply(reply);
}

void SampleService::handle(const ipc::MetricQuery &query,
                           const ipc::Responder<ipc::MetricQuery> &responder)
{
    ipc::MetricReply reply;
    reply.unit = "%";
    if (query.metric == "unemployment_rate")
        reply.values = {{"DE", 3.4, m_end}, {"FR", 7.4, m_end}, {"ES", 11.2, m_end},
                        {"IT", 5.8, m_end}};
    else if (query.metric == "soil_moisture")
        reply.values = {{"north", 11, m_end}, {"south", 29.5, m_end}};
    responder.reply(reply);
}

/// One set of three districts in the Sahara, a page each.
void SampleService::handle(const ipc::BoundaryQuery &query,
                           const ipc::Responder<ipc::BoundaryQuery> &responder)
{
    ipc::BoundaryReply reply;
    if (query.set.empty())
        reply.sets = {{"districts", 3, 1'000}};
    const auto district = [&query](const char *code, const char *name, double south) {
        const schema::Ring ring{{0, south},      {10, south}, {10, south + 4},
                                {0, south + 4}, {0, south}};
        return schema::Boundary{schema::boundaryIdFor(query.set, code), query.set, code, name,
                                {{ring}}, {5, south + 2}};
    };
    const std::vector<schema::Boundary> all{district("middle", "Middle", 22),
                                            district("north", "North", 26),
                                            district("south", "South", 18)};
    if (query.set == "districts")
        for (const schema::Boundary &each : all)
            if (each.code > query.cursor && reply.boundaries.empty())
                reply.boundaries.push_back(each);
    if (!reply.boundaries.empty() && reply.boundaries.back().code != all.back().code)
        reply.nextCursor = reply.boundaries.back().code;
    responder.reply(reply);
}

} // namespace chrona::ui::test
