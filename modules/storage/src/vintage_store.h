// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/event_store.h"

#include <string_view>

namespace chrona::storage {

/// A table of facts in vintages: rows of one identity differ in available_at and ingested_at.
struct VintageTable {
    std::string_view table;    ///< "chrona_series.observation"
    std::string_view identity; ///< "series_id, observed_at"
    std::string_view values;   ///< what a later vintage may change
    std::string_view rest;     ///< further columns
};

/// A temporary table of the same shape, for COPY; empty at the begin of each transaction.
[[nodiscard]] Status stageVintages(Connection &connection, const VintageTable &table,
                                   std::string_view staging);

/// Takes what is staged into the table. A row that says the same as the vintage that stood when it
/// became available, and one that is stored already, are duplicates.
[[nodiscard]] Result<StoreReport> mergeVintages(Connection &connection, const VintageTable &table,
                                                std::string_view staging);

} // namespace chrona::storage
