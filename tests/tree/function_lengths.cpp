// SPDX-License-Identifier: AGPL-3.0-or-later
#include "function_lengths.h"

#include "source_tree.h"

#include <regex>

namespace chrona::tree {
namespace {

enum class Brace { Container, Function, Initialiser };

std::string_view withoutEndBlanks(std::string_view text)
{
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return end == std::string_view::npos ? std::string_view() : text.substr(0, end + 1);
}

/// What opens with the brace that this text stands before.
Brace kindOf(const std::string &head)
{
    static const std::regex container(
        R"((^|[^\w])(namespace|class|struct|union|enum|extern)\b[^()=]*$)");
    static const std::regex containerOfBase(R"(^[^(=]*\b(class|struct|enum)\s+[\w:<>\s,]*:[^(]*$)");
    static const std::regex memberInitialisers(R"(\)\s*(noexcept\s*)?:[^:])");
    const std::string_view text = withoutEndBlanks(head);
    if (text.empty() || text.back() == '=' || text.back() == ',')
        return Brace::Initialiser;
    if (std::regex_search(head, container) || std::regex_search(head, containerOfBase))
        return Brace::Container;
    if (head.find('(') == std::string::npos)
        return head.find("operator") != std::string::npos ? Brace::Function : Brace::Initialiser;
    // "Type::Type() : m_member" goes on with the braces of a member, not with the body.
    const bool afterCall = text.back() == ')' || text.back() == '}';
    if (std::regex_search(head, memberInitialisers) && !afterCall)
        return Brace::Initialiser;
    return Brace::Function;
}

std::string nameIn(const std::string &head)
{
    static const std::regex name(R"(([\w:~]+|operator[^\s\w(]+)\s*\()");
    std::smatch match;
    return std::regex_search(head, match, name) ? match[1].str() : std::string("?");
}

class Scanner {
public:
    explicit Scanner(std::string_view code) : m_code(code) {}

    std::vector<FunctionLength> run()
    {
        for (m_at = 0; m_at < m_code.size(); ++m_at) {
            const char c = m_code[m_at];
            if (c == '#' && isAtLineBegin())
                skipDirective();
            else if (c == '{')
                open();
            else if (c == ';' || c == '}')
                m_head.clear();
            else
                m_head += c;
        }
        return std::move(m_found);
    }

private:
    [[nodiscard]] bool isAtLineBegin() const
    {
        const std::size_t before = m_code.substr(0, m_at).find_last_not_of(" \t");
        return before == std::string_view::npos || m_code[before] == '\n';
    }
    void skipDirective()
    {
        while (m_at + 1 < m_code.size() && m_code[m_at + 1] != '\n')
            m_at += m_code[m_at + 1] == '\\' ? 2 : 1;
    }
    void open()
    {
        const Brace kind = kindOf(m_head);
        if (kind == Brace::Container) {
            m_head.clear();
            return;
        }
        const std::size_t end = matchingBrace(m_at);
        if (kind == Brace::Function) {
            const std::size_t first = lineOf(m_code, m_at);
            m_found.push_back({nameIn(m_head), first, lineOf(m_code, end) - first + 1});
            m_head.clear();
        } else {
            m_head += '}';
        }
        m_at = end;
    }
    [[nodiscard]] std::size_t matchingBrace(std::size_t from) const
    {
        std::size_t depth = 0;
        for (std::size_t i = from; i < m_code.size(); ++i) {
            if (m_code[i] == '{')
                ++depth;
            else if (m_code[i] == '}' && --depth == 0)
                return i;
        }
        return m_code.size() - 1;
    }

    std::string_view m_code;
    std::string m_head;
    std::size_t m_at = 0;
    std::vector<FunctionLength> m_found;
};

} // namespace

std::vector<FunctionLength> functionLengths(std::string_view code)
{
    return Scanner(code).run();
}

} // namespace chrona::tree
