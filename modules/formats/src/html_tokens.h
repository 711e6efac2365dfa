// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

struct HtmlAttribute {
    std::string name;       ///< in lower case
    std::string_view value; ///< as written, references not decoded
};

struct HtmlToken {
    enum class Kind : std::uint8_t { Text, Start, End };
    Kind kind = Kind::Text;
    std::string name;                      ///< of a tag, in lower case
    std::string_view text;                 ///< as written, references not decoded
    std::vector<HtmlAttribute> attributes; ///< of a start tag
};

/// Cuts HTML into tokens as the HTML standard's tokenizer does, so that what we see is what a
/// browser sees. Comments, declarations and a tag that the end cuts off are passed over. Linear.
class HtmlTokens {
public:
    explicit HtmlTokens(std::string_view html) : m_html(html) {}

    /// False at the end.
    bool next(HtmlToken &token);
    /// Goes behind the end tag of an element whose content is no HTML; to the end without one.
    void skipContentOf(std::string_view name);

private:
    [[nodiscard]] bool isTagAt(std::size_t at) const;
    bool readTag(HtmlToken &token);
    bool readAttribute(HtmlToken &token);
    void skipMarkup();
    void skipBlanks();

    std::string_view m_html;
    std::size_t m_at = 0;
};

} // namespace chrona::formats
