// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace chrona::service {

using SettingValue = std::variant<bool, std::int64_t, std::string>;

/// One setting that a person may change: its bounds are part of the contract, so a value that is
/// stored is a value that works.
struct SettingSpec {
    std::string_view key;
    SettingValue fallback;
    std::int64_t least = 0, most = 0; ///< for numbers
    std::string_view summary;
};

[[nodiscard]] std::span<const SettingSpec> settingSpecs();

/// config.json of the data folder. Any thread.
///
/// Only values that differ from the default are in the file. A file that cannot be read is refused
/// as a whole and left as it is: guessing at half a configuration helps nobody.
class Settings {
public:
    [[nodiscard]] static Result<std::unique_ptr<Settings>> open(const std::filesystem::path &file);

    /// The key must be one of settingSpecs().
    [[nodiscard]] bool flag(std::string_view key) const;
    [[nodiscard]] std::int64_t number(std::string_view key) const;
    [[nodiscard]] std::string text(std::string_view key) const;

    /// Where the file is: the data folder.
    [[nodiscard]] std::filesystem::path folder() const { return m_file.parent_path(); }

    struct Entry {
        std::string key, value, fallback, summary;
    };
    [[nodiscard]] std::vector<Entry> entries() const;
    /// NotFound for an unknown key, InvalidInput for a value outside its bounds. On disk when it
    /// returns; after a failure the old value holds.
    [[nodiscard]] Status set(std::string_view key, std::string_view value);

private:
    explicit Settings(std::filesystem::path file) : m_file(std::move(file)) {}
    [[nodiscard]] SettingValue valueOf(std::string_view key) const;
    [[nodiscard]] Status save(const std::map<std::string, SettingValue, std::less<>> &values) const;

    std::filesystem::path m_file;
    mutable std::mutex m_mutex;
    std::map<std::string, SettingValue, std::less<>> m_values;
};

} // namespace chrona::service
