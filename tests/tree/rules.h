// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "source_tree.h"

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What holds for the whole repository (docs/ARCHITECTURE.md §3, CONTRIBUTING.md), each as one
/// function.
namespace chrona::tree {

struct Finding {
    std::string path;
    std::size_t line = 0; ///< from 1; 0: the file as a whole
    std::string text;     ///< what is wrong and what to do instead
};

using Findings = std::vector<Finding>;

struct Rule {
    std::string_view name;
    Findings (*check)(const SourceTree &);
};

[[nodiscard]] std::span<const Rule> rules();

/// Exceptions, each with its reason, from tests/tree/allowed.txt: "RULE PATH reason". One that is
/// not needed any more is a finding itself.
[[nodiscard]] Findings checkAll(const SourceTree &tree);

// rules_layout.cpp
[[nodiscard]] Findings checkTopLevel(const SourceTree &tree);
[[nodiscard]] Findings checkReadmes(const SourceTree &tree);
[[nodiscard]] Findings checkLicenceLines(const SourceTree &tree);
[[nodiscard]] Findings checkMachinePaths(const SourceTree &tree);
[[nodiscard]] Findings checkModuleNames(const SourceTree &tree);

// rules_size.cpp
[[nodiscard]] Findings checkFileLengths(const SourceTree &tree);
[[nodiscard]] Findings checkHeaderLengths(const SourceTree &tree);
[[nodiscard]] Findings checkFunctionLengths(const SourceTree &tree);
[[nodiscard]] Findings checkLineLengths(const SourceTree &tree);

// rules_edges.cpp
using EdgeTable = std::map<std::string, std::set<std::string>, std::less<>>;
/// CHRONA_ALLOWED_* of modules/ChronaModule.cmake.
[[nodiscard]] EdgeTable readEdgeTable(std::string_view cmake);
/// The table of docs/ARCHITECTURE.md §3.
[[nodiscard]] EdgeTable readDocumentedEdges(std::string_view markdown);
[[nodiscard]] Findings checkEdges(const SourceTree &tree);
[[nodiscard]] Findings checkDocumentedEdges(const SourceTree &tree);
[[nodiscard]] Findings checkPureModules(const SourceTree &tree);
[[nodiscard]] Findings checkPluginNetwork(const SourceTree &tree);
/// Whatever host a plugin's code names stands in its registry entry.
[[nodiscard]] Findings checkPluginHosts(const SourceTree &tree);

// rules_calls.cpp
[[nodiscard]] Findings checkBannedCalls(const SourceTree &tree);
[[nodiscard]] Findings checkTranslations(const SourceTree &tree);
[[nodiscard]] Findings checkTodos(const SourceTree &tree);

} // namespace chrona::tree
