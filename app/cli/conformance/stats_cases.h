// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "case_value.h"

#include <string>
#include <string_view>
#include <vector>

namespace chrona::cli {

/// Whether a file of this name ("fdr.json") is one of the statistics' case files.
[[nodiscard]] bool isStatsCaseFile(std::string_view fileName);

/// Runs every case of one statistics file ({"about", "tolerance", "cases"}) and says of each what
/// differs; empty: it passed. A case with an output that is not known here fails. A file without
/// cases, or of another name, gives one failure. Pure; any thread.
[[nodiscard]] std::vector<std::string> runStatsCases(std::string_view fileName,
                                                     const CaseValue &file);

} // namespace chrona::cli
