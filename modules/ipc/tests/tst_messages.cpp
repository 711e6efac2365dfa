// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/frame.h"
#include "chrona/ipc/messages.h"
#include "filled.h"
#include "test_service.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace chrona;
using namespace chrona::ipc;

namespace {

/// What the rows of every message need, without its type.
struct Probe {
    QByteArray filled; ///< CBOR of a filled message
    QByteArray empty;  ///< CBOR of a default one
    std::uint16_t type = 0;
    bool hasRequired = false;

    [[nodiscard]] Result<QByteArray> readAndWrite(const QByteArray &cbor) const
    {
        if (type != 0)
            return recode(type, bytesOf(cbor));
        return decode<Error>(bytesOf(cbor)).transform([](const Error &error) {
            return encode(error);
        });
    }
};

template <class Message> Probe probeFor()
{
    Probe probe;
    probe.filled = encode(testing::Filler::make<Message>());
    probe.empty = encode(Message{});
    if constexpr (requires { Message::kType; })
        probe.type = Message::kType;
    FieldsOf<Message>::fields().apply([&](const auto &...fields) {
        probe.hasRequired = ((fields.presence == Presence::Required) || ...);
    });
    return probe;
}

/// What the compiler calls it.
template <class Message> const char *signatureOf()
{
    return __PRETTY_FUNCTION__;
}

void addRow(const char *signature, const Probe &probe)
{
    const std::string text = signature;
    const auto begin = text.find("Message = ") + 10;
    const auto name = text.substr(begin, text.find_first_of(";]", begin) - begin);
    QTest::newRow(name.c_str()) << probe;
}

template <class... Messages> void addRows(std::type_identity<std::variant<Messages...>>)
{
    (addRow(signatureOf<Messages>(), probeFor<Messages>()), ...);
}

} // namespace

Q_DECLARE_METATYPE(Probe)

class TestMessages : public QObject {
    Q_OBJECT

private:
    static void everyMessage()
    {
        QTest::addColumn<Probe>("probe");
        addRows(std::type_identity<ClientRequest>{});
        addRows(std::type_identity<SessionRequest>{});
        addRows(std::type_identity<AnyNotification>{});
        addRows(std::type_identity<AnyReply>{});
        addRows(std::type_identity<std::variant<Error>>{});
    }

private Q_SLOTS:
    void roundTrip_data() { everyMessage(); }
    void roundTrip();
    void isFoundByItsNumber_data() { everyMessage(); }
    void isFoundByItsNumber();
    void everyTruncationIsRefused_data() { everyMessage(); }
    void everyTruncationIsRefused();
    void randomDamageIsSurvived_data() { everyMessage(); }
    void randomDamageIsSurvived();
    void unknownFieldsAreSkipped_data() { everyMessage(); }
    void unknownFieldsAreSkipped();
    void wrongTypesAreRefused_data() { everyMessage(); }
    void wrongTypesAreRefused();
    void requiredFieldsAreRequired_data() { everyMessage(); }
    void requiredFieldsAreRequired();
    void hostileValueIsRefused_data();
    void hostileValueIsRefused();
    void eventKeepsEveryField();
    void absentFieldsKeepDefaults();
    void memoryIsLimited();
    void unknownNumberIsRefused();
};

void TestMessages::roundTrip()
{
    QFETCH(Probe, probe);
    const auto filled = probe.readAndWrite(probe.filled);
    QVERIFY2(filled, filled ? "" : filled.error().what.c_str());
    QCOMPARE(*filled, probe.filled);
    const auto empty = probe.readAndWrite(probe.empty);
    QVERIFY2(empty, empty ? "" : empty.error().what.c_str());
    QCOMPARE(*empty, probe.empty);
}

void TestMessages::isFoundByItsNumber()
{
    QFETCH(Probe, probe);
    if (probe.type == 0)
        return; // Error travels in frames of their own kind
    const auto again = recode(probe.type, bytesOf(probe.filled));
    QVERIFY(again);
    QCOMPARE(*again, probe.filled);
}

void TestMessages::everyTruncationIsRefused()
{
    QFETCH(Probe, probe);
    for (qsizetype length = 0; length < probe.filled.size(); ++length) {
        const auto result = probe.readAndWrite(probe.filled.first(length));
        QVERIFY2(!result, qPrintable(QString::number(length)));
        QVERIFY(result.error().code == ErrorCode::Corrupt);
    }
    QVERIFY2(!probe.readAndWrite(probe.filled + '\0'), "bytes after the message");
}

void TestMessages::randomDamageIsSurvived()
{
    QFETCH(Probe, probe);
    QRandomGenerator random(1);
    for (int round = 0; round < 300; ++round) {
        QByteArray damaged = probe.filled;
        for (int hit = random.bounded(1, 4); hit > 0; --hit)
            damaged[random.bounded(damaged.size())] = static_cast<char>(random.bounded(256));
        // Either it still is a message, which then must come out the same twice, or it is refused.
        if (const auto once = probe.readAndWrite(damaged)) {
            const auto twice = probe.readAndWrite(*once);
            QVERIFY(twice);
            QCOMPARE(*twice, *once);
        } else {
            QVERIFY(once.error().code == ErrorCode::Corrupt);
        }
    }
}

void TestMessages::unknownFieldsAreSkipped()
{
    QFETCH(Probe, probe);
    QCborMap map = QCborValue::fromCbor(probe.filled).toMap();
    const QCborArray newer{1, QStringLiteral("x"), QCborMap{{QStringLiteral("y"), 2.5}}};
    map.insert(QStringLiteral("of_a_newer_version"), newer);
    const auto result = probe.readAndWrite(QCborValue(map).toCbor());
    QVERIFY2(result, result ? "" : result.error().what.c_str());
    QCOMPARE(*result, probe.filled);
}

void TestMessages::wrongTypesAreRefused()
{
    QFETCH(Probe, probe);
    for (const QCborValue &other : {QCborValue(7), QCborValue(QStringLiteral("text")),
                                    QCborValue(QCborArray{1}), QCborValue(QCborValue::Null)})
        QVERIFY(!probe.readAndWrite(other.toCbor()));
    QCborMap map = QCborValue::fromCbor(probe.filled).toMap();
    for (const QCborValue &key : map.keys()) {
        QCborMap changed = map;
        // No field is a date-time, so the tag is wrong for every one of them.
        changed.insert(key, QCborValue(QCborKnownTags::ExpectedBase64, 1));
        const auto result = probe.readAndWrite(QCborValue(changed).toCbor());
        QVERIFY2(!result, qPrintable(key.toString()));
        QVERIFY(result.error().what.contains(key.toString().toStdString()));
    }
}

void TestMessages::requiredFieldsAreRequired()
{
    QFETCH(Probe, probe);
    const auto result = probe.readAndWrite(QCborValue(QCborMap()).toCbor());
    QCOMPARE(result.has_value(), !probe.hasRequired);
}

void TestMessages::hostileValueIsRefused_data()
{
    QTest::addColumn<QByteArray>("cbor");
    QTest::addColumn<QByteArray>("reason");
    const auto query = [](const char *key, const QCborValue &value) {
        return QCborValue(QCborMap{{QString::fromLatin1(key), value}}).toCbor();
    };
    const double infinity = std::numeric_limits<double>::infinity();
    QTest::newRow("a number that is none")
        << query("confidence_min", qQNaN()) << QByteArray("confidence_min is not finite");
    QTest::newRow("an infinite number")
        << query("confidence_min", infinity) << QByteArray("confidence_min is not finite");
    QTest::newRow("an enum above its last value")
        << query("types", QCborArray{24}) << QByteArray("types is not one of its values");
    QTest::newRow("an enum beyond its width")
        << query("types", QCborArray{256}) << QByteArray("types is out of range");
    QTest::newRow("a negative count") << query("limit", -1) << QByteArray("limit is out of range");
    QTest::newRow("a count beyond 32 bits")
        << query("limit", qint64{1} << 32) << QByteArray("limit is out of range");
    QTest::newRow("a time beyond year 9999")
        << query("from", qint64{253'402'300'800'000'000}) << QByteArray("from is no time");
    QTest::newRow("a fraction for a whole number")
        << query("limit", 1.5) << QByteArray("limit is not a whole number");
    QTest::newRow("a field twice")
        << QByteArray::fromHex("a2656c696d697401656c696d697402") << QByteArray("limit comes twice");
    QTest::newRow("a text longer than the message")
        << QByteArray::fromHex("a164746578747b7fffffffffffffff61") << QByteArray("text is cut off");
    QTest::newRow("a text that is not UTF-8")
        << QByteArray::fromHex("a1647465787463ff4142") << QByteArray("text");
    QTest::newRow("a text in pieces")
        << QByteArray::fromHex("a164746578747f6161ff") << QByteArray("text is cut off");
    QTest::newRow("an array longer than the message")
        << QByteArray::fromHex("a16574797065739bffffffffffffffff01") << QByteArray("");
    QTest::newRow("a number below 64 bits") << QByteArray::fromHex("a16466726f6d3bffffffffffffffff")
                                            << QByteArray("from is out of range");
    QTest::newRow("a very long key")
        << query(QByteArray(100, 'k').constData(), 1) << QByteArray("key that is too long");
    QTest::newRow("arrays in arrays without end")
        << QByteArray("\xa1\x61x") + QByteArray(5000, '\x81') + QByteArray(1, '\x00')
        << QByteArray("nested too deeply");
}

void TestMessages::hostileValueIsRefused()
{
    QFETCH(QByteArray, cbor);
    QFETCH(QByteArray, reason);
    const auto result = decode<EventQuery>(bytesOf(cbor));
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Corrupt);
    QVERIFY2(QByteArray::fromStdString(result.error().what).contains(reason),
             result.error().what.c_str());
}

void TestMessages::eventKeepsEveryField()
{
    const auto detail = testing::Filler::make<EventDetailReply>();
    QVERIFY(detail.event.geometry.areas.size() == 2 && detail.event.times.publishedAt);
    const auto result = decode<EventDetailReply>(bytesOf(encode(detail)));
    QVERIFY(result);
    QVERIFY(*result == detail);
}

void TestMessages::absentFieldsKeepDefaults()
{
    const auto query = decode<EventQuery>(bytesOf(QCborValue(QCborMap()).toCbor()));
    QVERIFY(query);
    QVERIFY(*query == EventQuery{});
}

void TestMessages::memoryIsLimited()
{
    // Five bytes each in the message, hundreds of bytes each as structs.
    const auto count = static_cast<quint32>(kDecodedBytesMax / sizeof(schema::Entity) + 1);
    QByteArray cbor("\xa1\x68"
                    "entities\x9a");
    for (int shift = 24; shift >= 0; shift -= 8)
        cbor += static_cast<char>(count >> shift);
    for (quint32 item = 0; item < count; ++item)
        cbor += QByteArrayView("\xa1\x62"
                               "id\x01");
    QVERIFY(static_cast<std::size_t>(cbor.size()) < kFramePayloadBytesMax);
    const auto result = decode<EntityQueryReply>(bytesOf(cbor));
    QVERIFY(!result);
    QCOMPARE(QByteArray::fromStdString(result.error().what), "message: entities is too large");
}

void TestMessages::unknownNumberIsRefused()
{
    const QByteArray cbor = QCborValue(QCborMap()).toCbor();
    testing::TestHandlers handlers;
    int asked = 0;
    handlers.onStatus = [&](const StatusRequest &, const Responder<StatusRequest> &) { ++asked; };
    const auto take = [&, dispatch = dispatchTo(handlers)](std::uint16_t type) {
        return dispatch(type, bytesOf(cbor), [] { return std::shared_ptr<Call>(); });
    };
    QVERIFY(!take(0x7777));
    QVERIFY2(!take(StatusReply::kType), "a reply is no request");
    QVERIFY2(!take(Hello::kType), "a hello comes once, before all requests");
    QCOMPARE(asked, 0);
    QVERIFY(take(StatusRequest::kType));
    QCOMPARE(asked, 1);
    QVERIFY(!recode(0x7777, bytesOf(cbor)));
}

QTEST_GUILESS_MAIN(TestMessages)
#include "tst_messages.moc"
