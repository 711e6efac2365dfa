// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/briefing_json.h"

#include "chrona/formats/json_writer.h"

namespace chrona::formats {
namespace {

using namespace schema;

void writeEvidence(JsonWriter &json, const std::vector<Evidence> &evidence)
{
    json.key("evidence").beginArray();
    for (const Evidence &one : evidence) {
        json.beginObject().member("kind", toString(one.kind)).member("id", one.id);
        if (one.asOf)
            json.member("as_of", formatInstant(*one.asOf));
        if (!one.label.empty())
            json.member("label", one.label);
        json.endObject();
    }
    json.endArray();
}

void writeStatement(JsonWriter &json, const Statement &statement)
{
    json.member("text", statement.text).member("basis", toString(statement.basis));
    json.member("confidence", double(statement.confidence));
    if (!statement.key.empty())
        json.member("key", statement.key);
    if (!statement.given.empty())
        json.member("given", statement.given);
    writeEvidence(json, statement.evidence);
}

void writeStatements(JsonWriter &json, const std::vector<Statement> &statements)
{
    json.beginArray();
    for (const Statement &statement : statements) {
        json.beginObject();
        writeStatement(json, statement);
        json.endObject();
    }
    json.endArray();
}

struct CellWriter {
    JsonWriter &json;
    void operator()(std::monostate) const { json.null(); }
    void operator()(double number) const { json.value(number); }
    void operator()(const std::string &text) const { json.value(text); }
    void operator()(Instant instant) const
    {
        json.beginObject().member("instant", formatInstant(instant)).endObject();
    }
    void operator()(const Quantity &quantity) const
    {
        json.beginObject().member("value", quantity.value).member("unit", quantity.unit);
        json.member("decimals", int(quantity.decimals)).member("sign", toString(quantity.sign));
        json.endObject();
    }
};

void writeTable(JsonWriter &json, const Table &table)
{
    json.member("title", table.title).key("columns").beginArray();
    for (const TableColumn &column : table.columns)
        json.beginObject()
            .member("name", column.name)
            .member("format", toString(column.format))
            .member("unit", column.unit)
            .endObject();
    json.endArray().key("rows").beginArray();
    for (const TableRow &row : table.rows) {
        json.beginObject().key("cells").beginArray();
        for (const Cell &cell : row.cells)
            std::visit(CellWriter{json}, cell);
        json.endArray();
        writeEvidence(json, row.evidence);
        json.endObject();
    }
    json.endArray();
}

void writeNumbers(JsonWriter &json, std::string_view name, const std::vector<double> &numbers)
{
    json.key(name).beginArray();
    for (const double number : numbers)
        json.value(number);
    json.endArray();
}

void writeChart(JsonWriter &json, const Chart &chart)
{
    json.member("finding", chart.finding).member("kind", toString(chart.kind));
    json.member("x", toString(chart.x)).member("x_unit", chart.xUnit).member("y_unit", chart.yUnit);
    json.key("series").beginArray();
    for (const ChartSeries &series : chart.series) {
        json.beginObject().member("name", series.name);
        writeNumbers(json, "x", series.x);
        writeNumbers(json, "y", series.y);
        json.endObject();
    }
    json.endArray().key("shaded").beginArray();
    for (const ChartSpan &span : chart.shaded)
        json.beginObject()
            .member("from", span.from)
            .member("to", span.to)
            .member("label", span.label)
            .endObject();
    json.endArray().key("categories").beginArray();
    for (const std::string &category : chart.categories)
        json.value(category);
    json.endArray();
    writeEvidence(json, chart.evidence);
}

void writeMap(JsonWriter &json, const Map &map)
{
    json.member("finding", map.finding).key("extent").beginArray();
    json.value(map.extent.west).value(map.extent.south);
    json.value(map.extent.east).value(map.extent.north).endArray();
    json.key("marks").beginArray();
    for (const MapMark &mark : map.marks)
        json.beginObject()
            .member("longitude", mark.at.longitude)
            .member("latitude", mark.at.latitude)
            .member("label", mark.label)
            .member("size", mark.size)
            .member("category", toString(mark.category))
            .endObject();
    json.endArray().key("areas").beginArray();
    for (const MapArea &area : map.areas)
        json.beginObject().member("code", area.code).member("value", area.value).endObject();
    json.endArray().member("unit", map.unit);
    writeEvidence(json, map.evidence);
}

struct BlockWriter {
    JsonWriter &json;
    void operator()(const Statement &statement) const
    {
        json.member("type", "statement");
        writeStatement(json, statement);
    }
    void operator()(const Table &table) const
    {
        json.member("type", "table");
        writeTable(json, table);
    }
    void operator()(const Chart &chart) const
    {
        json.member("type", "chart");
        writeChart(json, chart);
    }
    void operator()(const Map &map) const
    {
        json.member("type", "map");
        writeMap(json, map);
    }
};

void writeCitations(JsonWriter &json, const std::vector<Citation> &citations)
{
    json.key("citations").beginArray();
    for (const Citation &one : citations) {
        json.beginObject().member("number", one.number).member("kind", toString(one.kind));
        json.member("id", one.id).member("label", one.label).member("source", one.source.value);
        json.member("source_name", one.sourceName).member("publisher_family", one.publisherFamily);
        json.member("url", one.url);
        if (one.publishedAt)
            json.member("published_at", formatInstant(*one.publishedAt));
        json.member("basis", toString(one.basis));
        json.member("redistribution", toString(one.redistribution)).endObject();
    }
    json.endArray();
}

} // namespace

std::string writeBriefingJson(const Briefing &briefing)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("chrona_briefing", briefing.wordsBy.empty() ? kBriefingJsonVersion
                                                                          : kBriefingWordsVersion);
    json.member("day", formatDate(briefing.day)).member("title", briefing.title);
    json.member("covers_from", formatInstant(briefing.coversFrom));
    json.member("covers_until", formatInstant(briefing.coversUntil));
    json.member("known_at", formatInstant(briefing.knownAt));
    json.member("generated_at", formatInstant(briefing.generatedAt));
    json.member("revision", briefing.revision).member("synthetic", briefing.synthetic);
    json.key("sections").beginArray();
    for (const Section &section : briefing.sections) {
        json.beginObject().member("kind", toString(section.kind));
        json.member("heading", section.heading).key("blocks").beginArray();
        for (const Block &block : section.blocks) {
            json.beginObject();
            std::visit(BlockWriter{json}, block);
            json.endObject();
        }
        json.endArray().endObject();
    }
    json.endArray();
    writeCitations(json, briefing.citations);
    json.key("sources").beginArray();
    for (const SourceId source : briefing.sources)
        json.value(source.value);
    json.endArray().key("attributions").beginArray();
    for (const std::string &text : briefing.attributions)
        json.value(text);
    json.endArray();
    if (!briefing.wordsBy.empty())
        json.member("words_by", briefing.wordsBy);
    json.endObject();
    return out;
}

std::string writeHourlyJson(const HourlyUpdate &update)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("chrona_hourly", kBriefingJsonVersion);
    json.member("hour", formatInstant(update.hour));
    json.member("known_at", formatInstant(update.knownAt)).member("synthetic", update.synthetic);
    json.key("changes").beginArray();
    for (const Change &change : update.changes) {
        json.beginObject().member("kind", toString(change.kind));
        json.member("relevance", double(change.relevance));
        writeStatement(json, change.statement);
        json.endObject();
    }
    json.endArray().key("data_health");
    writeStatements(json, update.dataHealth);
    if (!update.alerts.empty()) {
        json.key("alerts");
        writeStatements(json, update.alerts);
    }
    json.endObject();
    return out;
}

} // namespace chrona::formats
