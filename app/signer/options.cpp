// SPDX-License-Identifier: AGPL-3.0-or-later
#include "options.h"

#include <charconv>
#include <format>
#include <functional>
#include <map>

namespace chrona::app {
namespace {

using Take = std::function<Status(SignerOptions &options, const std::string &value)>;

Status takeAddress(ethereum::Address &into, const std::string &text)
{
    auto address = ethereum::parseAddress(text);
    if (!address)
        return std::unexpected(address.error());
    into = *address;
    return {};
}

Take action(SignerAction action)
{
    return [action](SignerOptions &options, const std::string &value) -> Status {
        if (options.action != SignerAction::Help)
            return fail(ErrorCode::InvalidInput, "one thing at a time");
        options.action = action;
        options.name = value;
        return {};
    };
}

/// What a key's rules are made of; all of these take a value.
const std::map<std::string, Take, std::less<>> &ruleOptions()
{
    static const std::map<std::string, Take, std::less<>> all{
        {"--value-max",
         [](auto &options, const auto &value) -> Status {
             auto amount = ethereum::Uint256::parse(value);
             if (!amount || amount->bitWidth() > 128)
                 return fail(ErrorCode::InvalidInput, "an amount is wei in decimal digits");
             options.valueMax = *amount;
             return {};
         }},
        {"--wrapped-coin",
         [](auto &options, const auto &value) {
             return takeAddress(options.contracts.wrappedCoin, value);
         }},
        {"--reward-manager",
         [](auto &options, const auto &value) {
             return takeAddress(options.contracts.rewardManager, value);
         }},
        {"--recipient",
         [](auto &options, const auto &value) {
             return takeAddress(options.contracts.claimRecipient, value);
         }},
        {"--voter-pre-registry",
         [](auto &options, const auto &value) {
             return takeAddress(options.contracts.voterPreRegistry, value);
         }},
        {"--relay", [](auto &options,
                       const auto &value) { return takeAddress(options.contracts.relay, value); }},
        {"--systems-manager",
         [](auto &options, const auto &value) {
             return takeAddress(options.contracts.systemsManager, value);
         }},
        {"--voter-registry",
         [](auto &options, const auto &value) {
             return takeAddress(options.contracts.voterRegistry, value);
         }},
    };
    return all;
}

/// By option; all of these take a value.
const std::map<std::string, Take, std::less<>> &valueOptions()
{
    static const std::map<std::string, Take, std::less<>> all{
        {"--enroll", action(SignerAction::Enroll)},
        {"--remove", action(SignerAction::Remove)},
        {"--rules", action(SignerAction::Rules)},
        {"--store", action(SignerAction::Store)},
        {"--forget", action(SignerAction::Forget)},
        {"--ledger-sign", action(SignerAction::LedgerSign)},
        {"--path",
         [](auto &options, const auto &value) -> Status {
             options.ledgerPath = value;
             return {};
         }},
        {"--data",
         [](auto &options, const auto &value) -> Status {
             options.data = value;
             return {};
         }},
        {"--vault",
         [](auto &options, const auto &value) -> Status {
             options.vault = value;
             return {};
         }},
        {"--network",
         [](auto &options, const auto &value) -> Status {
             options.network = value;
             return {};
         }},
        {"--rules-file",
         [](auto &options, const auto &value) -> Status {
             options.rulesFile = value;
             return {};
         }},
        {"--passphrase-fd",
         [](auto &options, const auto &value) -> Status {
             int number = -1;
             const auto [end, error] =
                 std::from_chars(value.data(), value.data() + value.size(), number);
             if (error != std::errc{} || end != value.data() + value.size() || number < 0)
                 return fail(ErrorCode::InvalidInput, "a descriptor is a number");
             options.passphraseDescriptor = number;
             return {};
         }},
        {"--duty",
         [](auto &options, const auto &value) -> Status {
             options.duty = keys::dutyFrom(value);
             return options.duty ? Status()
                                 : Status(fail(ErrorCode::InvalidInput,
                                               "a duty is submit, submit-signatures, "
                                               "signing-policy, delegation or claims"));
         }},
    };
    return all;
}

const Take *takeFor(const std::string &word)
{
    for (const auto *options : {&valueOptions(), &ruleOptions()})
        if (const auto found = options->find(word); found != options->end())
            return &found->second;
    return nullptr;
}

/// These take no value.
const std::map<std::string, SignerAction, std::less<>> &flagActions()
{
    static const std::map<std::string, SignerAction, std::less<>> all{
        {"--serve", SignerAction::Serve},
        {"--list", SignerAction::List},
        {"--ledger-address", SignerAction::LedgerAddress},
        {"--stored", SignerAction::Stored}};
    return all;
}

} // namespace

Result<SignerOptions> readSignerOptions(std::span<const std::string> words)
{
    SignerOptions options;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string &word = words[at];
        if (word == "--help" || word == "-h")
            return SignerOptions{};
        if (const auto flag = flagActions().find(word); flag != flagActions().end()) {
            if (auto taken = action(flag->second)(options, {}); !taken)
                return std::unexpected(taken.error());
            continue;
        }
        const Take *take = takeFor(word);
        if (take == nullptr)
            return fail(ErrorCode::InvalidInput, std::format("{} is no option", word));
        if (++at == words.size())
            return fail(ErrorCode::InvalidInput, std::format("{} needs a value", word));
        if (auto taken = (*take)(options, words[at]); !taken)
            return std::unexpected(taken.error());
    }
    if (options.action == SignerAction::Serve && options.data.empty())
        return fail(ErrorCode::InvalidInput, "--serve needs --data");
    if (options.action == SignerAction::Enroll && !options.duty && options.rulesFile.empty())
        return fail(ErrorCode::InvalidInput, "--enroll needs --duty or --rules-file");
    return options;
}

std::string signerHelp()
{
    return "chrona-signer: holds signing keys and signs what their rules allow\n\n"
           "  --enroll NAME --duty DUTY [--network N]   takes a private key from standard input\n"
           "  --remove NAME                             forgets a key\n"
           "  --list                                    names, networks and addresses\n"
           "  --rules NAME                              what a key may sign, as JSON\n"
           "  --serve --data DIR                        for chronad, on descriptor 3\n"
           "  --store NAME | --forget NAME | --stored   other secrets, such as API keys of "
           "sources\n"
           "  --ledger-address [--path PATH]            of a Ledger device, shown on it too\n"
           "  --ledger-sign FILE [--path PATH]          what chronactl flare --export wrote\n\n"
           "DUTY is submit, submit-signatures, signing-policy (with --relay, --systems-manager,\n"
           "--voter-registry and --voter-pre-registry), delegation (with --wrapped-coin, and\n"
           "--value-max WEI where it may wrap) or claims (with --reward-manager and --recipient):\n"
           "addresses from the network's contract registry. Or give rules of your own with\n"
           "--rules-file FILE. Keys lie in the keychain of the system, or in a file sealed with a\n"
           "passphrase: --vault FILE [--passphrase-fd N].\n"
           "A secret is never an argument and never printed.\n";
}

} // namespace chrona::app
