// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_verbs.h"

#include "chrona/formats/json_writer.h"

#include <format>

namespace chrona::cli {
namespace {

std::string provideAsJson(const ipc::FlareProvideStatus &status)
{
    std::string document;
    formats::JsonWriter json(document);
    json.beginObject()
        .member("enabled", status.enabled)
        .member("address", status.address)
        .member("port", status.port)
        .member("problem", status.problem)
        .member("answered", status.answered)
        .member("refused", status.refused)
        .member("last_asked_at", status.lastAskedAt ? formatInstant(*status.lastAskedAt) : "")
        .member("last_feeds", status.lastFeeds)
        .member("last_values", status.lastValues);
    if (status.lastRound)
        json.member("last_round", *status.lastRound);
    json.endObject();
    return document;
}

} // namespace

void printProvided(std::ostream &out, const ipc::FlareProvideStatus &status)
{
    FactList facts;
    facts.add("values", !status.enabled ? "not given"
                        : status.address.empty()
                            ? "not given: " + printable(status.problem)
                            : std::format("given on http://{}:{}", status.address, status.port));
    if (status.enabled) {
        facts.add("requests",
                  std::format("{} answered, {} refused", status.answered, status.refused));
        if (status.lastAskedAt)
            facts.add("last", std::format("{}: {} of {} feeds had a value",
                                          formatInstant(*status.lastAskedAt), status.lastValues,
                                          status.lastFeeds));
    }
    facts.print(out);
}

ExitCode provideValues(Invocation &invocation, ServiceLink &link)
{
    const Arguments &arguments = invocation.arguments;
    const auto port = arguments.integer("port");
    if (!port)
        return invocation.usage(port.error());
    if (*port && (**port < 0 || **port > 65'535))
        return invocation.usage("a port is a number up to 65535");
    ipc::FlareProvide command;
    command.enabled = !arguments.has("off");
    if (*port)
        command.port = static_cast<std::int32_t>(**port);
    const auto status = link.request(command);
    if (!status)
        return invocation.failed(status.error());
    if (invocation.asJson)
        invocation.out() << provideAsJson(*status) << "\n";
    else
        printProvided(invocation.out(), *status);
    return ExitCode::Done;
}

} // namespace chrona::cli
