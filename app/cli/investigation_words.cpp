// SPDX-License-Identifier: AGPL-3.0-or-later
#include "investigation_words.h"

#include "arguments.h"
#include "words.h"

#include "chrona/schema/topic.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;
using schema::CaseItem;
using schema::CaseItemKind;
using schema::PinKind;
using schema::PinTarget;

std::unexpected<Error> noTarget(const std::string &word)
{
    return fail(ErrorCode::InvalidInput, std::format("\"{}\" names nothing to pin", word),
                "write " + std::string(kPinForms));
}

Result<PinTarget> eventTarget(ServiceLink &link, const std::string &rest)
{
    const auto id = itemIdFrom(rest);
    if (!id)
        return std::unexpected(id.error());
    const auto detail = link.request(ipc::EventDetailRequest{{*id}});
    if (!detail)
        return std::unexpected(detail.error());
    PinTarget target;
    target.id = *id;
    target.label = detail->event.title;
    return target;
}

Result<PinTarget> entityTarget(ServiceLink &link, const std::string &key)
{
    ipc::EntityQuery query;
    query.ids = {schema::entityIdFor(key)};
    const auto found = link.request(query);
    if (!found)
        return std::unexpected(found.error());
    if (found->entities.empty())
        return fail(ErrorCode::NotFound, std::format("there is no entity \"{}\"", key),
                    "chronactl entities --text WORDS finds their keys");
    PinTarget target;
    target.kind = PinKind::Entity;
    target.id = found->entities.front().id.value;
    target.key = key;
    target.label = found->entities.front().name;
    return target;
}

Result<PinTarget> windowTarget(const std::string &word, const std::string &rest)
{
    const std::size_t slash = rest.find('/');
    const auto begin = parseInstant(rest.substr(0, slash));
    const auto end =
        slash == std::string::npos ? noTarget(word) : parseInstant(rest.substr(slash + 1));
    if (!begin || !end || *begin >= *end)
        return noTarget(word);
    PinTarget target;
    target.kind = PinKind::Window;
    target.begin = *begin;
    target.end = *end;
    target.label = std::format("{} – {}", formatInstant(*begin), formatInstant(*end));
    return target;
}

Result<PinTarget> viewTarget(const std::string &word, const std::string &rest)
{
    std::array<double, 4> sides{};
    const char *at = rest.data();
    const char *const end = at + rest.size();
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, sides[i]);
        const bool isLast = i + 1 == sides.size();
        if (error != std::errc{} || (isLast ? next != end : next == end || *next != ','))
            return noTarget(word);
        at = isLast ? next : next + 1;
    }
    PinTarget target;
    target.kind = PinKind::MapView;
    target.box = {sides[0], sides[1], sides[2], sides[3]};
    target.label = "Map " + rest;
    return target;
}

/// Where a pin points, in the form that names it again.
std::string targetWord(const PinTarget &target)
{
    switch (target.kind) {
    case PinKind::Event: return std::format("event:{}", target.id);
    case PinKind::Entity: return "entity:" + target.key;
    case PinKind::Region: return "region:" + target.key;
    case PinKind::Topic: return target.key;
    case PinKind::Signal: return std::format("signal:{}", target.id);
    case PinKind::Window:
        return std::format("window:{}/{}", textOf(target.begin), textOf(target.end));
    case PinKind::Search: return "search:" + target.query;
    case PinKind::MapView: break;
    }
    const schema::GeoBox box = target.box.value_or(schema::GeoBox{});
    return std::format("view:{},{},{},{}", box.west, box.south, box.east, box.north);
}

void writeTags(JsonWriter &json, const std::vector<std::string> &tags)
{
    json.key("tags").beginArray();
    for (const std::string &tag : tags)
        json.value(tag);
    json.endArray();
}

} // namespace

Result<std::int64_t> itemIdFrom(const std::string &word)
{
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), id);
    if (error != std::errc{} || end != word.data() + word.size() || id <= 0)
        return fail(ErrorCode::InvalidInput, std::format("\"{}\" is no id", word));
    return id;
}

Result<PinTarget> pinTargetFrom(ServiceLink &link, const std::string &word)
{
    const std::size_t colon = word.find(':');
    if (colon == std::string::npos || colon + 1 == word.size())
        return noTarget(word);
    const std::string kind = word.substr(0, colon);
    const std::string rest = word.substr(colon + 1);
    if (kind == "event")
        return eventTarget(link, rest);
    if (kind == "entity")
        return entityTarget(link, rest);
    if (kind == "window")
        return windowTarget(word, rest);
    if (kind == "view")
        return viewTarget(word, rest);
    PinTarget target;
    target.label = rest;
    if (kind == "region") {
        target.kind = PinKind::Region;
        target.key = rest;
    } else if (kind == "topic" && schema::topicFrom(rest)) {
        target.kind = PinKind::Topic;
        target.key = word;
    } else if (kind == "search") {
        target.kind = PinKind::Search;
        target.query = rest;
    } else if (const auto id = itemIdFrom(rest); kind == "signal" && id) {
        target.kind = PinKind::Signal;
        target.id = *id;
        target.label = word;
    } else {
        return noTarget(word);
    }
    return target;
}

Result<schema::InvestigationId> caseCalled(ServiceLink &link, const std::string &word)
{
    ipc::CasesRequest request;
    request.withArchived = true;
    const auto reply = link.request(request);
    if (!reply)
        return std::unexpected(reply.error());
    std::vector<schema::InvestigationId> found;
    for (const ipc::CaseSummary &one : reply->cases)
        if (one.title == word || std::to_string(one.id.value) == word)
            found.push_back(one.id);
    if (found.empty())
        return fail(ErrorCode::NotFound, std::format("there is no investigation \"{}\"", word),
                    "chronactl investigation list --archived shows them");
    if (found.size() > 1)
        return fail(ErrorCode::Conflict,
                    std::format("{} investigations are called \"{}\"", found.size(), word),
                    "give the id that chronactl investigation list shows");
    return found.front();
}

void writeItem(JsonWriter &json, const CaseItem &item)
{
    json.beginObject().member("id", std::to_string(item.id.value));
    json.member("kind", toString(item.kind)).member("revision", item.revision);
    if (item.kind == CaseItemKind::Link) {
        json.member("from", std::to_string(item.from.value));
        json.member("to", std::to_string(item.to.value));
        json.member("bearing", toString(item.bearing)).member("strength", item.strength);
    } else {
        json.member("title", item.title).member("text", item.text);
        writeTags(json, item.tags);
    }
    if (item.kind == CaseItemKind::Hypothesis)
        json.member("confidence", item.confidence);
    if (item.kind == CaseItemKind::Pin) {
        json.member("pins", toString(item.target.kind)).member("target", targetWord(item.target));
        json.member("label", item.target.label).member("withheld", item.withheld);
        json.key("evidence");
        if (item.evidence == Hash128{})
            json.null();
        else
            json.value(toHex(item.evidence.bytes));
    }
    if (!item.copyOf.isNull())
        json.member("copy_of", std::to_string(item.copyOf.value));
    json.member("created_at", formatInstant(item.createdAt));
    json.member("changed_at", formatInstant(item.changedAt)).endObject();
}

void writeCase(JsonWriter &json, const schema::Investigation &investigation)
{
    const CaseItem *head = headOf(investigation);
    json.beginObject().member("id", std::to_string(investigation.id.value));
    json.member("title", head ? head->title : std::string());
    json.member("question", head ? head->text : std::string());
    json.member("state", toString(investigation.state));
    writeTags(json, head ? head->tags : std::vector<std::string>());
    json.member("created_at", formatInstant(investigation.createdAt));
    json.member("updated_at", formatInstant(investigation.updatedAt)).key("items").beginArray();
    for (const CaseItem &item : investigation.items)
        if (!item.removed && item.kind != CaseItemKind::Case)
            writeItem(json, item);
    json.endArray().key("evidence").beginArray();
    for (const schema::CaseEvidence &evidence : investigation.evidence)
        json.beginObject()
            .member("hash", toHex(evidence.hash.bytes))
            .member("taken_at", formatInstant(evidence.takenAt))
            .member("source", evidence.source)
            .member("attribution", evidence.attribution)
            .member("redistribution", toString(evidence.redistribution))
            .member("synthetic", evidence.synthetic)
            .endObject();
    json.endArray().key("journal").beginArray();
    for (const schema::CaseStep &step : investigation.steps)
        json.beginObject()
            .member("at", formatInstant(step.at))
            .member("item", std::to_string(step.item.value))
            .member("kind", toString(step.kind))
            .member("action", toString(step.action))
            .member("summary", step.summary)
            .endObject();
    json.endArray().endObject();
}

void writeSummary(JsonWriter &json, const ipc::CaseSummary &summary)
{
    json.beginObject().member("id", std::to_string(summary.id.value));
    json.member("title", summary.title).member("state", toString(summary.state));
    writeTags(json, summary.tags);
    json.member("pins", summary.pins).member("notes", summary.notes);
    json.member("hypotheses", summary.hypotheses);
    json.member("created_at", formatInstant(summary.createdAt));
    json.member("updated_at", formatInstant(summary.updatedAt)).endObject();
}

void printCase(Invocation &invocation, const schema::Investigation &investigation)
{
    const CaseItem *head = headOf(investigation);
    FactList facts;
    facts.add("title", head ? head->title : std::string());
    if (head && !head->text.empty())
        facts.add("question", head->text);
    facts.add("id", std::to_string(investigation.id.value));
    facts.add("state", std::string(toString(investigation.state)));
    facts.add("changed", formatInstant(investigation.updatedAt));
    facts.print(invocation.out());
    Table table({{"ITEM"}, {"KIND"}, {"POINTS AT"}, {"WORDS"}});
    for (const CaseItem &item : investigation.items) {
        if (item.removed || item.kind == CaseItemKind::Case)
            continue;
        std::string at;
        if (item.kind == CaseItemKind::Pin)
            at = targetWord(item.target);
        else if (item.kind == CaseItemKind::Link)
            at = std::format("{} {} {}", item.from.value, toString(item.bearing), item.to.value);
        table.add({std::to_string(item.id.value), std::string(toString(item.kind)), at,
                   item.withheld ? "(withheld)" : summaryOf(item)});
    }
    invocation.out() << "\n";
    table.print(invocation.out());
}

} // namespace chrona::cli
