// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/ipc/oracle_fields.h"
#include "chrona/oracle/feed.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// An answer as bytes for the database, and as a client is told. Pure.
namespace chrona::service {

/// Who listened to each venue of an answer: places in a list of names. Empty: this service itself.
struct Ears {
    std::span<const std::uint8_t> heardBy{};
    std::span<const std::string> collectors{};
    [[nodiscard]] std::string_view of(std::size_t venue) const
    {
        return venue < heardBy.size() && heardBy[venue] < collectors.size()
                   ? std::string_view(collectors[heardBy[venue]])
                   : std::string_view();
    }
};

/// Every bit of the answer, with the names of its venues, currencies and collectors, appended to
/// `out`.
void writeAnswer(const oracle::FeedSetup &feed, const oracle::Answer &answer, const Ears &ears,
                 std::string &out);

struct ReadAnswer {
    std::vector<std::string> currencies, venues;
    std::vector<std::string> collectors; ///< of each venue; empty: the service itself
    oracle::Answer answer;
};
/// Corrupt where the bytes are no such record.
[[nodiscard]] Result<ReadAnswer> readAnswer(std::string_view bytes);

[[nodiscard]] ipc::OracleAnswer tellAnswer(const std::string &feed, const ReadAnswer &read,
                                           bool isSynthetic);
/// The same without a detour, for what is in memory.
[[nodiscard]] ipc::OracleAnswer tellAnswer(const oracle::FeedSetup &feed,
                                           const oracle::Answer &answer, const Ears &ears,
                                           bool isSynthetic);

} // namespace chrona::service
