// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <string>

namespace chrona::cli {

/// The bytes of a file that a source may have served, at most 256 MiB. Fails with NotFound,
/// InvalidInput on a larger one, Unavailable where it cannot be read to its end.
[[nodiscard]] Result<std::string> readPayload(const std::string &path);

} // namespace chrona::cli
