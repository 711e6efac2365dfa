// SPDX-License-Identifier: AGPL-3.0-or-later
#include "federal_register.h"

#include "connector_metadata.h"
#include "document.h"

#include "chrona/connect/payload.h"

#include <format>

namespace chrona::federal_register {
namespace {

constexpr std::size_t kPayloadBytesMax = 32 << 20;
constexpr int kPagesMax = 20; ///< a query shows 2,000 results at most
constexpr auto kOverlap = std::chrono::days(2);
constexpr auto kFirstWindow = std::chrono::days(14);

std::string queryFrom(Date since)
{
    std::string url = "https://www.federalregister.gov/api/v1/documents.json?order=oldest"
                      "&per_page=100&conditions[publication_date][gte]=" +
                      formatDate(since);
    for (const char *field :
         {"document_number", "title", "type", "subtype", "abstract", "html_url", "pdf_url",
          "publication_date", "effective_on", "signing_date", "executive_order_number", "action",
          "citation", "significant", "agencies"})
        url += std::string("&fields[]=") + field;
    return url;
}

/// The address of the next page of a payload that has been read already.
std::string nextPageOf(std::string_view payload)
{
    const auto document = formats::JsonDocument::parse(payload);
    return document ? std::string(document->root()["next_page_url"].asString().value_or(""))
                    : std::string();
}

} // namespace

Result<connect::Description> FederalRegister::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> FederalRegister::fetch(const connect::FetchTask &task,
                                                connect::Fetcher &fetcher,
                                                std::stop_token stop) const
{
    // Documents are dated by day and may be corrected a day later: the cursor is the day that was
    // read last, and two more are read again.
    const Date today = std::chrono::floor<std::chrono::days>(task.now);
    Date since = today - kFirstWindow;
    if (const auto last = parseDate(task.cursor); last && *last <= today)
        since = *last - kOverlap;
    connect::Fetched fetched;
    std::string url = queryFrom(since);
    for (int page = 0; page < kPagesMax && !url.empty(); ++page) {
        const connect::PolledDocument document{url, "documents", "application/json",
                                               kPayloadBytesMax};
        auto one = connect::pollDocuments(task, fetcher, stop, {&document, 1}, *this);
        // A page that is missing would be a gap that nobody closes: all is asked again later.
        if (!one)
            return one;
        url.clear();
        for (connect::RawItem &item : one->items) {
            url = nextPageOf(item.payload);
            fetched.items.push_back(std::move(item));
        }
    }
    if (!url.empty())
        fetched.warnings.push_back(std::format("more than {} pages; the rest is left", kPagesMax));
    fetched.nextCursor = formatDate(today);
    return fetched;
}

Result<std::vector<connect::Draft>> FederalRegister::normalize(const connect::RawItem &item) const
{
    const auto document =
        formats::JsonDocument::parse(item.payload, {.bytesMax = kPayloadBytesMax});
    if (!document)
        return std::unexpected(document.error());
    const formats::JsonValue root = document->root();
    // A query without results has a count and no list.
    const formats::JsonValue results = root["results"];
    std::vector<connect::Draft> drafts;
    if (results.kind() != formats::JsonValue::Kind::Array) {
        if (root["count"].asInteger() == 0)
            return drafts;
        if (root["document_number"].isNothing())
            return fail(ErrorCode::InvalidInput, "the payload has no list of results");
        drafts.push_back(readDocument(root));
        return drafts;
    }
    for (const formats::JsonValue result : results.items())
        drafts.push_back(readDocument(result));
    return drafts;
}

} // namespace chrona::federal_register
