// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstdint>
#include <filesystem>
#include <format>
#include <string_view>

/// Structured log: one JSON object a line in a rotating file, and readable lines on stderr where
/// asked. Any thread. Before open() everything of level Warning and above goes to stderr.
namespace chrona::log {

enum class Level : std::uint8_t { Debug, Info, Warning, Error };

struct Options {
    std::filesystem::path file;         ///< empty: no file
    std::size_t fileBytesMax = 8 << 20; ///< then it is rotated
    std::size_t filesMax = 5;
    Level level = Level::Info;
    bool toStderr = false;
};

[[nodiscard]] Status open(const Options &options);
void flush();

/// area is the module or duty, e.g. "storage" or "usgs"; it becomes a field.
void write(Level level, std::string_view area, std::string_view message);
[[nodiscard]] bool isOn(Level level);

template <class... Args>
void debug(std::string_view area, std::format_string<Args...> text, Args &&...args)
{
    if (isOn(Level::Debug))
        write(Level::Debug, area, std::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void info(std::string_view area, std::format_string<Args...> text, Args &&...args)
{
    if (isOn(Level::Info))
        write(Level::Info, area, std::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void warning(std::string_view area, std::format_string<Args...> text, Args &&...args)
{
    if (isOn(Level::Warning))
        write(Level::Warning, area, std::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void error(std::string_view area, std::format_string<Args...> text, Args &&...args)
{
    write(Level::Error, area, std::format(text, std::forward<Args>(args)...));
}

} // namespace chrona::log
