// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feed_reader.h"

#include "chrona/base/ascii.h"
#include "chrona/formats/url.h"

#include <algorithm>
#include <format>
#include <ranges>

namespace chrona::formats {
namespace {

std::string_view localNameOf(std::string_view name)
{
    return name.substr(name.rfind(':') + 1); // npos + 1 is 0
}

std::string_view prefixOf(std::string_view name)
{
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

bool isXmlns(std::string_view name)
{
    return name == "xmlns" || name.starts_with("xmlns:");
}

} // namespace

FeedReader::FeedReader(std::string_view text, const FeedContext &context, const FeedLimits &limits)
    : m_tokens(text), m_limits(limits)
{
    m_bases.emplace_back(context.documentUrl);
}

Result<Feed> FeedReader::read()
{
    XmlToken token;
    while (m_tokens.next(token)) {
        switch (token.kind) {
        case XmlToken::Kind::Start:
            if (auto done = start(token); !done)
                return std::unexpected(done.error());
            break;
        case XmlToken::Kind::End: end(token.name); break;
        case XmlToken::Kind::Text:
        case XmlToken::Kind::Literal: text(token); break;
        }
    }
    if (!m_isFeed)
        return fail(ErrorCode::InvalidInput,
                    m_rootName.empty() ? std::string("the document is no feed: it holds no element")
                                       : std::format("the document is no feed: it begins with <{}>",
                                                     m_rootName.substr(0, 40)));
    m_feed.malformed = m_tokens.isMalformed() || !m_open.empty();
    m_about.moveInto(m_feed);
    return std::move(m_feed);
}

Status FeedReader::start(const XmlToken &token)
{
    if (m_open.size() >= m_limits.depthMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("elements are nested deeper than {}", m_limits.depthMax));
    enter(token);
    if (m_feed.entries.size() >= m_limits.entriesMax && m_entry)
        return fail(ErrorCode::InvalidInput,
                    std::format("the feed has more than {} entries", m_limits.entriesMax));
    if (token.isEmpty)
        closeLast();
    return {};
}

void FeedReader::enter(const XmlToken &token)
{
    if (m_rootName.empty())
        m_rootName = token.name;
    else if (m_open.empty())
        m_tokens.setMalformed(); // a second root
    Element element = elementFrom(token);
    // A new entry ends one that was not closed: entries do not hold entries.
    if (element.role == FeedRole::Entry && m_entry && !m_source) {
        m_tokens.setMalformed();
        const auto open = std::ranges::find(m_open, FeedRole::Entry, &Element::role);
        const auto keep = static_cast<std::size_t>(open - m_open.begin());
        while (m_open.size() > keep)
            closeLast();
        declareSpaces(token);
    }
    openBase(element, token);
    // Statistics are nested, and only the innermost elements hold values.
    const bool isInnerStatistic = m_text && element.role == FeedRole::Statistic &&
                                  m_open[m_text->element].role == FeedRole::Statistic;
    const bool inText = m_text && !isInnerStatistic;
    if (inText)
        m_text->text.start(
            {.name = element.name, .base = base(), .depth = m_open.size() - m_text->element},
            token.attributes);
    m_open.push_back(element);
    if (!inText && m_ignoredFrom == 0)
        act(m_open.back(), token.attributes);
}

void FeedReader::declareSpaces(const XmlToken &token)
{
    for (const TokenAttribute &attribute : token.attributes)
        if (isXmlns(attribute.name))
            m_spaces.declare(attribute.name, attribute.value, m_open.size());
}

FeedReader::Element FeedReader::elementFrom(const XmlToken &token)
{
    declareSpaces(token);
    Element element{.name = token.name, .localName = localNameOf(token.name)};
    const auto found = m_spaces.find(prefixOf(token.name));
    if (!found.isDeclared)
        m_tokens.setMalformed();
    const std::string local = asciiLowered(element.localName);
    element.role = feedRole(found.space, local);
    if (m_open.empty() && local == "feed")
        m_isAtom = true;
    const bool isAtom =
        found.space == XmlSpace::Atom || (m_isAtom && found.space == XmlSpace::Core);
    element.isContainer =
        isAtom && (element.role == FeedRole::Author || element.role == FeedRole::Source);
    if (element.isContainer && element.role == FeedRole::Author)
        element.role = FeedRole::Person;
    return element;
}

void FeedReader::openBase(Element &element, const XmlToken &token)
{
    for (const TokenAttribute &attribute : token.attributes) {
        // CDF has a plain BASE; inside a text it would be somebody else's attribute.
        const bool isBase =
            attribute.name == "xml:base" || (!m_text && equalsIgnoringCase(attribute.name, "base"));
        if (!isBase)
            continue;
        std::string own = resolved(attribute.value);
        if (!isSafeLink(own))
            continue;
        m_bases.push_back(std::move(own));
        element.hasOwnBase = true;
        return;
    }
}

void FeedReader::text(const XmlToken &token)
{
    if (!m_text) {
        const bool isBlank = std::ranges::all_of(token.text, isAsciiBlank);
        if (m_open.empty() && !isBlank)
            m_tokens.setMalformed();
        else if (token.kind == XmlToken::Kind::Text && token.text.contains('&')) {
            std::string unused; // a fault in it counts wherever it stands
            m_tokens.decode(unused, token.text);
        }
        return;
    }
    if (token.kind == XmlToken::Kind::Literal) {
        m_text->text.append(token.text);
        return;
    }
    if (!token.text.contains('&')) {
        m_text->text.append(token.text);
        return;
    }
    std::string decoded;
    decoded.reserve(token.text.size());
    m_tokens.decode(decoded, token.text);
    m_text->text.append(decoded);
}

void FeedReader::end(std::string_view name)
{
    std::size_t match = m_open.size();
    while (match > 0 && !equalsIgnoringCase(m_open[match - 1].name, name))
        --match;
    if (match == 0 || m_open[match - 1].name != name || match != m_open.size())
        m_tokens.setMalformed();
    if (match == 0)
        return; // closes nothing that is open
    while (m_open.size() >= match)
        closeLast();
}

void FeedReader::closeLast()
{
    const Element element = m_open.back();
    const std::size_t position = m_open.size() - 1;
    if (m_text && m_text->element == position)
        finishText();
    else if (m_text && m_text->element < position)
        m_text->text.end(element.name, position - m_text->element);
    m_open.pop_back();
    if (element.hasOwnBase)
        m_bases.pop_back();
    m_spaces.leave(position);
    if (m_ignoredFrom == position + 1)
        m_ignoredFrom = 0;
    if (m_ignoredFrom != 0 || m_text)
        return;
    if (element.role == FeedRole::Entry && m_entry)
        finishEntry();
    else if (element.role == FeedRole::Person)
        current().finishPerson();
    else if (element.role == FeedRole::Source && element.isContainer && m_source && m_entry) {
        m_entry->source = m_source->takeSource();
        m_source.reset();
    }
}

void FeedReader::finishEntry()
{
    m_source.reset();
    m_feed.entries.push_back(m_entry->takeEntry());
    m_entry.reset();
}

FeedCollector &FeedReader::current()
{
    return m_source ? *m_source : m_entry ? *m_entry : m_about;
}

bool FeedReader::isInside(FeedRole role) const
{
    return std::ranges::contains(m_open, role, &Element::role);
}

std::string FeedReader::resolved(std::string_view link) const
{
    return resolveUrl({base(), link});
}

} // namespace chrona::formats
