// SPDX-License-Identifier: AGPL-3.0-or-later
#include "conformance.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace chrona::conformance;

class TestConformance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knownAnswers_data();
    void knownAnswers();
    void aWrongAnswerIsFound();
    void exchangesReadWhatTheyMust();
    void aWrongPriceOfAnExchangeIsFound();
    void anUnknownFileCountsAsFailed();
    void malformedCasesFailAndDoNotCrash();
};

void TestConformance::knownAnswers_data()
{
    QTest::addColumn<int>("file");
    const auto results = checkFolder(CHRONA_SHARED_DIR "/vectors/flare");
    QVERIFY2(results.has_value(), "the known answers are missing: shared/vectors/flare");
    for (std::size_t i = 0; i < results->size(); ++i)
        QTest::newRow((*results)[i].file.c_str()) << int(i);
}

void TestConformance::knownAnswers()
{
    QFETCH(int, file);
    static const auto results = checkFolder(CHRONA_SHARED_DIR "/vectors/flare");
    const FileResult &result = (*results)[std::size_t(file)];
    QVERIFY2(result.failed == 0,
             result.firstFailures.empty() ? "" : result.firstFailures.front().c_str());
    QVERIFY(result.passed > 0);
}

namespace {

FileResult checkText(const QString &name, const QByteArray &text, const char *venues = "")
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    file.close();
    const auto results = checkFolder(folder.path().toStdString(), venues);
    return results ? results->front() : FileResult{};
}

} // namespace

void TestConformance::aWrongAnswerIsFound()
{
    const FileResult result = checkText(
        QStringLiteral("keccak256.json"),
        R"({"cases":[{"input":"0x","hash":"0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a471"}]})");
    QCOMPARE(result.failed, 1);
    QCOMPARE(result.passed, 0);
}

void TestConformance::exchangesReadWhatTheyMust()
{
    if (!QFileInfo::exists(QStringLiteral(CHRONA_SHARED_DIR)))
        QSKIP("the shared folder with recorded cases is not here");
    const auto results = checkFolder(CHRONA_SHARED_DIR "/samples/exchanges", CHRONA_VENUES_DIR);
    QVERIFY2(results.has_value(), "the recorded cases are missing: shared/samples/exchanges");
    QVERIFY(results->size() >= 14);
    for (const FileResult &result : *results) {
        QVERIFY2(result.failed == 0,
                 result.firstFailures.empty() ? "" : result.firstFailures.front().c_str());
        QVERIFY(result.passed > 0);
    }
}

void TestConformance::aWrongPriceOfAnExchangeIsFound()
{
    const QByteArray answer = R"({"exchange":"gate","cases":[{"id":"a","kind":"ticker","status":200,
        "httpResponse":[{"currency_pair":"BTC_USDT","last":"9.50","highest_bid":"9",
        "lowest_ask":"10"}],"expected":{"symbol":"BTC/USDT","last":"%1"}}]})";
    const auto with = [&answer](const char *price) {
        return checkText(QStringLiteral("gate.json"), QByteArray(answer).replace("%1", price),
                         CHRONA_VENUES_DIR);
    };
    QCOMPARE(with("9.5").passed, 1);
    QCOMPARE(with("9.51").failed, 1);
    QCOMPARE(with("9.5\",\"what\":\"is this").failed, 1);
    QCOMPARE(checkText(QStringLiteral("gate.json"), answer, "/nonexistent").failed, 1);
}

void TestConformance::anUnknownFileCountsAsFailed()
{
    QCOMPARE(checkText(QStringLiteral("unheard_of.json"), R"({"cases":[{}]})").failed, 1);
    QCOMPARE(checkText(QStringLiteral("keccak256.json"), R"({"cases":[]})").failed, 1);
    QVERIFY(!checkFolder("/nonexistent").has_value());
}

void TestConformance::malformedCasesFailAndDoNotCrash()
{
    for (const char *name :
         {"transactions", "whole_rounds", "reward_bands", "abi_encode", "feed_values"}) {
        const FileResult result = checkText(
            QString::fromLatin1(name) + QStringLiteral(".json"),
            R"({"cases":[{"values":[1],"weights":[],"tx":7,"types":["uint8[]"]},3,null]})");
        QVERIFY(result.failed > 0);
        QCOMPARE(result.passed, 0);
    }
}

QTEST_GUILESS_MAIN(TestConformance)
#include "tst_conformance.moc"
