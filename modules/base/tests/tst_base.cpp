// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/ascii.h"
#include "chrona/base/decimal.h"
#include "chrona/base/durable.h"
#include "chrona/base/executor.h"
#include "chrona/base/hash.h"
#include "chrona/base/log.h"
#include "chrona/base/time.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <atomic>
#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace chrona;

class TestBase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void instantIsReadAndWritten_data();
    void instantIsReadAndWritten();
    void durationIsRead_data();
    void durationIsRead();
    void decimalIsExact_data();
    void decimalIsExact();
    void decimalsCompareByValue();
    void hashSeparatesFields();
    void asciiIsAsciiWhateverTheByte();
    void poolCallsEachIndexOnce();
    void poolServesManyCallers();
    void stoppedWorkIsLeftOut();
    void logLineCannotBeForged();
    void halfAFileIsNotAWholeOne();
};

void TestBase::instantIsReadAndWritten_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected"); // empty: must refuse
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("a bare date is its midnight", "2026-11-21", "2026-11-21T00:00:00Z");
    row("an offset is taken off", "2026-11-21T09:30:00+02:00", "2026-11-21T07:30:00Z");
    row("an offset without a colon", "2026-11-21T09:30:00-0530", "2026-11-21T15:00:00Z");
    row("milliseconds stay", "1969-12-31T23:59:59.250Z", "1969-12-31T23:59:59.250Z");
    row("nanoseconds are cut", "2026-11-21T00:00:00.123456789Z", "2026-11-21T00:00:00.123456Z");
    row("no offset means UTC", "2026-11-21 09:30", "2026-11-21T09:30:00Z");
    row("a leap second moves on", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
    row("29 February of a leap year", "2024-02-29", "2024-02-29T00:00:00Z");
    row("29 February of another year", "2023-02-29", "");
    row("year 0", "0000-01-01", "");
    row("month 13", "2026-13-01", "");
    row("hour 24", "2026-11-21T24:00:00Z", "");
    row("trailing text", "2026-11-21T09:30:00Zebra", "");
    row("nothing", "", "");
}

void TestBase::instantIsReadAndWritten()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto instant = parseInstant(text.toStdString());
    QCOMPARE(instant.has_value(), !expected.isEmpty());
    if (instant)
        QCOMPARE(QByteArray::fromStdString(formatInstant(*instant)), expected);
}

void TestBase::durationIsRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds"); // -1: must refuse
    QTest::newRow("seconds") << QByteArray("90s") << qint64(90);
    QTest::newRow("weeks") << QByteArray("2w") << qint64(1'209'600);
    QTest::newRow("no unit") << QByteArray("90") << qint64(-1);
    QTest::newRow("a number that would overflow") << QByteArray("99999999999w") << qint64(-1);
}

void TestBase::durationIsRead()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    const auto duration = parseDuration(text.toStdString());
    QCOMPARE(duration.has_value(), seconds >= 0);
    if (duration)
        QCOMPARE(qint64(duration->count()), seconds * 1'000'000);
}

void TestBase::decimalIsExact_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected"); // empty: must refuse
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("a price", "64123.45", "64123.45");
    row("a tenth, which no double holds", "0.1", "0.1");
    row("a negative below one", "-0.005", "-0.005");
    row("an exponent up", "1.5e3", "1500");
    row("an exponent down", "25e-4", "0.0025");
    row("eighteen digits", "123456789012345678", "123456789012345678");
    row("trailing zeros beyond the scale", "1.50000000000000000000", "1.500000000000000000");
    row("too many digits", "12345678901234567890", "");
    row("text", "abc", "");
    row("a lone sign", "-", "");
    row("not a number", "nan", "");
}

void TestBase::decimalIsExact()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto value = Decimal::parse(text.toStdString());
    QCOMPARE(value.has_value(), !expected.isEmpty());
    if (value) {
        QCOMPARE(QByteArray::fromStdString(value->toString()), expected);
        QCOMPARE(Decimal::fromDouble(value->toDouble()).has_value(), true);
    }
}

void TestBase::decimalsCompareByValue()
{
    QVERIFY(Decimal(150, 2) == Decimal(15, 1));
    QVERIFY(Decimal(-1, 0) < Decimal(1, 18));
    QVERIFY(Decimal(INT64_MAX, 0) > Decimal(INT64_MAX, 1));
}

void TestBase::hashSeparatesFields()
{
    QVERIFY(hashOf({"ab", "c"}) != hashOf({"a", "bc"}));
    QVERIFY(idFrom(hashOf({"x"})) > 0);
    QCOMPARE(toHex(sha256("abc")),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void TestBase::asciiIsAsciiWhateverTheByte()
{
    QCOMPARE(asciiLowered("ÄB-Z@[`{9"), std::string("Äb-z@[`{9"));
    QVERIFY(equalsIgnoringCase("Content-Type", "cONTENT-tYPE"));
    QVERIFY(!equalsIgnoringCase("@", "`"));
    QVERIFY(!equalsIgnoringCase("a", "ab"));
    QVERIFY(isAsciiDigit('0') && isAsciiDigit('9') && !isAsciiDigit('/') && !isAsciiDigit(':'));
    QVERIFY(isAsciiLetter('A') && isAsciiLetter('z') && !isAsciiLetter('[') &&
            !isAsciiLetter('\xE4'));
    QCOMPARE(trimmed(" \t\f a b\r\n"), std::string_view("a b"));
    QCOMPARE(trimmedOf(" ", " \ta "), std::string_view("\ta"));
    QVERIFY(trimmed(" \n ").empty() && trimmedOf(" ", "").empty());
}

void TestBase::poolCallsEachIndexOnce()
{
    ThreadPool pool(4);
    std::vector<std::atomic<int>> calls(10'000);
    for (int round = 0; round < 20; ++round)
        pool.forEach(calls.size(), [&](std::size_t i) { ++calls[i]; });
    for (const auto &count : calls)
        QCOMPARE(count.load(), 20);
}

void TestBase::poolServesManyCallers()
{
    ThreadPool pool(3);
    std::atomic<int> total{0};
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 4; ++caller) {
        callers.emplace_back([&] {
            for (int round = 0; round < 50; ++round)
                pool.forEach(100, [&](std::size_t) { ++total; });
        });
    }
    for (std::thread &caller : callers)
        caller.join();
    QCOMPARE(total.load(), 4 * 50 * 100);
}

void TestBase::stoppedWorkIsLeftOut()
{
    std::stop_source stop;
    std::size_t done = 0;
    InlineExecutor().forEach(
        100,
        [&](std::size_t i) {
            ++done;
            if (i == 9)
                stop.request_stop();
        },
        stop.get_token());
    QCOMPARE(done, std::size_t(10));
}

void TestBase::logLineCannotBeForged()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("log.json"));
    QVERIFY(log::open({.file = path.toStdString()}));
    log::info("test", "first\n{}", "{\"level\":\"forged\"}");
    log::flush();
    QVERIFY(log::open({}));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QCOMPARE(text.count('\n'), 1);
    QVERIFY(!text.contains("\"level\":\"forged\""));
}

void TestBase::halfAFileIsNotAWholeOne()
{
    // The system takes the part that the limit allows and says so; only the next piece fails.
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{.rlim_cur = 1000, .rlim_max = before.rlim_max};
    QTemporaryFile file;
    QVERIFY(file.open());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const bool fits = writeFully(file.handle(), std::string(600, 'c'));
    const bool isWhole = writeFully(file.handle(), std::string(600, 'c'));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    QVERIFY(fits);
    QVERIFY(!isWhole);
    QCOMPARE(file.size(), 1000);
    // Neither says anything of a folder that is not there.
    syncFolderOf("name-without-a-folder");
    syncFolder("/no/such/folder");
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
