// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// The vocabularies that feeds mix.
enum class XmlSpace : std::uint8_t {
    Core, ///< RSS and CDF, and whatever has no namespace
    Atom,
    Content,
    DublinCore,
    DublinTerms,
    GeoRss,
    GeoPoint, ///< W3C geo:lat, geo:long
    Gml,
    Itunes,
    Media,
    Rdf,
    Xhtml,
    CentralBank,
    Other,
};

/// What an element means to a feed.
enum class FeedRole : std::uint8_t {
    None,
    Feed,
    Entry,
    Source,
    Ignored, ///< with all it holds: pictures and search boxes have titles and links of their own
    Person,
    PersonName,
    PersonMail,
    Title,
    MediaTitle, ///< counts where there is no other title
    Link,
    Id,
    Description, ///< HTML by custom
    Summary,
    MediaSummary, ///< counts where there is no other summary
    Content,
    Published,
    Updated,
    Author,
    Category,
    Keywords,
    GeoPoint,
    GeoLine,
    GeoPolygon,
    GeoBox,
    GmlShape, ///< gml:Point, gml:LineString, gml:Polygon: says what the positions make
    GmlPositions,
    Latitude,
    Longitude,
    Statistic, ///< an element of cb:
};

[[nodiscard]] FeedRole feedRole(XmlSpace space, std::string_view localName);

/// Which vocabulary a prefix stands for at a place in a document.
class XmlSpaces {
public:
    /// "xmlns" or "xmlns:PREFIX" of the element at a depth.
    void declare(std::string_view attributeName, std::string_view uri, std::size_t depth);
    void leave(std::size_t depth);
    struct Found {
        XmlSpace space = XmlSpace::Other;
        bool isDeclared = true;
    };
    /// An undeclared or unknown namespace is known by its usual prefix.
    [[nodiscard]] Found find(std::string_view prefix) const;

private:
    struct Declaration {
        std::string_view prefix; ///< into the document
        XmlSpace space;
        std::size_t depth;
    };
    std::vector<Declaration> m_declarations;
};

} // namespace chrona::formats
