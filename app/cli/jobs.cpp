// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"
#include "words.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

constexpr OptionSpec kJobsOptions[] = {
    {"queue", "NAME", "list: of one queue only"},
    {"state", "STATE", "list: ready, running, done, retrying, dead or cancelled; may be repeated"},
    {"limit", "N", "list: how many (default 200)"},
};

void writeJob(JsonWriter &json, const ipc::JobEntry &job)
{
    json.beginObject()
        .member("id", std::to_string(job.id.value))
        .member("queue", job.queue)
        .member("kind", job.kind)
        .member("state", wordFor(job.state))
        .member("priority", job.priority)
        .member("attempts", job.attempts)
        .member("attempts_max", job.attemptsMax)
        .member("created_at", formatInstant(job.createdAt));
    writeInstant(json, "run_at", job.runAt);
    writeInstant(json, "started_at", job.startedAt);
    writeInstant(json, "finished_at", job.finishedAt);
    json.key("progress")
        .beginObject()
        .member("stage", job.progress.stage)
        .member("done", job.progress.done)
        .member("total", job.progress.total)
        .endObject();
    json.member("last_error", job.lastError).endObject();
}

void printTable(std::ostream &out, const std::vector<ipc::JobEntry> &jobs)
{
    Table table({{"JOB", Table::Align::Right},
                 {"QUEUE"},
                 {"KIND"},
                 {"STATE"},
                 {"TRIES"},
                 {"CREATED"},
                 {"LAST ERROR"}});
    for (const auto &job : jobs)
        table.add({std::to_string(job.id.value), job.queue, job.kind,
                   std::string(wordFor(job.state)),
                   std::format("{}/{}", job.attempts, job.attemptsMax),
                   formatInstant(job.createdAt), job.lastError});
    table.print(out);
}

Result<ipc::JobsRequest> listRequest(const Arguments &arguments)
{
    constexpr std::int64_t kLimitMax = 100'000;
    ipc::JobsRequest request;
    request.queue = arguments.value("queue").value_or("");
    for (const std::string &word : arguments.values("state")) {
        const auto state = jobStateFrom(word);
        if (!state)
            return fail(ErrorCode::InvalidInput, std::format("there is no job state {}", word));
        request.states.push_back(*state);
    }
    const auto limit = arguments.integer("limit");
    if (!limit)
        return std::unexpected(limit.error());
    if (*limit && (**limit < 1 || **limit > kLimitMax))
        return fail(ErrorCode::InvalidInput, std::format("--limit must be 1 to {}", kLimitMax));
    request.limit = static_cast<std::uint32_t>(limit->value_or(request.limit));
    return request;
}

ExitCode listJobs(Invocation &invocation)
{
    const auto request = listRequest(invocation.arguments);
    if (!request)
        return invocation.usage(request.error());
    const auto reply = askService(invocation, *request);
    if (!reply)
        return reply.error();
    if (!invocation.asJson) {
        printTable(invocation.out(), reply->jobs);
        return ExitCode::Done;
    }
    std::string document;
    JsonWriter json(document);
    json.beginArray();
    for (const auto &job : reply->jobs)
        writeJob(json, job);
    json.endArray();
    invocation.out() << document << "\n";
    return ExitCode::Done;
}

void printJob(Invocation &invocation, const ipc::JobEntry &job)
{
    if (invocation.asJson) {
        std::string document;
        JsonWriter json(document);
        writeJob(json, job);
        invocation.out() << document << "\n";
        return;
    }
    FactList facts;
    facts.add("job", std::to_string(job.id.value));
    facts.add("queue", job.queue);
    facts.add("kind", job.kind);
    facts.add("state", std::string(wordFor(job.state)));
    facts.add("tries", std::format("{} of {}", job.attempts, job.attemptsMax));
    facts.add("created", formatInstant(job.createdAt));
    facts.add("not before", textOf(job.runAt));
    facts.add("started", textOf(job.startedAt));
    facts.add("finished", textOf(job.finishedAt));
    facts.add("last error", job.lastError.empty() ? "-" : job.lastError);
    facts.print(invocation.out());
}

/// The protocol knows lists only; a service keeps few enough jobs for one.
ExitCode showJob(Invocation &invocation, ServiceLink &link, schema::JobId id)
{
    constexpr std::uint32_t kAll = 100'000;
    const auto reply = link.request(ipc::JobsRequest{.states = {}, .queue = {}, .limit = kAll});
    if (!reply)
        return invocation.failed(reply.error());
    const auto found = std::ranges::find(reply->jobs, id, &ipc::JobEntry::id);
    if (found == reply->jobs.end())
        return invocation.failed(
            {ErrorCode::NotFound, std::format("there is no job {}", id.value)});
    printJob(invocation, *found);
    return ExitCode::Done;
}

ExitCode commandJob(Invocation &invocation, ServiceLink &link, schema::JobId id,
                    ipc::JobAction action)
{
    const auto done = link.request(ipc::JobCommand{.job = id, .action = action});
    if (!done)
        return invocation.failed(done.error());
    return ExitCode::Done;
}

ExitCode runJobs(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const std::string verb = words.empty() ? "list" : words[0];
    if (verb == "list" && words.size() <= 1)
        return listJobs(invocation);
    if ((verb != "show" && verb != "cancel" && verb != "retry") || words.size() != 2)
        return invocation.usage("list, show ID, cancel ID or retry ID");
    schema::JobId id;
    const std::string &text = words[1];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (error != std::errc{} || end != text.data() + text.size())
        return invocation.usage(std::format("\"{}\" is no job number", text));
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    if (verb == "show")
        return showJob(invocation, *link, id);
    return commandJob(invocation, *link, id,
                      verb == "cancel" ? ipc::JobAction::Cancel : ipc::JobAction::Retry);
}

} // namespace

const Command kJobs{
    .name = "jobs",
    .summary = "Shows queues and dead letters; cancels and retries jobs",
    .usage = "[list | show ID | cancel ID | retry ID]",
    .options = kJobsOptions,
    .notes = {},
    .run = runJobs,
};

} // namespace chrona::cli
