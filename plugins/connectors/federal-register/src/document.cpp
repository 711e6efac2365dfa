// SPDX-License-Identifier: AGPL-3.0-or-later
#include "document.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/stated_time.h"

namespace chrona::federal_register {
namespace {

using formats::JsonValue;
using schema::EventType;

std::string text(JsonValue value)
{
    return std::string(value.asString().value_or(""));
}

/// "Rule", "Proposed Rule", "Notice", "Presidential Document"; queries by facet give "RULE" and
/// "PRESDOCU".
EventType typeOf(std::string_view kind, std::string_view agencies)
{
    if (agencies.contains("foreign-assets-control-office"))
        return EventType::Sanction;
    const bool isRule =
        kind == "Rule" || kind == "Proposed Rule" || kind == "RULE" || kind == "PRORULE";
    return isRule ? EventType::Legislation : EventType::PolicyDecision;
}

float severityOf(std::string_view kind, bool isSignificant)
{
    float severity = 0.2F;
    if (kind == "Presidential Document" || kind == "PRESDOCU")
        severity = 0.6F;
    else if (kind == "Rule" || kind == "RULE")
        severity = 0.4F;
    else if (kind == "Proposed Rule" || kind == "PRORULE")
        severity = 0.3F;
    return isSignificant ? severity + 0.2F : severity;
}

} // namespace

connect::Draft readDocument(formats::JsonValue document)
{
    schema::Event event;
    event.sourceRef = text(document["document_number"]);
    if (event.sourceRef.empty())
        return connect::Rejected{{}, "document_number is missing"};
    const std::string date = text(document["publication_date"]);
    const auto day = formats::readStatedTime(date);
    if (!day || date.size() != 10)
        return connect::Rejected{event.sourceRef, "publication_date is not a day: " + date};
    // The issue of a day comes out at six in the morning in Washington.
    const auto published = formats::readEasternTime(date + " 06:00:00");
    std::string agencies;
    for (const JsonValue agency : document["agencies"].items())
        if (const std::string slug = text(agency["slug"]); !slug.empty())
            agencies += (agencies.empty() ? "" : " ") + slug;
    const std::string kind = text(document["type"]);
    event.type = typeOf(kind, agencies);
    event.title = connect::cutText(text(document["title"]), 1000);
    event.summary = connect::cutText(text(document["abstract"]), 16'000);
    event.url = connect::webAddress(text(document["html_url"]));
    event.times.observedAt = *day;
    if (published)
        event.times.publishedAt = *published;
    event.region = "US";
    event.severity = severityOf(kind, document["significant"].asBool().value_or(false));
    auto &attributes = event.attributes;
    connect::addText(attributes, "document_type", kind);
    connect::addText(attributes, "agencies", agencies);
    for (const char *key : {"effective_on", "signing_date", "executive_order_number", "action",
                            "citation", "pdf_url", "subtype"})
        connect::addText(attributes, key, text(document[key]));
    return connect::checkedDraft(std::move(event));
}

} // namespace chrona::federal_register
