// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_pipeline.h"

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

Duration localOffset(Instant instant)
{
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch());
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms.count(), QTimeZone::UTC);
    return std::chrono::seconds(QTimeZone::systemTimeZone().offsetFromUtc(moment));
}

Result<schema::Briefing> briefingOf(storage::Connection &connection, const BriefMoment &moment,
                                    SourcesAre sources, const schema::Briefing *previous)
{
    const auto material = gatherDay(connection, moment, sources);
    if (!material)
        return std::unexpected(material.error());
    briefing::BriefingInputs inputs = material->inputsFor(moment);
    inputs.previous = previous;
    return briefing::dailyBriefing(inputs);
}

/// Against which the day is told.
Result<schema::Briefing> previousOf(storage::Connection &connection, const BriefMoment &moment,
                                    const Settings &settings)
{
    const auto stored = storage::loadBriefingBefore(connection, moment.day, moment.knownAt);
    if (!stored)
        return std::unexpected(stored.error());
    if (*stored) {
        auto read = formats::readBriefingJson((*stored)->document);
        if (read)
            return read;
        log::warning("briefing", "the briefing of {} is made again: {}", formatDate((*stored)->day),
                     describe(read.error()));
    }
    const Date day = schema::sessionBefore(schema::Calendar::NewYork, moment.day).day;
    const BriefMoment before{day, decisionFor(day, settings, moment.knownAt)};
    return briefingOf(connection, before, SourcesAre::Unread, nullptr);
}

Error stopped()
{
    return {ErrorCode::Cancelled, "the briefing was broken off", {}, true};
}

briefing::AlertRule alertRule(const Settings &settings)
{
    briefing::AlertRule rule;
    rule.id = "relevance";
    rule.name = "Matters for a watchlist";
    rule.relevanceMin = double(settings.number("alerts.relevance_percent")) / 100;
    return rule;
}

briefing::QuietHours quietHours(const Settings &settings, Instant now)
{
    constexpr int kMinutes = 60;
    return {static_cast<int>(settings.number("alerts.quiet_from_hour")) * kMinutes,
            static_cast<int>(settings.number("alerts.quiet_until_hour")) * kMinutes,
            localOffset(now)};
}

/// What was told before the hour. What cannot be read is told once more rather than never.
Result<briefing::HourlyState> stateBefore(storage::Connection &connection, Instant hour)
{
    const auto before = storage::loadHourly(connection, hour - Duration(1));
    if (!before)
        return std::unexpected(before.error());
    if (!*before)
        return briefing::HourlyState{};
    auto state = decodeHourlyState((*before)->state);
    if (!state)
        log::warning("briefing", "{}", describe(state.error()));
    return state.value_or(briefing::HourlyState{});
}

} // namespace

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
                                          std::stop_token stop)
{
    if (moment.knownAt < Instant(moment.day))
        return fail(ErrorCode::InvalidInput,
                    std::format("{} has not begun at {}", formatDate(moment.day),
                                formatInstant(moment.knownAt)));
    const std::stop_callback breakOff(stop, connection.canceller());
    const auto previous = previousOf(connection, moment, settings);
    if (!previous)
        return std::unexpected(previous.error());
    if (stop.stop_requested())
        return std::unexpected(stopped());
    const auto briefing = briefingOf(connection, moment, readingOf(settings), &*previous);
    if (!briefing)
        return std::unexpected(briefing.error());
    if (stop.stop_requested())
        return std::unexpected(stopped());
    storage::BriefingRecord record;
    record.day = moment.day;
    record.knownAt = moment.knownAt;
    record.title = briefing->title;
    record.synthetic = briefing->synthetic;
    record.document = formats::writeBriefingJson(*briefing);
    return record;
}

Result<storage::HourlyRecord> makeHourly(storage::Connection &connection, const HourMoment &moment,
                                         const Settings &settings, std::stop_token stop)
{
    const std::stop_callback breakOff(stop, connection.canceller());
    const auto material = gatherHour(connection, moment.knownAt, readingOf(settings));
    if (!material)
        return std::unexpected(material.error());
    const auto before = stateBefore(connection, moment.hour);
    if (!before)
        return std::unexpected(before.error());
    if (stop.stop_requested())
        return std::unexpected(stopped());
    const briefing::AlertRule rule = alertRule(settings);
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
    inputs.rules = {&rule, 1};
    inputs.quiet = quietHours(settings, moment.knownAt);
    inputs.synthetic = material->synthetic;
    const auto result = briefing::hourlyUpdate(inputs, *before);
    if (!result)
        return std::unexpected(result.error());
    return storage::HourlyRecord{moment.hour,
                                 moment.knownAt,
                                 material->synthetic,
                                 formats::writeHourlyJson(result->update),
                                 writeAlerts(result->alerts),
                                 encodeHourlyState(result->state)};
}

ipc::BriefingEntry entryFor(const storage::BriefingRecord &record)
{
    return {formatDate(record.day), record.revision, record.knownAt,
            record.storedAt,        record.title,    record.synthetic};
}

Result<ipc::HourlyReply> replyFor(const storage::HourlyRecord &record)
{
    auto alerts = readAlerts(record.alerts);
    if (!alerts)
        return std::unexpected(alerts.error());
    ipc::HourlyReply reply{record.hour, record.document, {}};
    for (briefing::Alert &alert : *alerts)
        reply.alerts.push_back({std::move(alert.rule), std::move(alert.name), std::move(alert.text),
                                alert.relevance, std::move(alert.events)});
    return reply;
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
    auto reply = replyFor(**newest);
    if (!reply)
        return std::unexpected(reply.error());
    news.hourly = std::move(*reply);
    return news;
}

} // namespace chrona::service
