// SPDX-License-Identifier: AGPL-3.0-or-later
#include "draft_posting.h"

#include "source_fetcher.h"

#include <format>

namespace chrona::sources {

PostedDraft postDraft(DraftTask task, const connect::WrittenText &text)
{
    const schema::Source &source = task.source;
    if (!source.enabled)
        return {fail(ErrorCode::Denied, std::format("\"{}\" is disabled", source.key),
                     "enable it first")};
    const auto *entry = task.library.find(source.connector);
    if (entry == nullptr || entry->publisher == nullptr)
        return {
            fail(ErrorCode::Conflict, std::format("\"{}\" takes no drafts", source.key),
                 "add a content system of your own: chronactl sources add --connector directus")};
    const auto posting = entry->publisher->draftOf(source, text);
    if (!posting)
        return {std::unexpected(posting.error())};
    FetchMemory nothing;
    SourceFetcher fetcher({.source = source,
                           .http = task.http,
                           .budget = task.budget,
                           .stop = std::move(task.stop),
                           .keyOf = &task.keyOf,
                           .now = task.now},
                          nothing);
    const auto answer = fetcher.post(*posting);
    if (!answer)
        return {std::unexpected(answer.error()), fetcher.requests()};
    return {entry->publisher->idIn(answer->body), fetcher.requests()};
}

} // namespace chrona::sources
