// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chrona::cli {

/// Takes out of a text what tells who and where somebody is.
class Redaction {
public:
    using Replacement = std::pair<std::string, std::string>; ///< what is known, what stands for it

    explicit Redaction(std::vector<Replacement> known) : m_known(std::move(known)) {}
    /// Home and data folder, user and host name of this process.
    [[nodiscard]] static Redaction forThisUser(const std::filesystem::path &dataFolder);

    /// Also takes out, wherever they are: passwords in addresses and in connection strings, mail
    /// addresses, what follows "token", "password", "secret" or "key", and hexadecimal runs of 32
    /// or more.
    [[nodiscard]] std::string clean(std::string_view text) const;

private:
    std::vector<Replacement> m_known;
};

} // namespace chrona::cli
