// SPDX-License-Identifier: AGPL-3.0-or-later
#include "statement_type.h"

#include <algorithm>
#include <array>

namespace chrona::bank {
namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char &c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// How the banks that we read entitle a decision itself, and not what is written about it.
bool announcesRate(std::string_view title)
{
    constexpr std::array<std::string_view, 11> kPhrases{"fomc statement",
                                                        "monetary policy decision",
                                                        "interest rate decision",
                                                        "policy interest rate",
                                                        "policy rate",
                                                        "bank rate maintained",
                                                        "bank rate reduced",
                                                        "bank rate increased",
                                                        "bank rate held",
                                                        "cash rate target",
                                                        "statement by the monetary policy board"};
    return std::ranges::any_of(kPhrases,
                               [title](std::string_view words) { return title.contains(words); });
}

} // namespace

schema::EventType statementType(const schema::Event &event)
{
    const std::string title = lowered(event.title), url = lowered(event.url);
    if (schema::find(event.attributes, "cb_value"))
        return schema::EventType::MacroRelease;
    if (url.contains("speech") || url.contains("/sp-") || url.contains("/sp/") ||
        url.contains("testimony") || url.contains("bis.org/review/") || title.starts_with("speech"))
        return schema::EventType::Speech;
    if (announcesRate(title))
        return schema::EventType::RateDecision;
    return schema::EventType::News;
}

} // namespace chrona::bank
