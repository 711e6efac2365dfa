// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <string_view>

struct pg_conn;
struct pg_result;

namespace chrona::storage {

/// What a SQLSTATE means to a caller. An empty state stands for a connection that is gone.
[[nodiscard]] Error errorFor(std::string_view sqlState, std::string_view message);

[[nodiscard]] Error errorOf(const pg_result *result);
/// A session that may only read was asked to write.
[[nodiscard]] bool isReadOnlyFailure(const pg_result *result);
/// Of a connection that failed without a result.
[[nodiscard]] Error errorOf(const pg_conn *connection);

} // namespace chrona::storage
