// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/columns.h"
#include "chrona/ipc/messages_series.h"

#include <string>
#include <vector>

/// What a client asks about the titles of all events, which stay in the database: which hold some
/// words, and their order.
namespace chrona::ipc {

/// The ids of all events whose title holds every word, anywhere and in any case. In no order.
struct TitleMatchQuery {
    static constexpr std::uint16_t kType = 0x010a;
    static constexpr std::size_t kWordsMax = 16;
    using Reply = ColumnsReply;
    using Columns = EventIdColumns;
    std::vector<std::string> words; ///< at least one
    static constexpr auto fields() { return fieldList(required("words", &TitleMatchQuery::words)); }
    friend bool operator==(const TitleMatchQuery &, const TitleMatchQuery &) = default;
};

/// The rank of every event among all titles, in alphabetical order whatever the case.
struct TitleOrderQuery {
    static constexpr std::uint16_t kType = 0x010b;
    using Reply = ColumnsReply;
    using Columns = TitleRankColumns;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const TitleOrderQuery &, const TitleOrderQuery &) = default;
};

} // namespace chrona::ipc
