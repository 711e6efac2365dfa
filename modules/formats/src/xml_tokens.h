// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

struct TokenAttribute {
    std::string_view name; ///< as written, with its prefix
    std::string value;     ///< references decoded
};

struct XmlToken {
    enum class Kind : std::uint8_t { Start, End, Text, Literal };
    Kind kind = Kind::Text;
    std::string_view name; ///< of a tag, as written
    std::string_view text; ///< Text: references not decoded; Literal: a CDATA section, as it is
    std::vector<TokenAttribute> attributes;
    bool isEmpty = false; ///< "<a/>": no end tag follows
};

/// Cuts XML into tokens and goes on where a strict parser would stop: feeds are written by hand and
/// cut by networks. What is wrong is counted as malformed, never guessed into structure.
///
/// Nothing outside the document is ever read. Entities that the document declares itself stand for
/// text, never for markup; how far they may expand is bounded, and beyond that they stay as they
/// are written. Linear in the length.
class XmlTokens {
public:
    /// The text must outlive the tokens.
    explicit XmlTokens(std::string_view text) : m_text(text) {}

    /// False at the end. A tag, section or comment that the end cuts off is passed over.
    bool next(XmlToken &token);

    /// Appends raw text of a token with its references decoded: those of XML, numbers, the names of
    /// HTML (feeds use them undeclared), and what the document declares.
    void decode(std::string &out, std::string_view raw);

    [[nodiscard]] bool isMalformed() const { return m_malformed; }
    void setMalformed() { m_malformed = true; }
    /// The end came inside a tag, section or comment.
    [[nodiscard]] bool isCut() const { return m_cut; }

private:
    bool readTag(XmlToken &token);
    bool readAttribute(XmlToken &token);
    bool readQuoted(char quote, std::string_view &value);
    void readText(XmlToken &token);
    bool readDeclaration(XmlToken &token);
    void readDoctype();
    void readEntity(std::string_view declaration);
    void skipBehind(std::string_view end, std::size_t from);
    void skipBlanks();
    bool appendEntity(std::string &out, std::string_view name, int depth);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::map<std::string, std::string, std::less<>> m_entities;
    std::size_t m_expandedBytes = 0;
    bool m_missingQuote[2] = {false, false}; ///< no further ' or " in the text
    bool m_hasDoctype = false;
    bool m_malformed = false;
    bool m_cut = false;
};

} // namespace chrona::formats
