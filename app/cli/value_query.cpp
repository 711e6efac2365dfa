// SPDX-License-Identifier: AGPL-3.0-or-later
#include "value_query.h"

#include "export_check.h"
#include "words.h"

#include <cmath>
#include <format>

namespace chrona::cli {
namespace {

Result<ValueWindow> windowFrom(const Arguments &arguments)
{
    const auto from = arguments.instant("from");
    const auto to = arguments.instant("to");
    const auto asOf = arguments.instant("as-of");
    for (const auto *given : {&from, &to, &asOf})
        if (!*given)
            return std::unexpected(given->error());
    return ValueWindow{*from, *to, *asOf, arguments.has("vintages")};
}

std::string lineOf(const ValueQuery &query, const ipc::ObservationColumns &rows, std::size_t row)
{
    const double value = rows.value[row];
    const std::string at = formatInstant(instantFrom(rows.observedAt[row]));
    const std::string known = formatInstant(instantFrom(rows.availableAt[row]));
    const auto basis = wordFor(static_cast<schema::AvailabilityBasis>(rows.basis[row]));
    if (query.format == QueryFormat::Csv)
        return std::format("{},{},{},{},{}\n", csvField(query.key), at,
                           std::isnan(value) ? std::string() : std::format("{}", value), known,
                           basis);
    std::string line;
    formats::JsonWriter(line)
        .beginObject()
        .member(query.ofWhat, query.key)
        .member(query.at, at)
        .member("value", value)
        .member(query.knownAt, known)
        .member("basis", basis)
        .endObject();
    return line + "\n";
}

} // namespace

ExitCode printValues(Invocation &invocation, const ValueQuery &query)
{
    const auto window = windowFrom(invocation.arguments);
    if (!window)
        return invocation.usage(window.error());
    auto check = ExportCheck::open(invocation, query.format);
    if (!check)
        return check.error();
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    if (query.format != QueryFormat::NdJson) {
        const auto source = query.source(*link);
        if (!source)
            return invocation.failed(source.error());
        if (!check->admits(*source)) {
            check->tell(invocation);
            return ExitCode::Refused;
        }
    }
    const auto rows = query.values(*link, *window);
    if (!rows)
        return invocation.failed(rows.error());
    if (query.format == QueryFormat::Csv)
        invocation.out() << std::format("{},{},value,{},basis\n", query.ofWhat, query.at,
                                        query.knownAt);
    for (std::size_t row = 0; row < rows->value.size(); ++row)
        invocation.out() << lineOf(query, *rows, row);
    return ExitCode::Done;
}

} // namespace chrona::cli
