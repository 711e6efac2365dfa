// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_forms.h"

#include "chrona/formats/briefing_json.h"

#include <format>

namespace chrona::cli {

Result<report::PageSize> pageSize(const Arguments &arguments)
{
    const std::string name = arguments.value("page").value_or("a4");
    if (name == "a4")
        return report::PageSize::A4;
    if (name == "letter")
        return report::PageSize::Letter;
    return fail(ErrorCode::InvalidInput, "--page is a4 or letter");
}

Status writeForms(Invocation &invocation, const schema::Briefing &briefing)
{
    const Arguments &arguments = invocation.arguments;
    const auto page = pageSize(arguments);
    if (!page)
        return std::unexpected(page.error());
    const auto write = [](const std::string &path, const Result<std::string> &content) {
        return content.and_then(
            [&](const std::string &bytes) { return report::writeWhole(path, bytes); });
    };
    Status done;
    if (const auto path = arguments.value("out"); path && done)
        done = write(*path, formats::writeBriefingJson(briefing) + "\n");
    if (const auto path = arguments.value("pdf"); path && done) {
        report::PdfOptions options;
        options.page = *page;
        options.attachments = {{std::format("evidence-{}.json", formatDate(briefing.day)),
                                "application/json",
                                formats::writeBriefingJson(report::exportable(briefing))}};
        done = write(*path, report::toPdf(briefing, options));
    }
    if (const auto path = arguments.value("html"); path && done)
        done = write(*path, report::toHtml(briefing));
    if (const auto path = arguments.value("md"); path && done)
        done = write(*path, report::toMarkdown(briefing));
    return done;
}

bool asksForAForm(const Arguments &arguments)
{
    return arguments.has("pdf") || arguments.has("html") || arguments.has("md") ||
           arguments.has("out");
}

void printStatement(Invocation &invocation, const schema::Statement &statement,
                    std::string_view before)
{
    invocation.out() << before << printable(statement.text)
                     << (statement.given.empty() ? "" : " (model's words)") << "\n";
}

void printHeadlines(Invocation &invocation, const schema::Briefing &briefing)
{
    if (invocation.asJson) {
        invocation.out() << formats::writeBriefingJson(briefing) << "\n";
        return;
    }
    invocation.out() << printable(briefing.title) << "\n";
    for (const schema::Block &block : briefing.sections.front().blocks) {
        if (const auto *statement = std::get_if<schema::Statement>(&block))
            printStatement(invocation, *statement, "- ");
    }
}

} // namespace chrona::cli
