// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "sibling_program.h"

namespace chrona::cli {
namespace {

constexpr OptionSpec kKeyOptions[] = {
    {"duty", "DUTY",
     "a signing key: submit, submit-signatures, signing-policy, delegation or claims"},
    {"network", "NETWORK", "flare, songbird, coston2 (default) or coston"},
    {"rules-file", "FILE", "a signing key with rules of your own instead of a duty's"},
    {"relay", "ADDRESS", "contracts of the network, for the duty signing-policy"},
    {"systems-manager", "ADDRESS", ""},
    {"voter-registry", "ADDRESS", ""},
    {"voter-pre-registry", "ADDRESS", ""},
    {"wrapped-coin", "ADDRESS", "the contract that the duty delegation calls"},
    {"value-max", "WEI", "what it may wrap in one transaction; nothing unless it is given"},
    {"reward-manager", "ADDRESS", "the contract that the duty claims calls"},
    {"recipient", "ADDRESS", "who gets what is claimed, and nobody else"},
    {"path", "PATH", "of the key in a Ledger device (44'/60'/0'/0/0)"},
    {"signing", "", "remove a signing key, not another secret"},
    {"vault", "FILE", "a file sealed with a passphrase, instead of the system's keychain"},
    {"passphrase-fd", "N", "read that passphrase from an inherited descriptor"},
};

constexpr std::string_view kPassedOn[] = {"duty",
                                          "network",
                                          "rules-file",
                                          "relay",
                                          "systems-manager",
                                          "voter-registry",
                                          "voter-pre-registry",
                                          "wrapped-coin",
                                          "value-max",
                                          "reward-manager",
                                          "recipient",
                                          "vault",
                                          "passphrase-fd",
                                          "path"};

/// The signer's own word for what was asked; empty when that cannot be right.
std::vector<std::string> actionFor(const Arguments &arguments)
{
    const auto &words = arguments.positionals();
    const std::string verb = words.empty() ? std::string() : words[0];
    const bool isSigning = arguments.has("duty") || arguments.has("rules-file");
    if (verb == "list" && words.size() == 1)
        return {arguments.has("signing") ? "--list" : "--stored"};
    if (verb == "ledger-address" && words.size() == 1)
        return {"--ledger-address"};
    if (words.size() != 2)
        return {};
    if (verb == "add")
        return {isSigning ? "--enroll" : "--store", words[1]};
    if (verb == "remove")
        return {arguments.has("signing") ? "--remove" : "--forget", words[1]};
    if (verb == "policy")
        return {"--rules", words[1]};
    if (verb == "ledger-sign")
        return {"--ledger-sign", words[1]};
    return {};
}

/// This program never sees a secret: it becomes the one that keeps them, which reads standard input
/// itself.
ExitCode runKey(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    std::vector<std::string> words = actionFor(arguments);
    if (words.empty())
        return invocation.usage(
            "add NAME, list, remove NAME, policy NAME, ledger-address or ledger-sign FILE");
    for (const std::string_view option : kPassedOn)
        if (const auto value = arguments.value(option)) {
            words.push_back("--" + std::string(option));
            words.push_back(*value);
        }
    return becomeProgram(invocation, {.name = "chrona-signer",
                                      .words = std::move(words),
                                      .remedy = "install Chrona whole: keys are held by "
                                                "chrona-signer"});
}

} // namespace

const Command kKey{
    .name = "key",
    .summary = "Keeps API keys of sources and signing keys in the system's keychain",
    .usage = "add NAME | list | remove NAME | policy NAME | ledger-address | ledger-sign FILE",
    .options = kKeyOptions,
    .notes =
        "A secret is read from standard input or a prompt, never from an argument, and is never\n"
        "printed. Without --duty or --rules-file, NAME is the API key of the source with "
        "that ID (fred, eia …);\n"
        "with one of them it is a signing key, which only chrona-signer ever holds. list "
        "--signing\n"
        "names signing keys with network and address; policy prints what a key may sign.\n"
        "ledger-address and ledger-sign ask a Ledger device: the second signs what chronactl\n"
        "flare --export wrote and prints it for chronactl flare send.",
    .run = runKey,
};

} // namespace chrona::cli
