// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feed_text.h"

#include "charset.h"
#include "chrona/base/ascii.h"
#include "chrona/formats/html_text.h"
#include "chrona/formats/text_encoding.h"
#include "chrona/formats/url.h"
#include "html_elements.h"
#include "html_escape.h"

#include <algorithm>

namespace chrona::formats {
namespace {

/// Whole, with its padding. What only claims to be base 64 is text that somebody wants to read.
bool isBase64(std::string_view text)
{
    const auto isUsed = [](char c) { return !isAsciiBlank(c); };
    const auto isDigit = [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || isAsciiBlank(c) ||
               std::string_view("+/-_=").contains(c);
    };
    return std::ranges::all_of(text, isDigit) && std::ranges::count_if(text, isUsed) % 4 == 0;
}

bool isReadable(std::string_view text)
{
    return std::ranges::all_of(
        text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 || isAsciiBlank(c); });
}

std::string_view localName(std::string_view name)
{
    return name.substr(name.rfind(':') + 1); // npos + 1 is 0
}

bool isVoid(const std::string &name)
{
    const HtmlElement *element = findHtmlElement(name);
    return element && element->rule == ElementRule::KeepVoid;
}

std::string valueOf(const std::vector<TokenAttribute> &attributes, std::string_view name)
{
    for (const TokenAttribute &attribute : attributes)
        if (equalsIgnoringCase(attribute.name, name))
            return asciiLowered(trimmed(attribute.value));
    return {};
}

} // namespace

FeedText::FeedText(const std::vector<TokenAttribute> &attributes, FeedTextKind usual,
                   std::string base)
    : m_kind(usual), m_base(std::move(base))
{
    const std::string type = mediaType(valueOf(attributes, "type"));
    const std::string mode = valueOf(attributes, "mode");
    m_isXhtml = type == "xhtml" || type == "application/xhtml+xml";
    if (type == "html" || type == "text/html" || type == "text/x-html")
        m_kind = FeedTextKind::Html;
    else if (type == "text" || type == "text/plain")
        m_kind = FeedTextKind::Plain;
    else if (m_isXhtml)
        m_kind = mode == "escaped" ? FeedTextKind::Html : FeedTextKind::Inline;
    else if (type.ends_with("+xml") || type.ends_with("/xml"))
        m_kind = mode == "escaped" ? FeedTextKind::Html : FeedTextKind::Inline;
    else if (type.contains('/') && !type.starts_with("text/"))
        m_isBase64 = mode.empty(); // RFC 4287 §4.1.3.3
    m_isBase64 = m_isBase64 || mode == "base64";
}

void FeedText::append(std::string_view text)
{
    if (m_hasMarkup)
        appendHtmlEscaped(m_text, text);
    else
        m_text += text;
}

/// Elements where characters were expected: what came so far was text and not escaped HTML.
void FeedText::beginMarkup()
{
    if (std::exchange(m_hasMarkup, true))
        return;
    std::string escaped;
    appendHtmlEscaped(escaped, m_text);
    m_text = std::move(escaped);
}

bool FeedText::isWrapper(std::string_view name, std::size_t depth) const
{
    return m_isXhtml && depth == 1 && equalsIgnoringCase(name, "div");
}

void FeedText::start(const Element &element, const std::vector<TokenAttribute> &attributes)
{
    beginMarkup();
    const std::string name = asciiLowered(localName(element.name));
    if (isWrapper(name, element.depth))
        return;
    (m_text += '<').append(name);
    for (const TokenAttribute &attribute : attributes) {
        const std::string attributeName = asciiLowered(attribute.name);
        const AttributeRule rule = htmlAttributeRule(attributeName);
        if (rule == AttributeRule::Drop)
            continue;
        (m_text += ' ').append(attributeName).append("=\"");
        appendHtmlEscaped(m_text, rule == AttributeRule::Keep
                                      ? attribute.value
                                      : resolveUrl({element.base, attribute.value}));
        m_text += '"';
    }
    m_text += '>';
}

void FeedText::end(std::string_view name, std::size_t depth)
{
    const std::string local = asciiLowered(localName(name));
    if (!isWrapper(local, depth) && !isVoid(local))
        m_text.append("</").append(local) += '>';
}

std::string FeedText::html() const
{
    std::string decoded;
    std::string_view text = trimmed(m_text);
    if (m_isBase64 && !m_hasMarkup) {
        decoded = decodedBase64(text);
        if (!decoded.empty() && isUtf8(decoded) && isReadable(decoded))
            text = trimmed(decoded);
        else if (isBase64(text))
            return {}; // a picture or a program
    }
    if (text.empty())
        return {};
    const bool isHtml = m_hasMarkup || m_kind == FeedTextKind::Html ||
                        (m_kind == FeedTextKind::Plain && looksLikeHtml(text));
    std::string html = isHtml ? sanitizeHtml(text, m_base) : textToHtml(text);
    const std::string_view shown = trimmed(html);
    return shown.size() == html.size() ? html : std::string(shown);
}

std::string_view FeedText::plain() const
{
    return trimmed(m_text);
}

std::string decodedBase64(std::string_view text)
{
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        unsigned value = 0;
        if (c >= 'A' && c <= 'Z')
            value = static_cast<unsigned>(c - 'A');
        else if (c >= 'a' && c <= 'z')
            value = static_cast<unsigned>(c - 'a') + 26;
        else if (isAsciiDigit(c))
            value = static_cast<unsigned>(c - '0') + 52;
        else if (c == '+' || c == '-')
            value = 62;
        else if (c == '/' || c == '_')
            value = 63;
        else if (c == '=' || isAsciiBlank(c))
            continue;
        else
            return {};
        bits = (bits << 6 | value) & 0xffffffU;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xffU);
        }
    }
    return out;
}

} // namespace chrona::formats
