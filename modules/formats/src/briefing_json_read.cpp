// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/briefing_json.h"

#include "strict_json_node.h"

#include <algorithm>
#include <format>

namespace chrona::formats {
namespace {

using namespace schema;

std::string textOf(const Node &node)
{
    return node.text();
}

Evidence evidenceAt(const Node &node)
{
    node.only({"kind", "id", "as_of", "label"});
    Evidence evidence;
    evidence.kind = node.at("kind").word(evidenceKindFrom);
    evidence.id = node.at("id").integer();
    if (node.has("as_of"))
        evidence.asOf = node.at("as_of").instant();
    if (node.has("label"))
        evidence.label = node.at("label").text();
    return evidence;
}

/// The members of a statement; who asks has looked at what else is there.
Statement saidAt(const Node &node)
{
    Statement statement;
    statement.text = node.at("text").text();
    statement.basis = node.at("basis").word(statementBasisFrom);
    statement.confidence = float(node.at("confidence").number());
    if (node.has("key"))
        statement.key = node.at("key").text();
    if (node.has("given"))
        statement.given = node.at("given").text();
    statement.evidence = node.at("evidence").list(evidenceAt);
    return statement;
}

Block statementAt(const Node &node)
{
    node.only({"type", "text", "basis", "confidence", "key", "given", "evidence"});
    return saidAt(node);
}

Cell cellAt(const Node &node)
{
    switch (node.raw().kind()) {
    case JsonValue::Kind::Null: return {};
    case JsonValue::Kind::String: return node.text();
    case JsonValue::Kind::Integer:
    case JsonValue::Kind::Double: return node.number();
    default: break;
    }
    if (node.has("instant")) {
        node.only({"instant"});
        return node.at("instant").instant();
    }
    node.only({"value", "unit", "decimals", "sign"});
    const std::uint32_t decimals = node.at("decimals").count();
    if (decimals > kDecimalsMax)
        node.refuse("prints more decimals than a number has");
    return Quantity{node.at("value").number(), node.at("unit").text(), std::uint8_t(decimals),
                    node.at("sign").word(signRuleFrom)};
}

Block tableAt(const Node &node)
{
    node.only({"type", "title", "columns", "rows"});
    Table table;
    table.title = node.at("title").text();
    table.columns = node.at("columns").list([](const Node &column) {
        column.only({"name", "format", "unit"});
        return TableColumn{column.at("name").text(), column.at("format").word(columnFormatFrom),
                           column.at("unit").text()};
    });
    table.rows = node.at("rows").list([](const Node &row) {
        row.only({"cells", "evidence"});
        return TableRow{row.at("cells").list(cellAt), row.at("evidence").list(evidenceAt)};
    });
    return table;
}

Block chartAt(const Node &node)
{
    node.only({"type", "finding", "kind", "x", "x_unit", "y_unit", "series", "shaded", "categories",
               "evidence"});
    Chart chart;
    chart.finding = node.at("finding").text();
    chart.kind = node.at("kind").word(chartKindFrom);
    chart.x = node.at("x").word(chartAxisFrom);
    chart.xUnit = node.at("x_unit").text();
    chart.yUnit = node.at("y_unit").text();
    chart.series = node.at("series").list([](const Node &series) {
        series.only({"name", "x", "y"});
        return ChartSeries{series.at("name").text(),
                           series.at("x").list([](const Node &x) { return x.number(); }),
                           series.at("y").list([](const Node &y) { return y.numberOrGap(); })};
    });
    chart.shaded = node.at("shaded").list([](const Node &span) {
        span.only({"from", "to", "label"});
        return ChartSpan{span.at("from").number(), span.at("to").number(), span.at("label").text()};
    });
    chart.categories = node.at("categories").list(textOf);
    chart.evidence = node.at("evidence").list(evidenceAt);
    return chart;
}

MapMark markAt(const Node &node)
{
    node.only({"longitude", "latitude", "label", "size", "category"});
    return {{node.at("longitude").number(), node.at("latitude").number()},
            node.at("label").text(),
            node.at("size").number(),
            node.at("category").word(eventCategoryFrom)};
}

Block mapAt(const Node &node)
{
    node.only({"type", "finding", "extent", "marks", "areas", "unit", "evidence"});
    Map map;
    map.finding = node.at("finding").text();
    const auto extent = node.at("extent").list([](const Node &side) { return side.number(); });
    if (extent.size() == 4)
        map.extent = {extent[0], extent[1], extent[2], extent[3]};
    else
        node.at("extent").refuse("has not four sides");
    map.marks = node.at("marks").list(markAt);
    map.areas = node.at("areas").list([](const Node &area) {
        area.only({"code", "value"});
        return MapArea{area.at("code").text(), area.at("value").number()};
    });
    map.unit = node.at("unit").text();
    map.evidence = node.at("evidence").list(evidenceAt);
    return map;
}

Block blockAt(const Node &node)
{
    const std::string type = node.at("type").text();
    if (type == "statement")
        return statementAt(node);
    if (type == "table")
        return tableAt(node);
    if (type == "chart")
        return chartAt(node);
    if (type == "map")
        return mapAt(node);
    node.at("type").refuse("is no kind of block that this version knows");
    return {};
}

Section sectionAt(const Node &node)
{
    node.only({"kind", "heading", "blocks"});
    return {node.at("kind").word(sectionKindFrom), node.at("heading").text(),
            node.at("blocks").list(blockAt)};
}

Citation citationAt(const Node &node)
{
    node.only({"number", "kind", "id", "label", "source", "source_name", "publisher_family", "url",
               "published_at", "basis", "redistribution"});
    Citation citation;
    citation.number = node.at("number").count();
    citation.kind = node.at("kind").word(evidenceKindFrom);
    citation.id = node.at("id").integer();
    citation.label = node.at("label").text();
    citation.source = SourceId{node.at("source").integer()};
    citation.sourceName = node.at("source_name").text();
    citation.publisherFamily = node.at("publisher_family").text();
    citation.url = node.at("url").text();
    if (node.has("published_at"))
        citation.publishedAt = node.at("published_at").instant();
    citation.basis = node.at("basis").word(availabilityBasisFrom);
    citation.redistribution = node.at("redistribution").word(redistributionFrom);
    return citation;
}

Briefing briefingAt(const Node &node)
{
    node.only({"chrona_briefing", "day", "title", "covers_from", "covers_until", "known_at",
               "generated_at", "revision", "synthetic", "sections", "citations", "sources",
               "attributions", "words_by"});
    const std::int64_t version = node.at("chrona_briefing").integer();
    if (version != kBriefingJsonVersion && version != kBriefingWordsVersion)
        node.at("chrona_briefing").refuse("is a version that this program does not know");
    Briefing briefing;
    const auto day = parseDate(node.at("day").text());
    if (!day)
        node.at("day").refuse("is no date");
    briefing.day = day.value_or(Date{});
    briefing.title = node.at("title").text();
    briefing.coversFrom = node.at("covers_from").instant();
    briefing.coversUntil = node.at("covers_until").instant();
    briefing.knownAt = node.at("known_at").instant();
    briefing.generatedAt = node.at("generated_at").instant();
    briefing.revision = node.at("revision").count();
    briefing.synthetic = node.at("synthetic").truth();
    briefing.sections = node.at("sections").list(sectionAt);
    briefing.citations = node.at("citations").list(citationAt);
    briefing.sources =
        node.at("sources").list([](const Node &source) { return SourceId{source.integer()}; });
    briefing.attributions = node.at("attributions").list(textOf);
    if (node.has("words_by"))
        briefing.wordsBy = node.at("words_by").text();
    return briefing;
}

std::optional<ChangeKind> changeKindFrom(std::string_view text)
{
    using enum ChangeKind;
    for (const ChangeKind kind : {New, Escalated, Eased, Corrected, Retracted, Ended})
        if (toString(kind) == text)
            return kind;
    return std::nullopt;
}

Change changeAt(const Node &node)
{
    node.only({"kind", "relevance", "text", "basis", "confidence", "key", "evidence"});
    return {node.at("kind").word(changeKindFrom), saidAt(node),
            float(node.at("relevance").number())};
}

HourlyUpdate hourlyAt(const Node &node)
{
    node.only(
        {"chrona_hourly", "hour", "known_at", "synthetic", "changes", "data_health", "alerts"});
    if (node.at("chrona_hourly").integer() != kBriefingJsonVersion)
        node.at("chrona_hourly").refuse("is a version that this program does not know");
    HourlyUpdate update;
    update.hour = node.at("hour").instant();
    update.knownAt = node.at("known_at").instant();
    update.synthetic = node.at("synthetic").truth();
    update.changes = node.at("changes").list(changeAt);
    const auto told = [](const Node &statement) {
        statement.only({"text", "basis", "confidence", "key", "evidence"});
        return saidAt(statement);
    };
    update.dataHealth = node.at("data_health").list(told);
    if (node.has("alerts"))
        update.alerts = node.at("alerts").list(told);
    return update;
}

/// Parses, reads with `readAt`, and holds what comes out against its own rules.
template <class Read>
auto readDocument(std::string_view text, const char *name, Read readAt)
    -> Result<decltype(readAt(std::declval<Node>()))>
{
    const JsonLimits limits{.bytesMax = 64 << 20, .depthMax = 16};
    const auto document = JsonDocument::parse(text, limits);
    if (!document)
        return std::unexpected(document.error());
    std::optional<Faulty> fault;
    auto read = readAt(Node(document->root(), name, fault));
    if (fault)
        return fail(ErrorCode::InvalidInput, std::format("{} {}", fault->path, fault->reason));
    if (const Faults faults = validate(read); !faults.empty())
        return fail(ErrorCode::InvalidInput,
                    std::format("{} {}", faults.front().field, faults.front().reason));
    return read;
}

} // namespace

Result<Briefing> readBriefingJson(std::string_view text)
{
    return readDocument(text, "briefing", briefingAt);
}

Result<HourlyUpdate> readHourlyJson(std::string_view text)
{
    return readDocument(text, "hourly", hourlyAt);
}

} // namespace chrona::formats
