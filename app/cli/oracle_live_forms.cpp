// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_live.h"

#include "words.h"

#include "chrona/formats/json_writer.h"

#include <array>
#include <cmath>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

template <class Enum, std::size_t count>
std::string_view wordOf(Enum value, const std::array<std::string_view, count> &words)
{
    const auto index = static_cast<std::size_t>(value);
    return index < count ? words[index] : std::string_view("unknown");
}

/// NaN is null: JSON has no other word for "none".
void writeNumber(JsonWriter &json, std::string_view key, double value)
{
    if (std::isfinite(value))
        json.member(key, value);
    else
        json.key(key).null();
}

/// No price is 0 in a message, and null here.
void writePrice(JsonWriter &json, std::string_view key, double price)
{
    writeNumber(json, key, price > 0 ? price : std::nan(""));
}

void writeVote(JsonWriter &json, const ipc::OracleVote &vote)
{
    json.beginObject().member("venue", vote.venue).member("standing", wordFor(vote.standing));
    writePrice(json, "price", vote.price);
    writeNumber(json, "weight", vote.weight);
    writeNumber(json, "deviation_bps", vote.price > 0 ? vote.deviationBps : std::nan(""));
    writeNumber(json, "basis_bps", vote.basisBps);
    writeNumber(json, "noise_bps", vote.noiseBps);
    writeNumber(json, "lag_seconds", vote.lagSeconds);
    writeNumber(json, "latency_ms", vote.latencyMs);
    writeNumber(json, "frozen_evidence", vote.frozenEvidence);
    writeNumber(json, "share", vote.share);
    writeNumber(json, "half_spread_bps", vote.halfSpreadBps);
    json.member("age_ms", vote.ageMs).member("collector", vote.collector).endObject();
}

void writeRecording(JsonWriter &json, const ipc::OracleRecording &recording)
{
    json.key("recording")
        .beginObject()
        .member("on", recording.on)
        .member("folder", recording.folder)
        .member("segments", recording.segments)
        .member("bytes", recording.bytes)
        .member("lost_ticks", recording.lostTicks)
        .member("problem", recording.problem);
    writeInstant(json, "oldest", recording.oldest);
    json.endObject();
}

void writeAnswer(JsonWriter &json, const ipc::OracleAnswer &answer)
{
    json.beginObject()
        .member("feed", answer.feed)
        .member("at", formatInstant(answer.at))
        .member("state", wordFor(answer.state))
        .member("regime", wordFor(answer.regime));
    writePrice(json, "price", answer.price);
    writeNumber(json, "confidence_bps", answer.confidenceBps);
    writeNumber(json, "filtered_bps", answer.filteredBps);
    writeNumber(json, "volatility_bps", answer.volatilityBps);
    json.member("sources", answer.sources);
    json.key("rates").beginObject();
    for (std::size_t c = 0; c < std::min(answer.rates.size(), answer.currencies.size()); ++c)
        writeNumber(json, answer.currencies[c], answer.rates[c]);
    json.endObject();
    writePrice(json, "vwap", answer.vwap);
    writePrice(json, "twap", answer.twap);
    writePrice(json, "median_of_last", answer.medianOfLast);
    writePrice(json, "weighted_median_of_last", answer.weightedMedianOfLast);
    writePrice(json, "weighted_median_of_mid", answer.weightedMedianOfMid);
    writePrice(json, "decaying_median_of_last", answer.decayingMedianOfLast);
    json.key("votes").beginArray();
    for (const ipc::OracleVote &vote : answer.votes)
        writeVote(json, vote);
    json.endArray();
    json.member("state_hash", answer.stateHash).member("synthetic", answer.synthetic).endObject();
}

void writeLink(JsonWriter &json, const ipc::OracleVenueLink &link)
{
    json.beginObject()
        .member("collector", link.collector)
        .member("used", link.used)
        .member("state", wordFor(link.state))
        .member("since", formatInstant(link.since));
    writeInstant(json, "heard_at", link.heardAt);
    writeNumber(json, "latency_ms", link.latencyMs);
    json.member("rows", link.rows)
        .member("connects", link.connects)
        .member("failures", link.failures)
        .member("markets_asked", link.marketsAsked)
        .member("markets_heard", link.marketsHeard)
        .member("detail", link.detail)
        .endObject();
}

void writeVenue(JsonWriter &json, const ipc::OracleVenueEntry &venue)
{
    json.beginObject().member("venue", venue.venue).member("state", wordFor(venue.state));
    json.member("since", formatInstant(venue.since));
    writeInstant(json, "until", venue.until);
    writeInstant(json, "heard_at", venue.heardAt);
    writeNumber(json, "latency_ms", venue.latencyMs);
    writeNumber(json, "clock_offset_ms", venue.clockOffsetMs.value_or(std::nan("")));
    json.member("rows", venue.rows)
        .member("rejected", venue.rejected)
        .member("duplicates", venue.duplicates)
        .member("gaps", venue.gaps)
        .member("doubtful_stamps", venue.doubtfulStamps)
        .member("connects", venue.connects)
        .member("polls", venue.polls)
        .member("failures", venue.failures)
        .member("markets_asked", venue.marketsAsked)
        .member("markets_heard", venue.marketsHeard)
        .member("markets_off", venue.marketsOff)
        .member("detail", venue.detail);
    json.key("days").beginArray();
    for (const ipc::OracleVenueDay &day : venue.days)
        json.beginObject()
            .member("day", day.day)
            .member("watched_seconds", day.watchedSeconds)
            .member("heard_seconds", day.heardSeconds)
            .endObject();
    json.endArray().member("collector", venue.collector).key("links").beginArray();
    for (const ipc::OracleVenueLink &link : venue.links)
        writeLink(json, link);
    json.endArray().endObject();
}

template <class List, class Write> std::string listOf(const List &list, Write write)
{
    std::string document;
    JsonWriter json(document);
    json.beginArray();
    for (const auto &item : list)
        write(json, item);
    json.endArray();
    return document;
}

} // namespace

std::string_view wordFor(ipc::OracleMode mode)
{
    return wordOf(mode, std::array<std::string_view, 3>{"off", "live", "replay"});
}

std::string_view wordFor(ipc::OracleAnswerState state)
{
    return wordOf(state, std::array<std::string_view, 3>{"sound", "abstained", "none"});
}

std::string_view wordFor(ipc::OracleRegime regime)
{
    return wordOf(regime, std::array<std::string_view, 3>{"calm", "moving", "depeg"});
}

std::string_view wordFor(ipc::OracleStanding standing)
{
    return wordOf(standing, std::array<std::string_view, 5>{"used", "silent", "stale", "deviating",
                                                            "frozen"});
}

std::string_view wordFor(ipc::OracleVenueState state)
{
    return wordOf(state,
                  std::array<std::string_view, 7>{"connecting", "streaming", "polling", "silent",
                                                  "maintenance", "resting", "blocked"});
}

std::string_view wordFor(ipc::OracleAlertKind kind)
{
    return wordOf(kind, std::array<std::string_view, 12>{
                            "deviation", "staleness", "thin", "disagreement", "venue_down",
                            "unregistered", "low_balance", "unavailable", "percentile",
                            "minimal_condition", "indexer_behind", "contract_changed"});
}

std::string asJson(const ipc::OracleStatus &status)
{
    std::string document;
    JsonWriter json(document);
    json.beginObject()
        .member("mode", wordFor(status.mode))
        .member("synthetic", status.synthetic)
        .member("feeds", status.feeds)
        .member("feeds_sound", status.feedsSound)
        .member("venues", status.venues)
        .member("venues_heard", status.venuesHeard)
        .member("alerts", status.alerts)
        .member("ticks_per_second", status.ticksPerSecond)
        .member("epoch", status.epoch)
        .member("epoch_ends_at", formatInstant(status.epochEndsAt))
        .member("epoch_ms", status.epochMs)
        .member("quiet_hours", status.quietHours)
        .member("lost_batches", status.lostBatches)
        .member("problem", status.problem);
    writeInstant(json, "muted_until", status.mutedUntil);
    json.key("revealed_epoch");
    status.revealedEpoch ? json.value(*status.revealedEpoch) : json.null();
    writeRecording(json, status.recording);
    json.key("rounds").beginArray();
    for (const ipc::OracleRound &round : status.rounds)
        json.beginObject()
            .member("epoch", round.epoch)
            .member("ends_at", formatInstant(round.endsAt))
            .member("sound", round.sound)
            .member("abstained", round.abstained)
            .endObject();
    json.endArray().endObject();
    return document;
}

std::string asJson(const ipc::OracleFeedsReply &feeds)
{
    return listOf(feeds.feeds, [](JsonWriter &json, const ipc::OracleFeedEntry &entry) {
        json.beginObject();
        json.key("answer");
        writeAnswer(json, entry.answer);
        writePrice(json, "hand_in", entry.handIn);
        writeNumber(json, "band_probability", entry.bandProbability);
        writeNumber(json, "band_position", entry.bandPosition);
        json.member("reveals_learned", entry.revealsLearned);
        json.endObject();
    });
}

std::string asJson(const ipc::OracleVenuesReply &venues)
{
    return listOf(venues.venues, writeVenue);
}

std::string asJson(const ipc::OracleAnswer &answer)
{
    std::string document;
    JsonWriter json(document);
    writeAnswer(json, answer);
    return document;
}

std::string asJson(const ipc::OracleAlertsReply &alerts)
{
    return listOf(alerts.alerts, [](JsonWriter &json, const ipc::OracleAlert &alert) {
        json.beginObject()
            .member("id", alert.id)
            .member("kind", wordFor(alert.kind))
            .member("feed", alert.feed)
            .member("venue", alert.venue)
            .member("raised_at", formatInstant(alert.raisedAt));
        writeInstant(json, "ended_at", alert.endedAt);
        writeNumber(json, "measured", alert.measured);
        writeNumber(json, "limit", alert.limit);
        json.member("quiet", alert.quiet).endObject();
    });
}

} // namespace chrona::cli
