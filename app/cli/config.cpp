// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"

#include "chrona/formats/json_writer.h"

namespace chrona::cli {
namespace {

ExitCode getSettings(Invocation &invocation, ServiceLink &link, const std::string &key)
{
    const auto reply = link.request(ipc::ConfigGet{.key = key});
    if (!reply)
        return invocation.failed(reply.error());
    if (invocation.asJson) {
        std::string document;
        formats::JsonWriter json(document);
        json.beginObject();
        for (const auto &setting : reply->settings)
            json.member(setting.key, setting.value);
        json.endObject();
        invocation.out() << document << "\n";
    } else if (!key.empty() && reply->settings.size() == 1) {
        invocation.out() << reply->settings.front().value << "\n";
    } else {
        FactList facts;
        for (const auto &setting : reply->settings)
            facts.add(setting.key, setting.value);
        facts.print(invocation.out());
    }
    return ExitCode::Done;
}

ExitCode runConfig(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const bool get = !words.empty() && words[0] == "get" && words.size() <= 2;
    const bool set = !words.empty() && words[0] == "set" && words.size() == 3;
    if (!get && !set)
        return invocation.usage("get [KEY], or set KEY VALUE");
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    if (get)
        return getSettings(invocation, *link, words.size() == 2 ? words[1] : std::string());
    const auto done = link->request(ipc::ConfigSet{.setting = {words[1], words[2]}});
    if (!done)
        return invocation.failed(done.error());
    return ExitCode::Done;
}

} // namespace

const Command kConfig{
    .name = "config",
    .summary = "Shows and changes settings of the service",
    .usage = "get [KEY] | set KEY VALUE",
    .options = {},
    .notes = {},
    .run = runConfig,
};

} // namespace chrona::cli
