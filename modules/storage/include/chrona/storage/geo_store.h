// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/boundary.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/provenance.h"

#include <span>
#include <string>
#include <vector>

namespace chrona::storage {

/// By set and code; known ones are replaced. One transaction.
[[nodiscard]] Result<StoreReport> storeBoundaries(Connection &connection,
                                                  std::span<const schema::Boundary> boundaries,
                                                  Provenance provenance = Provenance::Real);
/// Which of a set are read: those whose code comes after that one, in the order of codes.
struct BoundaryPage {
    std::string_view after{};
    std::uint32_t limit = 0; ///< 0: all
};
[[nodiscard]] Result<std::vector<schema::Boundary>>
loadBoundaries(Connection &connection, std::string_view set, const BoundaryPage &page = {});

struct BoundarySet {
    std::string name;
    std::int64_t areas;
    std::int64_t bytes; ///< of their outlines
};
[[nodiscard]] Result<std::vector<BoundarySet>> loadBoundarySets(Connection &connection);

/// By id; known ones are replaced. One transaction.
[[nodiscard]] Result<StoreReport> storePlaces(Connection &connection,
                                              std::span<const schema::Place> places);
/// Names that begin with the text, the largest first.
[[nodiscard]] Result<std::vector<schema::Place>> findPlaces(Connection &connection,
                                                            std::string_view text,
                                                            std::uint32_t limit = 50);

} // namespace chrona::storage
