// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cyclone.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/cap.h"
#include "chrona/formats/stated_time.h"
#include "chrona/formats/xml.h"

#include <format>

namespace chrona::nhc {
namespace {

using formats::XmlElement;


/// "40 mph", "1002 mb".
std::optional<double> leadingNumber(std::string_view text)
{
    return connect::numberFrom(text.substr(0, text.find(' ')));
}

/// "8:00 PM EDT Sat Aug 8" names no year: the year of the publication that comes nearest.
std::optional<Instant> advisoryTime(std::string_view text, Instant published)
{
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (c != ' ')
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.size() != 6)
        return std::nullopt;
    const auto colon = words[0].find(':');
    auto hour = connect::numberFrom(std::string_view(words[0]).substr(0, colon));
    if (colon == std::string::npos || !hour || *hour < 1 || *hour > 12)
        return std::nullopt;
    const int hours = static_cast<int>(*hour) % 12 + (words[1] == "PM" ? 12 : 0);
    const int stated = static_cast<int>(
        std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(published)).year());
    std::optional<Instant> nearest;
    for (int year = stated - 1; year <= stated + 1; ++year) {
        const auto candidate =
            formats::readStatedTime(std::format("{} {} {} {:02}:{} {}", words[5], words[4], year,
                                                hours, words[0].substr(colon + 1), words[2]));
        if (candidate && (!nearest || std::chrono::abs(*candidate - published) <
                                          std::chrono::abs(*nearest - published)))
            nearest = *candidate;
    }
    return nearest;
}

connect::Draft readItem(const XmlElement &item, const XmlElement &storm)
{
    Cyclone cyclone;
    cyclone.atcf = storm.childText("atcf");
    const auto rejected = [&](std::string_view reason) {
        return connect::Rejected{cyclone.atcf, std::format("line {}: {}", item.place.line, reason)};
    };
    const auto published = formats::readStatedTime(item.childText("pubDate"));
    if (!published)
        return rejected("pubDate: " + published.error().what);
    const auto advised = advisoryTime(storm.childText("datetime"), *published);
    if (!advised)
        return rejected("nhc:datetime is not like \"8:00 PM EDT Sat Aug 8\"");
    const auto centre = formats::readCapCircle(std::string(storm.childText("center")) + " 0");
    if (!centre)
        return rejected("nhc:center " + centre.error().what);
    cyclone.name = storm.childText("name");
    cyclone.kind = storm.childText("type");
    cyclone.title = item.childText("title");
    cyclone.summary = storm.childText("headline");
    cyclone.url = item.childText("link");
    cyclone.centre = centre->centre;
    cyclone.advisedAt = *advised;
    cyclone.publishedAt = *published;
    cyclone.windMph = leadingNumber(storm.childText("wind"));
    cyclone.pressureMb = leadingNumber(storm.childText("pressure"));
    connect::addText(cyclone.attributes, "wallet", storm.childText("wallet"));
    connect::addText(cyclone.attributes, "movement", storm.childText("movement"));
    return draftOf(std::move(cyclone));
}

} // namespace

Result<std::vector<connect::Draft>> readStormFeed(std::string_view payload)
{
    std::vector<connect::Draft> drafts;
    const formats::XmlRecords records{
        .isRecord = [](formats::XmlName name,
                       std::size_t depth) { return depth == 3 && name.local == "item"; },
        .record =
            [&](const XmlElement &item) {
                const XmlElement *storm = item.child("Cyclone");
                if (storm == nullptr)
                    return; // outlooks, advisories as text, "there are no tropical cyclones"
                if (drafts.empty())
                    drafts.emplace_back(cycloneTopic());
                drafts.push_back(readItem(item, *storm));
            },
        .around = {},
        .root = "rss"};
    if (auto done = formats::readXmlRecords(payload, records, {.bytesMax = kPayloadBytesMax});
        !done)
        return std::unexpected(done.error());
    return drafts;
}

} // namespace chrona::nhc
