// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace chrona::formats {

/// What becomes of an element when HTML is made safe.
enum class ElementRule : std::uint8_t {
    Keep,
    KeepVoid,    ///< kept, and has no content by definition
    TextOnly,    ///< its tags go, what it holds is read on
    DropContent, ///< it goes with all it holds
};

/// Whether a reader sees it on lines of its own.
enum class ElementFlow : std::uint8_t { Inline, Block };

struct HtmlElement {
    std::string_view name;
    ElementRule rule = ElementRule::Keep;
    ElementFlow flow = ElementFlow::Inline;
};

/// nullptr for an element that HTML does not have. The name is in lower case.
[[nodiscard]] const HtmlElement *findHtmlElement(std::string_view name);

enum class AttributeRule : std::uint8_t { Drop, Keep, Link, Media };

[[nodiscard]] AttributeRule htmlAttributeRule(std::string_view name);

} // namespace chrona::formats
