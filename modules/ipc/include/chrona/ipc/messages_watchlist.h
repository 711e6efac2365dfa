// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"
#include "chrona/schema/ids.h"

#include <optional>
#include <string>
#include <vector>

/// Watchlists and exposures: what a person wants to hear of, and what depends on what.
namespace chrona::ipc {

/// Something that is watched, by the key of its node: "instrument:SPY", "country:JP".
struct WatchEntry {
    std::string node;
    std::string note;
    Instant addedAt; ///< the service's, where it is 0
    static constexpr auto fields()
    {
        return fieldList(required("node", &WatchEntry::node), field("note", &WatchEntry::note),
                         field("added_at", &WatchEntry::addedAt));
    }
    friend bool operator==(const WatchEntry &, const WatchEntry &) = default;
};

struct WatchlistEntry {
    schema::WatchlistId id;
    std::string name;
    std::vector<WatchEntry> items; ///< in the user's order
    std::uint32_t revision = 1;
    Instant updatedAt;
    static constexpr auto fields()
    {
        using T = WatchlistEntry;
        return fieldList(field("id", &T::id), required("name", &T::name), field("items", &T::items),
                         field("revision", &T::revision), field("updated_at", &T::updatedAt));
    }
    friend bool operator==(const WatchlistEntry &, const WatchlistEntry &) = default;
};

struct WatchlistsReply {
    static constexpr std::uint16_t kType = 0x0707;
    std::vector<WatchlistEntry> lists; ///< in the order in which they were made
    static constexpr auto fields() { return fieldList(field("lists", &WatchlistsReply::lists)); }
    friend bool operator==(const WatchlistsReply &, const WatchlistsReply &) = default;
};

struct WatchlistsRequest {
    static constexpr std::uint16_t kType = 0x0706;
    using Reply = WatchlistsReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const WatchlistsRequest &, const WatchlistsRequest &) = default;
};

/// Without an id: a new list. Otherwise name and items are replaced where the revision is the
/// stored one; else Conflict. Answered by the list as it is stored.
struct WatchlistSave {
    static constexpr std::uint16_t kType = 0x0708;
    using Reply = WatchlistsReply;
    WatchlistEntry list;
    static constexpr auto fields() { return fieldList(required("list", &WatchlistSave::list)); }
    friend bool operator==(const WatchlistSave &, const WatchlistSave &) = default;
};

struct WatchlistRemove {
    static constexpr std::uint16_t kType = 0x0709;
    using Reply = Done;
    schema::WatchlistId list;
    static constexpr auto fields() { return fieldList(required("list", &WatchlistRemove::list)); }
    friend bool operator==(const WatchlistRemove &, const WatchlistRemove &) = default;
};

/// What depends on what: "country:JP" → "instrument:SPY".
struct ExposureEntry {
    std::string from, to;
    double weight = 0; ///< 0–1; 0 switches a shipped rule off
    std::string why;
    bool own = false; ///< a person's; else it ships
    std::optional<double> shipped{}; ///< the weight that ships with these ends; absent: none does
    static constexpr auto fields()
    {
        using T = ExposureEntry;
        return fieldList(required("from", &T::from), required("to", &T::to),
                         field("weight", &T::weight), field("why", &T::why), field("own", &T::own),
                         field("shipped", &T::shipped));
    }
    friend bool operator==(const ExposureEntry &, const ExposureEntry &) = default;
};

struct ExposuresReply {
    static constexpr std::uint16_t kType = 0x070b;
    /// Those that hold and those that are switched off, by their ends.
    std::vector<ExposureEntry> rules;
    static constexpr auto fields() { return fieldList(field("rules", &ExposuresReply::rules)); }
    friend bool operator==(const ExposuresReply &, const ExposuresReply &) = default;
};

struct ExposuresRequest {
    static constexpr std::uint16_t kType = 0x070a;
    using Reply = ExposuresReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const ExposuresRequest &, const ExposuresRequest &) = default;
};

struct ExposureSave {
    static constexpr std::uint16_t kType = 0x070c;
    using Reply = Done;
    ExposureEntry rule;
    static constexpr auto fields() { return fieldList(required("rule", &ExposureSave::rule)); }
    friend bool operator==(const ExposureSave &, const ExposureSave &) = default;
};

/// The shipped rule with these ends, where there is one, holds again.
struct ExposureRemove {
    static constexpr std::uint16_t kType = 0x070d;
    using Reply = Done;
    std::string from, to;
    static constexpr auto fields()
    {
        return fieldList(required("from", &ExposureRemove::from),
                         required("to", &ExposureRemove::to));
    }
    friend bool operator==(const ExposureRemove &, const ExposureRemove &) = default;
};

} // namespace chrona::ipc
