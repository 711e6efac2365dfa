// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "investigation_words.h"
#include "service_link.h"
#include "verbs.h"

#include "chrona/workspace/case_compare.h"
#include "chrona/workspace/case_file.h"
#include "chrona/workspace/investigation.h"

#include <QString>

#include <algorithm>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;
using schema::CaseItem;
using schema::CaseItemKind;
using schema::InvestigationId;
using Words = std::span<const std::string>;

constexpr OptionSpec kOptions[] = {
    {"archived", "", "list: archived ones as well"},
    {"text", "WORDS", "list: only those in which these words stand; edit: what a note says"},
    {"alike", "", "list: with --text, also what means something alike, best first"},
    {"question", "TEXT", "new: what is to be found out"},
    {"caption", "TEXT", "pin, edit: why it is pinned, a title, what a hypothesis claims"},
    {"tag", "WORD", "new, pin, note, edit (in place of those before): may be repeated"},
    {"hypothesis", "", "note: a claim that may be right or wrong"},
    {"confidence", "SHARE", "note, edit: of a hypothesis, 0 to 1"},
    {"cite", "ITEM", "note, edit: a pin that it rests on; may be repeated"},
    {"for", "ITEM", "note, edit: a pin that speaks for it; may be repeated"},
    {"against", "ITEM", "note, edit: a pin that speaks against it; may be repeated"},
    {"date", "DAY", "brief: the day that is told (default: the newest with prices)"},
    {"pdf", "FILE", "brief: write the page as PDF, with the evidence attached"},
    {"html", "FILE", "brief: write one self-contained HTML file without script"},
    {"md", "FILE", "brief: write Markdown"},
    {"out", "FILE.json", "brief: write the document itself"},
    {"page", "SIZE", "brief: a4 (default) or letter"},
};

constexpr std::string_view kCaseVerbs =
    "list, new TITLE, show CASE, pin CASE WHAT, note CASE TEXT, edit CASE ITEM, remove CASE ITEM, "
    "snapshot CASE, brief CASE, compare CASE CASE, export CASE FILE, read FILE, import FILE, "
    "archive CASE or reopen CASE";

std::vector<std::string> tagsOf(const Invocation &invocation)
{
    std::vector<std::string> tags = invocation.arguments.values("tag");
    std::ranges::sort(tags);
    const auto twice = std::ranges::unique(tags);
    tags.erase(twice.begin(), twice.end());
    return tags;
}

ExitCode list(Invocation &invocation, ServiceLink &link)
{
    ipc::CasesRequest request;
    request.withArchived = invocation.arguments.has("archived");
    request.text = invocation.arguments.value("text").value_or("");
    request.byMeaning = invocation.arguments.has("alike");
    const auto reply = link.request(request);
    if (!reply)
        return invocation.failed(reply.error());
    if (invocation.asJson)
        return printList(invocation, reply->cases, writeSummary);
    Table table({{"ID"},
                 {"CHANGED"},
                 {"PINS", Table::Align::Right},
                 {"NOTES", Table::Align::Right},
                 {"HYPOTHESES", Table::Align::Right},
                 {"STATE"},
                 {"TITLE"}});
    for (const ipc::CaseSummary &one : reply->cases)
        table.add({std::to_string(one.id.value), formatInstant(one.updatedAt),
                   std::to_string(one.pins), std::to_string(one.notes),
                   std::to_string(one.hypotheses), std::string(toString(one.state)), one.title});
    table.print(invocation.out());
    if (!request.byMeaning || reply->hits.empty())
        return ExitCode::Done;
    invocation.out() << std::format("\nalike by {}:\n",
                                    reply->model.empty() ? "words" : reply->model);
    for (const ipc::CaseHit &hit : reply->hits)
        invocation.out() << std::format("  {:10} {}\n", toString(hit.kind), hit.summary);
    return ExitCode::Done;
}

/// What a file says, without a service.
ExitCode read(Invocation &invocation, const std::string &path)
{
    const auto investigation = workspace::readCaseFile(QString::fromStdString(path));
    if (!investigation)
        return invocation.failed(investigation.error());
    if (invocation.asJson)
        return printDocument(invocation,
                             [&](JsonWriter &json) { writeCase(json, *investigation); });
    printCase(invocation, *investigation);
    return ExitCode::Done;
}

ExitCode compareCases(Invocation &invocation, ServiceLink &link, InvestigationId first,
                      const std::string &other)
{
    const auto second = caseCalled(link, other);
    if (!second)
        return invocation.failed(second.error());
    const auto ours = link.request(ipc::CaseOpen{first});
    const auto theirs = link.request(ipc::CaseOpen{*second});
    if (!ours || !theirs)
        return invocation.failed(ours ? theirs.error() : ours.error());
    const auto comparison = workspace::compare(ours->investigation, theirs->investigation);
    const std::pair<std::string_view, const std::vector<schema::PinTarget> *> parts[] = {
        {"both", &comparison.both},
        {"kept_otherwise", &comparison.seenOtherwise},
        {"only_first", &comparison.onlyFirst},
        {"only_second", &comparison.onlySecond}};
    if (invocation.asJson)
        return printDocument(invocation, [&](JsonWriter &json) {
            json.beginObject();
            for (const auto &[name, targets] : parts) {
                json.key(name).beginArray();
                for (const schema::PinTarget &target : *targets)
                    json.beginObject()
                        .member("kind", toString(target.kind))
                        .member("label", target.label)
                        .endObject();
                json.endArray();
            }
            json.endObject();
        });
    Table table({{"WHERE"}, {"KIND"}, {"PINNED"}});
    for (const auto &[name, targets] : parts)
        for (const schema::PinTarget &target : *targets)
            table.add({std::string(name), std::string(toString(target.kind)), target.label});
    table.print(invocation.out());
    return ExitCode::Done;
}

ExitCode begin(Invocation &invocation, ServiceLink &link, const std::string &title)
{
    CaseItem head = workspace::newCaseItem(CaseItemKind::Case);
    head.title = title;
    head.text = invocation.arguments.value("question").value_or("");
    head.tags = tagsOf(invocation);
    return sendCaseEdit(invocation, link, {head.id.value}, {head});
}

ExitCode show(Invocation &invocation, ServiceLink &link, InvestigationId id)
{
    const auto reply = link.request(ipc::CaseOpen{id});
    if (!reply)
        return invocation.failed(reply.error());
    if (invocation.asJson)
        return printDocument(invocation,
                             [&](JsonWriter &json) { writeCase(json, reply->investigation); });
    printCase(invocation, reply->investigation);
    return ExitCode::Done;
}

ExitCode pin(Invocation &invocation, ServiceLink &link, InvestigationId id, const std::string &what)
{
    auto target = pinTargetFrom(link, what);
    if (!target)
        return target.error().code == ErrorCode::InvalidInput ? invocation.usage(target.error())
                                                              : invocation.failed(target.error());
    CaseItem item = workspace::newCaseItem(CaseItemKind::Pin);
    item.target = std::move(*target);
    item.title = invocation.arguments.value("caption").value_or("");
    item.tags = tagsOf(invocation);
    return sendCaseEdit(invocation, link, id, {item});
}

ExitCode note(Invocation &invocation, ServiceLink &link, InvestigationId id,
              const std::string &text)
{
    const Arguments &arguments = invocation.arguments;
    const bool isHypothesis = arguments.has("hypothesis");
    CaseItem item =
        workspace::newCaseItem(isHypothesis ? CaseItemKind::Hypothesis : CaseItemKind::Note);
    (isHypothesis ? item.title : item.text) = text;
    item.tags = tagsOf(invocation);
    const auto confidence = arguments.number("confidence");
    if (!confidence)
        return invocation.usage(confidence.error());
    item.confidence = static_cast<float>(confidence->value_or(0.5));
    std::vector<CaseItem> items{item};
    if (const Status read = addLinks(invocation, item, items); !read)
        return invocation.usage(read.error());
    return sendCaseEdit(invocation, link, id, std::move(items));
}

ExitCode snapshot(Invocation &invocation, ServiceLink &link, InvestigationId id)
{
    const auto reply = link.request(ipc::CaseSnapshot{id, {}});
    if (!reply)
        return invocation.failed(reply.error());
    if (invocation.asJson)
        return printDocument(invocation, [&](JsonWriter &json) {
            json.beginObject()
                .member("taken", reply->evidence.size())
                .member("changed", reply->steps.size())
                .endObject();
        });
    invocation.out() << std::format("{} taken, {} of them differ from before\n",
                                    reply->evidence.size(), reply->steps.size());
    return ExitCode::Done;
}

ExitCode exportTo(Invocation &invocation, ServiceLink &link, InvestigationId id,
                  const std::string &file)
{
    const auto reply = link.request(ipc::CaseOpen{id});
    if (!reply)
        return invocation.failed(reply.error());
    const auto withheld =
        workspace::writeCaseFile(QString::fromStdString(file), reply->investigation);
    if (!withheld)
        return invocation.failed(withheld.error());
    for (const workspace::WithheldPin &pin : *withheld)
        invocation.err() << std::format(
            "chronactl investigation: item {} is withheld: {}\n", pin.item.value,
            pin.source.empty() ? "its source is not known"
                               : printable(pin.source) + " does not let it be passed on");
    if (!invocation.asJson)
        return ExitCode::Done;
    return printDocument(invocation, [&](JsonWriter &json) {
        json.beginObject().member("file", file);
        json.member("items", reply->investigation.items.size()).key("withheld").beginArray();
        for (const workspace::WithheldPin &pin : *withheld)
            json.beginObject()
                .member("item", std::to_string(pin.item.value))
                .member("source", pin.source)
                .member("attribution", pin.attribution)
                .endObject();
        json.endArray().endObject();
    });
}

ExitCode importFrom(Invocation &invocation, ServiceLink &link, const std::string &file)
{
    auto read = workspace::readCaseFile(QString::fromStdString(file));
    if (!read)
        return invocation.failed(read.error());
    const InvestigationId id = read->id;
    const auto reply = link.request(ipc::CaseImport{std::move(*read)});
    if (!reply)
        return invocation.failed(reply.error());
    if (invocation.asJson)
        return printDocument(invocation, [&](JsonWriter &json) {
            json.beginObject().member("id", std::to_string(id.value)).member("added", reply->added);
            json.member("updated", reply->updated).member("kept", reply->kept);
            json.member("copies", reply->copies).endObject();
        });
    invocation.out() << std::format("{}: {} added, {} updated, {} kept, {} stand beside ours\n",
                                    id.value, reply->added, reply->updated, reply->kept,
                                    reply->copies);
    return ExitCode::Done;
}

ExitCode archive(Invocation &invocation, ServiceLink &link, InvestigationId id, bool archived)
{
    const auto done = link.request(ipc::CaseArchive{id, archived});
    if (!done)
        return invocation.failed(done.error());
    if (!invocation.asJson)
        return ExitCode::Done;
    return printDocument(invocation, [&](JsonWriter &json) {
        json.beginObject()
            .member("id", std::to_string(id.value))
            .member("state", archived ? "archived" : "open")
            .endObject();
    });
}

constexpr Verb kVerbs[] = {
    {"list", 0, 0},    {"new", 1, 1},      {"show", 1, 1},    {"pin", 2, 2},    {"note", 2, 2},
    {"remove", 2, 2},  {"snapshot", 1, 1}, {"brief", 1, 1},   {"export", 2, 2}, {"import", 1, 1},
    {"archive", 1, 1}, {"reopen", 1, 1},   {"compare", 2, 2}, {"read", 1, 1},   {"edit", 2, 2},
};

ExitCode runVerb(Invocation &invocation, ServiceLink &link, Words words)
{
    const std::string &verb = words[0];
    if (verb == "list")
        return list(invocation, link);
    if (verb == "new")
        return begin(invocation, link, words[1]);
    if (verb == "import")
        return importFrom(invocation, link, words[1]);
    const auto id = caseCalled(link, words[1]);
    if (!id)
        return invocation.failed(id.error());
    if (verb == "compare")
        return compareCases(invocation, link, *id, words[2]);
    if (verb == "pin")
        return pin(invocation, link, *id, words[2]);
    if (verb == "note")
        return note(invocation, link, *id, words[2]);
    if (verb == "remove")
        return removeItem(invocation, link, *id, words[2]);
    if (verb == "edit")
        return editItem(invocation, link, *id, words[2]);
    if (verb == "export")
        return exportTo(invocation, link, *id, words[2]);
    if (verb == "snapshot")
        return snapshot(invocation, link, *id);
    if (verb == "show")
        return show(invocation, link, *id);
    if (verb == "brief")
        return briefInvestigation(invocation, link, *id);
    return archive(invocation, link, *id, verb == "archive");
}

ExitCode runInvestigation(Invocation &invocation)
{
    const std::vector<std::string> words = verbWords(invocation);
    if (!verbFits(words, kVerbs))
        return invocation.usage(kCaseVerbs);
    if (words[0] == "read")
        return read(invocation, words[1]);
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    return runVerb(invocation, *link, words);
}

} // namespace

const Command kInvestigation{
    .name = "investigation",
    .summary = "Gathers what is known about a question, and passes it on as a file",
    .usage = "[list | new TITLE | show CASE | pin CASE WHAT | note CASE TEXT | edit CASE ITEM | "
             "remove CASE ITEM | snapshot CASE | brief CASE | compare CASE CASE | "
             "export CASE FILE | read FILE | import FILE | archive CASE | reopen CASE]",
    .options = kOptions,
    .notes =
        "CASE is a title or an id. WHAT is event:ID, entity:KEY (entity:country:JP), region:CODE,\n"
        "topic:NAME, signal:ID, window:FROM/TO, search:WORDS or view:WEST,SOUTH,EAST,NORTH. new,\n"
        "pin and note print the id of what they made. export leaves out what its source does not\n"
        "let be passed on, and names it; import merges item by item, without loss: the same file\n"
        "again changes nothing. read shows a file and stores nothing; compare tells what two have "
        "in\n"
        "common. edit changes what is given of a note, a hypothesis, a pin's caption or, by the\n"
        "case's own id, its title and question. snapshot keeps pinned things as they are now,\n"
        "with their hashes.\n"
        "brief tells a day as the daily briefing does, of what bears on the pins, after the\n"
        "question, the hypotheses and the notes.",
    .run = runInvestigation,
};

} // namespace chrona::cli
