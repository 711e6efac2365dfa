// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "service_link.h"

#include "chrona/formats/json_writer.h"
#include "chrona/schema/investigation.h"

#include <string>
#include <vector>

/// How investigations are named and written in a shell.
namespace chrona::cli {

/// What `investigation pin` understands, for its messages and --help.
inline constexpr std::string_view kPinForms =
    "event:ID, entity:KEY (entity:country:JP), region:CODE, topic:NAME, signal:ID, "
    "window:FROM/TO, search:WORDS or view:WEST,SOUTH,EAST,NORTH";

/// Reads a pin target and asks the service what it is called.
[[nodiscard]] Result<schema::PinTarget> pinTargetFrom(ServiceLink &link, const std::string &word);

/// An investigation by its id or by its title, where only one has that.
[[nodiscard]] Result<schema::InvestigationId> caseCalled(ServiceLink &link,
                                                         const std::string &word);
/// A positive id, or InvalidInput.
[[nodiscard]] Result<std::int64_t> itemIdFrom(const std::string &word);

void writeItem(formats::JsonWriter &json, const schema::CaseItem &item);
void writeCase(formats::JsonWriter &json, const schema::Investigation &investigation);
void writeSummary(formats::JsonWriter &json, const ipc::CaseSummary &summary);
void printCase(Invocation &invocation, const schema::Investigation &investigation);

/// Sends edits; the first item is what the command made and shows. A stale one is a failure here:
/// a shell has no window in which both versions could stand.
ExitCode sendCaseEdit(Invocation &invocation, ServiceLink &link, schema::InvestigationId id,
                      std::vector<schema::CaseItem> items);
/// Adds what --cite, --for and --against say bears on the item; InvalidInput for what is no id.
[[nodiscard]] Status addLinks(Invocation &invocation, const schema::CaseItem &item,
                              std::vector<schema::CaseItem> &items);
/// `investigation edit CASE ITEM` and `investigation remove CASE ITEM` (investigation_edit.cpp).
ExitCode editItem(Invocation &invocation, ServiceLink &link, schema::InvestigationId id,
                  const std::string &word);
ExitCode removeItem(Invocation &invocation, ServiceLink &link, schema::InvestigationId id,
                    const std::string &word);

/// `investigation brief CASE` (investigation_brief.cpp).
ExitCode briefInvestigation(Invocation &invocation, ServiceLink &link, schema::InvestigationId id);

} // namespace chrona::cli
