// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_pipeline.h"

#include "alert_check.h"
#include "brief_words.h"
#include "hourly_state.h"
#include "settings.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/briefing/daily.h"
#include "chrona/formats/briefing_json.h"
#include "chrona/schema/calendar.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

using std::chrono::days;
using std::chrono::hours;

SourcesAre readingOf(const Settings &settings)
{
    return settings.flag("sources.live") ? SourcesAre::Read : SourcesAre::Unread;
}

/// A local hour of a day, where this computer is.
Instant localHour(Date day, std::int64_t hour)
{
    const std::chrono::year_month_day date(day);
    const QDateTime local(
        QDate(int(date.year()), int(unsigned(date.month())), int(unsigned(date.day()))),
        QTime(static_cast<int>(hour), 0), QTimeZone::systemTimeZone());
    return Instant(std::chrono::milliseconds(local.toMSecsSinceEpoch()));
}

Result<schema::Briefing> briefingOf(storage::Connection &connection, const BriefMoment &moment,
                                    SourcesAre sources, const schema::Briefing *previous,
                                    briefing::Steps &steps)
{
    steps.expect(briefing::kDailySteps);
    const auto material = gatherDay(connection, moment, sources, steps);
    if (!material)
        return std::unexpected(material.error());
    briefing::BriefingInputs inputs = material->inputsFor(moment);
    inputs.previous = previous;
    inputs.steps = &steps;
    return briefing::dailyBriefing(inputs);
}

/// Against which the day is told.
Result<schema::Briefing> previousOf(storage::Connection &connection, const BriefMoment &moment,
                                    const Settings &settings, briefing::Steps &steps)
{
    const auto stored = storage::loadBriefingBefore(connection, moment.day, moment.knownAt);
    if (!stored)
        return std::unexpected(stored.error());
    if (*stored) {
        auto read = formats::readBriefingJson((*stored)->document);
        if (read)
            return schema::withoutModelWords(std::move(*read));
        log::warning("briefing", "the briefing of {} is made again: {}", formatDate((*stored)->day),
                     describe(read.error()));
    }
    const Date day = schema::sessionBefore(schema::Calendar::NewYork, moment.day).day;
    const BriefMoment before{day, decisionFor(day, settings, moment.knownAt)};
    return briefingOf(connection, before, SourcesAre::Unread, nullptr, steps);
}

Error stopped()
{
    return {ErrorCode::Cancelled, "the briefing was broken off", {}, true};
}

/// The hour that was told before this one.
struct HourBefore {
    briefing::HourlyState state;
    Instant toldUntil; ///< alerts up to then stand in it
};

/// What cannot be read is told once more rather than never.
Result<HourBefore> hourBefore(storage::Connection &connection, Instant hour)
{
    const auto before = storage::loadHourly(connection, hour - Duration(1));
    if (!before)
        return std::unexpected(before.error());
    if (!*before)
        return HourBefore{{}, hour};
    auto state = decodeHourlyState((*before)->state);
    if (!state)
        log::warning("briefing", "{}", describe(state.error()));
    // After a long sleep the alerts of the hour itself: the list has the others.
    return HourBefore{state.value_or(briefing::HourlyState{}),
                      std::max((*before)->knownAt, hour - hours(1))};
}

Result<std::vector<schema::Alert>> alertsOf(storage::Connection &connection, Instant after,
                                            Instant until)
{
    constexpr std::uint32_t kAlertsMax = 50;
    return storage::loadAlerts(
        connection, {.announcedAfter = after, .announcedUntil = until, .limit = kAlertsMax});
}

} // namespace

schema::QuietHours quietHours(const Settings &settings)
{
    constexpr int kMinutes = 60;
    return {static_cast<int>(settings.number("alerts.quiet_from_hour")) * kMinutes,
            static_cast<int>(settings.number("alerts.quiet_until_hour")) * kMinutes};
}

Duration localOffset(Instant instant)
{
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch());
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms.count(), QTimeZone::UTC);
    return std::chrono::seconds(QTimeZone::systemTimeZone().offsetFromUtc(moment));
}

storage::BriefingRecord recordOf(const schema::Briefing &briefing)
{
    storage::BriefingRecord record;
    record.day = briefing.day;
    record.knownAt = briefing.knownAt;
    record.title = briefing.title;
    record.synthetic = briefing.synthetic;
    record.document = formats::writeBriefingJson(briefing);
    return record;
}

Instant decisionFor(Date day, const Settings &settings, Instant now)
{
    return std::min(now, localHour(day + days(1), settings.number("briefing.hour")));
}

Date lastSession(Instant moment)
{
    const Date today = std::chrono::floor<days>(moment);
    const auto session = schema::sessionOn(schema::Calendar::NewYork, today);
    if (session && session->closesAt <= moment)
        return today;
    return schema::sessionBefore(schema::Calendar::NewYork, today).day;
}

Instant lastFullHour(Instant moment)
{
    return std::chrono::floor<hours>(moment) - hours(1);
}

Result<storage::BriefingRecord> makeDaily(storage::Connection &connection,
                                          const BriefMoment &moment, const Settings &settings,
                                          const std::stop_token &stop,
                                          const briefing::Steps::Tell &tell)
{
    if (moment.knownAt < Instant(moment.day))
        return fail(ErrorCode::InvalidInput,
                    std::format("{} has not begun at {}", formatDate(moment.day),
                                formatInstant(moment.knownAt)));
    const storage::BreakOff breakOff(connection, stop);
    // Two days have the same markets, so the day before is told in as many steps as the day.
    briefing::Steps before(stop, [&](std::size_t done, std::size_t total) {
        if (tell)
            tell(done, 2 * total);
    });
    const auto previous = previousOf(connection, moment, settings, before);
    if (!previous)
        return std::unexpected(previous.error());
    briefing::Steps steps(stop, [&](std::size_t done, std::size_t total) {
        const std::size_t first = before.count() > 0 ? total : 0;
        if (tell)
            tell(first + done, first + total);
    });
    auto briefing = briefingOf(connection, moment, readingOf(settings), &*previous, steps);
    if (!briefing)
        return std::unexpected(briefing.error());
    if (const auto put = putKnownWords(connection, settings, *briefing, WordsOf::Day); !put)
        return std::unexpected(put.error());
    return recordOf(*briefing);
}

Result<schema::Briefing> makeExplanation(storage::Connection &connection, const BriefMoment &moment,
                                         const MoveAsked &asked, const Settings &settings,
                                         std::stop_token stop)
{
    const storage::BreakOff breakOff(connection, stop);
    briefing::Steps steps(std::move(stop));
    const auto material = gatherDay(connection, moment, readingOf(settings), steps);
    if (!material)
        return std::unexpected(material.error());
    return briefing::explainedMove(material->inputsFor(moment), asked.symbol, asked.from);
}

Result<storage::HourlyRecord> makeHourly(storage::Connection &connection, const HourMoment &moment,
                                         AlertsAre alerts, const Settings &settings,
                                         std::stop_token stop)
{
    const storage::BreakOff breakOff(connection, stop);
    const auto material = gatherHour(connection, moment.knownAt, readingOf(settings));
    if (!material)
        return std::unexpected(material.error());
    const auto before = hourBefore(connection, moment.hour);
    if (!before)
        return std::unexpected(before.error());
    if (stop.stop_requested())
        return std::unexpected(stopped());
    if (alerts == AlertsAre::Checked)
        if (auto found = checkHour(connection, settings, *material, moment.knownAt); !found)
            return std::unexpected(found.error());
    const auto told = alertsOf(connection, before->toldUntil, moment.knownAt);
    if (!told)
        return std::unexpected(told.error());
    briefing::HourlyInputs inputs;
    inputs.hour = moment.hour;
    inputs.knownAt = moment.knownAt;
    inputs.events = material->events;
    inputs.clusters = material->clusters;
    inputs.sources = material->sources;
    inputs.health = material->health;
    inputs.signals = material->signals;
    inputs.watched = material->watched;
    inputs.exposures = &material->exposures;
    inputs.alerts = *told;
    inputs.synthetic = material->synthetic;
    const auto result = briefing::hourlyUpdate(inputs, before->state);
    if (!result)
        return std::unexpected(result.error());
    return storage::HourlyRecord{moment.hour, moment.knownAt, material->synthetic,
                                 formats::writeHourlyJson(result->update),
                                 encodeHourlyState(result->state)};
}

ipc::BriefingEntry entryFor(const storage::BriefingRecord &record)
{
    return {formatDate(record.day), record.revision, record.knownAt,
            record.storedAt,        record.title,    record.synthetic};
}

Result<ipc::HourlyReply> replyFor(storage::Connection &connection,
                                  const storage::HourlyRecord &record)
{
    const auto before = hourBefore(connection, record.hour);
    if (!before)
        return std::unexpected(before.error());
    auto alerts = alertsOf(connection, before->toldUntil, record.knownAt);
    if (!alerts)
        return std::unexpected(alerts.error());
    return ipc::HourlyReply{record.hour, record.document, std::move(*alerts)};
}

Result<ipc::BriefingChanged> newsOf(storage::Connection &connection, ipc::BriefingKind kind)
{
    ipc::BriefingChanged news;
    news.kind = kind;
    if (kind == ipc::BriefingKind::Daily) {
        const auto listed = storage::listBriefings(connection, {.limit = 1});
        if (!listed)
            return std::unexpected(listed.error());
        if (listed->empty())
            return fail(ErrorCode::NotFound, "there is no briefing");
        news.briefing = entryFor(listed->front());
        return news;
    }
    const auto newest = storage::loadHourly(connection, SystemClock().now());
    if (!newest)
        return std::unexpected(newest.error());
    if (!*newest)
        return fail(ErrorCode::NotFound, "there is no hourly update");
    auto reply = replyFor(connection, **newest);
    if (!reply)
        return std::unexpected(reply.error());
    news.hourly = std::move(*reply);
    return news;
}

} // namespace chrona::service
