// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"
#include "words.h"

#include <algorithm>
#include <condition_variable>
#include <format>
#include <mutex>

namespace chrona::cli {
namespace {

constexpr OptionSpec kRunOptions[] = {
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

ExitCode runRun(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const std::string_view kind = words.size() == 1 ? kindFor(words[0]) : "";
    if (kind.empty())
        return invocation.usage("features or discovery");
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

} // namespace

const Command kRun{
    .name = "run",
    .summary = "Starts a background job and follows its progress",
    .usage = "features | discovery [--wait]",
    .options = kRunOptions,
    .notes = "Prints the job's number; chronactl jobs shows and cancels it.",
    .run = runRun,
};

} // namespace chrona::cli
