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

ExitCode runRun(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    if (words.size() != 1 || (words[0] != "briefing" && words[0] != "hourly"))
        return invocation.usage("briefing or hourly");
    ipc::BriefingRun request;
    request.kind = words[0] == "hourly" ? ipc::BriefingKind::Hourly : ipc::BriefingKind::Daily;
    if (const auto date = invocation.arguments.value("date")) {
        if (request.kind == ipc::BriefingKind::Hourly)
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

} // namespace

const Command kRun{
    .name = "run",
    .summary = "Starts a background job and follows its progress",
    .usage = "briefing [--date DAY] | hourly [--wait]",
    .options = kRunOptions,
    .notes = "Prints the job's number; chronactl jobs shows and cancels it.",
    .run = runRun,
};

} // namespace chrona::cli
