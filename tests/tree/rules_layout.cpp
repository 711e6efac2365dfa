// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules.h"

#include <algorithm>
#include <array>
#include <format>
#include <regex>

namespace chrona::tree {
namespace {

constexpr std::string_view kLicenceLine = "SPDX-License-Identifier: AGPL-3.0-or-later";
constexpr std::size_t kReadmeLinesMax = 40;

constexpr std::array<std::string_view, 20> kTopLevel{
    ".ci",
    ".clang-format",
    ".clang-tidy",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "CMakeLists.txt",
    "CMakePresets.json",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "app",
    "docs",
    "modules",
    "packaging",
    "plugins",
    "resources",
    "tests",
    "translations",
};
constexpr std::array<std::string_view, 4> kVagueNames{"utils", "common", "helpers", "misc"};

/// "modules/NAME", "plugins/connectors/NAME", "plugins/venues/NAME" of those that have code.
std::set<std::string> foldersWithReadme(const SourceTree &tree)
{
    static const std::regex folder(R"(^(modules/[^/]+|plugins/(connectors|venues)/[^/]+)/)");
    std::set<std::string> folders;
    for (const SourceFile &file : tree.files) {
        std::smatch match;
        if (std::regex_search(file.path, match, folder))
            folders.insert(match[1].str());
    }
    return folders;
}

} // namespace

Findings checkTopLevel(const SourceTree &tree)
{
    Findings findings;
    for (const std::string &name : tree.topLevel) {
        if (!std::ranges::contains(kTopLevel, name))
            findings.push_back({name, 0, "does not belong in the root of the repository"});
    }
    for (const std::string_view name : kTopLevel) {
        if (!std::ranges::contains(tree.topLevel, name))
            findings.push_back({std::string(name), 0, "is missing in the root of the repository"});
    }
    return findings;
}

Findings checkReadmes(const SourceTree &tree)
{
    Findings findings;
    for (const std::string &folder : foldersWithReadme(tree)) {
        const std::string path = folder + "/README.md";
        const SourceFile *readme = tree.find(path);
        if (readme == nullptr)
            findings.push_back({path, 0, "is missing: duty, what is not here, how to test"});
        else if (folder.starts_with("modules/") && linesOf(readme->text).size() > kReadmeLinesMax)
            findings.push_back({path, 0, std::format("has more than {} lines", kReadmeLinesMax)});
    }
    return findings;
}

Findings checkLicenceLines(const SourceTree &tree)
{
    Findings findings;
    for (const SourceFile &file : tree.files) {
        if (!file.isCode())
            continue;
        const auto lines = linesOf(file.text);
        // A script's first line names its interpreter.
        const std::size_t at = file.text.starts_with("#!") ? 1 : 0;
        if (lines.size() <= at || lines[at].find(kLicenceLine) == std::string_view::npos)
            findings.push_back({file.path, at + 1, std::format("must say {}", kLicenceLine)});
    }
    return findings;
}

Findings checkMachinePaths(const SourceTree &tree)
{
    // Written in two parts, so that this file does not find itself.
    static const std::regex path(std::string(R"((^|[^\w.\-}/])/(wo)") + "rk|ro" + "ot)/");
    Findings findings;
    for (const SourceFile &file : tree.files) {
        std::size_t number = 0;
        for (const std::string_view line : linesOf(file.text)) {
            ++number;
            if (std::regex_search(line.begin(), line.end(), path))
                findings.push_back({file.path, number, "names a path of one machine"});
        }
    }
    return findings;
}

Findings checkModuleNames(const SourceTree &tree)
{
    static const std::regex module(R"(^modules/([^/]+)/)");
    Findings findings;
    std::set<std::string> seen;
    for (const SourceFile &file : tree.files) {
        std::smatch match;
        if (!std::regex_search(file.path, match, module) || !seen.insert(match[1].str()).second)
            continue;
        if (std::ranges::contains(kVagueNames, match[1].str()))
            findings.push_back(
                {"modules/" + match[1].str(), 0, "is named after nothing that it does"});
    }
    return findings;
}

} // namespace chrona::tree
