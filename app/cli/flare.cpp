// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "flare_verbs.h"
#include "service_link.h"

#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

constexpr OptionSpec kFlareOptions[] = {
    {"network", "NETWORK", "coston2 (default), coston, songbird or flare"},
    {"identity", "ADDRESS", "the provider's identity address"},
    {"dry-run", "", "submit: everything but signing and sending; of an action that is the rule"},
    {"mainnet", "", "yes, to a main network, and I know what else it requires"},
    {"send", "", "an action: sign it with chrona-signer and send it"},
    {"export", "FILE", "an action: write what has to be signed elsewhere"},
    {"from", "ADDRESS", "an action: of this account instead of the identity's"},
    {"recipient", "ADDRESS", "claim: who gets it; the account itself unless it is given"},
    {"unwrapped", "", "claim: paid in the coin itself"},
    {"claim-data", "FILE", "claim: the reward epoch's data as the network publishes it"},
    {"reward-epoch", "N", "register: for which; claim: up to which"},
    {"port", "N", "provide: where it listens (3101)"},
    {"off", "", "provide: no more"},
    {"coin-usd", "PRICE", "economics: what the coin is worth, where the oracle does not price it"},
    {"host-cost", "USD", "economics: what the machine costs in a month"},
    {"format", "FORMAT", "economics: table (default) or csv"},
};

/// Nothing follows these.
constexpr std::string_view kLoneVerbs[] = {"watch",  "submit",  "stop",
                                           "status", "provide", "economics"};

std::string timeOr(const std::optional<Instant> &time, const char *otherwise)
{
    return time ? formatInstant(*time) : otherwise;
}

std::string registration(const std::optional<bool> &registered)
{
    return !registered ? "not known yet" : *registered ? "yes" : "no";
}

/// Who holds an account that more than one person holds.
std::string ownersText(const ipc::FlareAccount &account)
{
    if (!account.isContract)
        return "";
    if (account.owners.empty())
        return ", a contract";
    std::string text =
        std::format(", {} of {} must sign:", account.threshold, account.owners.size());
    for (const std::string &owner : account.owners)
        text += " " + owner;
    return text;
}

std::string statusAsJson(const ipc::FlareStatusReply &status, const ipc::FlareProvideStatus &given)
{
    std::string document;
    JsonWriter json(document);
    json.beginObject()
        .member("network", status.network)
        .member("chain_id", status.chainId)
        .member("mode", status.mode)
        .member("problem", status.problem)
        .member("validator_problem", status.validatorProblem)
        .member("identity", status.identity)
        .member("registered_now", registration(status.registeredNow))
        .member("registered_next", registration(status.registeredNext))
        .member("indexed_block", status.indexedBlock)
        .member("head_block", status.headBlock)
        .member("blocks_per_second", status.blocksPerSecond)
        .member("chain_time", timeOr(status.chainTime, ""))
        .member("round", status.round)
        .member("reward_epoch", status.rewardEpoch)
        .member("provides", given.enabled)
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
    for (const ipc::FlareAccount &each : status.accounts) {
        json.beginObject()
            .member("role", each.role)
            .member("address", each.address)
            .member("balance", each.balance)
            .member("is_contract", each.isContract)
            .member("threshold", each.threshold);
        json.key("owners").beginArray();
        for (const std::string &owner : each.owners)
            json.value(owner);
        json.endArray().endObject();
    }
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
    if (!status.validatorProblem.empty())
        facts.add("validators", printable(status.validatorProblem));
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
        facts.add(each.role,
                  std::format("{} {} wei{}", each.address,
                              each.balance.empty() ? "-" : each.balance, ownersText(each)));
    for (const ipc::FlareContract &each : status.contracts)
        if (each.changed)
            facts.add("changed contract",
                      std::format("{} is now {}", printable(each.name), each.address));
    facts.print(out);
}

ExitCode showStatus(Invocation &invocation, ServiceLink &link)
{
    const auto status = link.request(ipc::FlareStatusRequest{});
    const auto given = link.request(ipc::FlareProvideStatusRequest{});
    if (!status || !given)
        return invocation.failed(!status ? status.error() : given.error());
    if (invocation.asJson) {
        invocation.out() << statusAsJson(*status, *given) << "\n";
        return ExitCode::Done;
    }
    printStatus(invocation.out(), *status);
    if (given->enabled)
        printProvided(invocation.out(), *given);
    return ExitCode::Done;
}

ExitCode runFlare(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    const auto &words = arguments.positionals();
    const std::string verb = words.empty() ? std::string() : words.front();
    const bool isAlone = words.size() == 1 && std::ranges::contains(kLoneVerbs, verb);
    if (!isAlone && !isFlareAction(verb) && verb != "send")
        return invocation.usage(
            "watch, provide, submit, stop, status, economics, send or an action");
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    if (isFlareAction(verb))
        return actOnFlare(invocation, *link, verb);
    if (verb == "send")
        return sendToFlare(invocation, *link);
    if (verb == "provide")
        return provideValues(invocation, *link);
    if (verb == "economics")
        return showEconomics(invocation, *link);
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
    .usage = "watch|submit|stop|status|provide|economics | register|preregister|undelegate|claim "
             "| delegate ADDRESS=PERCENT… | wrap|unwrap COINS | send FILE",
    .options = kFlareOptions,
    .notes =
        "watch reads blocks and computes every round; it needs no key. submit commits, reveals,\n"
        "signs and finalises with the keys that chrona-signer holds and the prices of the value\n"
        "provider in flare.values; try it with --dry-run first. Both go on in the service, also\n"
        "after it starts anew, until stop. Nodes to ask: chronactl config set flare.rpc.\n"
        "What was seen and sent: chronactl oracle rounds. provide answers other programs as a\n"
        "value provider, on this machine alone. register, delegate, wrap and claim show what they\n"
        "would do, and do it with --send; with --export the transaction is signed elsewhere and\n"
        "sent by send. economics counts rewards, gas and the machine.",
    .run = runFlare,
};

} // namespace chrona::cli
