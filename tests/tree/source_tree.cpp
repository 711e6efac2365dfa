// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_tree.h"

#include <algorithm>
#include <array>
#include <format>
#include <fstream>
#include <iterator>

namespace chrona::tree {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kIgnored{".git", "build", ".cache",
                                                   "compile_commands.json", ".qtcreator"};
constexpr std::size_t kFileBytesMax = 4 << 20;

bool isScript(std::string_view text)
{
    return text.starts_with("#!");
}

bool hasAnyEnding(std::string_view path, std::initializer_list<std::string_view> endings)
{
    return std::ranges::any_of(endings, [path](auto ending) { return path.ends_with(ending); });
}

/// Walks C++ once, and puts each character into code or into comments.
class Blanker {
public:
    explicit Blanker(std::string_view source) : m_source(source)
    {
        m_result.code.assign(source.size(), ' ');
        m_result.comments.assign(source.size(), ' ');
    }

    BlankedCode run()
    {
        while (m_at < m_source.size()) {
            if (rest().starts_with("//"))
                takeComment(std::min(m_source.find('\n', m_at), m_source.size()));
            else if (rest().starts_with("/*"))
                takeComment(endAfter("*/", m_at + 2));
            else if (rest().starts_with("R\"") && !followsWord())
                skipRawString();
            else if (m_source[m_at] == '"' || isCharLiteral())
                skipLiteral(m_source[m_at]);
            else
                takeCode();
        }
        return std::move(m_result);
    }

private:
    [[nodiscard]] std::string_view rest() const { return m_source.substr(m_at); }
    [[nodiscard]] bool followsWord() const
    {
        if (m_at == 0)
            return false;
        const char before = m_source[m_at - 1];
        // u8R"…" and LR"…" are raw strings as well.
        return std::isalnum(static_cast<unsigned char>(before)) != 0 && before != 'u' &&
               before != 'U' && before != 'L' && before != '8';
    }
    /// Not the mark between digits.
    [[nodiscard]] bool isCharLiteral() const
    {
        return m_source[m_at] == '\'' &&
               (m_at == 0 || std::isalnum(static_cast<unsigned char>(m_source[m_at - 1])) == 0);
    }
    [[nodiscard]] std::size_t endAfter(std::string_view mark, std::size_t from) const
    {
        const std::size_t found = m_source.find(mark, from);
        return found == std::string_view::npos ? m_source.size() : found + mark.size();
    }
    void takeCode()
    {
        m_result.code[m_at] = m_source[m_at];
        if (m_source[m_at] == '\n') {
            m_result.comments[m_at] = '\n';
            ++m_line;
        }
        ++m_at;
    }
    void keepLineEnd(std::size_t position)
    {
        if (m_source[position] == '\n') {
            m_result.code[position] = m_result.comments[position] = '\n';
            ++m_line;
        }
    }
    void takeComment(std::size_t end)
    {
        for (; m_at < end; ++m_at) {
            m_result.comments[m_at] = m_source[m_at];
            keepLineEnd(m_at);
        }
    }
    void skipLiteral(char quote)
    {
        m_result.code[m_at] = quote;
        std::size_t end = m_at + 1;
        while (end < m_source.size() && m_source[end] != quote && m_source[end] != '\n')
            end += m_source[end] == '\\' ? 2 : 1;
        end = std::min(end, m_source.size());
        for (++m_at; m_at < end; ++m_at)
            keepLineEnd(m_at);
        if (m_at < m_source.size() && m_source[m_at] == quote)
            m_result.code[m_at++] = quote;
    }
    void skipRawString()
    {
        const std::size_t open = m_source.find('(', m_at);
        if (open == std::string_view::npos) {
            takeCode();
            return;
        }
        const std::string close = std::format("){}\"", m_source.substr(m_at + 2, open - m_at - 2));
        const std::size_t end = endAfter(close, open);
        m_result.rawLines.push_back(m_line);
        for (; m_at < end; ++m_at) {
            keepLineEnd(m_at);
            if (m_source[m_at] == '\n')
                m_result.rawLines.push_back(m_line);
        }
        m_result.code[end - 1] = '"';
    }

    std::string_view m_source;
    BlankedCode m_result;
    std::size_t m_at = 0;
    std::size_t m_line = 0;
};

Result<SourceFile> readSource(const fs::path &root, const fs::path &path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return fail(ErrorCode::Unavailable, std::format("{} cannot be read", path.string()));
    SourceFile file;
    file.path = fs::relative(path, root).generic_string();
    file.text.assign(std::istreambuf_iterator<char>(stream), {});
    if (file.isCpp())
        file.blanked = blank(file.text);
    return file;
}

} // namespace

BlankedCode blank(std::string_view source)
{
    return Blanker(source).run();
}

bool SourceFile::isCMake() const
{
    return path.ends_with("CMakeLists.txt") || path.ends_with(".cmake");
}

bool SourceFile::isCode() const
{
    return isCpp() || isCMake() || isScript(text) ||
           hasAnyEnding(path, {".qml", ".sh", ".py", ".sql", ".vert", ".frag", ".comp", ".js"});
}

bool SourceFile::isIn(std::string_view folder) const
{
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

bool SourceFile::isTest() const
{
    return path.starts_with("tests/") || path.find("/tests/") != std::string::npos ||
           path.find("/testing/") != std::string::npos;
}

const SourceFile *SourceTree::find(std::string_view path) const
{
    const auto found = std::ranges::lower_bound(files, path, {}, &SourceFile::path);
    return found != files.end() && found->path == path ? &*found : nullptr;
}

Result<SourceTree> readTree(const std::filesystem::path &root)
{
    SourceTree tree;
    tree.root = root;
    std::error_code problem;
    fs::recursive_directory_iterator entry(root, problem);
    if (problem)
        return fail(ErrorCode::Unavailable, std::format("{} cannot be read", root.string()));
    for (; entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
        const std::string name = entry->path().filename().string();
        if (std::ranges::contains(kIgnored, name)) {
            entry.disable_recursion_pending();
            continue;
        }
        if (entry.depth() == 0)
            tree.topLevel.push_back(name);
        if (!entry->is_regular_file() || entry->file_size() > kFileBytesMax)
            continue;
        auto file = readSource(root, entry->path());
        if (!file)
            return std::unexpected(file.error());
        if (file->text.find('\0') == std::string::npos)
            tree.files.push_back(std::move(*file));
    }
    std::ranges::sort(tree.topLevel);
    std::ranges::sort(tree.files, {}, &SourceFile::path);
    return tree;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::size_t lineOf(std::string_view text, std::size_t position)
{
    return 1 + std::size_t(std::ranges::count(text.substr(0, position), '\n'));
}

} // namespace chrona::tree
