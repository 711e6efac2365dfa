// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/assist/fake_ollama.h"
#include "chrona/assist/headline_questions.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <array>

using namespace chrona;
using namespace chrona::assist;

namespace {

constexpr std::array kHeadlines{HeadlineText{"Health office opens in Abville", "X"},
                                HeadlineText{"Corstadt raises tariffs", "Y"}};

std::unique_ptr<ModelClient> clientOf(const FakeOllama &server)
{
    return ModelClient::open({.kind = ModelEndpoint::Kind::Ollama, .address = server.address()})
        .value();
}

} // namespace

/// The real client against a server that speaks Ollama's interface.
class TestModelClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headlinesAreAnswered();
    void schemaAndLimitsAreSent();
    void textsBecomeVectors();
    void failuresAreErrors_data();
    void failuresAreErrors();
    void nobodyThereIsUnavailable();
    void addressesAreJudged_data();
    void addressesAreJudged();
};

void TestModelClient::headlinesAreAnswered()
{
    FakeOllama server;
    const auto answer = clientOf(server)->chat(questionAbout("m", kHeadlines));
    QVERIFY2(answer, answer ? "" : answer.error().what.c_str());
    QCOMPARE(answer->tokens, 150);
    const auto answers = readAnswers(answer->content, kHeadlines.size());
    QVERIFY(answers);
    QCOMPARE(answers->at(0)->topic, std::string("health"));
    QCOMPARE(answers->at(1)->topic, std::string("trade"));
}

void TestModelClient::schemaAndLimitsAreSent()
{
    FakeOllama server;
    QVERIFY(clientOf(server)->chat(questionAbout("m", kHeadlines)));
    const auto asked = server.asked();
    QCOMPARE(asked.size(), 1U);
    QCOMPARE(asked[0].path, std::string("/api/chat"));
    const auto body = QJsonDocument::fromJson(QByteArray::fromStdString(asked[0].body)).object();
    QVERIFY(body.value(QLatin1StringView("format")).isObject());
    QVERIFY(!body.value(QLatin1StringView("stream")).toBool(true));
    QVERIFY(!body.contains(QLatin1StringView("tools")));
    const auto options = body.value(QLatin1StringView("options")).toObject();
    QCOMPARE(options.value(QLatin1StringView("temperature")).toInt(1), 0);
    QVERIFY(options.value(QLatin1StringView("num_predict")).toInt() > 0);
    QVERIFY(asked[0].authorization.empty());
}

void TestModelClient::textsBecomeVectors()
{
    FakeOllama server;
    const std::array<std::string, 2> texts{"aab", "zz"};
    const auto found = clientOf(server)->embed("m", texts);
    QVERIFY2(found, found ? "" : found.error().what.c_str());
    QCOMPARE(found->vectors.size(), 2U);
    QCOMPARE(found->vectors[0][0], 2.0F);
    QCOMPARE(found->vectors[1][25], 2.0F);
    QCOMPARE(found->tokens, 5);
    QVERIFY(!clientOf(server)->embed("m", {}));
}

void TestModelClient::failuresAreErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    QTest::newRow("an unknown model") << 404 << int(ErrorCode::NotFound);
    QTest::newRow("a full queue") << 503 << int(ErrorCode::Unavailable);
    QTest::newRow("a fault inside") << 500 << int(ErrorCode::Unavailable);
}

void TestModelClient::failuresAreErrors()
{
    QFETCH(int, status);
    QFETCH(int, code);
    FakeOllama server;
    server.behave(status, "");
    const auto answer = clientOf(server)->chat(questionAbout("m", kHeadlines));
    QVERIFY(!answer);
    QCOMPARE(int(answer.error().code), code);
    QCOMPARE(server.asked().size(), 1U); // asked once: a model is not hurried
}

void TestModelClient::nobodyThereIsUnavailable()
{
    std::string address;
    {
        FakeOllama gone;
        address = gone.address();
    }
    const auto client = ModelClient::open({.address = address});
    QVERIFY(client);
    const auto answer = (*client)->chat(questionAbout("m", kHeadlines));
    QVERIFY(!answer);
    QVERIFY(answer.error().code == ErrorCode::Unavailable);
}

void TestModelClient::addressesAreJudged_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<std::string>("address");
    QTest::addColumn<bool>("allowed");
    constexpr int kOllama = int(ModelEndpoint::Kind::Ollama);
    constexpr int kCloud = int(ModelEndpoint::Kind::Cloud);
    QTest::newRow("this machine") << kOllama << std::string("http://127.0.0.1:11434") << true;
    QTest::newRow("by name") << kOllama << std::string("http://localhost:11434") << true;
    QTest::newRow("another one") << kOllama << std::string("http://models.example.org") << false;
    QTest::newRow("the local network") << kOllama << std::string("http://192.168.1.2:1") << false;
    QTest::newRow("nothing") << kOllama << std::string() << false;
    QTest::newRow("a cloud") << kCloud << std::string("https://models.example.org/v1") << true;
    QTest::newRow("an open cloud") << kCloud << std::string("http://models.example.org") << false;
}

void TestModelClient::addressesAreJudged()
{
    QFETCH(int, kind);
    QFETCH(std::string, address);
    QFETCH(bool, allowed);
    const auto client =
        ModelClient::open({.kind = static_cast<ModelEndpoint::Kind>(kind), .address = address});
    QCOMPARE(client.has_value(), allowed);
    if (!client)
        QVERIFY(client.error().code == ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(TestModelClient)
#include "tst_model_client.moc"
