// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/feed.h"
#include "feed_collector.h"
#include "feed_names.h"
#include "feed_text.h"
#include "xml_tokens.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// Reads the tokens of one XML feed. One pass; a stack of open elements, one text at a time.
class FeedReader {
public:
    FeedReader(std::string_view text, const FeedContext &context, const FeedLimits &limits);
    [[nodiscard]] Result<Feed> read();

private:
    struct Element {
        std::string_view name;
        std::string_view localName;
        FeedRole role = FeedRole::None;
        bool isContainer = false; ///< of Source and Person: its parts are elements
        bool hasOwnBase = false;
    };
    enum class IdUse : std::uint8_t { Name, Permalink, MayBeAddress };
    struct OpenText {
        std::size_t element; ///< position in m_open
        FeedText text;
        IdUse idUse = IdUse::Name;
        std::string sourceUrl;
    };

    [[nodiscard]] Status start(const XmlToken &token);
    void enter(const XmlToken &token);
    void declareSpaces(const XmlToken &token);
    [[nodiscard]] Element elementFrom(const XmlToken &token);
    void openBase(Element &element, const XmlToken &token);
    void act(const Element &element, const std::vector<TokenAttribute> &attributes);
    void openContainer(const Element &element, const std::vector<TokenAttribute> &attributes);
    void openText(const Element &element, const std::vector<TokenAttribute> &attributes);
    void readLink(const std::vector<TokenAttribute> &attributes);
    void readCdf(const std::vector<TokenAttribute> &attributes);
    void text(const XmlToken &token);
    void end(std::string_view name);
    void closeLast();
    void finishText();
    void store(FeedRole role, const OpenText &open);
    void storePlain(FeedRole role, const OpenText &open);
    void finishEntry();
    [[nodiscard]] FeedCollector &current();
    [[nodiscard]] const std::string &base() const { return m_bases.back(); }
    [[nodiscard]] bool isInside(FeedRole role) const;
    [[nodiscard]] std::string resolved(std::string_view link) const;

    XmlTokens m_tokens;
    FeedLimits m_limits;
    Feed m_feed;
    XmlSpaces m_spaces;
    std::vector<Element> m_open;
    std::vector<std::string> m_bases;
    std::optional<OpenText> m_text;
    FeedCollector m_about; ///< the feed itself
    std::optional<FeedCollector> m_entry, m_source;
    std::string_view m_gmlShape; ///< local name of the last one
    bool m_gmlIsGeographic = true;
    bool m_isAtom = false;
    bool m_isFeed = false;         ///< an element was met that only feeds have
    std::size_t m_ignoredFrom = 0; ///< m_open.size() at an ignored element; 0: none
    std::string_view m_rootName;
};

/// Reads a JSON Feed (jsonfeed.org, versions 1 and 1.1).
[[nodiscard]] Result<Feed> readJsonFeed(std::string_view text, const FeedContext &context,
                                        const FeedLimits &limits);

} // namespace chrona::formats
