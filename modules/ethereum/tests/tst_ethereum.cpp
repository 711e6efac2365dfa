// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/abi.h"
#include "chrona/ethereum/keccak.h"
#include "chrona/ethereum/merkle.h"
#include "chrona/ethereum/rlp.h"
#include "chrona/ethereum/transaction.h"

#include <QTest>

using namespace chrona::ethereum;

class TestEthereum : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keccakAcrossTheBlockBorder();
    void numbersWrapAndDivide();
    void productsDoNotOverflowInBetween();
    void signedNumbersKeepTheirSign();
    void rlpRefusesLongForms_data();
    void rlpRefusesLongForms();
    void abiRefusesHostileData_data();
    void abiRefusesHostileData();
    void abiRefusesValuesThatDoNotFit();
    void aTransactionReadsBack();
    void aChangedTransactionHasAnotherSigner();
    void merkleProofsHoldAndBreak();
    void highSIsRefused();

private:
    static PrivateKey key()
    {
        Bytes32 secret{};
        secret[31] = 7;
        return std::move(PrivateKey::fromBytes(secret).value());
    }
};

void TestEthereum::keccakAcrossTheBlockBorder()
{
    QCOMPARE(toHex(keccak256(std::string_view())),
             std::string("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"));
    const std::string text(300, 'x');
    for (std::size_t cut : {0, 1, 135, 136, 137, 272, 300}) {
        const auto bytes = ByteView(reinterpret_cast<const std::uint8_t *>(text.data()), 300);
        QCOMPARE(keccak256(bytes.first(cut), bytes.subspan(cut)), keccak256(text));
    }
}

void TestEthereum::numbersWrapAndDivide()
{
    const Uint256 most = Uint256() - Uint256(1);
    QVERIFY((most + Uint256(1)).isZero());
    QCOMPARE(most.bitWidth(), 256);
    QCOMPARE(Uint256::parse(most.toString()).value(), most);
    QVERIFY(!Uint256::parse(most.toString() + "0").has_value());
    const Uint256 wide = Uint256::parse("340282366920938463463374607431768211457").value();
    const Uint256 value = Uint256::parse("115792089237316195423570985008687907853").value();
    QCOMPARE(most / wide * wide + most % wide, most);
    QCOMPARE((value * wide) / wide, value);
    QVERIFY(most % (Uint256(1) << 255) < (Uint256(1) << 255));
    QCOMPARE((Uint256(10'000'000'000'000'000'000ULL)).toString(),
             std::string("10000000000000000000"));
}

void TestEthereum::productsDoNotOverflowInBetween()
{
    const Uint256 most = Uint256() - Uint256(1);
    QCOMPARE(multiplyDivide(most, most, most), most);
    QCOMPARE(multiplyDivide(Uint256(7), Uint256(10), Uint256(3)), Uint256(23));
}

void TestEthereum::signedNumbersKeepTheirSign()
{
    const Int256 five(Uint256(5));
    const Int256 minusSeven = Int256::parse("-7").value();
    QCOMPARE((five + minusSeven).toString(), std::string("-2"));
    QCOMPARE((five - five).toString(), std::string("0"));
    QVERIFY(minusSeven < five);
    QVERIFY(Int256::parse("-0").value() == Int256());
}

void TestEthereum::rlpRefusesLongForms_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("nothing") << QByteArray("0x");
    QTest::newRow("a single small byte with a prefix") << QByteArray("0x8105");
    QTest::newRow("a short string with a long length") << QByteArray("0xb80161");
    QTest::newRow("a length with leading zeros") << QByteArray("0xb90038");
    QTest::newRow("a length beyond the data") << QByteArray("0xbfffffffffffffffff");
    QTest::newRow("trailing data") << QByteArray("0x8080");
    QTest::newRow("a list whose member is cut") << QByteArray("0xc183");
    QTest::newRow("a thousand nested lists")
        << QByteArray("0x") + QByteArray("f90101").repeated(1000);
}

void TestEthereum::rlpRefusesLongForms()
{
    QFETCH(QByteArray, hex);
    QVERIFY(!decodeRlp(parseHex(hex.toStdString()).value()).has_value());
}

void TestEthereum::abiRefusesHostileData_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("hex");
    const QByteArray zero(64, '0');
    QTest::newRow("nothing") << QByteArray("uint256") << QByteArray("0x");
    QTest::newRow("an offset far away")
        << QByteArray("bytes") << QByteArray("0x" + QByteArray(64, 'f'));
    QTest::newRow("an array longer than memory")
        << QByteArray("uint256[]")
        << QByteArray("0x" + QByteArray(62, '0') + "20" + QByteArray(64, '7'));
    QTest::newRow("padding in an address")
        << QByteArray("address") << QByteArray("0x01" + QByteArray(62, '0'));
    QTest::newRow("a bool of 2") << QByteArray("bool")
                                 << QByteArray("0x" + QByteArray(63, '0') + "2");
    QTest::newRow("lists that point at themselves")
        << QByteArray("uint8[][][]")
        << QByteArray("0x" + (QByteArray(62, '0') + "20") + (QByteArray(62, '0') + "02") + zero +
                      zero);
}

void TestEthereum::abiRefusesHostileData()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, hex);
    const std::vector<AbiType> types = {parseAbiType(type.toStdString()).value()};
    const auto values = decodeAbi(types, parseHex(hex.toStdString()).value());
    if (QByteArray(QTest::currentDataTag()).startsWith("lists"))
        return; // must end, whatever it answers
    QVERIFY(!values.has_value());
}

void TestEthereum::abiRefusesValuesThatDoNotFit()
{
    const auto refuses = [](std::string_view type, const AbiValue &value) {
        const std::vector<AbiType> types = {parseAbiType(type).value()};
        return !encodeAbi(types, std::span(&value, 1)).has_value();
    };
    QVERIFY(refuses("uint8", Uint256(256)));
    QVERIFY(!refuses("uint8", Uint256(255)));
    QVERIFY(refuses("int8", Uint256(128)));
    QVERIFY(!refuses("int8", Uint256() - Uint256(128)));
    QVERIFY(refuses("int8", Uint256() - Uint256(129)));
    QVERIFY(refuses("bytes4", Bytes(5)));
    QVERIFY(refuses("uint8[2]", std::vector<AbiValue>{Uint256(1)}));
    QVERIFY(!parseAbiType("uint7").has_value());
    QVERIFY(!parseAbiType("bytes33").has_value());
}

void TestEthereum::aTransactionReadsBack()
{
    Transaction transaction;
    transaction.chainId = 14;
    transaction.nonce = 3;
    transaction.maxFeePerGas = Uint256(50'000'000'000);
    transaction.gasLimit = Uint256(21'000);
    transaction.to = addressOf(key());
    transaction.data = {1, 2, 3};
    for (const TransactionType type : {TransactionType::FeeMarket, TransactionType::Legacy}) {
        transaction.type = type;
        if (type == TransactionType::Legacy)
            std::swap(transaction.gasPrice, transaction.maxFeePerGas);
        const auto decoded = decodeSigned(sign(transaction, key()).raw);
        QVERIFY(decoded.has_value());
        QVERIFY(decoded->transaction == transaction);
        QCOMPARE(decoded->from, addressOf(key()));
        QVERIFY(decodeUnsigned(signingPayload(transaction)).value() == transaction);
    }
}

void TestEthereum::aChangedTransactionHasAnotherSigner()
{
    Transaction transaction;
    transaction.chainId = 14;
    Bytes raw = sign(transaction, key()).raw;
    raw[3] ^= 1; // the nonce
    const auto decoded = decodeSigned(raw);
    QVERIFY(!decoded || decoded->from != addressOf(key()));
}

void TestEthereum::merkleProofsHoldAndBreak()
{
    std::vector<Bytes32> leaves;
    for (int i = 0; i < 13; ++i)
        leaves.push_back(keccak256(std::to_string(i % 11)));
    const MerkleTree tree(leaves);
    QCOMPARE(tree.leafCount(), std::size_t(11));
    for (const Bytes32 &leaf : leaves) {
        auto proof = tree.proof(leaf).value();
        QVERIFY(verifyMerkleProof(leaf, proof, tree.root().value()));
        proof.front()[5] ^= 1;
        QVERIFY(!verifyMerkleProof(leaf, proof, tree.root().value()));
    }
    QVERIFY(!tree.proof(keccak256("none")).has_value());
    QVERIFY(!MerkleTree({}).root().has_value());
}

void TestEthereum::highSIsRefused()
{
    const Bytes32 digest = personalDigest("text");
    Signature signature = sign(key(), digest);
    QCOMPARE(recoverSigner(signature, digest).value(), addressOf(key()));
    const Uint256 order =
        Uint256::parse(
            "115792089237316195423570985008687907852837564279074904382605163141518161494337")
            .value();
    signature.s = (order - Uint256::fromBytes(signature.s)).toBytes();
    signature.recoveryId ^= 1;
    QVERIFY(!recoverSigner(signature, digest).has_value());
}

QTEST_GUILESS_MAIN(TestEthereum)
#include "tst_ethereum.moc"
