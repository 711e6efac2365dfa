// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;

/// The sample world through features and discovery to signals, and away again.
class TestSignals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sampleWorldBecomesSignals();

private:
    [[nodiscard]] Ran run(const QStringList &words)
    {
        const Ran ran = m_programs.chronactl(words, std::chrono::seconds(200));
        if (ran.code != 0)
            qWarning("%s: %s", qPrintable(words.join(u' ')), qPrintable(ran.err));
        return ran;
    }
    [[nodiscard]] QList<QJsonObject> lines(const QStringList &words)
    {
        QList<QJsonObject> objects;
        for (const QString &line : run(words).out.split(u'\n', Qt::SkipEmptyParts))
            objects.append(QJsonDocument::fromJson(line.toUtf8()).object());
        return objects;
    }

    Programs m_programs;
};

void TestSignals::sampleWorldBecomesSignals()
{
    QVERIFY(m_programs.startService());
    QVERIFY(lines({u"signals"_s}).isEmpty());
    QCOMPARE(m_programs.chronactl({u"run"_s, u"nothing"_s}).code, 2);
    QCOMPARE(run({u"demo"_s, u"load"_s, u"--events"_s, u"40000"_s}).code, 0);
    QCOMPARE(run({u"run"_s, u"features"_s, u"--wait"_s}).code, 0);
    const auto features = lines({u"features"_s, u"--limit"_s, u"0"_s});
    QVERIFY(features.size() > 100);
    for (const QJsonObject &feature : features)
        QVERIFY(feature[u"synthetic"_s].toBool());
    const auto values = lines({u"features"_s, u"events.count.earthquake.US"_s});
    QVERIFY(values.size() > 1000);
    const QString knownAt = values[500][u"known_at"_s].toString();
    const auto asOf =
        lines({u"features"_s, u"events.count.earthquake.US"_s, u"--as-of"_s, knownAt});
    QVERIFY(asOf.size() <= 502);
    for (const QJsonObject &value : asOf)
        QVERIFY(value[u"known_at"_s].toString() <= knownAt);

    QCOMPARE(run({u"run"_s, u"discovery"_s, u"--wait"_s}).code, 0);
    const auto signalList = lines({u"signals"_s});
    QVERIFY(!signalList.isEmpty());
    for (const QJsonObject &signal : signalList) {
        QVERIFY(signal[u"q"_s].toDouble() <= 0.1);
        const QString measure = signal[u"measure"_s].toString();
        QVERIFY(measure == u"return"_s || measure == u"volatility"_s);
        QCOMPARE(signal[u"controls"_s].toArray().size(), 17);
        QCOMPARE(signal[u"lag_curve"_s].toArray().size(), 21);
        QVERIFY(signal[u"synthetic"_s].toBool());
        // What only seems to lead must not be among them.
        for (const QString &trap : {u"technology-news"_s, u"wildfires"_s, u"market-falls"_s,
                                    u"eruptions"_s, u"freight-nowcast"_s})
            QVERIFY2(!signal[u"feature"_s].toString().endsWith(u"feature_"_s + trap),
                     qPrintable(signal[u"feature"_s].toString()));
    }
    QVERIFY(!lines({u"signals"_s, u"--refused"_s, u"--limit"_s, u"5"_s}).isEmpty());

    // The same facts give the same signals.
    const QJsonObject first = lines({u"signals"_s, u"--run"_s}).value(0);
    QVERIFY(first[u"parameters"_s][u"volatility_targets"_s].toBool());
    QCOMPARE(run({u"run"_s, u"discovery"_s, u"--wait"_s}).code, 0);
    const QJsonObject second = lines({u"signals"_s, u"--run"_s}).value(0);
    QVERIFY(first[u"id"_s] != second[u"id"_s]);
    QCOMPARE(second[u"input_sha256"_s], first[u"input_sha256"_s]);
    QCOMPARE(lines({u"signals"_s}), signalList);

    QCOMPARE(run({u"demo"_s, u"clear"_s}).code, 0);
    QVERIFY(lines({u"signals"_s}).isEmpty());
    QVERIFY(lines({u"features"_s}).isEmpty());
}

QTEST_GUILESS_MAIN(TestSignals)
#include "tst_signals.moc"
