// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/html_text.h"

#include "chrona/base/ascii.h"
#include "chrona/formats/url.h"
#include "html_elements.h"
#include "html_escape.h"
#include "html_tokens.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace chrona::formats {
namespace {

constexpr std::size_t kElementDepthMax = 200;

bool isControl(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7f;
}

std::string decodedAttribute(std::string_view value)
{
    std::string out;
    while (!value.empty()) {
        const std::size_t taken = decodeReference(out, value, ReferencePlace::Attribute);
        if (taken == 0)
            out += value.front();
        value.remove_prefix(std::max<std::size_t>(taken, 1));
    }
    std::erase_if(out, isControl);
    return out;
}

/// An ampersand stays bare where no reader could take it for a reference: "AT&T" stays legible.
void appendEscaped(std::string &out, std::string_view text)
{
    std::string visible;
    if (std::ranges::any_of(text, isControl)) {
        // Before anything is looked at: they may stand within what is a reference without them.
        std::ranges::remove_copy_if(text, std::back_inserter(visible), isControl);
        text = visible;
    }
    std::string ignored;
    std::size_t done = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c != '&' && c != '<' && c != '>')
            continue;
        if (c == '&' && decodeReference(ignored, text.substr(at, 64)) == 0)
            continue;
        out.append(text.substr(done, at - done));
        out.append(c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
        done = at + 1;
    }
    out.append(text.substr(done));
}

/// A tag or a handler inside a value: "\" onclick=\"x".
bool holdsMarkup(std::string_view value)
{
    if (value.contains('<'))
        return true;
    for (std::size_t at = 0; at + 3 < value.size(); ++at) {
        const bool begins = at == 0 || !isAsciiLetter(value[at - 1]);
        if (!begins || !equalsIgnoringCase(value.substr(at, 2), "on"))
            continue;
        std::size_t end = at + 2;
        while (end < value.size() && isAsciiLetter(value[end]))
            ++end;
        while (end < value.size() && isAsciiBlank(value[end]))
            ++end;
        if (end < value.size() && value[end] == '=')
            return true;
        at = end - 1;
    }
    return false;
}

class Sanitizer {
public:
    Sanitizer(std::string_view html, std::string_view baseUrl) : m_tokens(html), m_base(baseUrl)
    {
        m_out.reserve(html.size());
    }

    std::string run()
    {
        HtmlToken token;
        while (m_tokens.next(token)) {
            switch (token.kind) {
            case HtmlToken::Kind::Text: appendDecoded(m_text, token.text); break;
            case HtmlToken::Kind::Start: start(token); break;
            case HtmlToken::Kind::End: end(findHtmlElement(token.name)); break;
            }
        }
        flushText();
        while (!m_open.empty())
            closeLast();
        return std::move(m_out);
    }

private:
    void start(const HtmlToken &token)
    {
        const HtmlElement *element = findHtmlElement(token.name);
        if (!element || element->rule == ElementRule::TextOnly)
            return;
        if (element->rule == ElementRule::DropContent)
            return m_tokens.skipContentOf(token.name);
        const bool isVoid = element->rule == ElementRule::KeepVoid;
        if (!isVoid && m_open.size() >= kElementDepthMax)
            return;
        flushText();
        (m_out += '<').append(element->name);
        for (std::size_t i = 0; i < token.attributes.size(); ++i)
            if (isFirst(token.attributes, i))
                attribute(token.attributes[i]);
        m_out += '>';
        if (!isVoid)
            m_open.push_back(element);
    }

    /// Of two attributes with one name a browser takes the first.
    static bool isFirst(const std::vector<HtmlAttribute> &attributes, std::size_t index)
    {
        for (std::size_t i = 0; i < index; ++i)
            if (attributes[i].name == attributes[index].name)
                return false;
        return true;
    }

    void attribute(const HtmlAttribute &attribute)
    {
        const AttributeRule rule = htmlAttributeRule(attribute.name);
        if (rule == AttributeRule::Drop)
            return;
        std::string value = decodedAttribute(attribute.value);
        if (rule != AttributeRule::Keep) {
            value = resolveUrl({m_base, value});
            if (rule == AttributeRule::Link ? !isSafeLink(value) : !isSafeMedia(value))
                return;
        } else if (carriesScript(value) || holdsMarkup(value)) {
            return; // harmless here, but who decodes it twice should not meet it
        }
        (m_out += ' ').append(attribute.name).append("=\"");
        appendHtmlEscaped(m_out, value);
        m_out += '"';
    }

    void end(const HtmlElement *element)
    {
        if (!element || !std::ranges::contains(m_open, element))
            return;
        flushText();
        while (m_open.back() != element)
            closeLast();
        closeLast();
    }

    void closeLast()
    {
        m_out.append("</").append(m_open.back()->name) += '>';
        m_open.pop_back();
    }

    /// Text is gathered over tags that go, so that "&am" and "p;" on both sides of one are seen as
    /// what they became.
    void flushText()
    {
        appendEscaped(m_out, m_text);
        m_text.clear();
    }

    HtmlTokens m_tokens;
    std::string_view m_base;
    std::string m_out;
    std::string m_text;
    std::vector<const HtmlElement *> m_open;
};

/// Blanks become one, line ends stay at most double.
std::string tidied(std::string_view text)
{
    std::string out;
    int lineEnds = 0;
    bool blank = false;
    for (const char c : text) {
        if (c == '\n') {
            ++lineEnds;
        } else if (isAsciiBlank(c)) {
            blank = true;
        } else if (!isControl(c)) {
            if (!out.empty())
                out.append(lineEnds > 0 ? (lineEnds > 1 ? "\n\n" : "\n") : (blank ? " " : ""));
            lineEnds = 0;
            blank = false;
            out += c;
        }
    }
    return out;
}

} // namespace

std::string sanitizeHtml(std::string_view html, std::string_view baseUrl)
{
    return Sanitizer(html, baseUrl).run();
}

std::string textToHtml(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    appendEscaped(out, text);
    return out;
}

std::string htmlToText(std::string_view html)
{
    std::string text;
    text.reserve(html.size());
    HtmlTokens tokens(html);
    HtmlToken token;
    while (tokens.next(token)) {
        if (token.kind == HtmlToken::Kind::Text) {
            // In HTML a line end is a blank; only blocks begin lines.
            const std::size_t begin = text.size();
            appendDecoded(text, token.text);
            std::replace(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), '\n', ' ');
            continue;
        }
        const HtmlElement *element = findHtmlElement(token.name);
        if (!element)
            continue;
        if (element->rule == ElementRule::DropContent && token.kind == HtmlToken::Kind::Start)
            tokens.skipContentOf(token.name);
        if (element->flow == ElementFlow::Block && !(text.ends_with("\n\n")))
            text += '\n';
    }
    return tidied(text);
}

bool looksLikeHtml(std::string_view text)
{
    bool meant = false;
    std::string ignored;
    HtmlTokens tokens(text);
    HtmlToken token;
    while (tokens.next(token)) {
        if (token.kind == HtmlToken::Kind::Text) {
            for (auto at = token.text.find('&'); at != std::string_view::npos && !meant;
                 at = token.text.find('&', at + 1)) {
                const auto taken = decodeReference(ignored, token.text.substr(at, 64));
                meant = taken > 0 && token.text[at + taken - 1] == ';';
            }
            continue;
        }
        const HtmlElement *element = findHtmlElement(token.name);
        if (!element)
            return false;
        meant = meant || token.kind == HtmlToken::Kind::End ||
                element->rule == ElementRule::KeepVoid || element->rule == ElementRule::DropContent;
    }
    return meant;
}

} // namespace chrona::formats
