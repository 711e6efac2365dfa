// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/investigation.h"

#include <QString>

#include <string>
#include <vector>

/// The portable investigation: one `.chrona` file (SQLite, docs/guides/investigations.md) that
/// anybody can be given. It holds what its sources allow to be passed on, and names the rest.
namespace chrona::workspace {

/// A pin whose label and evidence stay where they are.
struct WithheldPin {
    schema::CaseItemId item;
    std::string source; ///< key; empty: not known, and so without terms
    std::string attribution;
};
struct PortableCase {
    schema::Investigation investigation;
    std::vector<WithheldPin> withheld;
};
/// What may leave this installation: evidence of sources that forbid redistribution, and the labels
/// that quote it, are taken out; hashes stay, so that it merges with the original. Pure, any
/// thread.
[[nodiscard]] PortableCase portable(schema::Investigation investigation);

inline constexpr qint64 kCaseFileBytesMax = 64 << 20;

/// Writes portable(investigation) beside the path and moves it there when it is complete: whatever
/// fails, a file that was there stays whole. What was withheld. Any thread.
[[nodiscard]] Result<std::vector<WithheldPin>>
writeCaseFile(const QString &path, const schema::Investigation &investigation);

/// Reads without writing anything, not even beside the file. Corrupt with the reason for whatever
/// is no investigation file, has tables or triggers of its own, or holds values that are not sound;
/// Unavailable where it cannot be opened. Any thread.
[[nodiscard]] Result<schema::Investigation> readCaseFile(const QString &path);

} // namespace chrona::workspace
