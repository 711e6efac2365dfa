// SPDX-License-Identifier: AGPL-3.0-or-later
#include "xml_tokens.h"

#include "chrona/base/ascii.h"
#include "chrona/formats/html_text.h"

#include <algorithm>

namespace chrona::formats {
namespace {

constexpr std::size_t kEntitiesMax = 256;
constexpr std::size_t kEntityBytesMax = 4096;
constexpr std::size_t kExpandedBytesMax = 64 << 10;
constexpr int kEntityDepthMax = 4;
constexpr std::size_t kElementAttributesMax = 256;

bool isNameStart(char c)
{
    return isAsciiLetter(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

/// The five references that XML itself has; how many bytes it took, or 0.
std::size_t appendXmlReference(std::string &out, std::string_view raw)
{
    struct Reference {
        std::string_view text;
        char character;
    };
    constexpr Reference kReferences[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (const Reference &reference : kReferences)
        if (raw.starts_with(reference.text)) {
            out += reference.character;
            return reference.text.size();
        }
    return 0;
}

bool endsName(char c)
{
    return isAsciiBlank(c) || c == '/' || c == '>' || c == '=' || c == '<' || c == '"' || c == '\'';
}

} // namespace

bool XmlTokens::next(XmlToken &token)
{
    while (m_at < m_text.size()) {
        const char following = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        if (m_text[m_at] != '<') {
            readText(token);
            return true;
        }
        if (following == '!') {
            if (readDeclaration(token))
                return true;
        } else if (following == '?') {
            skipBehind("?>", m_at + 2);
        } else if (following == '/' || isNameStart(following)) {
            if (readTag(token))
                return true;
        } else {
            readText(token);
            return true;
        }
    }
    return false;
}

void XmlTokens::skipBehind(std::string_view end, std::size_t from)
{
    const auto found = m_text.find(end, from);
    if (found == std::string_view::npos) {
        m_malformed = m_cut = true;
        m_at = m_text.size();
    } else {
        m_at = found + end.size();
    }
}

void XmlTokens::skipBlanks()
{
    while (m_at < m_text.size() && isAsciiBlank(m_text[m_at]))
        ++m_at;
}

/// A '<' that begins nothing is text, and a fault.
void XmlTokens::readText(XmlToken &token)
{
    const std::size_t begin = m_at;
    if (m_text[m_at] == '<') {
        m_malformed = true;
        ++m_at;
    }
    m_at = std::min(m_text.find('<', m_at), m_text.size());
    token.kind = XmlToken::Kind::Text;
    token.text = m_text.substr(begin, m_at - begin);
}

/// True for a CDATA section; comments and the document type are passed over.
bool XmlTokens::readDeclaration(XmlToken &token)
{
    const std::string_view rest = m_text.substr(m_at);
    if (rest.starts_with("<![CDATA[")) {
        const std::size_t begin = m_at + 9;
        skipBehind("]]>", begin);
        if (m_cut)
            return false;
        token.kind = XmlToken::Kind::Literal;
        token.text = m_text.substr(begin, m_at - 3 - begin);
        return true;
    }
    if (rest.starts_with("<!--"))
        skipBehind("-->", m_at + 4);
    else if (rest.starts_with("<!DOCTYPE"))
        readDoctype();
    else {
        m_malformed = true;
        skipBehind(">", m_at + 2);
    }
    return false;
}

void XmlTokens::readDoctype()
{
    bool inSubset = false;
    m_hasDoctype = true;
    for (m_at += 9; m_at < m_text.size();) {
        const char c = m_text[m_at];
        const std::string_view rest = m_text.substr(m_at);
        if (c == '"' || c == '\'') {
            skipBehind({&c, 1}, m_at + 1);
        } else if (rest.starts_with("<!--")) {
            skipBehind("-->", m_at + 4);
        } else if (rest.starts_with("<!ENTITY")) {
            readEntity(rest.substr(8));
        } else {
            ++m_at;
            if (c == '[')
                inSubset = true;
            else if (c == ']')
                inSubset = false;
            else if (c == '>' && !inSubset)
                return;
        }
    }
    m_malformed = m_cut = true;
}

/// Keeps `NAME "value"`; parameter entities and external ones (SYSTEM, PUBLIC) mean nothing to us.
/// Goes to the value's end only: the loop above passes what follows.
void XmlTokens::readEntity(std::string_view declaration)
{
    m_at += 8;
    const auto nameBegin = declaration.find_first_not_of(" \t\r\n");
    if (nameBegin == std::string_view::npos)
        return;
    const auto nameEnd = declaration.find_first_of(" \t\r\n>", nameBegin);
    if (nameEnd == std::string_view::npos || declaration[nameEnd] == '>')
        return;
    const auto quote = declaration.find_first_not_of(" \t\r\n", nameEnd);
    if (quote == std::string_view::npos ||
        (declaration[quote] != '"' && declaration[quote] != '\''))
        return;
    const auto end = declaration.find(declaration[quote], quote + 1);
    if (end == std::string_view::npos)
        return;
    m_at += end + 1;
    const std::string_view value = declaration.substr(quote + 1, end - quote - 1);
    if (m_entities.size() < kEntitiesMax && value.size() <= kEntityBytesMax)
        m_entities.emplace(declaration.substr(nameBegin, nameEnd - nameBegin), value);
    else
        m_malformed = true;
}

bool XmlTokens::readTag(XmlToken &token)
{
    token.kind = m_text[m_at + 1] == '/' ? XmlToken::Kind::End : XmlToken::Kind::Start;
    m_at += token.kind == XmlToken::Kind::End ? 2 : 1;
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && !endsName(m_text[m_at]))
        ++m_at;
    token.name = m_text.substr(begin, m_at - begin);
    token.attributes.clear();
    token.isEmpty = false;
    while (readAttribute(token)) {
    }
    if (m_at >= m_text.size()) {
        m_malformed = m_cut = true;
        return false;
    }
    if (m_text[m_at] == '<') {
        m_malformed = true; // the next tag begins inside this one
        return true;
    }
    token.isEmpty = token.kind == XmlToken::Kind::Start && m_text[m_at - 1] == '/';
    ++m_at;
    return true;
}

/// False at the tag's end: '>', a '<' that should not be there, or the end of all.
bool XmlTokens::readAttribute(XmlToken &token)
{
    while (m_at < m_text.size() && (isAsciiBlank(m_text[m_at]) || m_text[m_at] == '/'))
        ++m_at;
    if (m_at >= m_text.size() || m_text[m_at] == '>' || m_text[m_at] == '<')
        return false;
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && !endsName(m_text[m_at]))
        ++m_at;
    const std::string_view name = m_text.substr(begin, m_at - begin);
    if (name.empty()) {
        m_malformed = true;
        ++m_at;
        return true;
    }
    skipBlanks();
    std::string_view value;
    if (m_at < m_text.size() && m_text[m_at] == '=') {
        ++m_at;
        skipBlanks();
        const char quote = m_at < m_text.size() ? m_text[m_at] : '\0';
        if ((quote != '"' && quote != '\'') || !readQuoted(quote, value)) {
            m_malformed = true;
            const std::size_t start = m_at;
            while (m_at < m_text.size() && !isAsciiBlank(m_text[m_at]) && m_text[m_at] != '>')
                ++m_at;
            value = m_text.substr(start, m_at - start);
        }
    } else {
        m_malformed = true;
    }
    if (token.attributes.size() < kElementAttributesMax) {
        token.attributes.push_back({name, {}});
        decode(token.attributes.back().value, value);
    }
    return true;
}

/// False where the closing quote is missing: then the value ends as if it had none, and the rest of
/// the feed is not lost in it.
bool XmlTokens::readQuoted(char quote, std::string_view &value)
{
    bool &missing = m_missingQuote[quote == '"'];
    const auto end = missing ? std::string_view::npos : m_text.find(quote, m_at + 1);
    if (end == std::string_view::npos) {
        missing = true;
        ++m_at;
        return false;
    }
    value = m_text.substr(m_at + 1, end - m_at - 1);
    if (value.contains('<'))
        m_malformed = true;
    m_at = end + 1;
    return true;
}

void XmlTokens::decode(std::string &out, std::string_view raw)
{
    while (!raw.empty()) {
        const auto mark = std::min(raw.find('&'), raw.size());
        out.append(raw.substr(0, mark));
        raw.remove_prefix(mark);
        if (raw.empty())
            return;
        if (const std::size_t known = appendXmlReference(out, raw); known > 0) {
            raw.remove_prefix(known);
            continue;
        }
        const auto end = raw.substr(0, 64).find(';');
        if (end != std::string_view::npos && appendEntity(out, raw.substr(1, end - 1), 0)) {
            raw.remove_prefix(end + 1);
            continue;
        }
        std::size_t taken = decodeReference(out, raw);
        // A document type that we do not fetch may well declare the names of HTML.
        const bool isDeclared =
            taken > 0 && raw[taken - 1] == ';' && (raw[1] == '#' || m_hasDoctype);
        m_malformed = m_malformed || !isDeclared;
        if (taken == 0) {
            out += '&';
            taken = 1;
        }
        raw.remove_prefix(taken);
    }
}

bool XmlTokens::appendEntity(std::string &out, std::string_view name, int depth)
{
    if (m_entities.empty())
        return false;
    const auto found = m_entities.find(name);
    if (found == m_entities.end())
        return false;
    std::string_view value = found->second;
    m_expandedBytes += value.size() + 1;
    if (depth >= kEntityDepthMax || m_expandedBytes > kExpandedBytesMax) {
        m_malformed = true;
        return false;
    }
    while (!value.empty()) {
        const auto mark = std::min(value.find('&'), value.size());
        out.append(value.substr(0, mark));
        value.remove_prefix(mark);
        if (value.empty())
            break;
        const auto end = value.substr(0, 64).find(';');
        if (end != std::string_view::npos &&
            appendEntity(out, value.substr(1, end - 1), depth + 1)) {
            value.remove_prefix(end + 1);
            continue;
        }
        const std::size_t taken = decodeReference(out, value);
        if (taken == 0)
            out += '&';
        value.remove_prefix(std::max<std::size_t>(taken, 1));
    }
    return true;
}

} // namespace chrona::formats
