// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_forms.h"
#include "commands.h"
#include "history.h"
#include "service_link.h"

#include "chrona/briefing/daily.h"
#include "chrona/formats/briefing_json.h"
#include "chrona/report/export.h"
#include "chrona/schema/calendar.h"

#include <algorithm>
#include <format>
#include <fstream>
#include <sstream>

namespace chrona::cli {
namespace {

constexpr std::uintmax_t kDocumentBytesMax = 64 << 20;

constexpr OptionSpec kBriefOptions[] = {
    {"pdf", "FILE", "write the page as PDF, with the evidence attached"},
    {"html", "FILE", "write one self-contained HTML file without script"},
    {"md", "FILE", "write Markdown"},
    {"out", "FILE.json", "write the document itself"},
    {"page", "SIZE", "a4 (default) or letter"},
    {"date", "DAY", "the day that is told; \"last\": the newest with prices"},
    {"known-at", "INSTANT",
     "what was known then (make: default 18:00 in New York; else the hour of the next morning)"},
    {"publish", "SOURCE", "lay it down as a draft in a Directus of your own (see sources add)"},
    {"title-field", "NAME", "publish: the collection's field for the title (default title)"},
    {"body-field", "NAME", "publish: its field for the text, in Markdown (default body)"},
    {"rebuild", "", "make the stored briefing again, from what was known then"},
    {"target", "SYMBOL", "explain: whose move"},
    {"from", "DAY",
     "explain: the day whose close it is measured from (default: the session before)"},
    {"model", "", "explain: have the service's language model sum it up, where that is on"},
};

Result<schema::Briefing> readDocument(const std::filesystem::path &path)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error)
        return fail(ErrorCode::NotFound,
                    std::format("cannot read {}: {}", path.string(), error.message()));
    if (size > kDocumentBytesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} is larger than any briefing may be", path.string()));
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file)
        return fail(ErrorCode::Unavailable,
                    std::format("{} could not be read to its end", path.string()));
    return formats::readBriefingJson(std::move(content).str());
}

struct Telling {
    Date day;
    Instant knownAt;
};

/// A history with the appointments of one day, as the engine takes it.
class Told {
public:
    Told(const History &history, const std::filesystem::path &folder, Telling telling)
        : m_history(&history), m_events(history.events)
    {
        for (schema::Event &event : appointmentsOn(folder, telling.day))
            m_events.push_back(std::move(event));
        m_inputs.day = telling.day;
        m_inputs.knownAt = telling.knownAt;
        // The document is dated by its decision and not by the clock: made again, it is the same.
        m_inputs.generatedAt = telling.knownAt;
        m_inputs.targets = m_history->targets;
        m_inputs.events = m_events;
        m_inputs.sources = m_history->sources;
        m_inputs.notices = m_history->notices;
    }
    [[nodiscard]] briefing::BriefingInputs &inputs() { return m_inputs; }

private:
    const History *m_history;
    std::vector<schema::Event> m_events;
    briefing::BriefingInputs m_inputs;
};

Result<Telling> tellingOf(const Arguments &arguments)
{
    const auto date = arguments.value("date");
    if (!date)
        return fail(ErrorCode::InvalidInput, "which day? --date is needed");
    const auto day = parseDate(*date);
    if (!day)
        return std::unexpected(day.error());
    const auto knownAt = arguments.instant("known-at");
    if (!knownAt)
        return std::unexpected(knownAt.error());
    return Telling{*day, knownAt->value_or(decisionOn(*day))};
}

Result<schema::Briefing> makeBriefing(const std::filesystem::path &folder, const Telling &telling)
{
    const auto history = readHistory(folder);
    if (!history)
        return std::unexpected(history.error());
    const Date dayBefore = schema::sessionBefore(schema::Calendar::NewYork, telling.day).day;
    Told before(*history, folder, {dayBefore, decisionOn(dayBefore)});
    const auto previous = briefing::dailyBriefing(before.inputs());
    if (!previous)
        return std::unexpected(previous.error());
    Told now(*history, folder, telling);
    now.inputs().previous = &*previous;
    return briefing::dailyBriefing(now.inputs());
}

ExitCode make(Invocation &invocation, const std::filesystem::path &folder)
{
    const auto telling = tellingOf(invocation.arguments);
    if (!telling)
        return invocation.usage(telling.error());
    const auto briefing = makeBriefing(folder, *telling);
    if (!briefing)
        return invocation.failed(briefing.error());
    if (auto written = writeForms(invocation, *briefing); !written)
        return invocation.failed(written.error());
    printHeadlines(invocation, *briefing);
    return ExitCode::Done;
}

/// The first section, as lines; or the whole document.
ExitCode printExplanation(Invocation &invocation, const schema::Briefing &told)
{
    if (asksForAForm(invocation.arguments) || invocation.asJson) {
        if (auto written = writeForms(invocation, told); !written)
            return invocation.failed(written.error());
        if (invocation.asJson)
            invocation.out() << formats::writeBriefingJson(told) << "\n";
        return ExitCode::Done;
    }
    for (const schema::Block &block : told.sections.front().blocks) {
        if (const auto *statement = std::get_if<schema::Statement>(&block))
            printStatement(invocation, *statement, "");
        if (const auto *table = std::get_if<schema::Table>(&block))
            for (const schema::TableRow &row : table->rows)
                invocation.out() << "  " << printable(schema::formatCell(row.cells[0], {})) << " ("
                                 << schema::formatCell(row.cells.back(), {}) << ")\n";
    }
    return ExitCode::Done;
}

Result<std::optional<Date>> beginOf(const Arguments &arguments)
{
    const auto from = arguments.value("from");
    if (!from)
        return std::nullopt;
    return parseDate(*from).transform([](Date day) { return std::optional(day); });
}

ExitCode explain(Invocation &invocation, const std::filesystem::path &folder)
{
    const auto telling = tellingOf(invocation.arguments);
    if (!telling)
        return invocation.usage(telling.error());
    const auto target = invocation.arguments.value("target");
    if (!target)
        return invocation.usage("whose move? --target is needed");
    const auto from = beginOf(invocation.arguments);
    if (!from)
        return invocation.usage(from.error());
    const auto history = readHistory(folder);
    if (!history)
        return invocation.failed(history.error());
    Told told(*history, folder, *telling);
    const auto answer = briefing::explainedMove(told.inputs(), *target, *from);
    return answer ? printExplanation(invocation, *answer) : invocation.failed(answer.error());
}

/// Of what the service has.
ExitCode explainServed(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    ipc::ExplainMove request;
    request.symbol = arguments.value("target").value_or("");
    if (request.symbol.empty())
        return invocation.usage("whose move? --target is needed");
    const auto knownAt = arguments.instant("known-at");
    if (!knownAt)
        return invocation.usage(knownAt.error());
    request.knownAt = *knownAt;
    request.day = arguments.value("date").value_or("");
    request.from = arguments.value("from").value_or("");
    request.askModel = arguments.has("model");
    if (request.day == "last")
        request.day.clear();
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    const auto told = link->request(request).and_then(
        [](const ipc::BriefingReply &reply) { return formats::readBriefingJson(reply.document); });
    return told ? printExplanation(invocation, *told) : invocation.failed(told.error());
}

ExitCode render(Invocation &invocation, const std::filesystem::path &file)
{
    if (!asksForAForm(invocation.arguments))
        return invocation.usage("which form? --pdf, --html, --md or --out is needed");
    if (const auto page = pageSize(invocation.arguments); !page)
        return invocation.usage(page.error());
    const auto briefing = readDocument(file);
    if (!briefing)
        return invocation.failed(briefing.error());
    if (auto written = writeForms(invocation, *briefing); !written)
        return invocation.failed(written.error());
    return ExitCode::Done;
}

ExitCode runBrief(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    if (words.empty())
        return showStoredBriefing(invocation);
    if (words.size() == 1 && words[0] == "explain")
        return explainServed(invocation);
    if (words.size() != 2)
        return invocation.usage("render FILE.json, make DIR or explain [DIR]?");
    if (words[0] == "render")
        return render(invocation, words[1]);
    if (words[0] == "make")
        return make(invocation, words[1]);
    if (words[0] == "explain")
        return explain(invocation, words[1]);
    return invocation.usage(std::format("there is no brief {}", words[0]));
}

} // namespace

bool drawsPages(std::span<const std::string> words)
{
    const auto isForm = [](const std::string &word) {
        return word.starts_with("--pdf") || word.starts_with("--html");
    };
    return std::ranges::contains(words, "brief") && std::ranges::any_of(words, isForm);
}

const Command kBrief{
    .name = "brief",
    .summary = "Shows a day's briefing, makes one from a folder of history, renders to files",
    .usage = "--date DAY [--pdf FILE] [--publish SOURCE] [--rebuild] | render FILE.json "
             "--pdf|--html|--md OUT | "
             "make DIR --date DAY --out FILE.json | explain [DIR] --date DAY --target SYMBOL "
             "[--from DAY] [--model]",
    .options = kBriefOptions,
    .notes =
        "--date: the running service's briefing of a day, made where there is none yet.\n"
        "render: a briefing document to a file. What a source's terms do not let pass on is left\n"
        "out and named. make: the briefing of one day from CSV files, telling only what was known\n"
        "by then; docs/guides/briefings.md lists the files. explain: what the events say about "
        "the\n"
        "move of one target, of the service's data or of a folder's. With a folder none of these\n"
        "needs a service, and nothing needs a display.",
    .run = runBrief,
};

} // namespace chrona::cli
