// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace chrona {

/// Where plugins of one kind are: beside the program's folder as a build leaves them, else where an
/// installation puts them.
[[nodiscard]] inline std::filesystem::path pluginsOf(const std::filesystem::path &programFolder,
                                                     std::string_view kind)
{
    const auto built = programFolder / ".." / "plugins" / kind;
    std::error_code ignored;
    if (std::filesystem::is_directory(built, ignored))
        return built.lexically_normal();
    return (programFolder / ".." / "lib" / "chrona" / kind).lexically_normal();
}

/// Where the connectors are; `chosen` by the caller wins.
[[nodiscard]] inline std::filesystem::path pluginsFolder(const std::filesystem::path &programFolder,
                                                         const std::optional<std::string> &chosen)
{
    return chosen ? std::filesystem::path(*chosen) : pluginsOf(programFolder, "connectors");
}

/// Where the trading venues are.
[[nodiscard]] inline std::filesystem::path venuesFolder(const std::filesystem::path &programFolder,
                                                        const std::optional<std::string> &chosen)
{
    return chosen ? std::filesystem::path(*chosen) : pluginsOf(programFolder, "venues");
}

} // namespace chrona
