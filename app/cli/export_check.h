// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "query.h"

#include "chrona/schema/redistribution.h"

#include <expected>
#include <optional>

namespace chrona::cli {

/// The option that every export has.
inline constexpr OptionSpec kOwnUseOption{
    "own-use", "",
    "CSV and the like: also what may not be passed on; the file is for your own use"};

/// Holds exports to the terms of the sources: what may not be passed on stays out of formats that
/// are made to be passed on, and is named with its count on stderr. NDJSON, which answers a query
/// on this machine, holds everything.
class ExportCheck {
public:
    /// Asks the service for the registry where the format needs it.
    [[nodiscard]] static std::expected<ExportCheck, ExitCode> open(Invocation &invocation,
                                                                   QueryFormat format);
    [[nodiscard]] bool admits(schema::SourceId source) { return !m_gate || m_gate->admits(source); }
    /// Says what stayed, and why.
    void tell(Invocation &invocation) const;

private:
    std::optional<schema::ExportGate> m_gate; ///< nullopt: everything may go
};

} // namespace chrona::cli
