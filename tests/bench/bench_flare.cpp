// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"

#include "chrona/flare/deadline_thread.h"
#include "chrona/flare/outgoing_store.h"
#include "chrona/ftso/round.h"
#include "chrona/keys/key_entry.h"
#include "chrona/keys/signer_client.h"
#include "chrona/storage/test_database.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <format>
#include <fstream>
#include <random>

namespace chrona::bench {
namespace {

using ethereum::Uint256;

constexpr std::size_t kVoters = 100, kFeeds = 63;
constexpr int kWindow = 20;

/// A round as a full network has it, with the rounds before it that its random looks back on.
ftso::RoundInput makeRound()
{
    ftso::RoundInput input{.network = *ftso::networkNamed("coston2"),
                           .round = 900'000,
                           .feeds = {},
                           .voters = {},
                           .submissions = {}};
    std::minstd_rand lot(1);
    for (std::size_t feed = 0; feed < kFeeds; ++feed)
        input.feeds.push_back({ftso::makeFeedId(1, std::format("F{}/USD", feed)).value(), 5});
    for (std::size_t voter = 0; voter < kVoters; ++voter) {
        ethereum::Address address{};
        address[18] = static_cast<std::uint8_t>(voter);
        address[19] = 1;
        input.voters.push_back({address, Uint256(1'000'000 + lot() % 1'000'000)});
    }
    for (ftso::RoundId round = input.round - kWindow; round <= input.round; ++round)
        for (std::size_t voter = 0; voter < kVoters; ++voter) {
            std::vector<ftso::FeedValue> values;
            for (std::size_t feed = 0; feed < kFeeds; ++feed)
                values.emplace_back(static_cast<std::int32_t>(100'000 * (feed + 1) + lot() % 100));
            ftso::Reveal reveal{input.voters[voter].submitAddress,
                                static_cast<std::uint32_t>(round),
                                {},
                                ftso::encodeFeedValues(values, ftso::Trailing::Strip)};
            for (std::uint8_t &byte : reveal.random)
                byte = static_cast<std::uint8_t>(lot());
            const auto begin = ftso::startOf(input.network, round);
            const auto place = static_cast<std::uint32_t>(voter);
            const auto block = static_cast<std::uint64_t>(round) * 50;
            using Function = ftso::SubmissionFunction;
            input.submissions.push_back(
                {Function::Submit1, reveal.submitAddress, begin + 80, block, place,
                 ftso::submissionCalldata(Function::Submit1, ftso::commitMessage(reveal))});
            input.submissions.push_back(
                {Function::Submit2, reveal.submitAddress, begin + 110, block + 16, place,
                 ftso::submissionCalldata(Function::Submit2, ftso::revealMessage(reveal))});
        }
    return input;
}

/// chrona-signer with a key that nobody uses, its vault in a file.
Result<std::unique_ptr<keys::SignerClient>> startSigner(const std::string &folder)
{
    const auto write = [](const std::string &path, const std::string &text) {
        std::ofstream(path) << text;
    };
    std::string passphrase = "a passphrase of nobody";
    write(folder + "/passphrase", passphrase);
    const auto secret = keys::Secret::take(
        {reinterpret_cast<std::uint8_t *>(passphrase.data()), passphrase.size()});
    if (!secret)
        return std::unexpected(secret.error());
    const auto vault = keys::openFileVault(folder + "/keys", *secret);
    if (!vault)
        return std::unexpected(vault.error());
    std::vector<std::uint8_t> key(32, 0x77);
    const auto held = keys::Secret::take(key);
    const auto rules = keys::rulesFor("coston2", keys::Duty::Submit, {});
    if (!held || !rules)
        return std::unexpected(!held ? held.error() : rules.error());
    keys::SigningRules many = *rules;
    for (keys::CallRule &rule : many.calls)
        rule.perEpochMax = 1'000;
    many.feePerEpochMax = Uint256(1) << 100U;
    const auto entry = keys::packKey(*held, many);
    if (!entry)
        return std::unexpected(entry.error());
    if (auto stored = (*vault)->write("submit", *entry); !stored)
        return std::unexpected(stored.error());
    const std::string program =
        QCoreApplication::applicationDirPath().toStdString() + "/chrona-signer";
    const std::string script = folder + "/start.sh";
    write(script, std::format("#!/bin/sh\nexec \"{}\" \"$@\" --vault \"{}/keys\" --passphrase-fd 4 "
                              "4<\"{}/passphrase\"\n",
                              program, folder, folder));
    QFile::setPermissions(QString::fromStdString(script),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    keys::SignerClient::Options options;
    options.program = script;
    options.arguments = {"--data", folder};
    return keys::SignerClient::start(options);
}

/// From prices to the bytes that a node takes.
struct Decision {
    std::vector<ftso::Feed> feeds;
    std::vector<double> prices;
    ftso::RoundId round = 900'000;

    [[nodiscard]] ftso::Reveal reveal(const ethereum::Address &account) const
    {
        std::vector<ftso::FeedValue> values;
        for (std::size_t i = 0; i < feeds.size(); ++i)
            values.emplace_back(ftso::toFeedUnits(prices[i], feeds[i].decimals).value_or(0));
        ftso::Reveal made{account, static_cast<std::uint32_t>(round), {}, {}};
        made.random.fill(0x5A);
        made.encodedValues = ftso::encodeFeedValues(values, ftso::Trailing::Strip);
        return made;
    }
};

Result<ethereum::Bytes> signCommit(keys::SignerClient &signer, const ftso::Reveal &reveal,
                                   std::uint64_t nonce)
{
    ethereum::Transaction transaction;
    transaction.chainId = 114;
    transaction.nonce = nonce;
    transaction.maxPriorityFeePerGas = Uint256(100'000'000'000);
    transaction.maxFeePerGas = Uint256(300'000'000'000);
    transaction.gasLimit = Uint256(120'000);
    transaction.to = flare::submissionAddress();
    transaction.data =
        ftso::submissionCalldata(ftso::SubmissionFunction::Submit1, ftso::commitMessage(reveal));
    const auto made = signer.signTransaction({"submit", ethereum::signingPayload(transaction)});
    if (!made)
        return std::unexpected(made.error());
    const auto decoded = ethereum::decodeSigned(made->raw);
    if (!decoded || decoded->transaction != transaction)
        return fail(ErrorCode::Corrupt, "the signer gave back another transaction");
    return made->raw;
}

void addRounds(Report &report)
{
    const ftso::RoundInput input = makeRound();
    const auto whole = ftso::computeRound(input);
    if (whole.validReveals.size() != kVoters || !whole.tree.root())
        return;
    const double wholeSeconds = bestOf(5, [&] { (void)ftso::computeRound(input); });
    std::vector<std::vector<ftso::FeedValue>> columns(kFeeds);
    std::vector<Uint256> weights;
    Uint256 total;
    for (const ftso::Voter &voter : input.voters) {
        weights.push_back(voter.weight);
        total += voter.weight;
    }
    std::minstd_rand lot(2);
    for (auto &column : columns)
        for (std::size_t voter = 0; voter < kVoters; ++voter)
            column.emplace_back(static_cast<std::int32_t>(lot() % 1'000'000));
    const double seconds = bestOf(20, [&] {
        std::vector<ethereum::Bytes32> leaves{ftso::randomLeaf(1, {Uint256(7), true})};
        for (std::size_t feed = 0; feed < kFeeds; ++feed) {
            const auto result = ftso::weightedMedian(columns[feed], weights, total);
            leaves.push_back(
                ftso::feedLeaf(1, input.feeds[feed], result.values->median, result.turnoutBips));
        }
        (void)ethereum::MerkleTree(std::move(leaves)).root();
    });
    const std::string work = std::format("{} voters, {} feeds", kVoters, kFeeds);
    report.push_back({"flare.medians_and_root", 1'000 * seconds, "ms", work + ", best of 20"});
    report.push_back({"flare.whole_round", 1'000 * wholeSeconds, "ms",
                      work + ", from the calls of 21 rounds, best of 5"});
}

Status addSigning(Report &report)
{
    constexpr int kTimes = 300;
    QTemporaryDir folder;
    const auto signer = startSigner(folder.path().toStdString());
    if (!signer)
        return std::unexpected(signer.error());
    const auto database = storage::TestDatabase::open();
    if (!database)
        return fail(ErrorCode::Unavailable, "there is no database to measure with");
    auto connection = storage::Connection::open(database->freshConnectionString());
    if (!connection)
        return std::unexpected(connection.error());
    const auto chain = flare::openChain(*connection, "coston2");
    if (!chain)
        return std::unexpected(chain.error());
    flare::beginDeadlineThread(*connection); // as the thread that submits does
    Decision decision;
    for (std::size_t feed = 0; feed < kFeeds; ++feed) {
        decision.feeds.push_back({ftso::makeFeedId(1, std::format("F{}/USD", feed)).value(), 5});
        decision.prices.push_back(1.5 + static_cast<double>(feed));
    }
    const ethereum::Address account = (*signer)->keys().front().address;
    std::vector<double> signing, keeping;
    for (int i = 0; i < kTimes; ++i) {
        ++decision.round;
        const Stopwatch watch;
        const ftso::Reveal reveal = decision.reveal(account);
        const auto kept = flare::keepCommitment(*connection, *chain, reveal);
        const double half = watch.seconds();
        const auto raw = signCommit(**signer, reveal, static_cast<std::uint64_t>(i));
        if (!kept || !raw)
            return std::unexpected(!kept ? kept.error() : raw.error());
        keeping.push_back(1'000 * watch.seconds());
        signing.push_back(1'000 * (watch.seconds() - half));
    }
    const std::string work = std::format("{} commits of {} feeds", kTimes, kFeeds);
    report.push_back(
        {"flare.decision_to_signed_p50", percentile(keeping, 0.5), "ms",
         work + ": values, commitment kept on disk, signed by chrona-signer, checked"});
    report.push_back({"flare.decision_to_signed_p99", percentile(keeping, 0.99), "ms", work});
    report.push_back({"flare.signed_p50", percentile(signing, 0.5), "ms",
                      work + ": the signer's part, its process and rules included"});
    return {};
}

} // namespace

Result<Report> benchFlare()
{
    Report report;
    addRounds(report);
    if (auto done = addSigning(report); !done)
        return std::unexpected(done.error());
    if (auto done = addIndexing(report); !done)
        return std::unexpected(done.error());
    return report;
}

} // namespace chrona::bench
