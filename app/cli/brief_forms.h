// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

#include "chrona/report/export.h"
#include "chrona/schema/briefing.h"

/// What all forms of the command `brief` do with a briefing.
namespace chrona::cli {

/// --page.
[[nodiscard]] Result<report::PageSize> pageSize(const Arguments &arguments);
/// Every form that was asked for (--pdf, --html, --md, --out). Each file is whole or not there.
[[nodiscard]] Status writeForms(Invocation &invocation, const schema::Briefing &briefing);
[[nodiscard]] bool asksForAForm(const Arguments &arguments);
/// One line, marked where it bears a language model's words.
void printStatement(Invocation &invocation, const schema::Statement &statement,
                    std::string_view before);
/// Title and what is said in short; the whole document with --json.
void printHeadlines(Invocation &invocation, const schema::Briefing &briefing);

/// `brief --date DAY`: the service's own (brief_stored.cpp).
ExitCode showStoredBriefing(Invocation &invocation);

} // namespace chrona::cli
