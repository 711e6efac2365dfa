// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector.h"

#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

/// What connectors of feeds share: asking for feeds, and making events of entries.
namespace chrona::connect {

/// The kind of payload that fetchFeeds() hands on.
inline constexpr std::string_view kFeedKind = "feed";

/// One feed of a source; a connector lists them all.
struct FeedAddress {
    std::string_view source; ///< its key
    std::string_view url;
};

/// Asks for each feed of the task's source once: those of the list, or the one that a person's own
/// source names. Feeds that fail or answer with something else than
/// a feed are warnings as long as one of the others answers; when none does, the first failure is
/// the fetch's. Thread rule: as Connector::fetch.
[[nodiscard]] Result<Fetched> fetchFeeds(const FetchTask &task, Fetcher &fetcher,
                                         std::stop_token stop, std::span<const FeedAddress> feeds);

/// Each entry of a feed as an event of that type; texts are plain. The id of an entry, else its
/// link, is the source_ref, so that a repeated and a changed entry are the same event.
///
/// When it happened is what the entry says (published, else updated), else a date at the front of
/// the title ("2026-08-12 - …"), else when it was fetched; also where it claims to be of the
/// future. An entry without title and summary is Rejected. Pure. Fails with InvalidInput on what is
/// no feed.
[[nodiscard]] Result<std::vector<Draft>> feedDrafts(const RawItem &item, schema::EventType type);

} // namespace chrona::connect
