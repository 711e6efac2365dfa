// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_desk.h"

#include "chrona/storage/oracle_traits.h"

#include <optional>
#include <vector>

/// What the oracle has learned of venues and of others, from one run to the next (ADR 0102).
namespace chrona::service {

struct OracleMemory {
    std::vector<storage::StoredTrait> traits;
    std::vector<storage::StoredCrowd> crowds;
};
/// Feeds and venues must have their numbers.
[[nodiscard]] Status storeMemory(storage::Connection &connection, const OracleMemory &memory);
/// Puts what earlier runs have learned into a plan: of venues for a week, of others for a day.
[[nodiscard]] Status recall(storage::Connection &connection, OraclePlan &plan, Instant now);

/// Knows what was kept last, so that what a silent venue showed long ago keeps its age. One thread.
class LearnedBook {
public:
    explicit LearnedBook(const OraclePlan &plan);
    /// What a desk of this plan has learned since the last call.
    [[nodiscard]] OracleMemory changes(const OracleDesk &desk, Instant now);

private:
    std::vector<std::vector<oracle::KnownTraits>> m_traits; ///< by feed, then venue
    std::vector<std::vector<double>> m_crowds;
};

} // namespace chrona::service
