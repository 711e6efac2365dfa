// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <optional>
#include <string>
#include <string_view>

struct pg_conn;

namespace chrona::storage {

/// The file of a table or index as the server names it in "invalid page in block 3 of relation
/// base/16384/24601".
struct DamagedFile {
    std::string path;
    std::int64_t fileNode = 0;
};
[[nodiscard]] std::optional<DamagedFile> damagedFileIn(std::string_view message);

/// A block that fails its checksum is told of by a file's number. Adds which table that is, says
/// what can be done, and logs it: such a disk must be known of even where nobody reads the answer.
/// Asks on a second session, because the one that failed may be in a transaction.
void nameDamage(pg_conn *connection, Error &error);

} // namespace chrona::storage
