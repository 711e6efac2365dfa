// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace chrona {

/// Where the connectors are: where the caller says, else beside the program's folder as a build
/// leaves them, else where an installation puts them.
[[nodiscard]] inline std::filesystem::path
pluginsFolder(const std::filesystem::path &programFolder, const std::optional<std::string> &chosen)
{
    if (chosen)
        return *chosen;
    const auto built = programFolder / ".." / "plugins" / "connectors";
    std::error_code ignored;
    if (std::filesystem::is_directory(built, ignored))
        return built.lexically_normal();
    return (programFolder / ".." / "lib" / "chrona" / "connectors").lexically_normal();
}

} // namespace chrona
