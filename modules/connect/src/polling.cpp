// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/polling.h"

#include <optional>

namespace chrona::connect {
namespace {

RawItem itemFrom(Response response, const PolledDocument &document)
{
    RawItem item;
    item.kind = document.kind;
    item.sourceRef = response.url.empty() ? document.url : response.url;
    item.url = item.sourceRef;
    item.contentType = std::move(response.contentType);
    item.payload = std::move(response.body);
    item.publishedAt = response.lastModified;
    item.fetchedAt = response.fetchedAt;
    return item;
}

/// Nothing: unchanged.
Result<std::optional<RawItem>> ask(const PolledDocument &document, Fetcher &fetcher,
                                   const Connector &reader)
{
    auto response = fetcher.get({.url = document.url,
                                 .accept = document.accept,
                                 .headers = {},
                                 .bodyBytesMax = document.bodyBytesMax});
    if (!response)
        return std::unexpected(response.error());
    if (response->notModified || response->status == 204)
        return std::nullopt;
    RawItem item = itemFrom(std::move(*response), document);
    if (const auto drafts = reader.normalize(item); !drafts) {
        Error error = drafts.error();
        error.retryable = true;
        return std::unexpected(std::move(error));
    }
    return item;
}

} // namespace

Result<Fetched> pollDocuments(const FetchTask &task, Fetcher &fetcher, const std::stop_token &stop,
                              std::span<const PolledDocument> documents, const Connector &reader)
{
    Fetched fetched;
    std::optional<Error> first;
    std::size_t answered = 0;
    for (const PolledDocument &document : documents) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the fetch was stopped");
        auto item = ask(document, fetcher, reader);
        if (!item) {
            fetched.warnings.push_back(document.url + ": " + item.error().what);
            if (!first)
                first = item.error();
            continue;
        }
        ++answered;
        if (*item)
            fetched.items.push_back(std::move(**item));
    }
    if (answered == 0 && first)
        return std::unexpected(*first);
    fetched.nextCursor = formatInstant(task.now);
    return fetched;
}

} // namespace chrona::connect
