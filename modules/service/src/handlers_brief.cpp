// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_pipeline.h"
#include "brief_words.h"
#include "case_brief.h"
#include "database_work.h"
#include "duties.h"
#include "handlers.h"
#include "settings.h"

#include "chrona/base/clock.h"
#include "chrona/storage/case_store.h"

#include <algorithm>
#include <format>
#include <span>

namespace chrona::service {
namespace {

using std::chrono::hours;

ipc::BriefingReply dailyReply(storage::BriefingRecord record)
{
    return {formatDate(record.day), record.revision, record.knownAt,
            record.storedAt,        record.hash,     std::move(record.document)};
}

Result<Instant> knownAtFor(const ipc::BriefingRequest &asked, Date day, const Settings &settings)
{
    const Instant now = SystemClock().now();
    const Instant knownAt = asked.knownAt.value_or(decisionFor(day, settings, now));
    if (knownAt > now)
        return fail(ErrorCode::InvalidInput, "nobody knows yet what will be known then");
    return knownAt;
}

/// The newest day with prices: what a reader means by "the last one", while a late source is one of
/// the things that the briefing of a later day would tell.
Result<Date> newestDay(storage::Connection &connection)
{
    const Instant now = SystemClock().now();
    const auto bar = storage::newestDailyBar(connection, now);
    if (!bar)
        return std::unexpected(bar.error());
    return *bar ? std::chrono::floor<std::chrono::days>(**bar) : lastSession(now);
}

/// Whoever asked sees the steps.
template <class Responder> briefing::Steps::Tell tellingOf(const Responder &to, const char *stage)
{
    return [&to, stage](std::size_t done, std::size_t total) {
        to.progress({stage, static_cast<std::int64_t>(done), static_cast<std::int64_t>(total)});
    };
}

Result<ipc::BriefingReply> dailyFor(storage::Connection &connection,
                                    const ipc::BriefingRequest &asked, Duties &duties,
                                    const Settings &settings, const std::stop_token &stop,
                                    const briefing::Steps::Tell &tell)
{
    const auto day = asked.day.empty() ? newestDay(connection) : parseDate(asked.day);
    if (!day)
        return std::unexpected(day.error());
    if (asked.build != ipc::BriefingBuild::Always) {
        auto stored = storage::loadBriefing(connection, *day);
        if (stored)
            return dailyReply(std::move(*stored));
        if (stored.error().code != ErrorCode::NotFound || asked.build == ipc::BriefingBuild::Never)
            return std::unexpected(stored.error());
    }
    const auto knownAt = knownAtFor(asked, *day, settings);
    if (!knownAt)
        return std::unexpected(knownAt.error());
    const auto made = makeDaily(connection, {*day, *knownAt}, settings, stop, tell);
    if (!made)
        return std::unexpected(made.error());
    if (const auto revision = storage::storeBriefing(connection, *made); !revision)
        return std::unexpected(revision.error());
    if (auto enqueued = enqueueWords(connection, settings, *day); !enqueued)
        return std::unexpected(enqueued.error());
    duties.wakeJobs();
    auto stored = storage::loadBriefing(connection, *day);
    if (!stored)
        return std::unexpected(stored.error());
    duties.tell({.kind = ipc::BriefingKind::Daily, .briefing = entryFor(*stored), .hourly = {}});
    return dailyReply(std::move(*stored));
}

Result<ipc::BriefingReply> caseBriefFor(storage::Connection &connection,
                                        const ipc::CaseBriefRequest &asked,
                                        const Settings &settings, briefing::Steps &steps)
{
    const auto investigation = storage::loadCase(connection, asked.investigation);
    if (!investigation)
        return std::unexpected(investigation.error());
    const auto day = asked.day.empty() ? newestDay(connection) : parseDate(asked.day);
    if (!day)
        return std::unexpected(day.error());
    const Instant knownAt = decisionFor(*day, settings, SystemClock().now());
    if (knownAt < Instant(*day))
        return fail(ErrorCode::InvalidInput, "that day has not begun yet");
    auto made = makeCaseBrief(connection, *investigation, {*day, knownAt}, settings, steps);
    if (!made)
        return std::unexpected(made.error());
    made->storedAt = knownAt;
    return dailyReply(std::move(*made));
}

Result<std::optional<Date>> dayFrom(const std::string &text)
{
    if (text.empty())
        return std::nullopt;
    return parseDate(text).transform([](Date day) { return std::optional(day); });
}

Result<ipc::BriefingReply> explanationFor(storage::Connection &connection,
                                          const ipc::ExplainMove &asked, const Settings &settings,
                                          std::atomic_bool &wordsBusy, std::stop_token stop)
{
    const auto day = asked.day.empty() ? newestDay(connection) : parseDate(asked.day);
    if (!day)
        return std::unexpected(day.error());
    const auto from = dayFrom(asked.from);
    if (!from)
        return std::unexpected(from.error());
    const Instant now = SystemClock().now();
    const Instant knownAt = asked.knownAt.value_or(decisionFor(*day, settings, now));
    if (knownAt > now || knownAt < Instant(*day))
        return fail(ErrorCode::InvalidInput, "that day has not begun, or nobody knows it yet");
    auto made = makeExplanation(connection, {*day, knownAt}, {asked.symbol, *from}, settings, stop);
    if (!made)
        return std::unexpected(made.error());
    // One at a time: a model that hangs may not take every thread that makes briefings.
    if (asked.askModel && !wordsBusy.exchange(true)) {
        const auto asking = askForWords(connection, settings, *made, WordsOf::Explanation, stop);
        wordsBusy = false;
        if (!asking)
            return std::unexpected(asking.error());
    }
    const auto words = putKnownWords(connection, settings, *made, WordsOf::Explanation);
    if (!words)
        return std::unexpected(words.error());
    auto record = recordOf(*made);
    record.storedAt = knownAt;
    auto reply = dailyReply(std::move(record));
    reply.words = *words;
    return reply;
}

Result<ipc::HourlyReply> hourlyFor(storage::Connection &connection, const ipc::HourlyRequest &asked,
                                   const Settings &settings, std::stop_token stop)
{
    const Instant now = SystemClock().now();
    const Instant at = asked.at.value_or(now);
    if (at > now)
        return fail(ErrorCode::InvalidInput, "that hour is not over yet");
    const Instant hour = lastFullHour(at);
    if (asked.build != ipc::BriefingBuild::Always) {
        const auto stored = storage::loadHourly(connection, hour);
        if (!stored)
            return std::unexpected(stored.error());
        if (*stored && (*stored)->hour == hour)
            return replyFor(connection, **stored);
        if (asked.build == ipc::BriefingBuild::Never)
            return fail(ErrorCode::NotFound,
                        std::format("there is no update of the hour {}", formatInstant(hour)));
    }
    const auto made =
        makeHourly(connection, {hour, hour + hours(1)}, AlertsAre::Kept, settings, std::move(stop));
    if (!made)
        return std::unexpected(made.error());
    if (const auto stored = storage::storeHourly(connection, *made); !stored)
        return std::unexpected(stored.error());
    return replyFor(connection, *made);
}

Result<ipc::BriefingsReply> listFor(storage::Connection &connection,
                                    const ipc::BriefingsRequest &asked)
{
    storage::BriefingListQuery query;
    const auto from = dayFrom(asked.from);
    const auto to = dayFrom(asked.to);
    if (!from || !to)
        return std::unexpected(from ? to.error() : from.error());
    query.from = *from;
    query.to = *to;
    query.text = asked.text;
    query.limit = std::clamp(asked.limit, 1U, ipc::BriefingsRequest::kLimitMax);
    const auto records = storage::listBriefings(connection, query);
    if (!records)
        return std::unexpected(records.error());
    ipc::BriefingsReply reply;
    for (const storage::BriefingRecord &record : *records)
        reply.briefings.push_back(entryFor(record));
    return reply;
}

Result<ipc::BriefingRunReply> enqueueRun(storage::Connection &connection,
                                         const ipc::BriefingRun &asked)
{
    const auto day = dayFrom(asked.day);
    if (!day)
        return std::unexpected(day.error());
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const std::string kind =
        asked.kind == ipc::BriefingKind::Daily ? kDailyBriefing : kHourlyUpdate;
    const std::string queue(jobs::queue::kBriefing);
    const auto enqueued = jobs::enqueue(
        connection, {.queue = queue,
                     .kind = kind,
                     .payload = *day ? std::format(R"({{"date":"{}"}})", formatDate(**day)) : "{}",
                     .priority = 10, // a person waits
                     .attemptsMax = 3});
    if (!enqueued)
        return std::unexpected(enqueued.error());
    const auto rows = connection.query(
        "SELECT max(id) FROM chrona_ops.job WHERE queue = $1 AND kind = $2", {queue, kind});
    if (!rows)
        return std::unexpected(rows.error());
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return ipc::BriefingRunReply{{rows->first().int64(0)}};
}

} // namespace

void Handlers::handle(ipc::BriefingRequest request, Responder<ipc::BriefingRequest> responder)
{
    const std::stop_token stop = responder.stopToken();
    withPool(m_parts.database, m_parts.workers, Workers::Kind::Long, std::move(responder),
             [asked = std::move(request), stop, &duties = m_parts.duties,
              &settings = m_parts.settings](storage::Pool &pool,
                                            const Responder<ipc::BriefingRequest> &to) {
                 to.progress({"briefing.daily", 0, 1});
                 auto lease = pool.take(stop);
                 if (!lease)
                     return to.fail(lease.error());
                 to.finish(dailyFor(**lease, asked, duties, settings, stop,
                                    tellingOf(to, "briefing.daily")));
             });
}

void Handlers::handle(ipc::CaseBriefRequest request, Responder<ipc::CaseBriefRequest> responder)
{
    const std::stop_token stop = responder.stopToken();
    withPool(m_parts.database, m_parts.workers, Workers::Kind::Long, std::move(responder),
             [asked = std::move(request), stop, &settings = m_parts.settings](
                 storage::Pool &pool, const Responder<ipc::CaseBriefRequest> &to) {
                 to.progress({"briefing.case", 0, 1});
                 auto lease = pool.take(stop);
                 if (!lease)
                     return to.fail(lease.error());
                 briefing::Steps steps(stop, tellingOf(to, "briefing.case"));
                 to.finish(caseBriefFor(**lease, asked, settings, steps));
             });
}

void Handlers::handle(ipc::ExplainMove request, Responder<ipc::ExplainMove> responder)
{
    const std::stop_token stop = responder.stopToken();
    withPool(m_parts.database, m_parts.workers, Workers::Kind::Long, std::move(responder),
             [asked = std::move(request), stop, &settings = m_parts.settings,
              wordsBusy = m_wordsBusy](storage::Pool &pool, const Responder<ipc::ExplainMove> &to) {
                 to.progress({"briefing.explain", 0, 1});
                 auto lease = pool.take(stop);
                 if (!lease)
                     return to.fail(lease.error());
                 to.finish(explanationFor(**lease, asked, settings, *wordsBusy, stop));
             });
}

void Handlers::handle(ipc::BriefingsRequest request, Responder<ipc::BriefingsRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return listFor(connection, asked);
               });
}

void Handlers::handle(ipc::HourlyRequest request, Responder<ipc::HourlyRequest> responder)
{
    const std::stop_token stop = responder.stopToken();
    answerFrom(
        m_parts.database, m_parts.workers, std::move(responder),
        [asked = request, stop, &settings = m_parts.settings](storage::Connection &connection) {
            return hourlyFor(connection, asked, settings, stop);
        });
}

void Handlers::handle(ipc::BriefingRun request, Responder<ipc::BriefingRun> responder)
{
    answerFrom(
        m_parts.database, m_parts.workers, std::move(responder),
        [asked = std::move(request), &duties = m_parts.duties](storage::Connection &connection) {
            auto reply = enqueueRun(connection, asked);
            duties.wakeJobs();
            return reply;
        });
}

} // namespace chrona::service
