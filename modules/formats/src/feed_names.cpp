// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feed_names.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <ranges>
#include <string>

namespace chrona::formats {
namespace {

struct RoleName {
    std::string_view name;
    FeedRole role;
};

namespace roles {
using enum FeedRole;

constexpr RoleName kCore[] = {
    {"abstract", Description},
    {"author", Author},
    {"body", Content},
    {"category", Category},
    {"channel", Feed},
    {"cloud", Ignored},
    {"content", Content},
    {"contributor", Ignored},
    {"description", Description},
    {"email", PersonMail},
    {"entry", Entry},
    {"feed", Feed},
    {"fullitem", Content},
    {"guid", Id},
    {"id", Id},
    {"image", Ignored},
    {"issued", Published},
    {"item", Entry},
    {"keywords", Keywords},
    {"lastbuilddate", Updated},
    {"link", Link},
    {"managingeditor", Author},
    {"modified", Updated},
    {"name", PersonName},
    {"pubdate", Published},
    {"published", Published},
    {"rss", Feed},
    {"source", Source},
    {"summary", Summary},
    {"textinput", Ignored},
    {"title", Title},
    {"updated", Updated},
};
constexpr RoleName kContent[] = {{"encoded", Content}, {"items", Ignored}};
constexpr RoleName kDublinCore[] = {
    {"author", Author},           {"creator", Author},   {"date", Updated},
    {"description", Description}, {"subject", Category}, {"title", Title},
};
constexpr RoleName kDublinTerms[] = {
    {"abstract", Description}, {"issued", Published}, {"modified", Updated}};
constexpr RoleName kGeoRss[] = {
    {"box", GeoBox}, {"line", GeoLine}, {"point", GeoPoint}, {"polygon", GeoPolygon}};
constexpr RoleName kGeoPoint[] = {{"lat", Latitude}, {"long", Longitude}};
constexpr RoleName kGml[] = {{"linestring", GmlShape},
                          {"point", GmlShape},
                          {"polygon", GmlShape},
                          {"pos", GmlPositions},
                          {"poslist", GmlPositions}};
constexpr RoleName kItunes[] = {{"author", Author},     {"category", Category}, {"image", Ignored},
                             {"keywords", Keywords}, {"owner", Ignored},     {"summary", Summary}};
constexpr RoleName kMedia[] = {{"category", Category},
                            {"description", MediaSummary},
                            {"keywords", Keywords},
                            {"title", MediaTitle}};
constexpr RoleName kRdf[] = {{"rdf", Feed}};
constexpr RoleName kXhtml[] = {{"body", Content}};
static_assert(std::ranges::is_sorted(kCore, {}, &RoleName::name));
} // namespace roles

template <std::size_t size> FeedRole roleIn(const RoleName (&names)[size], std::string_view name)
{
    const auto found = std::ranges::lower_bound(names, name, {}, &RoleName::name);
    return found != std::end(names) && found->name == name ? found->role : FeedRole::None;
}

struct NamedSpace {
    std::string_view name;
    XmlSpace space;
};

/// Without scheme and closing '/' or '#', in lower case: writers vary just these.
constexpr NamedSpace kUris[] = {
    {"www.w3.org/2005/atom", XmlSpace::Atom},
    {"purl.org/atom/ns", XmlSpace::Atom},
    {"purl.org/rss/1.0", XmlSpace::Core},
    {"purl.org/net/rss1.1", XmlSpace::Core},
    {"my.netscape.com/rdf/simple/0.9", XmlSpace::Core},
    {"channel.netscape.com/rdf/simple/0.9", XmlSpace::Core},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", XmlSpace::Core},
    {"backend.userland.com/rss", XmlSpace::Core},
    {"backend.userland.com/rss2", XmlSpace::Core},
    {"backend.userland.com/rss091", XmlSpace::Core},
    {"blogs.law.harvard.edu/tech/rss", XmlSpace::Core},
    {"cyber.law.harvard.edu/rss/rss.html", XmlSpace::Core},
    {"purl.org/echo", XmlSpace::Core},
    {"example.com/necho", XmlSpace::Core},
    {"example.com/newformat", XmlSpace::Core},
    {"uri/of/echo/namespace", XmlSpace::Core},
    {"purl.org/pie", XmlSpace::Core},
    {"purl.org/rss/1.0/modules/content", XmlSpace::Content},
    {"purl.org/dc/elements/1.0", XmlSpace::DublinCore},
    {"purl.org/dc/elements/1.1", XmlSpace::DublinCore},
    {"purl.org/dc/terms", XmlSpace::DublinTerms},
    {"www.georss.org/georss", XmlSpace::GeoRss},
    {"www.w3.org/2003/01/geo/wgs84_pos", XmlSpace::GeoPoint},
    {"www.opengis.net/gml", XmlSpace::Gml},
    {"www.itunes.com/dtds/podcast-1.0.dtd", XmlSpace::Itunes},
    {"example.com/dtds/podcast-1.0.dtd", XmlSpace::Itunes},
    {"search.yahoo.com/mrss", XmlSpace::Media},
    {"www.rssboard.org/media-rss", XmlSpace::Media},
    {"tools.search.yahoo.com/mrss", XmlSpace::Media},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", XmlSpace::Rdf},
    {"www.w3.org/1999/xhtml", XmlSpace::Xhtml},
    {"centralbanks.org/cb/1.0", XmlSpace::CentralBank},
    {"www.cbwiki.net/wiki/index.php/specification_1.1", XmlSpace::CentralBank},
    {"www.cbwiki.net/wiki/index.php/specification_1.2", XmlSpace::CentralBank},
    {"www.w3.org/1999/xlink", XmlSpace::Other},
    {"www.w3.org/2000/svg", XmlSpace::Other},
};

constexpr NamedSpace kPrefixes[] = {
    {"", XmlSpace::Core},          {"atom", XmlSpace::Atom},
    {"atom03", XmlSpace::Atom},    {"atom10", XmlSpace::Atom},
    {"a10", XmlSpace::Atom},       {"content", XmlSpace::Content},
    {"dc", XmlSpace::DublinCore},  {"dcterms", XmlSpace::DublinTerms},
    {"georss", XmlSpace::GeoRss},  {"geo", XmlSpace::GeoPoint},
    {"gml", XmlSpace::Gml},        {"itunes", XmlSpace::Itunes},
    {"media", XmlSpace::Media},    {"rdf", XmlSpace::Rdf},
    {"rss", XmlSpace::Core},       {"xhtml", XmlSpace::Xhtml},
    {"cb", XmlSpace::CentralBank},
};

XmlSpace spaceOf(std::string_view uri, std::string_view prefix)
{
    std::string plain = asciiLowered(trimmed(uri));
    for (const std::string_view scheme : {"http://", "https://"})
        if (plain.starts_with(scheme))
            plain.erase(0, scheme.size());
    while (plain.ends_with('/') || plain.ends_with('#'))
        plain.pop_back();
    const auto found = std::ranges::find(kUris, std::string_view(plain), &NamedSpace::name);
    if (found != std::end(kUris))
        return found->space;
    const auto usual = std::ranges::find(kPrefixes, prefix, &NamedSpace::name);
    return usual != std::end(kPrefixes) ? usual->space : XmlSpace::Other;
}

} // namespace

FeedRole feedRole(XmlSpace space, std::string_view localName)
{
    using namespace roles;
    switch (space) {
    case XmlSpace::Core:
    case XmlSpace::Atom: return roleIn(kCore, localName);
    case XmlSpace::Content: return roleIn(kContent, localName);
    case XmlSpace::DublinCore: return roleIn(kDublinCore, localName);
    case XmlSpace::DublinTerms: return roleIn(kDublinTerms, localName);
    case XmlSpace::GeoRss: return roleIn(kGeoRss, localName);
    case XmlSpace::GeoPoint: return roleIn(kGeoPoint, localName);
    case XmlSpace::Gml: return roleIn(kGml, localName);
    case XmlSpace::Itunes: return roleIn(kItunes, localName);
    case XmlSpace::Media: return roleIn(kMedia, localName);
    case XmlSpace::Rdf: return roleIn(kRdf, localName);
    case XmlSpace::Xhtml: return roleIn(kXhtml, localName);
    case XmlSpace::CentralBank: return FeedRole::Statistic;
    case XmlSpace::Other: break;
    }
    return FeedRole::None;
}

void XmlSpaces::declare(std::string_view attributeName, std::string_view uri, std::size_t depth)
{
    constexpr std::string_view kPrefix = "xmlns:";
    const std::string_view prefix =
        attributeName.starts_with(kPrefix) ? attributeName.substr(kPrefix.size()) : "";
    m_declarations.push_back({prefix, spaceOf(uri, prefix), depth});
}

void XmlSpaces::leave(std::size_t depth)
{
    while (!m_declarations.empty() && m_declarations.back().depth >= depth)
        m_declarations.pop_back();
}

XmlSpaces::Found XmlSpaces::find(std::string_view prefix) const
{
    for (const Declaration &declaration : std::views::reverse(m_declarations))
        if (declaration.prefix == prefix)
            return {declaration.space, true};
    const auto usual = std::ranges::find(kPrefixes, prefix, &NamedSpace::name);
    const bool isDeclared = prefix.empty() || prefix == "xml";
    return {usual != std::end(kPrefixes) ? usual->space : XmlSpace::Other, isDeclared};
}

} // namespace chrona::formats
