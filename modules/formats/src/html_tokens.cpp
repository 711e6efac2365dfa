// SPDX-License-Identifier: AGPL-3.0-or-later
#include "html_tokens.h"

#include "chrona/base/ascii.h"

#include <algorithm>

namespace chrona::formats {

bool HtmlTokens::isTagAt(std::size_t at) const
{
    if (at + 1 >= m_html.size())
        return false;
    const char c = m_html[at + 1];
    if (c == '!' && at + 2 < m_html.size()) {
        // "<!' what a surprise": to a browser a comment, to its writer words.
        const char next = m_html[at + 2];
        return isAsciiLetter(next) || next == '-' || next == '[' || next == '>';
    }
    return isAsciiLetter(c) || c == '?' || c == '/';
}

bool HtmlTokens::next(HtmlToken &token)
{
    while (m_at < m_html.size()) {
        if (m_html[m_at] != '<' || !isTagAt(m_at)) {
            const std::size_t begin = m_at;
            do
                m_at = std::min(m_html.find('<', m_at + 1), m_html.size());
            while (m_at < m_html.size() && !isTagAt(m_at));
            token.kind = HtmlToken::Kind::Text;
            token.text = m_html.substr(begin, m_at - begin);
            return true;
        }
        const std::size_t name = m_html[m_at + 1] == '/' ? m_at + 2 : m_at + 1;
        if (name < m_html.size() && isAsciiLetter(m_html[name])) {
            if (readTag(token))
                return true;
        } else {
            skipMarkup();
        }
    }
    return false;
}

void HtmlTokens::skipMarkup()
{
    if (m_html.substr(m_at).starts_with("<!--")) {
        // "<!-->" and "<!--->" are whole comments to a browser.
        const auto begin = m_html.find('>', m_at + 4);
        if (begin == m_at + 4 || (begin == m_at + 5 && m_html[m_at + 4] == '-')) {
            m_at = begin + 1;
            return;
        }
        const auto end = m_html.find("-->", m_at + 4);
        const auto other = m_html.substr(0, std::min(end, m_html.size())).find("--!>", m_at + 4);
        if (other != std::string_view::npos)
            m_at = other + 4;
        else
            m_at = end == std::string_view::npos ? m_html.size() : end + 3;
        return;
    }
    const auto end = m_html.find('>', m_at);
    m_at = end == std::string_view::npos ? m_html.size() : end + 1;
}

void HtmlTokens::skipBlanks()
{
    while (m_at < m_html.size() && isAsciiBlank(m_html[m_at]))
        ++m_at;
}

bool HtmlTokens::readTag(HtmlToken &token)
{
    token.kind = HtmlToken::Kind::Start;
    ++m_at;
    if (m_html[m_at] == '/') {
        token.kind = HtmlToken::Kind::End;
        ++m_at;
    }
    const std::size_t begin = m_at;
    while (m_at < m_html.size() && !isAsciiBlank(m_html[m_at]) && m_html[m_at] != '/' &&
           m_html[m_at] != '>')
        ++m_at;
    token.name = asciiLowered(m_html.substr(begin, m_at - begin));
    token.attributes.clear();
    while (readAttribute(token)) {
    }
    if (m_at >= m_html.size())
        return false; // cut off: a browser shows nothing of it
    ++m_at;
    return true;
}

/// False at the tag's end, where m_at is at '>' or behind all.
bool HtmlTokens::readAttribute(HtmlToken &token)
{
    while (m_at < m_html.size() && (isAsciiBlank(m_html[m_at]) || m_html[m_at] == '/'))
        ++m_at;
    if (m_at >= m_html.size() || m_html[m_at] == '>')
        return false;
    const std::size_t begin = m_at++; // a leading '=' belongs to the name
    while (m_at < m_html.size() && !isAsciiBlank(m_html[m_at]) && m_html[m_at] != '/' &&
           m_html[m_at] != '>' && m_html[m_at] != '=')
        ++m_at;
    const std::string_view name = m_html.substr(begin, m_at - begin);
    std::string_view value;
    skipBlanks();
    if (m_at < m_html.size() && m_html[m_at] == '=') {
        ++m_at;
        skipBlanks();
        if (m_at >= m_html.size())
            return false;
        const char quote = m_html[m_at];
        std::size_t end = m_at;
        if (quote == '"' || quote == '\'') {
            end = m_html.find(quote, ++m_at);
            value = m_html.substr(m_at, end - m_at);
            m_at = end == std::string_view::npos ? m_html.size() : end + 1;
        } else {
            while (end < m_html.size() && !isAsciiBlank(m_html[end]) && m_html[end] != '>')
                ++end;
            value = m_html.substr(m_at, end - m_at);
            m_at = end;
        }
    }
    constexpr std::size_t kAttributesMax = 64;
    if (token.kind == HtmlToken::Kind::Start && token.attributes.size() < kAttributesMax)
        token.attributes.push_back({asciiLowered(name), value});
    return true;
}

void HtmlTokens::skipContentOf(std::string_view name)
{
    while (m_at < m_html.size()) {
        m_at = std::min(m_html.find("</", m_at), m_html.size());
        if (m_at == m_html.size())
            return;
        const std::size_t begin = m_at + 2, end = begin + name.size();
        const bool ends = end >= m_html.size() || isAsciiBlank(m_html[end]) || m_html[end] == '/' ||
                          m_html[end] == '>';
        if (ends && equalsIgnoringCase(m_html.substr(begin, name.size()), name)) {
            HtmlToken endTag;
            readTag(endTag);
            return;
        }
        m_at = begin;
    }
}

} // namespace chrona::formats
