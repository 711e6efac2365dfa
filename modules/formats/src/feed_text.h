// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "xml_tokens.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace chrona::formats {

/// How the text in an element is to be taken.
enum class FeedTextKind : std::uint8_t {
    Plain,  ///< text, or HTML where it plainly is (looksLikeHtml)
    Html,   ///< escaped HTML
    Inline, ///< markup stands in the feed as elements; what is escaped is text
};

/// The text of one element while it is read: characters, and elements inside it put down as HTML.
class FeedText {
public:
    /// Reads `type` and `mode` as Atom 0.3 and 1.0 have them; without them `usual` holds.
    FeedText(const std::vector<TokenAttribute> &attributes, FeedTextKind usual, std::string base);

    void append(std::string_view text);
    struct Element {
        std::string_view name; ///< with its prefix
        std::string_view base; ///< of links in its attributes
        std::size_t depth;     ///< 1 for a child
    };
    void start(const Element &element, const std::vector<TokenAttribute> &attributes);
    void end(std::string_view name, std::size_t depth);

    /// As the feed means it to be shown: safe HTML.
    [[nodiscard]] std::string html() const;
    /// As it stands, without blanks around: of dates, ids, links and numbers.
    [[nodiscard]] std::string_view plain() const;
    [[nodiscard]] const std::string &base() const { return m_base; }

private:
    void beginMarkup();
    [[nodiscard]] bool isWrapper(std::string_view name, std::size_t depth) const;

    FeedTextKind m_kind;
    bool m_isBase64 = false;
    bool m_isXhtml = false; ///< Atom wraps it in a div that is no part of it
    bool m_hasMarkup = false;
    std::string m_base;
    std::string m_text; ///< HTML once m_hasMarkup, else characters
};

/// Empty where it is no base 64. Blanks and line ends between are fine.
[[nodiscard]] std::string decodedBase64(std::string_view text);

} // namespace chrona::formats
