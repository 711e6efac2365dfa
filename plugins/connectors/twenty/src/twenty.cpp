// SPDX-License-Identifier: AGPL-3.0-or-later
#include "twenty.h"

#include "connector_metadata.h"

#include "chrona/connect/draft_list.h"
#include "chrona/connect/payload.h"

#include <format>

namespace chrona::twenty {
namespace {

using connect::textOf;
using formats::JsonValue;

constexpr int kPageRows = 60; // at most

std::string personName(JsonValue json)
{
    const JsonValue name = json["name"];
    const std::string first = textOf(name["firstName"]), last = textOf(name["lastName"]);
    if (first.empty() && last.empty())
        return textOf(name);
    return first.empty() || last.empty() ? first + last : first + " " + last;
}

void set(schema::Entity &entity, std::string_view key, std::string value)
{
    if (!value.empty() && value.size() <= 4000)
        schema::set(entity.attributes, key, std::move(value));
}

void readPerson(connect::DraftList &list, JsonValue json)
{
    schema::Entity entity;
    entity.kind = schema::EntityKind::Person;
    entity.key = "twenty:person:" + textOf(json["id"]);
    entity.name = personName(json);
    entity.externalIds.push_back({"twenty", textOf(json["id"])});
    set(entity, "email", textOf(json["emails"]["primaryEmail"]));
    set(entity, "job_title", textOf(json["jobTitle"]));
    set(entity, "city", textOf(json["city"]));
    set(entity, "company_id", textOf(json["companyId"]));
    list.entity(std::move(entity));
}

void readCompany(connect::DraftList &list, JsonValue json)
{
    schema::Entity entity;
    entity.kind = schema::EntityKind::Organization;
    entity.key = "twenty:company:" + textOf(json["id"]);
    entity.name = textOf(json["name"]);
    entity.externalIds.push_back({"twenty", textOf(json["id"])});
    if (const auto domain = textOf(json["domainName"]["primaryLinkUrl"]); !domain.empty())
        entity.externalIds.push_back({"domain", domain});
    set(entity, "city", textOf(json["address"]["addressCity"]));
    set(entity, "country", textOf(json["address"]["addressCountry"]));
    if (const auto employees = json["employees"].asInteger())
        schema::set(entity.attributes, "employees", *employees);
    const JsonValue revenue = json["annualRecurringRevenue"];
    if (const auto micros = connect::numberOf(revenue["amountMicros"])) {
        schema::set(entity.attributes, "recurring_revenue", *micros / 1e6);
        set(entity, "currency", textOf(revenue["currencyCode"]));
    }
    list.entity(std::move(entity));
}

/// One record under its singular name or a list under the plural.
Result<std::vector<connect::Draft>> readRecords(JsonValue data, std::string_view plural,
                                                std::string_view singular,
                                                void (*read)(connect::DraftList &, JsonValue))
{
    connect::DraftList list;
    const auto one = [&](JsonValue json) {
        if (textOf(json["id"]).empty())
            list.reject("", "the record has no id");
        else if (json["deletedAt"].isNothing()) // deleted softly, and gone for its owner
            read(list, json);
    };
    if (data[plural].kind() == JsonValue::Kind::Array)
        for (const JsonValue json : data[plural].items())
            one(json);
    else if (data[singular].kind() == JsonValue::Kind::Object)
        one(data[singular]);
    else
        return fail(ErrorCode::InvalidInput, std::format("the payload holds no {}", plural));
    return list.take();
}

} // namespace

Result<connect::Description> Twenty::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Twenty::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                       std::stop_token stop) const
{
    // The homepage of the entry is the installation that the user named.
    std::string base = task.source.homepage;
    while (base.ends_with('/'))
        base.pop_back();
    // "people CURSOR" or "companies CURSOR": where the last page ended.
    std::string kind = "people", after;
    if (const std::size_t blank = task.cursor.find(' '); blank != std::string_view::npos) {
        kind = task.cursor.substr(0, blank) == "companies" ? "companies" : "people";
        after = task.cursor.substr(blank + 1);
    }
    std::string url = std::format("{}/rest/{}?limit={}&depth=0", base, kind, kPageRows);
    if (!after.empty())
        url += "&starting_after=" + after;
    auto fetched =
        connect::fetchEach(*this, fetcher,
                           {{{.url = url,
                              .accept = "application/json",
                              .key = {connect::KeyPlace::In::Header, "Authorization", "Bearer "}},
                             kind}},
                           std::move(stop));
    if (!fetched)
        return fetched;
    std::string next;
    for (const connect::RawItem &item : fetched->items)
        if (const auto document = connect::readJsonPayload(item.payload))
            if (const JsonValue page = document->root()["pageInfo"];
                page["hasNextPage"].asBool() == true)
                next = textOf(page["endCursor"]);
    if (next.empty()) // this list has ended: the other one is next
        kind = kind == "people" ? "companies" : "people";
    fetched->nextCursor = kind + " " + next;
    return fetched;
}

Result<std::vector<connect::Draft>> Twenty::normalize(const connect::RawItem &item) const
{
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    if (const auto messages = root["messages"]; !messages.isNothing() && root["data"].isMissing())
        return fail(ErrorCode::InvalidInput, "Twenty says: " + messages.toJson().substr(0, 300));
    return item.kind == "companies" ? readRecords(root["data"], "companies", "company", readCompany)
                                    : readRecords(root["data"], "people", "person", readPerson);
}

} // namespace chrona::twenty
