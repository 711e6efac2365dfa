// SPDX-License-Identifier: AGPL-3.0-or-later
#include "listing.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/stated_time.h"
#include "chrona/formats/xml.h"

#include <format>

namespace chrona::sanctions {
namespace {

using formats::XmlElement;


/// "2001-01-25" or "2001-01-25-05:00": a day, whatever follows.
Result<Instant> dayFrom(std::string_view text)
{
    return formats::readStatedTime(text.substr(0, 10));
}

std::string nameOf(const XmlElement &record)
{
    std::string name;
    for (const char *part : {"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"})
        if (const auto text = record.childText(part); !text.empty())
            name += (name.empty() ? "" : " ") + std::string(text);
    return name;
}

/// The texts of <VALUE> in an element that may hold several.
std::string valuesOf(const XmlElement &record, std::string_view local)
{
    std::string values;
    for (const XmlElement &child : record.children) {
        if (child.local != local)
            continue;
        for (const XmlElement &value : child.children)
            if (value.local == "VALUE" && !value.trimmedText().empty())
                values += (values.empty() ? "" : "; ") + std::string(value.trimmedText());
    }
    return values;
}

/// The parts of an element that hold something: "EXACT; 1960-01-01".
std::string partsOf(const XmlElement &element)
{
    std::string parts;
    for (const XmlElement &part : element.children)
        if (!part.trimmedText().empty())
            parts += (parts.empty() ? "" : ", ") + std::string(part.trimmedText());
    return parts;
}

void readUnDetails(const XmlElement &record, schema::Entity &subject)
{
    std::string births, places, addresses, documents;
    const auto add = [](std::string &list, const XmlElement &element) {
        if (const std::string parts = partsOf(element); !parts.empty())
            list += (list.empty() ? "" : "; ") + parts;
    };
    for (const XmlElement &child : record.children) {
        if (child.local.ends_with("_ALIAS"))
            addAlias(subject, child.childText("ALIAS_NAME"));
        else if (child.local.ends_with("_ADDRESS"))
            add(addresses, child);
        else if (child.local == "INDIVIDUAL_DATE_OF_BIRTH")
            add(births, child);
        else if (child.local == "INDIVIDUAL_PLACE_OF_BIRTH")
            add(places, child);
        else if (child.local == "INDIVIDUAL_DOCUMENT")
            add(documents, child);
        else if (child.local == "NAME_ORIGINAL_SCRIPT")
            addAlias(subject, child.trimmedText());
    }
    auto &attributes = subject.attributes;
    connect::addText(attributes, "date_of_birth", births);
    connect::addText(attributes, "place_of_birth", places);
    connect::addText(attributes, "addresses", addresses);
    connect::addText(attributes, "documents", documents);
    connect::addText(attributes, "nationality", valuesOf(record, "NATIONALITY"));
    connect::addText(attributes, "designation", valuesOf(record, "DESIGNATION"));
    connect::addText(attributes, "title", valuesOf(record, "TITLE"));
    connect::addText(attributes, "remarks", record.childText("COMMENTS1"));
    connect::addText(attributes, "version", record.childText("VERSIONNUM"));
}

void readUnRecord(const XmlElement &record, std::vector<connect::Draft> &drafts)
{
    const std::string data(record.childText("DATAID"));
    std::string reference(record.childText("REFERENCE_NUMBER"));
    const auto reject = [&](std::string_view reason) {
        drafts.emplace_back(
            connect::Rejected{reference.empty() ? data : reference,
                              std::format("line {}: {}", record.place.line, reason)});
    };
    if (data.empty())
        return reject("DATAID is missing");
    const auto listed = dayFrom(record.childText("LISTED_ON"));
    if (!listed)
        return reject("LISTED_ON: " + listed.error().what);
    Listing listing;
    schema::Entity &subject = listing.subject;
    subject.key = "un:" + data;
    subject.name = nameOf(record);
    subject.kind = record.local == "INDIVIDUAL" ? schema::EntityKind::Person
                                                : schema::EntityKind::Organization;
    subject.externalIds.push_back({"un-dataid", data});
    if (!reference.empty())
        subject.externalIds.push_back({"un-reference", reference});
    readUnDetails(record, subject);
    listing.reference = reference.empty() ? data : reference;
    listing.authority = "UN Security Council";
    listing.programs = record.childText("UN_LIST_TYPE");
    listing.times.observedAt = *listed;
    listing.times.publishedAt = *listed;
    const std::string updates = valuesOf(record, "LAST_DAY_UPDATED");
    connect::addText(subject.attributes, "updated_on", updates);
    appendDrafts(std::move(listing), drafts);
}

} // namespace

Drafts readUnList(std::string_view payload)
{
    std::vector<connect::Draft> drafts;
    const formats::XmlRecords records{
        .isRecord =
            [](formats::XmlName name, std::size_t depth) {
                return depth == 3 && (name.local == "INDIVIDUAL" || name.local == "ENTITY");
            },
        .record = [&](const XmlElement &record) { readUnRecord(record, drafts); },
        .around = {},
        .root = "CONSOLIDATED_LIST"};
    if (auto done = formats::readXmlRecords(payload, records, {.bytesMax = kPayloadBytesMax});
        !done)
        return std::unexpected(done.error());
    return drafts;
}

} // namespace chrona::sanctions
