// SPDX-License-Identifier: AGPL-3.0-or-later
#include "directus.h"

#include "connector_metadata.h"

#include "chrona/connect/draft_list.h"
#include "chrona/connect/payload.h"
#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::directus {
namespace {

using connect::textOf;
using formats::JsonValue;

constexpr std::string_view kStatus = "status";
constexpr std::size_t kAttributesMax = 100;
constexpr std::size_t kAttributeBytesMax = 4000;
constexpr int kPageRows = 100; // the default, which every server grants

/// The collection is in the address "/items/posts", else how the payload is called.
std::string collectionOf(const connect::RawItem &item)
{
    if (const std::size_t at = item.url.find("/items/"); at != std::string::npos) {
        const std::string_view rest = std::string_view(item.url).substr(at + 7);
        return std::string(rest.substr(0, rest.find_first_of("/?")));
    }
    std::string name = connect::subjectOf(item);
    for (char &c : name)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    return name.empty() ? "items" : name;
}

/// "dateCreated" and "Date-Created" to "date_created"; empty where no letter is left.
std::string snakeCase(std::string_view name)
{
    std::string snake;
    for (const char c : name) {
        const bool capital = c >= 'A' && c <= 'Z';
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!snake.empty() && (capital || !plain) && snake.back() != '_')
            snake += '_';
        if (capital || plain)
            snake += capital ? static_cast<char>(c + 32) : c;
    }
    while (snake.ends_with('_'))
        snake.pop_back();
    return snake.empty() || snake.front() < 'a' || snake.size() > 64 ? std::string() : snake;
}

void setAttributes(schema::Attributes &attributes, JsonValue json)
{
    for (const formats::JsonMember &member : json.members()) {
        const std::string key = snakeCase(member.name);
        if (key.empty() || key == "id" || attributes.size() >= kAttributesMax)
            continue;
        if (const auto truth = member.value.asBool())
            schema::set(attributes, key, *truth);
        else if (const auto whole = member.value.asInteger())
            schema::set(attributes, key, *whole);
        else if (const auto number = member.value.asDouble())
            schema::set(attributes, key, *number);
        else if (const auto text = member.value.asString();
                 text && !text->empty() && text->size() <= kAttributeBytesMax)
            schema::set(attributes, key, std::string(*text));
    }
}

void readItem(connect::DraftList &list, const std::string &collection, JsonValue json)
{
    const std::string id = textOf(json["id"]);
    if (id.empty())
        return list.reject(collection, "the item has no id");
    schema::Entity entity;
    entity.kind = schema::EntityKind::EventTopic;
    entity.key = std::format("directus:{}/{}", collection, id);
    for (const char *name : {"title", "name", "headline", "label", "slug"})
        if (entity.name.empty())
            entity.name = textOf(json[name]);
    if (entity.name.empty())
        entity.name = std::format("{} {}", collection, id);
    entity.externalIds.push_back({"directus", std::format("{}/{}", collection, id)});
    setAttributes(entity.attributes, json);
    list.entity(std::move(entity));
}

Status namesCollection(const schema::Source &source)
{
    if (source.homepage.contains("/items/"))
        return {};
    return fail(ErrorCode::InvalidInput, "the source's address names no collection",
                "add it as https://HOST/items/COLLECTION");
}

Status faultIn(JsonValue root)
{
    for (const JsonValue error : root["errors"].items())
        return fail(ErrorCode::InvalidInput,
                    std::format("Directus says: {} {}", textOf(error["extensions"]["code"]),
                                textOf(error["message"]).substr(0, 300)));
    return {};
}

/// As Directus lets collections name their fields.
bool isFieldName(std::string_view name)
{
    const auto isPart = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, isPart);
}

} // namespace

Result<connect::Description> Directus::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Directus::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                         std::stop_token stop) const
{
    // The homepage of the entry is the installation that the user named, with the collection behind
    // it: "https://cms.example.org/items/posts". The cursor is the page that is next.
    int page = 1;
    const char *end = task.cursor.data() + task.cursor.size();
    if (const auto read = std::from_chars(task.cursor.data(), end, page);
        read.ec != std::errc{} || page < 1 || page > 1'000'000)
        page = 1;
    if (auto named = namesCollection(task.source); !named)
        return std::unexpected(named.error());
    const std::string url =
        std::format("{}?limit={}&page={}&sort=id", task.source.homepage, kPageRows, page);
    auto fetched =
        connect::fetchEach(*this, fetcher,
                           {{{.url = url,
                              .accept = "application/json",
                              .key = {connect::KeyPlace::In::Header, "Authorization", "Bearer "}},
                             "items"}},
                           std::move(stop));
    if (!fetched)
        return fetched;
    std::size_t rows = 0;
    for (const connect::RawItem &item : fetched->items)
        if (const auto document = connect::readJsonPayload(item.payload))
            rows += document->root()["data"].size();
    // A page that is not full is the last: from the beginning again, because items change.
    fetched->nextCursor = rows == std::size_t(kPageRows) ? std::to_string(page + 1) : "1";
    return fetched;
}

Result<std::vector<connect::Draft>> Directus::normalize(const connect::RawItem &item) const
{
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    if (auto fault = faultIn(root); !fault)
        return std::unexpected(fault.error());
    const JsonValue data = root["data"];
    connect::DraftList list;
    if (data.kind() == JsonValue::Kind::Array)
        for (const JsonValue json : data.items())
            readItem(list, collectionOf(item), json);
    else if (data.kind() == JsonValue::Kind::Object)
        readItem(list, collectionOf(item), data);
    else
        return fail(ErrorCode::InvalidInput, "the payload holds no items");
    return list.take();
}

Result<connect::Posting> Directus::draftOf(const schema::Source &source,
                                           const connect::WrittenText &text) const
{
    if (auto named = namesCollection(source); !named)
        return std::unexpected(named.error());
    for (const std::string &field : {text.titleField, text.bodyField})
        if (!isFieldName(field) || field == kStatus)
            return fail(ErrorCode::InvalidInput,
                        std::format("\"{}\" is no field that a draft can fill", field));
    if (text.titleField == text.bodyField)
        return fail(ErrorCode::InvalidInput, "title and body need a field each");
    connect::Posting posting{
        .request = {.url = source.homepage,
                    .accept = "application/json",
                    .key = {connect::KeyPlace::In::Header, "Authorization", "Bearer "}},
        .body = {},
        .contentType = "application/json"};
    formats::JsonWriter(posting.body)
        .beginObject()
        .member(text.titleField, text.title)
        .member(text.bodyField, text.body)
        .member(kStatus, "draft")
        .endObject();
    return posting;
}

Result<std::string> Directus::idIn(std::string_view answer) const
{
    if (answer.empty())
        return std::string(); // laid down, by a token that may not read it
    const auto document = connect::readJsonPayload(answer);
    if (!document)
        return std::unexpected(document.error());
    if (auto fault = faultIn(document->root()); !fault)
        return std::unexpected(fault.error());
    return textOf(document->root()["data"]["id"]);
}

} // namespace chrona::directus
