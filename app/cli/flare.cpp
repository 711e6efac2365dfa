// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"

#include "chrona/formats/json_writer.h"

#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

constexpr OptionSpec kFlareOptions[] = {
    {"network", "NETWORK", "coston2 (default), coston, songbird or flare"},
    {"identity", "ADDRESS", "the provider's identity address"},
    {"dry-run", "", "submit: everything but signing and sending"},
    {"mainnet", "", "submit: yes, to a main network, and I know what else it requires"},
};

std::string timeOr(const std::optional<Instant> &time, const char *otherwise)
{
    return time ? formatInstant(*time) : otherwise;
}

std::string registration(const std::optional<bool> &registered)
{
    return !registered ? "not known yet" : *registered ? "yes" : "no";
}

std::string statusAsJson(const ipc::FlareStatusReply &status)
{
    std::string document;
    JsonWriter json(document);
    json.beginObject()
        .member("network", status.network)
        .member("chain_id", status.chainId)
        .member("mode", status.mode)
        .member("problem", status.problem)
        .member("identity", status.identity)
        .member("registered_now", registration(status.registeredNow))
        .member("registered_next", registration(status.registeredNext))
        .member("indexed_block", status.indexedBlock)
        .member("head_block", status.headBlock)
        .member("blocks_per_second", status.blocksPerSecond)
        .member("chain_time", timeOr(status.chainTime, ""))
        .member("round", status.round)
        .member("reward_epoch", status.rewardEpoch)
        .member("next_duty", status.duty)
        .member("next_duty_at", timeOr(status.dutyAt, ""));
    json.key("endpoints").beginArray();
    for (const ipc::FlareEndpoint &each : status.endpoints)
        json.beginObject()
            .member("host", each.host)
            .member("head", each.head)
            .member("latency_ms", each.latencyMs)
            .member("failures", each.failures)
            .member("disagrees", each.disagrees)
            .member("problem", each.problem)
            .endObject();
    json.endArray().key("contracts").beginArray();
    for (const ipc::FlareContract &each : status.contracts)
        json.beginObject()
            .member("name", each.name)
            .member("address", each.address)
            .member("changed", each.changed)
            .endObject();
    json.endArray().key("accounts").beginArray();
    for (const ipc::FlareAccount &each : status.accounts)
        json.beginObject()
            .member("role", each.role)
            .member("address", each.address)
            .member("balance", each.balance)
            .endObject();
    json.endArray().endObject();
    return document;
}

void printStatus(std::ostream &out, const ipc::FlareStatusReply &status)
{
    FactList facts;
    facts.add("network",
              std::format("{} (chain {}), {}", status.network, status.chainId, status.mode));
    if (!status.problem.empty())
        facts.add("problem", printable(status.problem));
    facts.add("indexed", std::format("block {} of {}, up to {}", status.indexedBlock,
                                     status.headBlock, timeOr(status.chainTime, "-")));
    facts.add("round", std::format("{} of reward epoch {}", status.round, status.rewardEpoch));
    if (!status.identity.empty()) {
        facts.add("identity", status.identity);
        facts.add("registered",
                  std::format("now {}, next reward epoch {}", registration(status.registeredNow),
                              registration(status.registeredNext)));
    }
    if (!status.duty.empty())
        facts.add("next", std::format("{} at {}", status.duty, timeOr(status.dutyAt, "-")));
    for (const ipc::FlareEndpoint &each : status.endpoints)
        facts.add("node", std::format("{} {:.0f} ms{}{}", printable(each.host), each.latencyMs,
                                      each.disagrees ? ", has another chain" : "",
                                      each.problem.empty() ? "" : ": " + printable(each.problem)));
    for (const ipc::FlareAccount &each : status.accounts)
        facts.add(each.role, std::format("{} {} wei", each.address,
                                         each.balance.empty() ? "-" : each.balance));
    for (const ipc::FlareContract &each : status.contracts)
        if (each.changed)
            facts.add("changed contract",
                      std::format("{} is now {}", printable(each.name), each.address));
    facts.print(out);
}

ExitCode showStatus(Invocation &invocation, ServiceLink &link)
{
    const auto status = link.request(ipc::FlareStatusRequest{});
    if (!status)
        return invocation.failed(status.error());
    if (invocation.asJson)
        invocation.out() << statusAsJson(*status) << "\n";
    else
        printStatus(invocation.out(), *status);
    return ExitCode::Done;
}

ExitCode runFlare(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    const std::string verb =
        arguments.positionals().size() == 1 ? arguments.positionals().front() : std::string();
    if (verb != "watch" && verb != "submit" && verb != "stop" && verb != "status")
        return invocation.usage("watch, submit, stop or status");
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    if (verb == "stop") {
        const auto done = link->request(ipc::FlareStop{});
        if (!done)
            return invocation.failed(done.error());
    } else if (verb != "status") {
        ipc::FlareStart start;
        start.network = arguments.value("network").value_or("coston2");
        start.identity = arguments.value("identity").value_or("");
        start.mode = verb == "watch" ? "watch" : arguments.has("dry-run") ? "rehearse" : "submit";
        start.mainnet = arguments.has("mainnet");
        const auto done = link->request(start);
        if (!done)
            return invocation.failed(done.error());
    }
    return showStatus(invocation, *link);
}

} // namespace

const Command kFlare{
    .name = "flare",
    .summary = "Follows a Flare network's price oracle, and submits to it",
    .usage = "watch|submit|stop|status [--network NETWORK] [--identity ADDRESS]",
    .options = kFlareOptions,
    .notes =
        "watch reads blocks and computes every round; it needs no key. submit commits, reveals,\n"
        "signs and finalises with the keys that chrona-signer holds and the prices of the value\n"
        "provider in flare.values; try it with --dry-run first. Both go on in the service, also\n"
        "after it starts anew, until stop. Nodes to ask: chronactl config set flare.rpc.\n"
        "What was seen and sent: chronactl oracle rounds.",
    .run = runFlare,
};

} // namespace chrona::cli
