// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// The repository as the tree test sees it: its text files, and C++ with the words taken out.
namespace chrona::tree {

/// Comments and literals blanked by spaces, line ends kept, so that positions stay what they were.
struct BlankedCode {
    std::string code;                  ///< without comments and without what strings hold
    std::string comments;              ///< nothing but the comments
    std::vector<std::size_t> rawLines; ///< from 0: lines that a raw string touches
};
[[nodiscard]] BlankedCode blank(std::string_view source);

struct SourceFile {
    std::string path; ///< from the root, with slashes
    std::string text;
    BlankedCode blanked; ///< of C++ only

    [[nodiscard]] bool isHeader() const { return path.ends_with(".h"); }
    [[nodiscard]] bool isCpp() const { return isHeader() || path.ends_with(".cpp"); }
    [[nodiscard]] bool isCMake() const;
    /// What people write to be run or compiled: C++, CMake, QML, shaders, SQL, scripts.
    [[nodiscard]] bool isCode() const;
    [[nodiscard]] bool isIn(std::string_view folder) const;
    /// Of any module, plugin or program, what helps tests, and tests/.
    [[nodiscard]] bool isTest() const;
};

struct SourceTree {
    std::filesystem::path root;
    std::vector<std::string> topLevel; ///< names in the root, without what is ignored
    std::vector<SourceFile> files;     ///< text files, ordered by path

    [[nodiscard]] const SourceFile *find(std::string_view path) const;
};

/// Reads what git would: without build/, .git, and binary files.
[[nodiscard]] Result<SourceTree> readTree(const std::filesystem::path &root);

[[nodiscard]] std::vector<std::string_view> linesOf(std::string_view text);
[[nodiscard]] std::size_t lineOf(std::string_view text, std::size_t position); ///< from 1

} // namespace chrona::tree
