// SPDX-License-Identifier: AGPL-3.0-or-later
#include "arguments.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chrona::cli {
namespace {

const OptionSpec *specNamed(std::span<const OptionSpec> specs, std::string_view name)
{
    const auto found = std::ranges::find(specs, name, &OptionSpec::name);
    return found == specs.end() ? nullptr : &*found;
}

bool isOption(std::string_view word)
{
    return word.size() > 2 && word.starts_with("--");
}

/// A single dash with a letter is a slip of the fingers and not a file.
bool isShortOption(std::string_view word)
{
    return word.size() > 1 && word[0] == '-' && std::isalpha(static_cast<unsigned char>(word[1]));
}

std::unexpected<Error> badValue(std::string_view name, std::string_view value,
                                std::string_view expected)
{
    return fail(ErrorCode::InvalidInput,
                std::format("--{} is \"{}\", must be {}", name, value, expected));
}

template <class Number> std::optional<Number> parseWhole(std::string_view text)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace

Result<Arguments> Arguments::parse(std::span<const std::string> words,
                                   std::span<const OptionSpec> specs)
{
    Arguments arguments;
    for (std::size_t index = 0; index < words.size(); ++index) {
        const std::string_view word = words[index];
        if (word == "--") {
            arguments.m_positionals.insert(arguments.m_positionals.end(),
                                           words.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                                           words.end());
            break;
        }
        if (!isOption(word)) {
            if (isShortOption(word))
                return fail(ErrorCode::InvalidInput, std::format("there is no option {}", word));
            arguments.m_positionals.emplace_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string_view name = word.substr(2, equals == word.npos ? equals : equals - 2);
        const OptionSpec *spec = specNamed(specs, name);
        if (!spec)
            return fail(ErrorCode::InvalidInput, std::format("there is no option --{}", name));
        auto &values = arguments.m_options[std::string(name)];
        if (spec->valueName.empty()) {
            if (equals != word.npos)
                return fail(ErrorCode::InvalidInput, std::format("--{} takes no value", name));
            values.emplace_back();
        } else if (equals != word.npos) {
            values.emplace_back(word.substr(equals + 1));
        } else if (index + 1 < words.size()) {
            values.push_back(words[++index]);
        } else {
            return fail(ErrorCode::InvalidInput,
                        std::format("--{} needs a value: --{} {}", name, name, spec->valueName));
        }
    }
    return arguments;
}

bool Arguments::has(std::string_view name) const
{
    return m_options.contains(name);
}

std::optional<std::string> Arguments::value(std::string_view name) const
{
    const auto found = m_options.find(name);
    if (found == m_options.end())
        return std::nullopt;
    return found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view name) const
{
    const auto found = m_options.find(name);
    return found == m_options.end() ? std::vector<std::string>{} : found->second;
}

Result<std::optional<Instant>> Arguments::instant(std::string_view name) const
{
    const auto text = value(name);
    if (!text)
        return std::nullopt;
    const auto parsed = parseInstant(*text);
    if (!parsed)
        return badValue(name, *text, "an ISO 8601 date or time in UTC, like 2026-01-31T12:00:00Z");
    return *parsed;
}

Result<std::optional<double>> Arguments::number(std::string_view name) const
{
    const auto text = value(name);
    if (!text)
        return std::nullopt;
    const auto parsed = parseWhole<double>(*text);
    if (!parsed || !std::isfinite(*parsed))
        return badValue(name, *text, "a number");
    return *parsed;
}

Result<std::optional<std::int64_t>> Arguments::integer(std::string_view name) const
{
    const auto text = value(name);
    if (!text)
        return std::nullopt;
    const auto parsed = parseWhole<std::int64_t>(*text);
    if (!parsed)
        return badValue(name, *text, "a whole number");
    return *parsed;
}

} // namespace chrona::cli
