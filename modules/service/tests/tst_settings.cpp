// SPDX-License-Identifier: AGPL-3.0-or-later
#include "settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using chrona::service::Settings;

class TestSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_root = std::make_unique<QTemporaryDir>(); }
    void defaultsHoldWithoutAFile();
    void whatIsSetIsThereAfterARestart();
    void refusals_data();
    void refusals();
    void aBrokenFileIsRefusedAndKept();
    void unknownKeysOfALaterVersionAreNoReasonNotToStart();

private:
    [[nodiscard]] std::filesystem::path file() const
    {
        return std::filesystem::path(m_root->filePath(u"config.json"_s).toStdString());
    }
    void write(const QByteArray &content)
    {
        QFile target(QString::fromStdString(file().string()));
        QVERIFY(target.open(QIODevice::WriteOnly));
        target.write(content);
    }
    std::unique_ptr<QTemporaryDir> m_root;
};

void TestSettings::defaultsHoldWithoutAFile()
{
    const auto settings = Settings::open(file());
    QVERIFY(settings.has_value());
    QCOMPARE((*settings)->flag("sources.live"), false);
    QCOMPARE((*settings)->number("jobs.workers"), 2);
    for (const auto &entry : (*settings)->entries())
        QCOMPARE(entry.value, entry.fallback);
}

void TestSettings::whatIsSetIsThereAfterARestart()
{
    {
        const auto settings = Settings::open(file());
        QVERIFY((*settings)->set("sources.live", "true").has_value());
        QVERIFY((*settings)->set("jobs.workers", "5").has_value());
        QVERIFY((*settings)->set("sources.contact", "désk@example.org").has_value());
    }
    const auto settings = Settings::open(file());
    QVERIFY(settings.has_value());
    QCOMPARE((*settings)->flag("sources.live"), true);
    QCOMPARE((*settings)->number("jobs.workers"), 5);
    QCOMPARE((*settings)->text("sources.contact"), std::string("désk@example.org"));
}

void TestSettings::refusals_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("code");
    const int invalid = static_cast<int>(ErrorCode::InvalidInput);
    QTest::newRow("an unknown key") << u"nope"_s << u"1"_s << static_cast<int>(ErrorCode::NotFound);
    QTest::newRow("a number below its bound") << u"jobs.workers"_s << u"0"_s << invalid;
    QTest::newRow("a number above its bound") << u"jobs.workers"_s << u"17"_s << invalid;
    QTest::newRow("a number with a tail") << u"jobs.workers"_s << u"2x"_s << invalid;
    QTest::newRow("a number too large for any")
        << u"jobs.workers"_s << u"99999999999999999999"_s << invalid;
    QTest::newRow("no flag") << u"sources.live"_s << u"maybe"_s << invalid;
    QTest::newRow("two lines") << u"sources.contact"_s << u"a\nb"_s << invalid;
}

void TestSettings::refusals()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(int, code);
    const auto settings = Settings::open(file());
    const auto done = (*settings)->set(key.toStdString(), value.toStdString());
    QVERIFY(!done.has_value());
    QCOMPARE(static_cast<int>(done.error().code), code);
    QVERIFY(!std::filesystem::exists(file()));
}

void TestSettings::aBrokenFileIsRefusedAndKept()
{
    write("{\"jobs.workers\": 400}");
    const auto settings = Settings::open(file());
    QVERIFY(!settings.has_value());
    QVERIFY(settings.error().code == ErrorCode::Corrupt);
    QVERIFY(settings.error().what.contains("jobs.workers"));
    QVERIFY(std::filesystem::exists(file()));
}

void TestSettings::unknownKeysOfALaterVersionAreNoReasonNotToStart()
{
    write("{\"jobs.workers\": 4, \"later.thing\": 1}");
    const auto settings = Settings::open(file());
    QVERIFY(settings.has_value());
    QCOMPARE((*settings)->number("jobs.workers"), 4);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
