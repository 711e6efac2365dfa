// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "map/map_renderer.h"
#include "plausible_events.h"
#include "row_order.h"

#include "chrona/workspace/event_filter.h"

#include <QImage>

#include <array>
#include <format>
#include <functional>
#include <numeric>

namespace chrona::bench {
namespace {

using namespace ui;

constexpr QSizeF kView(1440, 900);
constexpr int kFrames = 20;

Rounds frames(const std::function<void(int)> &run)
{
    return inRounds(kFrames, run);
}

/// The pixels of one frame written once: no picture can be made faster.
double pixelsMs()
{
    QImage picture(kView.toSize(), QImage::Format_RGB32);
    return frames([&picture](int round) { picture.fill(static_cast<uint>(round)); }).median;
}

struct Million {
    std::shared_ptr<schema::EventColumns> columns;
    std::vector<std::uint32_t> rows;

    explicit Million(std::size_t count) : columns(plausibleEvents(count)), rows(count)
    {
        std::iota(rows.begin(), rows.end(), 0U);
    }
};

void addFrames(Report &report, const Theme &theme, std::size_t count)
{
    const Million events(count);
    MapScene world;
    world.camera = {geo::project({10, 25}), 2.5, kView};
    world.style = std::make_shared<MapStyle>(MapStyle::from(theme));
    world.events = EventPoints::from(events.columns, *events.columns, events.rows, nullptr);
    MapRenderer renderer;
    const double limit = pixelsMs();
    const std::string work = std::format("{} events, 1440 × 900, two threads", count);
    const auto add = [&](const char *name, const Rounds &ms) {
        report.push_back({std::format("render.{}_{}k", name, count / 1000), ms.median, "ms",
                          std::format("{}; {}", work, ms.said()), "the frame's pixels written once",
                          limit});
    };
    // The events alone, two threads: what remains is base map, names and the picture itself.
    ThreadPool threads(2);
    EventPainter painter(threads);
    QImage ground(kView.toSize(), QImage::Format_RGB32);
    add("splat", frames([&](int) {
            ground.fill(Qt::black);
            painter.paint(ground, world.camera, 1, *world.style, *world.events, false);
        }));
    add("brush", frames([&](int) { (void)renderer.render(world); }));
    const auto move = [&](bool showEvents, bool showLabels) {
        return frames([&](int round) {
            MapScene next = world;
            next.camera.centre.x += round * 7 / next.camera.worldPixels();
            next.showEvents = showEvents;
            next.showLabels = showLabels;
            (void)renderer.render(next);
        });
    };
    add("move", move(true, true));
    add("move_base_and_labels", move(false, true));
    add("move_base", move(false, false));
    add("prepare", frames([&](int) {
            (void)EventPoints::from(events.columns, *events.columns, events.rows,
                                    world.events.get());
        }));
}

/// A value for every county, another one each round.
std::shared_ptr<const RegionLayer> countyValues(int round)
{
    RegionValues values;
    values.set = RegionSet::UsCounties2023;
    const auto map = geo::readBaseMap(geo::shippedData(geo::ShippedData::UsCounties2023)).value();
    std::uint32_t number = 0;
    for (const geo::Area &area : map.areas(geo::AreaLayer::Counties))
        values.values.insert(QString::fromStdString(area.code),
                             (++number + static_cast<std::uint32_t>(round)) * 2'654'435'761U % 997);
    values.classes.method = geo::ClassMethod::NaturalBreaks;
    return RegionLayer::from(values);
}

/// What lies below the events of a picture, and what a pointer asks of them.
void addMapLayers(Report &report, const Theme &theme)
{
    constexpr std::size_t kCount = 1'000'000;
    const Million events(kCount);
    MapScene world;
    world.camera = {geo::project({10, 25}), 2.5, kView};
    world.style = std::make_shared<MapStyle>(MapStyle::from(theme));
    world.showLabels = false;
    MapRenderer renderer;
    const double limit = pixelsMs();
    const auto add = [&](const char *name, const char *work, const Rounds &ms) {
        report.push_back({std::format("render.{}", name), ms.median, "ms",
                          std::format("{}; {}", work, ms.said()), "the frame's pixels written once",
                          limit});
    };
    MapScene states = world;
    states.camera = {geo::project({-96, 38}), 3.9, kView};
    const std::array counties{countyValues(0), countyValues(1)};
    add("recolour_counties", "3,233 counties, 1440 × 900, one thread", frames([&](int round) {
            states.regions = counties[static_cast<std::size_t>(round) % counties.size()];
            (void)renderer.render(states);
        }));
    using workspace::MapDrawing;
    for (const auto &[name, drawing] : {std::pair("heat_1000k", MapDrawing::Heat),
                                        std::pair("hexagons_1000k", MapDrawing::Hexagons),
                                        std::pair("by_country_1000k", MapDrawing::Countries)}) {
        auto layers = std::make_shared<workspace::MapLayers>(workspace::MapLayers::initial());
        for (workspace::MapLayer &layer : layers->order)
            layer.drawing = drawing;
        MapScene scene = world;
        scene.layers = layers;
        EventLayers drawn;
        drawn.surfaces = ~0U;
        drawn.countries = std::make_shared<const std::vector<std::string>>(300, "US");
        scene.events =
            EventPoints::from(events.columns, *events.columns, events.rows, nullptr, drawn);
        add(name, "1,000,000 events in ten layers, 1440 × 900, one thread",
            frames([&](int) { (void)renderer.render(scene); }));
    }
    const auto points = EventPoints::from(events.columns, *events.columns, events.rows, nullptr);
    constexpr int kPicks = 1'000;
    const double pixel = 1 / geo::worldPixels(2.5);
    std::size_t found = 0;
    const Rounds picks = frames([&](int round) {
        for (int i = 0; i < kPicks; ++i) {
            const double x = ((i + round) * 7919 % 1009) / 1009.0;
            const double y = 0.2 + 0.5 * ((i + round) * 104'729 % 997) / 997.0;
            found += points->grid.nearest({x, y}, 8 * pixel) ? 1 : 0;
        }
    });
    if (found == 0)
        std::abort();
    add("pick_1000k", "one place among 1,000,000 events, mean of 1,000",
        {picks.median / kPicks, picks.best / kPicks, picks.processor / kPicks});
}

/// What brushing and sorting cost in the client, before anything is drawn.
void addTables(Report &report)
{
    constexpr std::size_t kCount = 1'000'000;
    const Million events(kCount);
    workspace::EventSnapshot snapshot;
    snapshot.columns = *events.columns;
    std::int64_t id = 0;
    for (std::int64_t &each : snapshot.columns.id)
        each = ++id;
    std::ranges::sort(snapshot.columns.observedAt);
    const double limit = frames([&](int) {
                             std::vector<std::uint32_t> copy(events.rows);
                             if (copy.back() == 0)
                                 std::abort();
                         }).median;
    const auto add = [&](const char *name, const Rounds &ms) {
        report.push_back({std::format("table.{}_1000k", name), ms.median, "ms",
                          std::format("{} events, one thread; {}", kCount, ms.said()),
                          "a million row numbers copied", limit});
    };
    workspace::EventCriteria criteria;
    const auto &times = snapshot.columns.observedAt;
    criteria.window = {Instant(Duration(times[kCount / 4])), Instant(Duration(times[kCount / 2]))};
    add("window", frames([&](int) { (void)selectRows(snapshot.columns, criteria); }));
    criteria.filter.severityMin = 0.5F;
    criteria.filter.types = 0x00AAAAAAU;
    add("filter", frames([&](int) { (void)selectRows(snapshot.columns, criteria); }));
    const workspace::EventIdTable titled(std::span(snapshot.columns.id).first(kCount / 10));
    add("words", frames([&](int) { (void)selectRows(snapshot.columns, criteria, &titled); }));
    using workspace::Direction, workspace::OrderBy;
    const auto sort = [&](OrderBy by, const workspace::EventIdTable *titles) {
        return frames([&](int) {
            (void)arrangedRows(snapshot, events.rows, by, Direction::Descending, titles);
        });
    };
    add("sort_severity", sort(OrderBy::Severity, nullptr));
    std::vector<std::uint32_t> ranks(kCount);
    for (std::size_t row = 0; row < kCount; ++row)
        ranks[row] = static_cast<std::uint32_t>(row * 2'654'435'761U % kCount);
    const workspace::EventIdTable order(snapshot.columns.id, ranks);
    add("sort_title", sort(OrderBy::Title, &order));
}

} // namespace

Result<Report> benchRender()
{
    Theme theme;
    theme.setAppearance(Appearance::Dark);
    Report report;
    for (const std::size_t count : {250'000UZ, 1'000'000UZ, 5'000'000UZ})
        addFrames(report, theme, count);
    addMapLayers(report, theme);
    addTables(report);
    if (auto done = addViews(report); !done)
        return std::unexpected(done.error());
    return report;
}

} // namespace chrona::bench
