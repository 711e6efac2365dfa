// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::tree {
namespace {

constexpr std::string_view kAllowedPath = "tests/tree/allowed.txt";

constexpr std::array kRules{
    Rule{"top-level", checkTopLevel},
    Rule{"readme", checkReadmes},
    Rule{"licence-line", checkLicenceLines},
    Rule{"machine-path", checkMachinePaths},
    Rule{"module-name", checkModuleNames},
    Rule{"file-length", checkFileLengths},
    Rule{"header-length", checkHeaderLengths},
    Rule{"function-length", checkFunctionLengths},
    Rule{"line-length", checkLineLengths},
    Rule{"edge", checkEdges},
    Rule{"documented-edge", checkDocumentedEdges},
    Rule{"pure-module", checkPureModules},
    Rule{"plugin-network", checkPluginNetwork},
    Rule{"plugin-host", checkPluginHosts},
    Rule{"banned-call", checkBannedCalls},
    Rule{"translation", checkTranslations},
    Rule{"todo", checkTodos},
};

struct Exception {
    std::string_view rule, path;
    std::size_t line;
    bool hasReason;
    bool isUsed = false;
};

std::vector<Exception> readExceptions(const SourceTree &tree)
{
    std::vector<Exception> exceptions;
    const SourceFile *file = tree.find(kAllowedPath);
    if (file == nullptr)
        return exceptions;
    std::size_t number = 0;
    for (const std::string_view line : linesOf(file->text)) {
        ++number;
        if (line.empty() || line.starts_with('#'))
            continue;
        const std::size_t first = std::min(line.find(' '), line.size());
        const std::size_t second = std::min(line.find(' ', first + 1), line.size());
        exceptions.push_back({line.substr(0, first),
                              first < second ? line.substr(first + 1, second - first - 1) : "",
                              number, second + 1 < line.size()});
    }
    return exceptions;
}

} // namespace

std::span<const Rule> rules()
{
    return kRules;
}

Findings checkAll(const SourceTree &tree)
{
    Findings kept;
    auto exceptions = readExceptions(tree);
    for (const Rule &rule : kRules) {
        for (Finding &finding : rule.check(tree)) {
            const auto exception = std::ranges::find_if(exceptions, [&](const Exception &one) {
                return one.rule == rule.name && one.path == finding.path;
            });
            if (exception != exceptions.end()) {
                exception->isUsed = true;
                continue;
            }
            finding.text = std::format("{} [{}]", finding.text, rule.name);
            kept.push_back(std::move(finding));
        }
    }
    for (const Exception &exception : exceptions) {
        const std::string path(kAllowedPath);
        if (!exception.isUsed)
            kept.push_back({path, exception.line, "is not needed any more: remove the line"});
        else if (!exception.hasReason)
            kept.push_back({path, exception.line, "gives no reason"});
    }
    return kept;
}

} // namespace chrona::tree
