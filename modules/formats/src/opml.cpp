// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/opml.h"

#include "chrona/base/ascii.h"
#include "chrona/formats/text_encoding.h"
#include "chrona/formats/url.h"
#include "xml_tokens.h"

#include <set>

namespace chrona::formats {
namespace {

constexpr std::size_t kOutlineBytesMax = 16 << 20;
constexpr std::size_t kOutlineDepthMax = 64;
constexpr std::size_t kFeedsMax = 10'000;

class OpmlReader {
public:
    explicit OpmlReader(std::string_view text) : m_tokens(text) {}

    Result<std::vector<OpmlFeed>> read()
    {
        bool isOpml = false;
        XmlToken token;
        while (m_tokens.next(token)) {
            isOpml = isOpml || equalsIgnoringCase(token.name, "opml");
            if (!equalsIgnoringCase(token.name, "outline"))
                continue;
            if (token.kind == XmlToken::Kind::End) {
                if (!m_folders.empty())
                    m_folders.pop_back();
            } else if (token.kind == XmlToken::Kind::Start) {
                outline(token);
            }
            if (m_folders.size() > kOutlineDepthMax)
                return fail(ErrorCode::InvalidInput, "outlines are nested deeper than 64");
            if (m_feeds.size() > kFeedsMax)
                return fail(ErrorCode::InvalidInput, "the list has more than 10,000 feeds");
        }
        if (!isOpml)
            return fail(ErrorCode::InvalidInput, "the document is no OPML list");
        return std::move(m_feeds);
    }

private:
    void outline(const XmlToken &token)
    {
        OpmlFeed feed;
        std::string text;
        for (const TokenAttribute &attribute : token.attributes) {
            if (equalsIgnoringCase(attribute.name, "xmlUrl"))
                feed.url = resolveUrl({{}, attribute.value});
            else if (equalsIgnoringCase(attribute.name, "htmlUrl"))
                feed.homepage = resolveUrl({{}, attribute.value});
            else if (equalsIgnoringCase(attribute.name, "title"))
                feed.title = trimmed(attribute.value);
            else if (equalsIgnoringCase(attribute.name, "text"))
                text = trimmed(attribute.value);
        }
        if (feed.title.empty())
            feed.title = text;
        if (!token.isEmpty)
            m_folders.push_back(feed.title);
        const std::string scheme = urlScheme(feed.url);
        if ((scheme != "http" && scheme != "https") || !isSafeLink(feed.url) ||
            !m_seen.insert(feed.url).second)
            return;
        if (!isSafeLink(feed.homepage))
            feed.homepage.clear();
        feed.folder = m_folders;
        if (!token.isEmpty)
            feed.folder.pop_back(); // its own title
        m_feeds.push_back(std::move(feed));
    }

    XmlTokens m_tokens;
    std::vector<std::string> m_folders;
    std::set<std::string, std::less<>> m_seen;
    std::vector<OpmlFeed> m_feeds;
};

} // namespace

Result<std::vector<OpmlFeed>> readOpml(std::string_view bytes)
{
    if (bytes.size() > kOutlineBytesMax)
        return fail(ErrorCode::InvalidInput, "the list is larger than 16 MiB");
    const auto decoded = decodeXmlText({.bytes = bytes, .contentType = {}});
    if (!decoded)
        return std::unexpected(decoded.error());
    return OpmlReader(decoded->text).read();
}

} // namespace chrona::formats
