// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/ipc/oracle_fields.h"
#include "chrona/oracle/feed.h"

#include <string>
#include <string_view>

/// An answer as bytes for the database, and as a client is told. Pure.
namespace chrona::service {

/// Every bit of the answer, with the names of its venues and currencies, appended to `out`.
void writeAnswer(const oracle::FeedSetup &feed, const oracle::Answer &answer, std::string &out);

struct ReadAnswer {
    std::vector<std::string> currencies, venues;
    oracle::Answer answer;
};
/// Corrupt where the bytes are no such record.
[[nodiscard]] Result<ReadAnswer> readAnswer(std::string_view bytes);

[[nodiscard]] ipc::OracleAnswer tellAnswer(const std::string &feed, const ReadAnswer &read,
                                           bool isSynthetic);
/// The same without a detour, for what is in memory.
[[nodiscard]] ipc::OracleAnswer tellAnswer(const oracle::FeedSetup &feed,
                                           const oracle::Answer &answer, bool isSynthetic);

} // namespace chrona::service
