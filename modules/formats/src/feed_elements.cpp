// SPDX-License-Identifier: AGPL-3.0-or-later
// What each element of a feed means once it is known which one it is.
#include "chrona/base/ascii.h"
#include "chrona/formats/text_encoding.h"
#include "chrona/formats/url.h"
#include "feed_geo.h"
#include "feed_reader.h"

#include <utility>

namespace chrona::formats {
namespace {

const std::string *attributeOf(const std::vector<TokenAttribute> &attributes, std::string_view name)
{
    for (const TokenAttribute &attribute : attributes)
        if (equalsIgnoringCase(attribute.name, name))
            return &attribute.value;
    return nullptr;
}

} // namespace

void FeedReader::act(const Element &element, const std::vector<TokenAttribute> &attributes)
{
    const bool isOfPerson =
        element.role == FeedRole::PersonName || element.role == FeedRole::PersonMail;
    if (isInside(FeedRole::Person) && !isOfPerson)
        return; // a title of theirs is not the entry's
    switch (element.role) {
    case FeedRole::None: return;
    case FeedRole::Feed:
    case FeedRole::Entry: return openContainer(element, attributes);
    case FeedRole::Ignored: m_ignoredFrom = m_open.size(); return;
    case FeedRole::Person: return;
    case FeedRole::GmlShape: {
        m_gmlShape = element.localName;
        const std::string *system = attributeOf(attributes, "srsName");
        m_gmlIsGeographic = !system || isGeographic(*system);
        return;
    }
    case FeedRole::PersonName:
    case FeedRole::PersonMail:
        if (isInside(FeedRole::Person))
            openText(element, attributes);
        return;
    case FeedRole::Source:
        if (!element.isContainer)
            return openText(element, attributes);
        if (m_entry && !m_source)
            m_source.emplace();
        return;
    case FeedRole::Category:
        for (const char *name : {"term", "text"})
            if (const std::string *term = attributeOf(attributes, name))
                return current().addCategory(*term);
        return openText(element, attributes);
    case FeedRole::Link:
        if (attributeOf(attributes, "href"))
            return readLink(attributes);
        for (const TokenAttribute &attribute : attributes)
            if (attribute.name.ends_with(":resource"))
                return current().addLink(
                    {.url = resolved(attribute.value), .relation = "alternate", .type = {}});
        return openText(element, attributes);
    default: return openText(element, attributes);
    }
}

void FeedReader::openContainer(const Element &element,
                               const std::vector<TokenAttribute> &attributes)
{
    m_isFeed = true;
    if (element.role == FeedRole::Entry && !m_entry) {
        m_entry.emplace();
        for (const TokenAttribute &attribute : attributes)
            if (attribute.name.ends_with(":about"))
                m_entry->setId(attribute.value);
    }
    readCdf(attributes);
}

/// CDF says in attributes what others say in elements.
void FeedReader::readCdf(const std::vector<TokenAttribute> &attributes)
{
    if (const std::string *link = attributeOf(attributes, "href"))
        current().addLink({.url = resolved(*link), .relation = "alternate", .type = {}});
    if (const std::string *changed = attributeOf(attributes, "lastmod"))
        FeedCollector::setDate(current().updated, *changed);
}

void FeedReader::readLink(const std::vector<TokenAttribute> &attributes)
{
    FeedCollector::Link link{
        .url = resolved(*attributeOf(attributes, "href")), .relation = "alternate", .type = {}};
    if (const std::string *relation = attributeOf(attributes, "rel");
        relation && !relation->empty())
        link.relation = asciiLowered(trimmed(*relation));
    // Atom names its relations by word or by address.
    constexpr std::string_view kRegistry = "http://www.iana.org/assignments/relation/";
    if (link.relation.starts_with(kRegistry))
        link.relation.erase(0, kRegistry.size());
    if (const std::string *type = attributeOf(attributes, "type"))
        link.type = mediaType(*type);
    current().addLink(link);
}

void FeedReader::openText(const Element &element, const std::vector<TokenAttribute> &attributes)
{
    FeedTextKind usual = FeedTextKind::Plain;
    if (!m_isAtom && (element.role == FeedRole::Description || element.role == FeedRole::Content))
        usual = FeedTextKind::Html;
    m_text.emplace(OpenText{.element = m_open.size() - 1,
                            .text = FeedText(attributes, usual, base()),
                            .idUse = IdUse::Name,
                            .sourceUrl = {}});
    if (element.role == FeedRole::Id) {
        const std::string *permalink = attributeOf(attributes, "ispermalink");
        // RSS has a guid, which is an address unless it says that it is none; Atom's id is a name.
        if (equalsIgnoringCase(element.localName, "id"))
            m_text->idUse = IdUse::MayBeAddress;
        else if (equalsIgnoringCase(element.localName, "guid") &&
                 (!permalink || asciiLowered(*permalink) == "true"))
            m_text->idUse = IdUse::Permalink;
    } else if (element.role == FeedRole::Source) {
        if (const std::string *url = attributeOf(attributes, "url"))
            m_text->sourceUrl = resolved(*url);
    }
}

void FeedReader::finishText()
{
    const FeedRole role = m_open[m_text->element].role;
    const OpenText open = std::move(*m_text);
    m_text.reset();
    store(role, open);
}

void FeedReader::store(FeedRole role, const OpenText &open)
{
    FeedCollector &target = current();
    switch (role) {
    case FeedRole::Title: return setOnce(target.title, open.text.html());
    case FeedRole::MediaTitle: return setOnce(target.mediaTitle, open.text.html());
    case FeedRole::MediaSummary: return setOnce(target.mediaSummary, open.text.html());
    case FeedRole::Description:
    case FeedRole::Summary:
        // Of two descriptions the second is the longer one by custom: the content.
        return setOnce(target.summary.empty() ? target.summary : target.content, open.text.html());
    case FeedRole::Content: return setOnce(target.content, open.text.html());
    case FeedRole::Author: return setOnce(target.author, open.text.html());
    case FeedRole::PersonName: target.personName = open.text.html(); return;
    case FeedRole::PersonMail: target.personMail = open.text.html(); return;
    case FeedRole::Source:
        target.source.title = open.text.html();
        if (isSafeLink(open.sourceUrl))
            target.source.link = open.sourceUrl;
        return;
    default: return storePlain(role, open);
    }
}

void FeedReader::storePlain(FeedRole role, const OpenText &open)
{
    FeedCollector &target = current();
    const std::string_view text = open.text.plain();
    const std::string link = resolveUrl({open.text.base(), text});
    switch (role) {
    case FeedRole::Link:
        if (!text.empty()) // which would mean the feed itself
            target.addLink({.url = link, .relation = "alternate", .type = {}});
        return;
    case FeedRole::Id: {
        // What begins with a slash is an address of this host; all else may be a mere name.
        const bool isPath = text.starts_with('/') && isSafeLink(link);
        target.setId(isPath ? std::string_view(link) : text);
        const std::string scheme = urlScheme(isPath ? std::string_view(link) : text);
        if (open.idUse != IdUse::Name && (scheme == "http" || scheme == "https") &&
            isSafeLink(link))
            setOnce(open.idUse == IdUse::Permalink ? target.permalink : target.idAddress,
                    std::string(link));
        return;
    }
    case FeedRole::Published: return FeedCollector::setDate(target.published, text);
    case FeedRole::Updated: return FeedCollector::setDate(target.updated, text);
    case FeedRole::Category: return target.addCategory(text);
    case FeedRole::Keywords: return target.addKeywords(text);
    case FeedRole::GeoPoint:
    case FeedRole::GeoLine:
    case FeedRole::GeoPolygon:
    case FeedRole::GeoBox: target.geo = geometryFrom(role, text); return;
    case FeedRole::GmlPositions:
        if (m_gmlIsGeographic)
            target.geo =
                geometryFrom(equalsIgnoringCase(m_gmlShape, "Point")        ? FeedRole::GeoPoint
                             : equalsIgnoringCase(m_gmlShape, "LineString") ? FeedRole::GeoLine
                                                                            : FeedRole::GeoPolygon,
                             text);
        return;
    case FeedRole::Latitude:
    case FeedRole::Longitude: {
        const auto numbers = readNumbers(text);
        if (numbers.size() == 1)
            (role == FeedRole::Latitude ? target.latitude : target.longitude) = numbers.front();
        return;
    }
    case FeedRole::Statistic: return target.addStatistic(m_open.back().localName, text);
    default: return;
    }
}

} // namespace chrona::formats
