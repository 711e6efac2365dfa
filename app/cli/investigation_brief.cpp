// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_forms.h"
#include "investigation_words.h"
#include "service_link.h"

#include "chrona/formats/briefing_json.h"

namespace chrona::cli {

ExitCode briefInvestigation(Invocation &invocation, ServiceLink &link, schema::InvestigationId id)
{
    const std::string day = invocation.arguments.value("date").value_or("last");
    if (const auto date = parseDate(day); !date && day != "last")
        return invocation.usage(date.error());
    if (const auto page = pageSize(invocation.arguments); !page)
        return invocation.usage(page.error());
    const auto reply = link.request(ipc::CaseBriefRequest{id, day == "last" ? std::string() : day});
    if (!reply)
        return invocation.failed(reply.error());
    const auto briefing = formats::readBriefingJson(reply->document);
    if (!briefing)
        return invocation.failed(briefing.error());
    if (const auto written = writeForms(invocation, *briefing); !written)
        return invocation.failed(written.error());
    printHeadlines(invocation, *briefing);
    return ExitCode::Done;
}

} // namespace chrona::cli
