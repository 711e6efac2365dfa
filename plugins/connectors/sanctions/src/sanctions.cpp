// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sanctions.h"

#include "connector_metadata.h"
#include "listing.h"

#include "chrona/base/hash.h"
#include "chrona/connect/payload.h"

#include <algorithm>

namespace chrona::sanctions {
namespace {

constexpr std::size_t kBodyBytesMax = 128 << 20;

std::vector<connect::PolledDocument> documentsOf(std::string_view source)
{
    const std::string ofac =
        "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/";
    if (source == "ofac-sdn")
        return {{ofac + "SDN.CSV", "ofac-sdn", "text/csv", kBodyBytesMax},
                {ofac + "ADD.CSV", "ofac-add", "text/csv", kBodyBytesMax},
                {ofac + "ALT.CSV", "ofac-alt", "text/csv", kBodyBytesMax},
                {ofac + "SDN_COMMENTS.CSV", "ofac-comments", "text/csv", kBodyBytesMax}};
    if (source == "un-sanctions")
        return {{"https://scsanctions.un.org/resources/xml/en/consolidated.xml", "un-xml",
                 "application/xml", kBodyBytesMax}};
    return {{"https://www.international.gc.ca/world-monde/assets/office_docs/"
             "international_relations-relations_internationales/sanctions/sema-lmes.xml",
             "canada-sema-xml", "application/xml", kBodyBytesMax}};
}

/// "kind=hash", found in a cursor of such words.
std::string wordOf(std::string_view cursor, std::string_view kind)
{
    const std::string begin = std::string(kind) + "=";
    const auto at = cursor.find(begin);
    if (at == std::string_view::npos)
        return {};
    return std::string(cursor.substr(at, cursor.find(' ', at) - at));
}

} // namespace

Result<connect::Description> Sanctions::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Sanctions::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                          std::stop_token stop) const
{
    // Lists come by way of redirects to signed addresses, where conditional requests say nothing:
    // the cursor holds what each list was, and one that has not changed is no item.
    const auto documents = documentsOf(task.source.key);
    auto fetched = connect::pollDocuments(task, fetcher, stop, documents, *this);
    if (!fetched)
        return fetched;
    std::string cursor;
    for (const auto &document : documents) {
        std::string word = wordOf(task.cursor, document.kind);
        const auto item = std::ranges::find(fetched->items, document.kind, &connect::RawItem::kind);
        if (item != fetched->items.end()) {
            const std::string now = document.kind + "=" + toHex(hashOf({item->payload}).bytes);
            if (now == word)
                fetched->items.erase(item);
            word = now;
        }
        if (!word.empty())
            cursor += (cursor.empty() ? "" : " ") + word;
    }
    fetched->nextCursor = std::move(cursor);
    return fetched;
}

Result<std::vector<connect::Draft>> Sanctions::normalize(const connect::RawItem &item) const
{
    if (item.kind == "ofac-sdn")
        return readOfacSdn(item);
    if (item.kind == "ofac-add")
        return readOfacAddresses(item);
    if (item.kind == "ofac-alt")
        return readOfacNames(item);
    if (item.kind == "ofac-comments")
        return readOfacComments(item);
    if (item.kind == "un-xml")
        return readUnList(item.payload);
    if (item.kind == "canada-sema-xml")
        return readCanadaList(item.payload);
    return fail(ErrorCode::InvalidInput, "the kind \"" + item.kind + "\" is unknown");
}

} // namespace chrona::sanctions
