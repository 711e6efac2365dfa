// SPDX-License-Identifier: AGPL-3.0-or-later
#include "function_lengths.h"
#include "rules.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::tree {
namespace {

constexpr std::string_view kLimitsPath = "tests/tree/limits.txt";
constexpr std::size_t kFileLinesMax = 800;
constexpr std::size_t kFileLinesWanted = 400;
/// So that a line saved here and there does not ask for an entry to be rewritten.
constexpr std::size_t kSlackLines = 20;
constexpr std::size_t kHeaderLinesMax = 200;
constexpr std::size_t kFunctionLinesMax = 70;
constexpr std::size_t kColumnsMax = 100;

/// Lines of each file that is longer than wanted, as they were agreed: "LINES PATH".
std::map<std::string, std::size_t, std::less<>> readLimits(const SourceTree &tree)
{
    std::map<std::string, std::size_t, std::less<>> limits;
    const SourceFile *file = tree.find(kLimitsPath);
    if (file == nullptr)
        return limits;
    for (const std::string_view line : linesOf(file->text)) {
        const std::size_t blank = line.find(' ');
        if (line.starts_with('#') || blank == std::string_view::npos)
            continue;
        std::size_t lines = 0;
        std::from_chars(line.data(), line.data() + blank, lines);
        limits[std::string(line.substr(blank + 1))] = lines;
    }
    return limits;
}

/// Characters, not bytes.
std::size_t columnsOf(std::string_view line)
{
    return std::size_t(std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool isWrittenByHand(const SourceFile &file)
{
    return file.isCode() && !file.path.ends_with(".sql");
}

} // namespace

Findings checkFileLengths(const SourceTree &tree)
{
    Findings findings;
    auto limits = readLimits(tree);
    for (const SourceFile &file : tree.files) {
        if (!isWrittenByHand(file))
            continue;
        const std::size_t lines = linesOf(file.text).size();
        const auto entry = limits.find(file.path);
        const std::size_t agreed = entry != limits.end() ? entry->second : kFileLinesWanted;
        if (lines > kFileLinesMax)
            findings.push_back({file.path, 0,
                                std::format("has {} lines, at most {} are allowed: "
                                            "split it",
                                            lines, kFileLinesMax)});
        else if (lines > agreed)
            findings.push_back(
                {file.path, 0,
                 std::format("has {} lines, {} were agreed: split it", lines, agreed)});
        else if (entry != limits.end() &&
                 (lines <= kFileLinesWanted || lines + kSlackLines < agreed))
            findings.push_back(
                {std::string(kLimitsPath), 0,
                 lines <= kFileLinesWanted
                     ? std::format("remove {}, it has {} lines now", file.path, lines)
                     : std::format("lower {} to {} lines", file.path, lines)});
        if (entry != limits.end())
            limits.erase(entry);
    }
    for (const auto &[path, lines] : limits)
        findings.push_back(
            {std::string(kLimitsPath), 0, std::format("remove {}, it is gone", path)});
    return findings;
}

Findings checkHeaderLengths(const SourceTree &tree)
{
    Findings findings;
    for (const SourceFile &file : tree.files) {
        const std::size_t lines = linesOf(file.text).size();
        if (file.isHeader() && lines > kHeaderLinesMax)
            findings.push_back(
                {file.path, 0,
                 std::format("has {} lines, a header has at most {}", lines, kHeaderLinesMax)});
    }
    return findings;
}

Findings checkFunctionLengths(const SourceTree &tree)
{
    Findings findings;
    for (const SourceFile &file : tree.files) {
        if (!file.isCpp())
            continue;
        for (const FunctionLength &function : functionLengths(file.blanked.code)) {
            // Tables of test rows may be as long as the cases are many.
            const bool isTable = file.isTest() && function.name.ends_with("_data");
            if (function.lines > kFunctionLinesMax && !isTable)
                findings.push_back({file.path, function.line,
                                    std::format("{} has {} lines, at most {} are allowed: split it",
                                                function.name, function.lines, kFunctionLinesMax)});
        }
    }
    return findings;
}

Findings checkLineLengths(const SourceTree &tree)
{
    Findings findings;
    for (const SourceFile &file : tree.files) {
        if (!isWrittenByHand(file))
            continue;
        std::size_t number = 0;
        for (const std::string_view line : linesOf(file.text)) {
            ++number;
            const bool isFree = line.find("://") != std::string_view::npos ||
                                std::ranges::contains(file.blanked.rawLines, number - 1);
            if (columnsOf(line) > kColumnsMax && !isFree)
                findings.push_back(
                    {file.path, number,
                     std::format("has {} columns, at most {} fit", columnsOf(line), kColumnsMax)});
        }
    }
    return findings;
}

} // namespace chrona::tree
