// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fake_nodes.h"

#include "chrona/ethereum/keccak.h"
#include "chrona/flare/events.h"
#include "chrona/ftso/round.h"

#include <QTest>

#include <random>

using namespace chrona;
using namespace chrona::flare;

namespace {

/// Passes on what a node says, a few bytes of it changed.
class MutatingTransport final : public net::Transport {
public:
    MutatingTransport(FakeNodes &nodes, std::uint32_t seed) : m_http(nodes.http()), m_lot(seed) {}
    Result<net::Exchange> send(const net::Request &request, std::stop_token stop) override
    {
        auto reply = m_http->get(request, stop);
        if (!reply)
            return std::unexpected(reply.error());
        std::string body = std::move(reply->body);
        for (auto changes = 1 + m_lot() % 3; changes > 0 && !body.empty(); --changes)
            change(body);
        return net::Exchange{200, {}, std::move(body)};
    }

private:
    void change(std::string &body)
    {
        constexpr std::string_view kPieces[] = {"0x",   "null", "\"0x1\"", "[]", "{}",
                                                "-1",   "1e99", "\"",      ",",  "ffffffffffffffff",
                                                "true", "0"};
        const std::size_t at = m_lot() % body.size();
        switch (m_lot() % 4) {
        case 0: body[at] = static_cast<char>(m_lot() % 256); break;
        case 1: body.erase(at, 1 + m_lot() % 6); break;
        case 2: body.insert(at, kPieces[m_lot() % std::size(kPieces)]); break;
        default: { // a digit for another one, so that the form stays
            const std::size_t digit = body.find_first_of("0123456789abcdef", at);
            if (digit != std::string::npos)
                body[digit] = "0123456789abcdef"[m_lot() % 16];
        }
        }
    }
    std::unique_ptr<net::HttpClient> m_http;
    std::minstd_rand m_lot;
};

Bytes32 wordOf(std::uint8_t byte)
{
    Bytes32 word{};
    word.fill(byte);
    return word;
}

Address accountOf(std::uint8_t byte)
{
    Address address{};
    address.fill(byte);
    return address;
}

QJsonObject logObject(int number, int index)
{
    return {{QStringLiteral("address"), QStringLiteral("0x") + QString(40, QLatin1Char('7'))},
            {QStringLiteral("topics"), QJsonArray{hashText(77)}},
            {QStringLiteral("data"), QStringLiteral("0x1234")},
            {QStringLiteral("blockNumber"), QStringLiteral("0x%1").arg(number, 0, 16)},
            {QStringLiteral("blockHash"), hashText(number)},
            {QStringLiteral("logIndex"), QStringLiteral("0x%1").arg(index, 0, 16)}};
}

/// One that answers whatever may be asked.
FakeNodes::Node talkative(const Bytes &raw)
{
    return [raw](const QString &method, const QJsonArray &parameters) -> QJsonValue {
        if (method == QLatin1StringView("eth_getLogs"))
            return QJsonArray{logObject(20, 0), logObject(21, 3)};
        if (method == QLatin1StringView("eth_getBalance") ||
            method == QLatin1StringView("eth_getTransactionCount"))
            return QStringLiteral("0x1f");
        if (method == QLatin1StringView("eth_call"))
            return hashText(5);
        if (method == QLatin1StringView("eth_sendRawTransaction"))
            return QString::fromStdString(ethereum::toHex(ethereum::keccak256(raw)));
        if (method == QLatin1StringView("eth_getTransactionReceipt"))
            return QJsonObject{{QStringLiteral("transactionHash"), parameters.first()},
                               {QStringLiteral("blockNumber"), QStringLiteral("0x14")},
                               {QStringLiteral("blockHash"), hashText(20)},
                               {QStringLiteral("status"), QStringLiteral("0x1")},
                               {QStringLiteral("gasUsed"), QStringLiteral("0x5208")},
                               {QStringLiteral("effectiveGasPrice"), QStringLiteral("0x3b9aca00")}};
        return honest()(method, parameters);
    };
}

/// A round of three voters and one feed; the third one's calls are the test's to spoil.
class SpoiltRound {
public:
    SpoiltRound()
    {
        m_input.network = *ftso::networkNamed("coston2");
        m_input.round = 900'000;
        m_input.feeds = {{ftso::makeFeedId(1, "BTC/USD").value(), 2},
                         {ftso::makeFeedId(1, "ETH/USD").value(), 2}};
        for (std::uint8_t voter = 1; voter <= 3; ++voter) {
            m_input.voters.push_back({accountOf(voter), Uint256(100U + voter)});
            ftso::Reveal reveal;
            reveal.submitAddress = accountOf(voter);
            reveal.votingRoundId = static_cast<std::uint32_t>(m_input.round);
            reveal.random = wordOf(voter);
            const std::vector<ftso::FeedValue> values{1'000 + voter, 2'000 - voter};
            reveal.encodedValues = ftso::encodeFeedValues(values, ftso::Trailing::Strip);
            m_calls.push_back({ftso::submissionCalldata(ftso::SubmissionFunction::Submit1,
                                                        ftso::commitMessage(reveal)),
                               ftso::submissionCalldata(ftso::SubmissionFunction::Submit2,
                                                        ftso::revealMessage(reveal))});
        }
    }
    /// What follows when the third voter says this; nothing: it is silent.
    [[nodiscard]] Bytes32 root(const std::optional<Bytes> &commit,
                               const std::optional<Bytes> &reveal) const
    {
        ftso::RoundInput input = m_input;
        for (std::uint8_t voter = 1; voter <= 2; ++voter)
            add(input, voter, m_calls[voter - 1U].first, m_calls[voter - 1U].second);
        add(input, 3, commit, reveal);
        return ftso::computeRound(input).tree.root().value();
    }
    [[nodiscard]] const Bytes &commit() const { return m_calls[2].first; }
    [[nodiscard]] const Bytes &reveal() const { return m_calls[2].second; }

private:
    static void add(ftso::RoundInput &input, std::uint8_t voter, const std::optional<Bytes> &commit,
                    const std::optional<Bytes> &reveal)
    {
        const Seconds begin = ftso::startOf(input.network, input.round);
        if (commit)
            input.submissions.push_back({ftso::SubmissionFunction::Submit1, accountOf(voter),
                                         begin + 80, 10, voter, *commit});
        if (reveal)
            input.submissions.push_back({ftso::SubmissionFunction::Submit2, accountOf(voter),
                                         begin + 110, 20, voter, *reveal});
    }
    ftso::RoundInput m_input;
    std::vector<std::pair<Bytes, Bytes>> m_calls;
};

} // namespace

/// Whatever a node or a foreign provider says: it is read as what it is, or refused.
class TestHostileChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mutatedRepliesAreReadOrRefused();
    void spoiltPayloadsChangeNothingButTheirSender();
    void eventsOfAnyBytesAreReadOrRefused();
};

void TestHostileChain::mutatedRepliesAreReadOrRefused()
{
    const Bytes raw{1, 2, 3};
    FakeNodes nodes;
    nodes.nodes["one"] = talkative(raw);
    int taken = 0, refused = 0;
    const auto note = [&](bool good) { ++(good ? taken : refused); };
    for (std::uint32_t seed = 1; seed <= 1'500; ++seed) {
        auto http =
            net::HttpClient::create({.userAgent = "Chrona/test", .hostRate = {100'000, 100'000, 8}},
                                    std::make_unique<MutatingTransport>(nodes, seed));
        const auto client = std::move(
            ChainClient::create({.endpoints = {"https://one/"}, .chainId = 114}, **http).value());
        if (const auto blocks = client->blocks(20, 3, Bodies::WithTransactions)) {
            note(true);
            for (std::size_t i = 0; i < blocks->size(); ++i) {
                QCOMPARE((*blocks)[i].number, 20 + i);
                QVERIFY(i == 0 || (*blocks)[i].parent == (*blocks)[i - 1].hash);
                for (std::size_t t = 0; t < (*blocks)[i].transactions.size(); ++t)
                    QCOMPARE((*blocks)[i].transactions[t].index, static_cast<std::uint32_t>(t));
            }
        } else {
            note(false);
        }
        const LogFilter filter{20, 22, {accountOf(0x77)}, {wordOf(0)}};
        LogFilter asked = filter;
        asked.topics = {ethereum::parseBytes32(hashText(77).toStdString()).value()};
        if (const auto logs = client->logs(asked)) {
            note(true);
            for (const Log &log : *logs)
                QVERIFY(log.block >= 20 && log.block <= 22 && log.address == accountOf(0x77));
        } else {
            note(false);
        }
        const Bytes32 hashes[] = {wordOf(9)};
        if (const auto standing = client->standing(accountOf(1), hashes))
            QCOMPARE(standing->receipts.size(), std::size_t{1});
        if (const auto answer = client->call(accountOf(1), raw))
            QVERIFY(answer->size() <= 64);
        (void)client->head();
        (void)client->newestBlock();
        (void)client->balance(accountOf(1));
        (void)client->nonce(accountOf(1), NonceAt::Latest);
        // A node that names another transaction has not taken ours.
        if (const auto sent = client->send(raw))
            note(sent->outcome == SendOutcome::Accepted);
    }
    QVERIFY2(taken > 100 && refused > 100, qPrintable(QString::number(taken)));
}

void TestHostileChain::spoiltPayloadsChangeNothingButTheirSender()
{
    const SpoiltRound round;
    const Bytes32 whole = round.root(round.commit(), round.reveal());
    const Bytes32 offending = round.root(round.commit(), std::nullopt);
    const Bytes32 silent = round.root(std::nullopt, std::nullopt);
    QVERIFY(whole != offending && offending != silent && whole != silent);
    std::minstd_rand lot(3);
    int counted = 0, spoilt = 0;
    for (int i = 0; i < 4'000; ++i) {
        Bytes commit = round.commit(), reveal = round.reveal();
        Bytes &target = lot() % 2 ? commit : reveal;
        for (auto changes = 1 + lot() % 3; changes > 0; --changes)
            switch (lot() % 3) {
            case 0: target[lot() % target.size()] = static_cast<std::uint8_t>(lot()); break;
            case 1: target.resize(std::max<std::size_t>(1, lot() % (target.size() + 20))); break;
            default:
                target.insert(target.begin() + static_cast<std::ptrdiff_t>(lot() % target.size()),
                              static_cast<std::uint8_t>(lot()));
            }
        const Bytes32 root = round.root(commit, reveal);
        QVERIFY(root == whole || root == offending || root == silent);
        ++(root == whole ? counted : spoilt);
    }
    QVERIFY2(counted > 10 && spoilt > 1'000, qPrintable(QString::number(counted)));
}

void TestHostileChain::eventsOfAnyBytesAreReadOrRefused()
{
    std::minstd_rand lot(17);
    constexpr EventKind kKinds[] = {EventKind::PolicyInitialized, EventKind::RoundRelayed,
                                    EventKind::VoterRegistered,   EventKind::VoterInfo,
                                    EventKind::InflationOffered,  EventKind::RewardsOffered,
                                    EventKind::RewardClaimed};
    for (int i = 0; i < 20'000; ++i) {
        EventLog log;
        log.topics.push_back(topicOf(kKinds[lot() % std::size(kKinds)]));
        for (auto more = lot() % 4; more > 0; --more)
            log.topics.push_back(wordOf(static_cast<std::uint8_t>(lot() % 3)));
        // Words as they are found: small numbers, offsets and lengths among them.
        for (auto words = lot() % 24; words > 0; --words) {
            Bytes32 word{};
            word[31] = static_cast<std::uint8_t>(lot() % 2 ? 32 * (lot() % 8) : lot());
            if (lot() % 16 == 0)
                word.fill(0xFF);
            ethereum::append(log.data, word);
        }
        (void)readPolicyInitialized(log);
        (void)readRoundRelayed(log);
        (void)readVoterRegistered(log);
        (void)readVoterInfo(log);
        (void)readRewardsOffered(log);
        (void)readRewardClaimed(log);
        if (const auto offer = readInflationOffered(log))
            QVERIFY(offer->feeds.size() < 1'000);
    }
}

QTEST_GUILESS_MAIN(TestHostileChain)
#include "tst_hostile_chain.moc"
