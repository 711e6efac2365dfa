// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/source.h"
#include "chrona/storage/event_store.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chrona::storage {

/// Stores registry entries by key. Whether a known source is enabled is the user's choice and
/// stays.
[[nodiscard]] Result<StoreReport> storeSources(Connection &connection,
                                               std::span<const schema::Source> sources);
/// All, by key.
[[nodiscard]] Result<std::vector<schema::Source>> loadSources(Connection &connection);

enum class SourceSwitch : std::uint8_t { Off, On };
/// NotFound for an unknown source.
[[nodiscard]] Status setSourceEnabled(Connection &connection, schema::SourceId source,
                                      SourceSwitch position);

enum class SourceRemoval : std::uint8_t {
    Gone,    ///< nothing had come from it
    Retired, ///< its entry stays beside what came from it, so that its terms go on to be known
};
/// NotFound for an unknown source. A retired one has no connector and is off.
[[nodiscard]] Result<SourceRemoval> removeSource(Connection &connection, schema::SourceId source);

[[nodiscard]] Status saveSourceHealth(Connection &connection, const schema::SourceHealth &health);
[[nodiscard]] Result<std::vector<schema::SourceHealth>> loadSourceHealth(Connection &connection);

/// Where the next fetch of a source goes on. Save it in the transaction that appends what was
/// fetched.
[[nodiscard]] Result<std::string> loadSourceCursor(Connection &connection, schema::SourceId source);
[[nodiscard]] Status saveSourceCursor(Connection &connection, schema::SourceId source,
                                      std::string_view cursor);

} // namespace chrona::storage
