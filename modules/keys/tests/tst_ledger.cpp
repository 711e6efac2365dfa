// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signing_fixture.h"

#include "chrona/ethereum/keccak.h"
#include "chrona/keys/ledger.h"

#include <QTest>

using namespace chrona;
using namespace chrona::keys;
using namespace std::chrono_literals;

namespace {

const KeyPath kPath = KeyPath::parse("44'/60'/0'/0/0").value();

/// Answers as an Ethereum app would, with a key of its own.
class FakeDevice final : public LedgerTransport {
public:
    std::vector<ethereum::Bytes> commands;
    std::uint16_t status = 0x9000;
    ethereum::Bytes32 digest{};
    std::uint8_t vBase = 0;

    Result<ethereum::Bytes> exchange(ethereum::ByteView command, std::chrono::milliseconds) override
    {
        commands.emplace_back(command.begin(), command.end());
        ethereum::Bytes answer;
        if (status == 0x9000 && command[1] == 0x02) {
            const auto key = ethereum::publicKeyOf(testKey());
            answer.push_back(65);
            ethereum::append(answer, key);
            answer.push_back(40);
            answer.resize(answer.size() + 40, 'a');
        } else if (status == 0x9000) {
            const auto signature = ethereum::sign(testKey(), digest);
            answer.push_back(static_cast<std::uint8_t>(vBase + signature.recoveryId));
            ethereum::append(answer, signature.r);
            ethereum::append(answer, signature.s);
        }
        answer.push_back(static_cast<std::uint8_t>(status >> 8));
        answer.push_back(static_cast<std::uint8_t>(status));
        return answer;
    }
};

ethereum::Bytes hex(std::string_view text)
{
    return ethereum::parseHex("0x" + std::string(text)).value();
}

} // namespace

class TestLedger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commandsAreByteExact();
    void pathsAreStrict();
    void reportsComeBack();
    void foreignReportsAreRefused();
    void addressIsThatOfTheKey();
    void transactionIsSigned_data();
    void transactionIsSigned();
    void signatureOfAnotherKeyIsRefused();
    void legacyPayloadIsNotCutBeforeItsTail();
    void refusalsSayWhatToDo_data();
    void refusalsSayWhatToDo();
};

void TestLedger::commandsAreByteExact()
{
    FakeDevice device;
    Ledger ledger(device);
    QVERIFY(ledger.address(kPath, Confirmation::None));
    QCOMPARE(device.commands.back(), hex("e002000015058000002c8000003c800000000000000000000000"));
    device.digest = ethereum::personalDigest(std::string_view("hello"));
    QCOMPARE(ethereum::toHex(device.digest),
             std::string("0x50b2c43fd39106bafbba0da34fc430e1f91e3c96ea2acee2bc34119f92b37750"));
    QVERIFY(ledger.signText(kPath, "hello"));
    QCOMPARE(device.commands.back(),
             hex("e00800001e058000002c8000003c80000000000000000000000000000005"
                 "68656c6c6f"));
    const auto reports = toReports(device.commands.front());
    QCOMPARE(reports.size(), std::size_t{1});
    QCOMPARE(reports.front().size(), std::size_t{64});
    QCOMPARE(ethereum::Bytes(reports.front().begin(), reports.front().begin() + 7),
             hex("0101050000001a"));
}

void TestLedger::pathsAreStrict()
{
    QCOMPARE(kPath.steps, (std::vector<std::uint32_t>{0x8000002C, 0x8000003C, 0x80000000, 0, 0}));
    QVERIFY(KeyPath::parse("m/44'/60'/0'/0/7"));
    for (const char *wrong : {"", "44'//0", "44'/60'/x", "4294967295", "1/2/3/4/5/6/7/8/9/10/11"})
        QVERIFY2(!KeyPath::parse(wrong), wrong);
}

void TestLedger::reportsComeBack()
{
    for (const std::size_t size : {0, 1, 57, 58, 59, 116, 260}) {
        ethereum::Bytes message(size);
        for (std::size_t at = 0; at < size; ++at)
            message[at] = static_cast<std::uint8_t>(at);
        ReportReader reader;
        bool whole = false;
        for (const auto &report : toReports(message))
            whole = reader.add(report).value();
        QVERIFY(whole);
        QCOMPARE(reader.take(), message);
    }
}

void TestLedger::foreignReportsAreRefused()
{
    auto reports = toReports(ethereum::Bytes(200, 1));
    ReportReader outOfOrder;
    QVERIFY(outOfOrder.add(reports[0]));
    QVERIFY(!outOfOrder.add(reports[2]));
    reports[0][1] = 9;
    QVERIFY(!ReportReader().add(reports[0]));
    QVERIFY(!ReportReader().add(ethereum::Bytes(3, 1)));
}

void TestLedger::addressIsThatOfTheKey()
{
    FakeDevice device;
    QCOMPARE(Ledger(device).address(kPath, Confirmation::OnDevice).value(),
             ethereum::addressOf(testKey()));
    QCOMPARE(device.commands.back()[2], std::uint8_t{1});
}

void TestLedger::transactionIsSigned_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<quint64>("chain");
    QTest::addColumn<int>("vBase");
    QTest::newRow("fee market, parity alone") << 2 << quint64{114} << 0;
    QTest::newRow("legacy on Flare") << 0 << quint64{14} << 63;
    QTest::newRow("legacy on Coston2, low byte of v") << 0 << quint64{114} << (263 & 0xFF);
}

void TestLedger::transactionIsSigned()
{
    QFETCH(int, type);
    QFETCH(quint64, chain);
    QFETCH(int, vBase);
    ethereum::Transaction transaction = commitTransaction();
    transaction.type = static_cast<ethereum::TransactionType>(type);
    transaction.chainId = chain;
    if (type == 0) {
        transaction.gasPrice = transaction.maxFeePerGas;
        transaction.maxFeePerGas = transaction.maxPriorityFeePerGas = {};
    }
    FakeDevice device;
    device.digest = ethereum::keccak256(ethereum::signingPayload(transaction));
    device.vBase = static_cast<std::uint8_t>(vBase);
    const auto made = Ledger(device).sign(kPath, transaction, ethereum::addressOf(testKey()));
    QVERIFY2(made, made ? "" : made.error().what.c_str());
    QCOMPARE(made->raw, ethereum::sign(transaction, testKey()).raw);
}

void TestLedger::signatureOfAnotherKeyIsRefused()
{
    FakeDevice device;
    device.digest = ethereum::keccak256(ethereum::signingPayload(commitTransaction()));
    const auto made =
        Ledger(device).sign(kPath, commitTransaction(), ethereum::addressOf(testKey(9)));
    QVERIFY(!made);
    QVERIFY(made.error().code == ErrorCode::Corrupt);
}

void TestLedger::legacyPayloadIsNotCutBeforeItsTail()
{
    ethereum::Transaction transaction = commitTransaction();
    transaction.type = ethereum::TransactionType::Legacy;
    transaction.maxFeePerGas = transaction.maxPriorityFeePerGas = {};
    for (std::size_t size = 0; size < 400; ++size) {
        transaction.data.assign(size, 1);
        const auto blocks = transactionBlocks(kPath, transaction);
        ethereum::Bytes whole;
        std::vector<std::size_t> cuts;
        for (const auto &block : blocks) {
            QVERIFY(block.size() <= 150);
            ethereum::append(whole, block);
            cuts.push_back(whole.size());
        }
        cuts.pop_back();
        ethereum::Bytes payload = ethereum::signingPayload(transaction);
        QVERIFY(std::equal(payload.rbegin(), payload.rend(), whole.rbegin()));
        QVERIFY(!std::ranges::contains(cuts, whole.size() - 3)); // chain id 114, 0, 0
    }
}

void TestLedger::refusalsSayWhatToDo_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    QTest::newRow("declined") << 0x6985 << static_cast<int>(ErrorCode::Denied);
    QTest::newRow("locked") << 0x5515 << static_cast<int>(ErrorCode::Unavailable);
    QTest::newRow("app not open") << 0x6E00 << static_cast<int>(ErrorCode::Unavailable);
    QTest::newRow("blind signing off") << 0x6A80 << static_cast<int>(ErrorCode::InvalidInput);
}

void TestLedger::refusalsSayWhatToDo()
{
    QFETCH(int, status);
    QFETCH(int, code);
    FakeDevice device;
    device.status = static_cast<std::uint16_t>(status);
    const auto made =
        Ledger(device).sign(kPath, commitTransaction(), ethereum::addressOf(testKey()));
    QVERIFY(!made);
    QCOMPARE(static_cast<int>(made.error().code), code);
}

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
