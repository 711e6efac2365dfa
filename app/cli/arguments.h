// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::cli {

/// One option of a command, as --help prints it and as the parser knows it.
struct OptionSpec {
    std::string_view name;      ///< without the dashes
    std::string_view valueName; ///< "FILE"; empty: a flag
    std::string_view summary;
};

/// The words of one command line, sorted into options and the rest.
///
/// Understands `--name value`, `--name=value`, repeated options and `--` (all that follows is no
/// option). A word that is "-" or a negative number is no option.
class Arguments {
public:
    /// Fails with InvalidInput on an unknown option, a missing value, or a value given to a flag.
    [[nodiscard]] static Result<Arguments> parse(std::span<const std::string> words,
                                                 std::span<const OptionSpec> specs);

    [[nodiscard]] bool has(std::string_view name) const;
    /// The last one given: a later word overrides an earlier one.
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
    [[nodiscard]] const std::vector<std::string> &positionals() const { return m_positionals; }

    // Typed values: nothing where the option was not given, a failure that names it where its value
    // cannot be read.
    [[nodiscard]] Result<std::optional<Instant>> instant(std::string_view name) const;
    [[nodiscard]] Result<std::optional<double>> number(std::string_view name) const;
    [[nodiscard]] Result<std::optional<std::int64_t>> integer(std::string_view name) const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> m_options;
    std::vector<std::string> m_positionals;
};

} // namespace chrona::cli
