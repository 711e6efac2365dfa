// SPDX-License-Identifier: AGPL-3.0-or-later
// What changes items of an investigation that are there already.
#include "investigation_words.h"

#include "chrona/workspace/investigation.h"

#include <algorithm>
#include <format>

namespace chrona::cli {

using formats::JsonWriter;
using schema::CaseItem;
using schema::CaseItemKind;
using schema::InvestigationId;

namespace {

Result<CaseItem> itemCalled(ServiceLink &link, InvestigationId id, const std::string &word)
{
    auto reply = link.request(ipc::CaseOpen{id});
    if (!reply)
        return std::unexpected(reply.error());
    const auto found = std::ranges::find_if(reply->investigation.items, [&](const CaseItem &item) {
        return !item.removed && std::to_string(item.id.value) == word;
    });
    if (found == reply->investigation.items.end())
        return fail(ErrorCode::NotFound, std::format("the investigation has no item {}", word),
                    "chronactl investigation show CASE lists them");
    return *found;
}

} // namespace

ExitCode sendCaseEdit(Invocation &invocation, ServiceLink &link, InvestigationId id,
                      std::vector<CaseItem> items)
{
    const auto reply = link.request(ipc::CaseEdit{id, std::move(items)});
    if (!reply)
        return invocation.failed(reply.error());
    if (!reply->stale.empty() || reply->items.empty())
        return invocation.failed({ErrorCode::Conflict, "somebody changed it meanwhile",
                                  "look at it again and repeat the change"});
    const CaseItem &made = reply->items.front();
    if (invocation.asJson)
        return printDocument(invocation, [&](JsonWriter &json) { writeItem(json, made); });
    invocation.out() << made.id.value << "\n";
    return ExitCode::Done;
}

Status addLinks(Invocation &invocation, const CaseItem &item, std::vector<CaseItem> &items)
{
    using schema::Bearing;
    for (const auto &[option, bearing] :
         {std::pair("cite", Bearing::Neutral), std::pair("for", Bearing::For),
          std::pair("against", Bearing::Against)})
        for (const std::string &word : invocation.arguments.values(option)) {
            const auto from = itemIdFrom(word);
            if (!from)
                return std::unexpected(from.error());
            items.push_back(workspace::caseLink({*from}, item.id, bearing));
        }
    return {};
}

ExitCode editItem(Invocation &invocation, ServiceLink &link, InvestigationId id,
                  const std::string &word)
{
    auto item = itemCalled(link, id, word);
    if (!item)
        return invocation.failed(item.error());
    const Arguments &arguments = invocation.arguments;
    if (item->kind == CaseItemKind::Link)
        return invocation.usage("a piece of evidence is changed by --for, --against or --cite of "
                                "what it bears on");
    if (const auto caption = arguments.value("caption"))
        item->title = *caption;
    if (const auto text = arguments.value(item->kind == CaseItemKind::Case ? "question" : "text"))
        item->text = *text;
    if (arguments.has("tag")) {
        item->tags = arguments.values("tag");
        std::ranges::sort(item->tags);
        const auto twice = std::ranges::unique(item->tags);
        item->tags.erase(twice.begin(), twice.end());
    }
    const auto confidence = arguments.number("confidence");
    if (!confidence)
        return invocation.usage(confidence.error());
    if (*confidence)
        item->confidence = static_cast<float>(**confidence);
    std::vector<CaseItem> items{*item};
    if (const Status read = addLinks(invocation, *item, items); !read)
        return invocation.usage(read.error());
    // Evidence that is there already is turned, not doubled: its revision has to be the stored one.
    for (std::size_t i = 1; i < items.size(); ++i)
        if (const auto known = itemCalled(link, id, std::to_string(items[i].id.value)))
            items[i].revision = known->revision;
    return sendCaseEdit(invocation, link, id, std::move(items));
}

ExitCode removeItem(Invocation &invocation, ServiceLink &link, InvestigationId id,
                    const std::string &word)
{
    auto gone = itemCalled(link, id, word);
    if (!gone)
        return invocation.failed(gone.error());
    gone->removed = true;
    return sendCaseEdit(invocation, link, id, {*gone});
}

} // namespace chrona::cli
