// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sql_script.h"

namespace chrona::storage {
namespace {

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Where what begins at `at` ends: a comment, a quoted text, a dollar-quoted text; at itself where
/// nothing of the kind begins.
std::size_t skipOpaque(std::string_view script, std::size_t at)
{
    const auto after = [&](std::string_view end, std::size_t from) {
        const std::size_t found = script.find(end, from);
        return found == std::string_view::npos ? script.size() : found + end.size();
    };
    const std::string_view rest = script.substr(at);
    if (rest.starts_with("--"))
        return after("\n", at);
    if (rest.starts_with("/*"))
        return after("*/", at + 2);
    if (rest.front() == '\'' || rest.front() == '"')
        return after(rest.substr(0, 1), at + 1); // a doubled quote reads as two texts: same end
    if (rest.front() == '$') {
        std::size_t end = 1;
        while (end < rest.size() && isWordCharacter(rest[end]))
            ++end;
        if (end < rest.size() && rest[end] == '$')
            return after(rest.substr(0, end + 1), at + end + 1);
    }
    return at;
}

} // namespace

std::vector<std::string_view> splitStatements(std::string_view script)
{
    std::vector<std::string_view> statements;
    std::size_t begin = 0;
    bool hasContent = false;
    for (std::size_t at = 0; at < script.size();) {
        if (const std::size_t end = skipOpaque(script, at); end != at) {
            hasContent = hasContent || (script[at] != '-' && !script.substr(at).starts_with("/*"));
            at = end;
            continue;
        }
        if (script[at] == ';') {
            if (hasContent)
                statements.push_back(script.substr(begin, at - begin));
            begin = at + 1;
            hasContent = false;
        } else if (script[at] != ' ' && script[at] != '\n' && script[at] != '\t') {
            hasContent = true;
        }
        ++at;
    }
    if (hasContent)
        statements.push_back(script.substr(begin));
    return statements;
}

} // namespace chrona::storage
