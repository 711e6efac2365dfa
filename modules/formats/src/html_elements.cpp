// SPDX-License-Identifier: AGPL-3.0-or-later
#include "html_elements.h"

#include <algorithm>

namespace chrona::formats {
namespace {

using enum ElementRule;
using enum ElementFlow;

constexpr HtmlElement kElements[] = {
    {"a", Keep, Inline}, {"abbr", Keep, Inline}, {"acronym", Keep, Inline},
    {"address", Keep, Block}, {"applet", DropContent, Inline}, {"area", KeepVoid, Inline},
    {"article", Keep, Block}, {"aside", Keep, Block}, {"audio", Keep, Inline},
    {"b", Keep, Inline}, {"base", TextOnly, Inline}, {"basefont", TextOnly, Inline},
    {"bdi", Keep, Inline}, {"bdo", Keep, Inline}, {"big", Keep, Inline},
    {"blockquote", Keep, Block}, {"body", TextOnly, Inline}, {"br", KeepVoid, Block},
    {"button", TextOnly, Inline}, {"canvas", TextOnly, Inline}, {"caption", Keep, Block},
    {"center", Keep, Block}, {"cite", Keep, Inline}, {"code", Keep, Inline},
    {"col", KeepVoid, Block}, {"colgroup", Keep, Block}, {"command", TextOnly, Inline},
    {"data", TextOnly, Inline}, {"datagrid", TextOnly, Inline}, {"datalist", TextOnly, Inline},
    {"dd", Keep, Block}, {"del", Keep, Inline}, {"details", Keep, Block}, {"dfn", Keep, Inline},
    {"dir", Keep, Block}, {"div", Keep, Block}, {"dl", Keep, Block}, {"dt", Keep, Block},
    {"em", Keep, Inline}, {"embed", TextOnly, Inline}, {"event-source", TextOnly, Inline},
    {"fieldset", TextOnly, Inline}, {"figcaption", Keep, Block}, {"figure", Keep, Block},
    {"font", Keep, Inline}, {"footer", Keep, Block}, {"form", TextOnly, Inline},
    {"frame", TextOnly, Inline}, {"frameset", TextOnly, Inline}, {"h1", Keep, Block},
    {"h2", Keep, Block}, {"h3", Keep, Block}, {"h4", Keep, Block}, {"h5", Keep, Block},
    {"h6", Keep, Block}, {"head", TextOnly, Inline}, {"header", Keep, Block},
    {"hr", KeepVoid, Block}, {"html", TextOnly, Inline}, {"i", Keep, Inline},
    {"iframe", TextOnly, Inline}, {"img", KeepVoid, Inline}, {"input", TextOnly, Inline},
    {"ins", Keep, Inline}, {"isindex", TextOnly, Inline}, {"kbd", Keep, Inline},
    {"keygen", TextOnly, Inline}, {"label", TextOnly, Inline}, {"legend", TextOnly, Inline},
    {"li", Keep, Block}, {"link", TextOnly, Inline}, {"main", Keep, Block},
    {"map", TextOnly, Inline}, {"mark", Keep, Inline}, {"math", TextOnly, Inline},
    {"menu", Keep, Block}, {"meta", TextOnly, Inline}, {"meter", TextOnly, Inline},
    {"multicol", TextOnly, Inline}, {"nav", Keep, Block}, {"noembed", TextOnly, Inline},
    {"noframes", TextOnly, Inline}, {"noscript", TextOnly, Inline}, {"object", TextOnly, Inline},
    {"ol", Keep, Block}, {"optgroup", TextOnly, Inline}, {"option", TextOnly, Inline},
    {"output", TextOnly, Inline}, {"p", Keep, Block}, {"param", TextOnly, Inline},
    {"picture", TextOnly, Inline}, {"plaintext", TextOnly, Inline}, {"pre", Keep, Block},
    {"progress", TextOnly, Inline}, {"q", Keep, Inline}, {"rb", Keep, Inline},
    {"rp", Keep, Inline}, {"rt", Keep, Inline}, {"rtc", Keep, Inline}, {"ruby", Keep, Inline},
    {"s", Keep, Inline}, {"samp", Keep, Inline}, {"script", DropContent, Inline},
    {"section", Keep, Block}, {"select", TextOnly, Inline}, {"small", Keep, Inline},
    {"source", KeepVoid, Inline}, {"spacer", TextOnly, Inline}, {"span", Keep, Inline},
    {"strike", Keep, Inline}, {"strong", Keep, Inline}, {"style", DropContent, Inline},
    {"sub", Keep, Inline}, {"summary", Keep, Block}, {"sup", Keep, Inline},
    {"svg", TextOnly, Inline}, {"table", Keep, Block}, {"tbody", Keep, Block},
    {"td", Keep, Block}, {"template", DropContent, Inline}, {"textarea", TextOnly, Inline},
    {"tfoot", Keep, Block}, {"th", Keep, Block}, {"thead", Keep, Block}, {"time", Keep, Inline},
    {"title", TextOnly, Inline}, {"tr", Keep, Block}, {"track", KeepVoid, Inline},
    {"tt", Keep, Inline}, {"u", Keep, Inline}, {"ul", Keep, Block}, {"var", Keep, Inline},
    {"video", Keep, Inline}, {"wbr", KeepVoid, Inline}, {"xmp", TextOnly, Inline},
};
static_assert(std::ranges::is_sorted(kElements, {}, &HtmlElement::name));

struct HtmlAttributeRule {
    std::string_view name;
    AttributeRule rule;
};

/// No id, class or name: they could reach into the page that shows the text. No style: it can load,
/// cover and disguise. No handlers, because only what is listed stays.
constexpr HtmlAttributeRule kAttributes[] = {
    {"abbr", AttributeRule::Keep}, {"align", AttributeRule::Keep}, {"alt", AttributeRule::Keep}, {"axis", AttributeRule::Keep}, {"border", AttributeRule::Keep},
    {"cellpadding", AttributeRule::Keep}, {"cellspacing", AttributeRule::Keep}, {"char", AttributeRule::Keep}, {"charoff", AttributeRule::Keep},
    {"cite", AttributeRule::Link}, {"clear", AttributeRule::Keep}, {"color", AttributeRule::Keep}, {"cols", AttributeRule::Keep}, {"colspan", AttributeRule::Keep},
    {"compact", AttributeRule::Keep}, {"controls", AttributeRule::Keep}, {"coords", AttributeRule::Keep}, {"datetime", AttributeRule::Keep}, {"dir", AttributeRule::Keep},
    {"disabled", AttributeRule::Keep}, {"download", AttributeRule::Keep}, {"face", AttributeRule::Keep}, {"frame", AttributeRule::Keep}, {"headers", AttributeRule::Keep},
    {"height", AttributeRule::Keep}, {"hidden", AttributeRule::Keep}, {"high", AttributeRule::Keep}, {"href", AttributeRule::Link}, {"hreflang", AttributeRule::Keep},
    {"hspace", AttributeRule::Keep}, {"ismap", AttributeRule::Keep}, {"kind", AttributeRule::Keep}, {"label", AttributeRule::Keep}, {"lang", AttributeRule::Keep},
    {"longdesc", AttributeRule::Link}, {"loop", AttributeRule::Keep}, {"low", AttributeRule::Keep}, {"max", AttributeRule::Keep}, {"media", AttributeRule::Keep},
    {"min", AttributeRule::Keep}, {"muted", AttributeRule::Keep}, {"noshade", AttributeRule::Keep}, {"nowrap", AttributeRule::Keep}, {"open", AttributeRule::Keep},
    {"optimum", AttributeRule::Keep}, {"poster", AttributeRule::Media}, {"preload", AttributeRule::Keep}, {"reversed", AttributeRule::Keep}, {"rows", AttributeRule::Keep},
    {"rowspan", AttributeRule::Keep}, {"rules", AttributeRule::Keep}, {"scope", AttributeRule::Keep}, {"shape", AttributeRule::Keep}, {"size", AttributeRule::Keep},
    {"span", AttributeRule::Keep}, {"src", AttributeRule::Media}, {"srclang", AttributeRule::Keep}, {"start", AttributeRule::Keep}, {"summary", AttributeRule::Keep},
    {"tabindex", AttributeRule::Keep}, {"title", AttributeRule::Keep}, {"type", AttributeRule::Keep}, {"valign", AttributeRule::Keep}, {"value", AttributeRule::Keep},
    {"vspace", AttributeRule::Keep}, {"width", AttributeRule::Keep},
};
static_assert(std::ranges::is_sorted(kAttributes, {}, &HtmlAttributeRule::name));

} // namespace

const HtmlElement *findHtmlElement(std::string_view name)
{
    const auto found = std::ranges::lower_bound(kElements, name, {}, &HtmlElement::name);
    return found != std::end(kElements) && found->name == name ? found : nullptr;
}

AttributeRule htmlAttributeRule(std::string_view name)
{
    const auto found = std::ranges::lower_bound(kAttributes, name, {}, &HtmlAttributeRule::name);
    return found != std::end(kAttributes) && found->name == name ? found->rule
                                                                 : AttributeRule::Drop;
}

} // namespace chrona::formats
