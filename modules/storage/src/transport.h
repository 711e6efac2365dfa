// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <string>

namespace chrona::storage {

/// Whether a connection string leads to a UNIX socket, or to TLS with a verified certificate. Looks
/// at what libpq would take from its environment, too.
[[nodiscard]] Status checkTransport(const std::string &connectionString);

} // namespace chrona::storage
