// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_wish.h"

#include "oracle_collectors.h"
#include "settings.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

/// Each once, in the order in which they are named.
std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> out;
    std::string word;
    const auto end = [&] {
        if (!word.empty() && !std::ranges::contains(out, word))
            out.push_back(word);
        word.clear();
    };
    for (const char c : text) {
        if (c == ' ' || c == ',')
            end();
        else
            word += c;
    }
    end();
    return out;
}

/// Asked for each moment, since summer time comes and goes.
std::chrono::minutes hereFromUtc(Instant at)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC);
    return std::chrono::minutes(QTimeZone::systemTimeZone().offsetFromUtc(moment) / 60);
}

} // namespace

std::string OracleWish::text(std::string_view tape) const
{
    std::string out = std::format("{}|{}|{}|{}|{}|{}|{}|{}|", isLive, rules.deviationBps,
                                  rules.disagreementBps, rules.thinSources, quiet.from, quiet.to,
                                  isLive ? std::string_view{} : tape,
                                  isLive ? network : std::string());
    for (const auto *list : {&feeds, &venues})
        for (const std::string &word : *list)
            out += word + " ";
    if (recording)
        out += std::format("|{} {} {}", recording->folder.string(), recording->bytesMax,
                           recording->daysMax);
    for (const PairedCollector &each : elsewhere)
        out += std::format("|{} {} {}", each.name, each.address, net::writePairing(each.pairing));
    for (const auto &[venue, collector] : preferred)
        out += std::format("|{}={}", venue, collector);
    return out;
}

OracleWish readWish(const Settings &settings, const std::filesystem::path &dataFolder)
{
    OracleWish wanted;
    wanted.isLive = settings.flag("oracle.live");
    wanted.feeds = words(settings.text("oracle.feeds"));
    wanted.venues = words(settings.text("oracle.venues"));
    if (wanted.venues.empty())
        for (const VenueTraits &venue : knownVenues())
            wanted.venues.emplace_back(venue.name);
    wanted.rules.deviationBps = static_cast<double>(settings.number("oracle.deviation_bps"));
    wanted.rules.disagreementBps = static_cast<double>(settings.number("oracle.disagreement_bps"));
    wanted.rules.thinSources = static_cast<int>(settings.number("oracle.thin_sources"));
    wanted.quiet.from = static_cast<int>(settings.number("alerts.quiet_from_hour"));
    wanted.quiet.to = static_cast<int>(settings.number("alerts.quiet_until_hour"));
    wanted.quiet.fromUtc = hereFromUtc;
    if (settings.text("flare.mode") != "off")
        wanted.network = settings.text("flare.network");
    if (settings.flag("oracle.record_ticks")) {
        TickFolder::Options recording;
        recording.folder = dataFolder / "ticks";
        recording.bytesMax = static_cast<std::uint64_t>(settings.number("oracle.record_gib")) << 30;
        recording.daysMax = static_cast<int>(settings.number("oracle.record_days"));
        wanted.recording = recording;
    }
    if (!wanted.isLive)
        return wanted;
    wanted.elsewhere = CollectorBook(dataFolder / "collectors").all();
    for (const std::string &word : words(settings.text("oracle.listen_from")))
        if (const std::size_t equals = word.find('='); equals != std::string::npos)
            wanted.preferred[word.substr(0, equals)] = word.substr(equals + 1);
    return wanted;
}

} // namespace chrona::service
