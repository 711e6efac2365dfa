// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"
#include "words.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <format>
#include <mutex>
#include <stop_token>

namespace chrona::cli {
namespace {

constexpr OptionSpec kRunOptions[] = {
    {"date", "DAY", "briefing: the day that is told (default the last session)"},
    {"wait", "", "follow the job to its end"},
};

/// A pause between two questions that Ctrl-C ends.
void pause(const std::stop_token &stop)
{
    constexpr std::chrono::milliseconds kPause{200};
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, kPause, [] { return false; });
}

Result<ipc::JobEntry> find(ServiceLink &link, schema::JobId id)
{
    const auto reply = link.request(ipc::JobsRequest{.states = {}, .queue = {}, .limit = 1'000});
    if (!reply)
        return std::unexpected(reply.error());
    const auto found = std::ranges::find(reply->jobs, id, &ipc::JobEntry::id);
    if (found == reply->jobs.end())
        return fail(ErrorCode::NotFound, std::format("the job {} is no longer known", id.value));
    return *found;
}

bool hasEnded(ipc::JobState state)
{
    return state == ipc::JobState::Done || state == ipc::JobState::Dead ||
           state == ipc::JobState::Cancelled;
}

ExitCode follow(Invocation &invocation, ServiceLink &link, schema::JobId id)
{
    ProgressLine line(invocation.output, std::format("job {}", id.value));
    Result<ipc::JobEntry> job = find(link, id);
    while (job && !hasEnded(job->state) && !link.stopToken().stop_requested()) {
        line.show(static_cast<std::uint64_t>(job->progress.done),
                  static_cast<std::uint64_t>(job->progress.total), "steps");
        pause(link.stopToken());
        job = find(link, id);
    }
    line.finish();
    if (!job)
        return invocation.failed(job.error());
    if (job->state != ipc::JobState::Done)
        return invocation.failed(
            {hasEnded(job->state) ? ErrorCode::Unavailable : ErrorCode::Cancelled,
             std::format("the job {} is {}: {}", id.value, wordFor(job->state), job->lastError)});
    return ExitCode::Done;
}

void print(Invocation &invocation, schema::JobId id)
{
    if (invocation.asJson)
        invocation.out() << std::format(R"({{"job":"{}"}})", id.value) << "\n";
    else
        invocation.out() << std::format("job {}\n", id.value);
}

/// The jobs that also run by the clock.
std::string_view kindFor(std::string_view word)
{
    if (word == "features")
        return "features.refresh";
    if (word == "clusters")
        return "clusters.refresh";
    if (word == "topics")
        return "topics.learn";
    if (word == "enrichment")
        return "enrichment.refresh";
    return word == "discovery" ? "discovery.run" : "";
}

/// One was running already: the one that follows it is what was asked for.
Result<schema::JobId> following(ServiceLink &link, std::string_view kind)
{
    const auto reply = link.request(ipc::JobsRequest{.states = {}, .queue = {}, .limit = 1'000});
    if (!reply)
        return std::unexpected(reply.error());
    const auto found = std::ranges::find(reply->jobs, kind, &ipc::JobEntry::kind);
    if (found == reply->jobs.end())
        return fail(ErrorCode::NotFound, std::format("there is no job of kind {}", kind));
    return found->id;
}

ExitCode followStarted(Invocation &invocation, ServiceLink &link, const ipc::JobStarted &started,
                       std::string_view kind)
{
    const ExitCode first = follow(invocation, link, started.job);
    if (!started.again || first != ExitCode::Done)
        return first;
    const auto next = following(link, kind);
    return next ? follow(invocation, link, *next) : invocation.failed(next.error());
}

ExitCode runBriefing(Invocation &invocation, ipc::BriefingKind briefing)
{
    ipc::BriefingRun request;
    request.kind = briefing;
    if (const auto date = invocation.arguments.value("date")) {
        if (briefing == ipc::BriefingKind::Hourly)
            return invocation.usage("--date is for the briefing; chronactl hourly --at tells a "
                                    "past hour");
        if (const auto day = parseDate(*date); !day)
            return invocation.usage(day.error());
        request.day = *date;
    }
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    const auto started = link->request(request);
    if (!started)
        return invocation.failed(started.error());
    print(invocation, started->job);
    return invocation.arguments.has("wait") ? follow(invocation, *link, started->job)
                                            : ExitCode::Done;
}

ExitCode runAnalysis(Invocation &invocation, std::string_view kind)
{
    if (invocation.arguments.has("date"))
        return invocation.usage("--date is for the briefing");
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    const auto started = link->request(ipc::JobStart{std::string(kind)});
    if (!started)
        return invocation.failed(started.error());
    print(invocation, started->job);
    return invocation.arguments.has("wait") ? followStarted(invocation, *link, *started, kind)
                                            : ExitCode::Done;
}

ExitCode runRun(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const std::string word = words.size() == 1 ? words[0] : std::string();
    if (word == "briefing")
        return runBriefing(invocation, ipc::BriefingKind::Daily);
    if (word == "hourly")
        return runBriefing(invocation, ipc::BriefingKind::Hourly);
    if (const std::string_view kind = kindFor(word); !kind.empty())
        return runAnalysis(invocation, kind);
    return invocation.usage(
        "features, discovery, clusters, topics, enrichment, briefing or hourly");
}

} // namespace

const Command kRun{
    .name = "run",
    .summary = "Starts a background job and follows its progress",
    .usage = "features | discovery | clusters | topics | enrichment | briefing [--date DAY] | "
             "hourly [--wait]",
    .options = kRunOptions,
    .notes = "Prints the job's number; chronactl jobs shows and cancels it.",
    .run = runRun,
};

} // namespace chrona::cli
