// SPDX-License-Identifier: AGPL-3.0-or-later
#include "listing.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/stated_time.h"
#include "chrona/formats/xml.h"

#include <format>

namespace chrona::sanctions {
namespace {

using formats::XmlElement;


/// "Russia / Russie": the first language.
std::string_view english(std::string_view text, std::string_view separator)
{
    return trimmed(text.substr(0, text.find(separator)));
}

/// "A, B or C; Belarusian: D": names parted in every way that a writer knows.
void readAliases(std::string_view text, schema::Entity &subject)
{
    while (!text.empty()) {
        auto end = std::min(text.find_first_of(",;"), text.size());
        std::size_t skip = 1;
        if (const auto alternative = text.find(" or "); alternative < end) {
            end = alternative;
            skip = 4;
        }
        std::string_view name = text.substr(0, end);
        if (const auto language = name.find(": "); language != std::string_view::npos)
            name.remove_prefix(language + 2);
        addAlias(subject, name);
        text.remove_prefix(std::min(end + skip, text.size()));
    }
}

void readCanadaDetails(const XmlElement &record, schema::Entity &subject)
{
    auto &attributes = subject.attributes;
    connect::addText(attributes, "regime", english(record.childText("Country"), " / "));
    connect::addText(attributes, "schedule", record.childText("Schedule"));
    connect::addText(attributes, "item", record.childText("Item"));
    connect::addText(attributes, "title", english(record.childText("TitleOrShip"), " | "));
    const std::string_view imo = record.childText("ShipIMONumber");
    if (!imo.empty())
        subject.externalIds.push_back({"imo", slugOf(imo)});
    // One element serves persons and ships.
    const bool isPerson = subject.kind == schema::EntityKind::Person;
    connect::addText(attributes, isPerson ? "date_of_birth" : "built",
                     record.childText("DateOfBirthOrShipBuildDate"));
    readAliases(record.childText("Aliases"), subject);
}

void readCanadaRecord(const XmlElement &record, std::vector<connect::Draft> &drafts)
{
    const std::string_view regime = english(record.childText("Country"), " / ");
    std::string reference = slugOf(regime);
    for (const char *part : {"Schedule", "Item"})
        if (const auto text = record.childText(part); !text.empty())
            reference += ":" + slugOf(text);
    const auto reject = [&](std::string_view reason) {
        drafts.emplace_back(
            connect::Rejected{reference, std::format("line {}: {}", record.place.line, reason)});
    };
    if (regime.empty() || record.childText("Item").empty())
        return reject("Country or Item is missing");
    const auto listed = formats::readStatedTime(record.childText("DateOfListing"));
    if (!listed)
        return reject("DateOfListing: " + listed.error().what);
    Listing listing;
    schema::Entity &subject = listing.subject;
    subject.key = "canada-sema:" + reference;
    subject.name = record.childText("EntityOrShip");
    subject.kind = schema::EntityKind::Organization;
    if (subject.name.empty()) {
        subject.kind = schema::EntityKind::Person;
        const std::string name = std::string(record.childText("GivenName")) + " " +
                                 std::string(record.childText("LastName"));
        subject.name = trimmed(name);
    }
    if (subject.name.empty())
        return reject("it names neither a person nor an entity");
    subject.externalIds.push_back({"canada-sema", reference});
    readCanadaDetails(record, subject);
    listing.reference = reference;
    listing.authority = "Canada SEMA";
    listing.programs = regime;
    listing.times.observedAt = *listed;
    listing.times.publishedAt = *listed;
    appendDrafts(std::move(listing), drafts);
}

} // namespace

Drafts readCanadaList(std::string_view payload)
{
    std::vector<connect::Draft> drafts;
    const formats::XmlRecords records{
        .isRecord = [](formats::XmlName name,
                       std::size_t depth) { return depth == 2 && name.local == "record"; },
        .record = [&](const XmlElement &record) { readCanadaRecord(record, drafts); },
        .around = {},
        .root = "data-set"};
    if (auto done = formats::readXmlRecords(payload, records, {.bytesMax = kPayloadBytesMax});
        !done)
        return std::unexpected(done.error());
    return drafts;
}

} // namespace chrona::sanctions
