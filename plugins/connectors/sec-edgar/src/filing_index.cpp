// SPDX-License-Identifier: AGPL-3.0-or-later
#include "filing.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/json.h"
#include "chrona/formats/stated_time.h"

#include <algorithm>

namespace chrona::edgar {
namespace {

using formats::JsonValue;

constexpr std::size_t kIndexBytesMax = 16 << 20;

std::string text(JsonValue value)
{
    return std::string(value.asString().value_or(""));
}

/// The folder's name is all that says which company it is: "/Archives/edgar/data/1648960/…".
std::string cikIn(std::string_view folder)
{
    constexpr std::string_view kBegin = "/data/";
    const auto at = folder.find(kBegin);
    if (at == std::string_view::npos)
        return {};
    folder.remove_prefix(at + kBegin.size());
    return std::string(folder.substr(0, folder.find('/')));
}

} // namespace

Result<std::vector<connect::Draft>> readFilingIndex(std::string_view payload)
{
    const auto document = formats::JsonDocument::parse(payload, {.bytesMax = kIndexBytesMax});
    if (!document)
        return std::unexpected(document.error());
    const JsonValue directory = document->root()["directory"];
    const JsonValue items = directory["item"];
    const std::string folder = text(directory["name"]);
    Filing filing;
    filing.accession = accessionIn(folder);
    if (items.kind() != JsonValue::Kind::Array || filing.accession.empty())
        return fail(ErrorCode::InvalidInput, "the payload is not the index of a filing");
    Drafts drafts;
    std::string names;
    double bytes = 0;
    for (const JsonValue item : items.items()) {
        const auto changed = formats::readEasternTime(text(item["last-modified"]));
        if (!changed) {
            drafts.reject(filing.accession,
                          text(item["name"]) + ": last-modified: " + changed.error().what);
            continue;
        }
        filing.acceptedAt = std::max(filing.acceptedAt.value_or(*changed), *changed);
        filing.filedOn = text(item["last-modified"]).substr(0, 10);
        names += (names.empty() ? "" : " ") + text(item["name"]);
        bytes += connect::numberFrom(text(item["size"])).value_or(0);
    }
    const std::string cik = cikIn(folder);
    drafts.company({.cik = cik,
                    .name = cik.empty() ? std::string() : "CIK " + cik,
                    .formerNames = {},
                    .tickers = {},
                    .attributes = {}});
    filing.form = "filing"; // the index does not name it
    filing.url = "https://www.sec.gov" + folder + "/";
    connect::addText(filing.attributes, "documents", names);
    connect::addNumber(filing.attributes, "document_count", static_cast<double>(items.size()));
    connect::addNumber(filing.attributes, "size_bytes", bytes);
    drafts.filing(std::move(filing));
    return drafts.take();
}

} // namespace chrona::edgar
