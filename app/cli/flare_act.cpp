// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_verbs.h"

#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <array>
#include <format>
#include <fstream>
#include <iterator>
#include <map>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

constexpr std::array<std::string_view, 7> kActions{
    "register", "preregister", "delegate", "undelegate", "wrap", "unwrap", "claim"};

/// Coins have eighteen decimals: "12.5" as wei; empty where the text is no such amount.
std::string weiOf(std::string_view coins)
{
    constexpr std::size_t kDecimals = 18, kWholeMax = 18;
    const std::size_t point = coins.find('.');
    const std::string_view whole = coins.substr(0, point), part = point == std::string_view::npos
                                                                      ? std::string_view()
                                                                      : coins.substr(point + 1);
    const auto isDigits = [](std::string_view text) {
        return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    };
    if (whole.empty() || whole.size() > kWholeMax || part.size() > kDecimals || !isDigits(whole) ||
        !isDigits(part) || coins.ends_with('.'))
        return {};
    std::string wei =
        std::string(whole) + std::string(part) + std::string(kDecimals - part.size(), '0');
    wei.erase(0, std::min(wei.find_first_not_of('0'), wei.size() - 1));
    return wei;
}

/// "0x…=60" or "0x…=60%": an address and a share in percent, at most two decimals.
std::optional<ipc::FlareShare> shareOf(std::string_view word)
{
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos)
        return std::nullopt;
    std::string_view percent = word.substr(sign + 1);
    if (percent.ends_with('%'))
        percent.remove_suffix(1);
    const std::size_t point = percent.find('.');
    if (point != std::string_view::npos && percent.size() - point > 3)
        return std::nullopt;
    const std::string scaled = weiOf(percent); // × 10^18; a bip is 10^16 of it
    constexpr std::size_t kZeros = 16;
    if (scaled.size() <= kZeros || scaled.size() > kZeros + 5)
        return std::nullopt;
    return ipc::FlareShare{std::string(word.substr(0, sign)),
                           std::stoi(scaled.substr(0, scaled.size() - kZeros))};
}

Result<std::string> fileText(const std::string &path, std::size_t bytesMax)
{
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file || text.size() > bytesMax)
        return fail(ErrorCode::NotFound, std::format("cannot read {}", path));
    return text;
}

/// What follows the verb: amounts, shares; empty when that cannot be right.
std::string readWords(const std::vector<std::string> &words, ipc::FlareAction &action)
{
    if (action.action == "wrap" || action.action == "unwrap") {
        if (words.size() == 2)
            action.amount = weiOf(words[1]);
        return action.amount.empty() ? "how many coins? Such as 12.5" : "";
    }
    if (action.action == "delegate") {
        for (std::size_t i = 1; i < words.size(); ++i) {
            auto share = shareOf(words[i]);
            if (!share)
                return "delegates are ADDRESS=PERCENT";
            action.delegates.push_back(std::move(*share));
        }
        return action.delegates.empty() ? "to whom? ADDRESS=PERCENT, one or two of them" : "";
    }
    return words.size() == 1 ? "" : "nothing follows " + action.action;
}

const char *sentenceFor(std::string_view warning)
{
    static const std::map<std::string_view, const char *> sentences{
        {"delegations_replaced", "delegations made before are replaced by these"},
        {"balance_too_small", "the account has less than that"},
        {"vote_power_shrinks", "vote power that was delegated shrinks with it"},
        {"recipient_is_another", "the rewards go to another account than the one that earned them"},
        {"registered_already", "the identity is registered for that reward epoch already"},
        {"registration_is_closed", "the network does not take registrations now"},
        {"signature_is_missing",
         "the signing policy's signature is made when it is sent; what the chain would say to it "
         "is not known before"}};
    const auto found = sentences.find(warning);
    return found == sentences.end() ? "see the warning in --json" : found->second;
}

std::string replyAsJson(const ipc::FlareActionReply &reply)
{
    std::string document;
    JsonWriter json(document);
    json.beginObject()
        .member("network", reply.network)
        .member("chain_id", reply.chainId)
        .member("from", reply.from)
        .member("to", reply.to)
        .member("contract", reply.contract)
        .member("function", reply.function)
        .member("value_wei", reply.value)
        .member("data", reply.data)
        .member("nonce", reply.nonce)
        .member("gas", reply.gas)
        .member("tip_wei", reply.tip)
        .member("fee_max_wei", reply.feeMax)
        .member("cost_max_wei", reply.costMax)
        .member("unsigned", reply.unsignedPayload)
        .member("problem", reply.problem)
        .member("hash", reply.hash);
    json.key("arguments").beginArray();
    for (const ipc::FlareFact &each : reply.arguments)
        json.beginObject().member("name", each.name).member("value", each.value).endObject();
    json.endArray().key("warnings").beginArray();
    for (const std::string &each : reply.warnings)
        json.value(each);
    json.endArray().endObject();
    return document;
}

void printReply(std::ostream &out, const ipc::FlareActionReply &reply)
{
    FactList facts;
    facts.add("network", std::format("{} (chain {})", reply.network, reply.chainId));
    facts.add("from", reply.from);
    facts.add("to", std::format("{} {}", reply.contract, reply.to));
    facts.add("function", reply.function);
    for (const ipc::FlareFact &each : reply.arguments)
        facts.add(each.name, printable(each.value));
    if (reply.value != "0")
        facts.add("carries", reply.value + " wei");
    facts.add("nonce", std::to_string(reply.nonce));
    if (reply.gas > 0)
        facts.add("cost", std::format("at most {} wei ({} gas)", reply.costMax, reply.gas));
    for (const std::string &each : reply.warnings)
        facts.add("note", sentenceFor(each));
    if (!reply.problem.empty())
        facts.add("problem", printable(reply.problem));
    if (!reply.hash.empty())
        facts.add("transaction", reply.hash);
    facts.print(out);
}

ExitCode show(Invocation &invocation, const ipc::FlareActionReply &reply)
{
    if (invocation.asJson)
        invocation.out() << replyAsJson(reply) << "\n";
    else
        printReply(invocation.out(), reply);
    return ExitCode::Done;
}

ExitCode exportTo(Invocation &invocation, const std::string &path,
                  const ipc::FlareActionReply &reply)
{
    if (reply.unsignedPayload.empty())
        return invocation.failed({ErrorCode::Denied,
                                  reply.problem.empty()
                                      ? "a registration needs the signer's own signature"
                                      : reply.problem,
                                  "nothing was exported"});
    std::ofstream file(path, std::ios::trunc);
    file << replyAsJson(reply) << "\n";
    file.close();
    if (!file)
        return invocation.failed(
            {ErrorCode::Unavailable, std::format("cannot write {}", path), {}});
    return ExitCode::Done;
}

} // namespace

bool isFlareAction(std::string_view verb)
{
    return std::ranges::contains(kActions, verb);
}

ExitCode actOnFlare(Invocation &invocation, ServiceLink &link, const std::string &verb)
{
    constexpr std::size_t kDataBytesMax = 32 << 20;
    constexpr std::chrono::minutes kMinedMax{3};
    const Arguments &arguments = invocation.arguments;
    ipc::FlareAction action;
    action.action = verb;
    if (const std::string wrong = readWords(arguments.positionals(), action); !wrong.empty())
        return invocation.usage(wrong);
    const auto target = arguments.value("export");
    if (arguments.has("send") && (target || arguments.has("dry-run")))
        return invocation.usage("it is looked at, exported or sent");
    action.how = target ? "export" : arguments.has("send") ? "send" : "dry_run";
    action.network = arguments.value("network").value_or("");
    action.identity = arguments.value("identity").value_or("");
    action.from = arguments.value("from").value_or("");
    action.recipient = arguments.value("recipient").value_or("");
    action.wrap = !arguments.has("unwrapped");
    action.mainnet = arguments.has("mainnet");
    const auto epoch = arguments.integer("reward-epoch");
    if (!epoch)
        return invocation.usage(epoch.error());
    action.rewardEpoch = *epoch;
    if (const auto path = arguments.value("claim-data")) {
        auto text = fileText(*path, kDataBytesMax);
        if (!text)
            return invocation.failed(text.error());
        action.claimData = std::move(*text);
    }
    const auto reply = link.request(action, {.timeout = kMinedMax});
    if (!reply)
        return invocation.failed(reply.error());
    const ExitCode shown = show(invocation, *reply);
    if (target)
        return exportTo(invocation, *target, *reply);
    if (action.how == "dry_run" && reply->problem.empty())
        invocation.err() << "nothing was sent; add --send, or --export FILE to sign it elsewhere\n";
    return shown;
}

ExitCode sendToFlare(Invocation &invocation, ServiceLink &link)
{
    constexpr std::size_t kRawBytesMax = 1 << 20;
    const auto &words = invocation.arguments.positionals();
    if (words.size() != 2)
        return invocation.usage("which transaction? A file, or 0x and its bytes");
    ipc::FlareSendSigned signedElsewhere;
    signedElsewhere.raw = words[1];
    if (!words[1].starts_with("0x")) {
        auto text = fileText(words[1], kRawBytesMax);
        if (!text)
            return invocation.failed(text.error());
        while (!text->empty() && (text->back() == '\n' || text->back() == '\r'))
            text->pop_back();
        signedElsewhere.raw = std::move(*text);
    }
    signedElsewhere.network = invocation.arguments.value("network").value_or("");
    signedElsewhere.mainnet = invocation.arguments.has("mainnet");
    const auto reply = link.request(signedElsewhere);
    return reply ? show(invocation, *reply) : invocation.failed(reply.error());
}

} // namespace chrona::cli
