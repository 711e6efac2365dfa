// SPDX-License-Identifier: AGPL-3.0-or-later
#include "listing.h"

#include "chrona/connect/draft_list.h"

#include <algorithm>

namespace chrona::sanctions {
namespace {

constexpr std::size_t kNameBytesMax = 500;
constexpr std::size_t kAliasesMax = 500;

} // namespace

void appendDrafts(Listing listing, std::vector<connect::Draft> &drafts)
{
    schema::Entity &subject = listing.subject;
    subject.name = std::string(connect::cutText(trimmed(subject.name), kNameBytesMax));
    connect::addText(subject.attributes, "programs", listing.programs);
    connect::addText(subject.attributes, "listed_by", listing.authority);

    schema::Event event;
    event.type = schema::EventType::Sanction;
    event.sourceRef = listing.reference;
    event.title = listing.authority + ": " + subject.name + " listed";
    if (!listing.programs.empty())
        event.title += " (" + std::string(connect::cutText(listing.programs, 200)) + ")";
    event.times = listing.times;
    event.severity = 0.5F; // lists grade nobody
    event.entities.push_back({schema::entityIdFor(subject.key), schema::EntityRole::Target, 1});
    event.attributes = subject.attributes;
    schema::set(event.attributes, "action", std::string("listed"));

    connect::Draft who = connect::checkedDraft(std::move(subject));
    const bool isSound = std::holds_alternative<schema::Entity>(who);
    drafts.push_back(std::move(who));
    if (isSound)
        drafts.push_back(connect::checkedDraft(std::move(event)));
}

void addAlias(schema::Entity &subject, std::string_view alias)
{
    const std::string cut(connect::cutText(trimmed(alias), kNameBytesMax));
    if (!cut.empty() && cut != subject.name && subject.aliases.size() < kAliasesMax &&
        std::ranges::find(subject.aliases, cut) == subject.aliases.end())
        subject.aliases.push_back(cut);
}

std::string slugOf(std::string_view text)
{
    std::string slug;
    for (const char c : text) {
        const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        const bool isPlain = (low >= 'a' && low <= 'z') || (low >= '0' && low <= '9') || low == '.';
        if (isPlain)
            slug += low;
        else if (!slug.empty() && slug.back() != '-')
            slug += '-';
    }
    while (slug.ends_with('-'))
        slug.pop_back();
    return slug;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

} // namespace chrona::sanctions
