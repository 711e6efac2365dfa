// SPDX-License-Identifier: AGPL-3.0-or-later
#include "hardening.h"
#include "ledger_access.h"
#include "options.h"
#include "vault_access.h"

#include "chrona/base/clock.h"
#include "chrona/keys/prompt_turns.h"
#include "chrona/keys/round_ledger.h"
#include "chrona/keys/signer_client.h"

#include <QCoreApplication>

#include <cstdio>
#include <fcntl.h>
#include <format>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace chrona;
using namespace chrona::app;

constexpr int kServiceDescriptor = 3;
constexpr auto kForEver = std::chrono::hours(24 * 365);

int complain(const Error &error)
{
    std::fputs(std::format("chrona-signer: {}\n", describe(error)).c_str(), stderr);
    return error.code == ErrorCode::Denied ? 4 : error.code == ErrorCode::InvalidInput ? 2 : 1;
}

Result<VaultChoice> choiceFor(const SignerOptions &options)
{
    VaultChoice choice{.file = options.vault};
    if (options.action == SignerAction::Store || options.action == SignerAction::Forget ||
        options.action == SignerAction::Stored)
        choice.service = keys::kSecretService;
    if (options.vault.empty())
        return choice;
    auto passphrase = options.passphraseDescriptor ? readSecretFrom(*options.passphraseDescriptor)
                                                   : readSecret("Passphrase of the file of keys");
    if (!passphrase)
        return std::unexpected(passphrase.error());
    choice.passphrase = std::move(*passphrase);
    return choice;
}

Result<keys::SigningRules> rulesOf(const SignerOptions &options)
{
    if (!options.valueMax.isZero() && options.duty != keys::Duty::Delegation)
        return fail(ErrorCode::InvalidInput, "only the duty delegation carries coins");
    if (options.rulesFile.empty())
        return keys::rulesFor(options.network, *options.duty, options.contracts)
            .transform([&](keys::SigningRules rules) {
                rules.valueMax = options.valueMax;
                return rules;
            });
    std::ifstream file(options.rulesFile);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        return fail(ErrorCode::NotFound, std::format("cannot read {}", options.rulesFile.string()));
    return keys::rulesFromJson(text);
}

void print(const keys::SigningKey &key)
{
    std::fputs(std::format("{}\t{}\t{}\n", key.name, key.rules.network,
                           ethereum::toChecksummed(ethereum::addressOf(key.key)))
                   .c_str(),
               stdout);
}

Status enroll(keys::Vault &vault, const SignerOptions &options)
{
    const auto rules = rulesOf(options);
    if (!rules)
        return std::unexpected(rules.error());
    auto text = readSecret("Private key");
    if (!text)
        return std::unexpected(text.error());
    const auto secret = keys::parsePrivateKey(std::move(*text));
    if (!secret)
        return std::unexpected(secret.error());
    const auto entry = keys::packKey(*secret, *rules);
    if (!entry)
        return std::unexpected(entry.error());
    if (auto stored = vault.write(options.name, *entry); !stored)
        return stored;
    const auto key = keys::unpackKey(options.name, *entry);
    if (!key)
        return std::unexpected(key.error());
    print(*key);
    return {};
}

Status list(keys::Vault &vault, const SignerOptions &options)
{
    const auto names = vault.names();
    if (!names)
        return std::unexpected(names.error());
    bool found = false;
    for (const std::string &name : *names) {
        if (!options.name.empty() && name != options.name)
            continue;
        const auto entry = vault.read(name);
        const auto key = entry ? keys::unpackKey(name, *entry)
                               : Result<keys::SigningKey>(std::unexpected(entry.error()));
        if (!key)
            return std::unexpected(key.error());
        found = true;
        if (options.action == SignerAction::List)
            print(*key);
        else
            std::fputs((keys::toJson(key->rules) + "\n").c_str(), stdout);
    }
    if (!options.name.empty() && !found)
        return fail(ErrorCode::NotFound, std::format("there is no key {}", options.name));
    return {};
}

Status store(keys::Vault &vault, const SignerOptions &options)
{
    const auto secret = readSecret("Secret");
    if (!secret)
        return std::unexpected(secret.error());
    if (secret->size() == 0)
        return fail(ErrorCode::InvalidInput, "the secret is empty");
    return vault.write(options.name, *secret);
}

Status listStored(keys::Vault &vault)
{
    const auto names = vault.names();
    if (!names)
        return std::unexpected(names.error());
    for (const std::string &name : *names)
        std::fputs((name + "\n").c_str(), stdout);
    return {};
}

/// A device holds its key itself: no vault is opened.
Status askLedger(const SignerOptions &options)
{
    const auto transport = keys::openLedgerOverUsb();
    if (!transport)
        return std::unexpected(transport.error());
    std::string answer;
    if (options.action == SignerAction::LedgerAddress) {
        const auto address = ledgerAddress(**transport, options.ledgerPath);
        if (!address)
            return std::unexpected(address.error());
        answer = ethereum::toChecksummed(*address);
    } else {
        const auto made = ledgerSign(**transport, options.ledgerPath, options.name);
        if (!made)
            return std::unexpected(made.error());
        answer = ethereum::toHex(made->raw);
    }
    std::fputs((answer + "\n").c_str(), stdout);
    return {};
}

/// Everything that a person does with keys.
Status administer(const SignerOptions &options)
{
    if (options.action == SignerAction::LedgerAddress || options.action == SignerAction::LedgerSign)
        return askLedger(options);
    const auto choice = choiceFor(options);
    if (!choice)
        return std::unexpected(choice.error());
    const auto vault = openVault(*choice);
    if (!vault)
        return std::unexpected(vault.error());
    switch (options.action) {
    case SignerAction::Enroll: return enroll(**vault, options);
    case SignerAction::Remove:
    case SignerAction::Forget: return (*vault)->remove(options.name);
    case SignerAction::Store: return store(**vault, options);
    case SignerAction::Stored: return listStored(**vault);
    default: return list(**vault, options);
    }
}

/// Answers until the service's end of the socket closes.
Status serve(const SignerOptions &options)
{
    auto choice = choiceFor(options);
    if (!choice)
        return std::unexpected(choice.error());
    auto held = readKeysAside(*choice);
    choice->passphrase.reset();
    if (!held)
        return std::unexpected(held.error());
    const auto ledger = keys::RoundLedger::open(options.data / "signed-rounds");
    if (!ledger)
        return std::unexpected(ledger.error());
    const int audit = ::open((options.data / "signer-audit.log").c_str(),
                             O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (audit < 0)
        return fail(ErrorCode::Unavailable, "the audit log cannot be opened");
    keys::Signer signer(
        std::move(*held), (*ledger)->rounds(),
        {[&ledger](const keys::SignedRound &round) { return (*ledger)->append(round); },
         [audit](const std::string &line) {
             const std::string whole = line + "\n";
             (void)!::write(audit, whole.data(), whole.size());
         }});
    keys::askForPromptTurns();
    const SystemClock clock;
    (void)clock.now(); // what time needs is loaded before the door closes
    if (auto sealed = sealProcess(); !sealed)
        return sealed;
    while (true) {
        const auto frame = keys::readFrame(kServiceDescriptor, kForEver);
        if (!frame)
            return frame.error().code == ErrorCode::Unavailable
                       ? Status()
                       : Status(std::unexpected(frame.error()));
        const auto request = keys::decodeRequest(*frame);
        const keys::SigningReply reply =
            request ? signer.answer(*request, clock.now())
                    : keys::SigningReply(
                          keys::RefusedReply{request.error().code, describe(request.error())});
        if (auto sent = keys::writeFrame(kServiceDescriptor, keys::encode(reply)); !sent)
            return {};
    }
}

/// Tells the service why there will be no signer.
int refuseToServe(const Error &error)
{
    if (auto frame = keys::readFrame(kServiceDescriptor, std::chrono::seconds(5)))
        (void)keys::writeFrame(
            kServiceDescriptor,
            keys::encode(keys::SigningReply(keys::RefusedReply{error.code, describe(error)})));
    return complain(error);
}

} // namespace

int main(int argc, char *argv[])
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    const auto options = readSignerOptions(words);
    if (!options)
        return complain(options.error());
    if (options->action == SignerAction::Help) {
        std::fputs(signerHelp().c_str(), stdout);
        return 0;
    }
    ::umask(0077);
    if (auto shielded = shieldMemory(); !shielded)
        return complain(shielded.error());
    if (options->action == SignerAction::Serve) {
        const Status done = serve(*options);
        return done ? 0 : refuseToServe(done.error());
    }
    QCoreApplication application(argc, argv);
    const Status done = administer(*options);
    return done ? 0 : complain(done.error());
}
