// SPDX-License-Identifier: AGPL-3.0-or-later
#include "export_check.h"

#include "service_link.h"

#include <format>

namespace chrona::cli {

std::expected<ExportCheck, ExitCode> ExportCheck::open(Invocation &invocation, QueryFormat format)
{
    ExportCheck check;
    if (format == QueryFormat::NdJson || invocation.arguments.has(kOwnUseOption.name))
        return check;
    const auto reply = askService(invocation, ipc::SourcesRequest{});
    if (!reply)
        return std::unexpected(reply.error());
    std::vector<schema::Source> registry;
    for (const ipc::SourceEntry &entry : reply->sources)
        registry.push_back(entry.source);
    check.m_gate.emplace(registry);
    return check;
}

void ExportCheck::tell(Invocation &invocation) const
{
    if (!m_gate)
        return;
    for (const auto &stayed : m_gate->stayed())
        invocation.err() << std::format("chronactl {}: withheld {}\n", invocation.command,
                                        printable(schema::ExportGate::sentence(stayed)));
    if (!m_gate->stayed().empty())
        invocation.err() << std::format(
            "chronactl {}: --own-use puts it in; that file must not be passed on\n",
            invocation.command);
}

} // namespace chrona::cli
