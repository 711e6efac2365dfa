// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_forms.h"
#include "service_link.h"

#include "chrona/formats/briefing_json.h"

namespace chrona::cli {
namespace {

Result<ipc::BriefingRequest> requestFrom(const Arguments &arguments)
{
    const auto date = arguments.value("date");
    if (!date)
        return fail(ErrorCode::InvalidInput,
                    "--date DAY, render FILE.json, make DIR or explain DIR?");
    const bool isLast = *date == "last";
    if (const auto day = parseDate(*date); !day && !isLast)
        return std::unexpected(day.error());
    const auto knownAt = arguments.instant("known-at");
    if (!knownAt)
        return std::unexpected(knownAt.error());
    ipc::BriefingRequest request;
    request.day = isLast ? std::string() : *date;
    request.knownAt = *knownAt;
    if (arguments.has("rebuild") || *knownAt)
        request.build = ipc::BriefingBuild::Always;
    return request;
}

/// Markdown, without what a source's terms do not let pass on.
ExitCode publish(Invocation &invocation, const schema::Briefing &briefing)
{
    const Arguments &arguments = invocation.arguments;
    const std::string source = arguments.value("publish").value_or("");
    const auto laid =
        askService(invocation,
                   ipc::DraftPublish{.source = source,
                                     .title = briefing.title,
                                     .body = report::toMarkdown(briefing),
                                     .titleField = arguments.value("title-field").value_or("title"),
                                     .bodyField = arguments.value("body-field").value_or("body")});
    if (!laid)
        return laid.error();
    invocation.err() << std::format("laid down as a draft in {}{}\n", source,
                                    laid->id.empty() ? "" : ": " + printable(laid->id));
    return ExitCode::Done;
}

} // namespace

ExitCode showStoredBriefing(Invocation &invocation)
{
    const auto request = requestFrom(invocation.arguments);
    if (!request)
        return invocation.usage(request.error());
    if (const auto page = pageSize(invocation.arguments); !page)
        return invocation.usage(page.error());
    const auto reply = askService(invocation, *request);
    if (!reply)
        return reply.error();
    auto briefing = formats::readBriefingJson(reply->document);
    if (!briefing)
        return invocation.failed(briefing.error());
    briefing->revision = reply->revision;
    if (const auto written = writeForms(invocation, *briefing); !written)
        return invocation.failed(written.error());
    printHeadlines(invocation, *briefing);
    return invocation.arguments.has("publish") ? publish(invocation, *briefing) : ExitCode::Done;
}

} // namespace chrona::cli
