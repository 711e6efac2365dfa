// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/definition.h"

#include <QTest>

using namespace chrona;
using namespace chrona::features;

class TestFeatureDefinitions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDefaultCatalogueIsWhole()
    {
        const auto &catalogue = defaultCatalogue();
        QVERIFY(catalogue.size() > 20);
        for (const auto &definition : catalogue) {
            QVERIFY2(check(definition), definition.key.c_str());
            const auto feature = featureOf(definition, "US-TX");
            QVERIFY2(schema::validate(feature).empty(), definition.key.c_str());
        }
    }

    void whatIsWrittenIsRead()
    {
        for (const auto &definition : defaultCatalogue()) {
            const auto again = parseDefinition(textOf(definition));
            QVERIFY2(again, again ? "" : again.error().what.c_str());
            QVERIFY2(*again == definition, textOf(definition).c_str());
        }
        Definition odd;
        odd.key = "a.b";
        odd.name = "with \"quotes\", back\\slash and # sign";
        odd.filter.regions = {"US", "CA-ON"};
        odd.filter.severityMin = 0.1;
        const auto again = parseDefinition(textOf(odd));
        QVERIFY(again && *again == odd);
    }

    void faultyLinesAreRefusedWithTheirWord_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("cause");
        QTest::newRow("no key") << QByteArray("unit=events") << QByteArray("key");
        QTest::newRow("a key with spaces") << QByteArray("key=\"a b\"") << QByteArray("key");
        QTest::newRow("a word nobody knows")
            << QByteArray("key=a colour=red") << QByteArray("colour");
        QTest::newRow("a word twice") << QByteArray("key=a key=b") << QByteArray("twice");
        QTest::newRow("an unknown type")
            << QByteArray("key=a types=unicorn") << QByteArray("unicorn");
        QTest::newRow("an open quote") << QByteArray("key=a name=\"x") << QByteArray("quote");
        QTest::newRow("a severity of two")
            << QByteArray("key=a severity_min=2") << QByteArray("severity");
        QTest::newRow("a severity that is no number")
            << QByteArray("key=a severity_min=nan") << QByteArray("severity");
        QTest::newRow("a figure without a name")
            << QByteArray("key=a aggregate=figure_sum") << QByteArray("figure");
        QTest::newRow("a count with a figure")
            << QByteArray("key=a figure=magnitude") << QByteArray("figure");
        QTest::newRow("series without a name")
            << QByteArray("key=a source=series") << QByteArray("series");
        QTest::newRow("a span of nothing")
            << QByteArray("key=a source=series series=x span=0") << QByteArray("span");
        QTest::newRow("a span below nothing")
            << QByteArray("key=a source=series series=x span=-1") << QByteArray("span");
        QTest::newRow("buckets of a week")
            << QByteArray("key=a bucket=week") << QByteArray("bucket");
        QTest::newRow("a line without end")
            << QByteArray("key=a name=") + QByteArray(5'000, 'x') << QByteArray("4000");
    }

    void faultyLinesAreRefusedWithTheirWord()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, cause);
        const auto definition = parseDefinition(line.toStdString());
        QVERIFY(!definition && definition.error().code == ErrorCode::InvalidInput);
        QVERIFY2(QByteArray::fromStdString(definition.error().what).contains(cause),
                 definition.error().what.c_str());
    }

    void aCatalogueNamesTheLineThatIsWrong()
    {
        const auto twice = parseCatalogue("# mine\n\nkey=a\r\nkey=b\nkey=a\n");
        QVERIFY(!twice && twice.error().what.starts_with("line 5"));
        const auto good = parseCatalogue("# mine\n\nkey=a\r\n  key=b");
        QVERIFY(good);
        QCOMPARE(good->size(), std::size_t{2});
    }

    void everyWrongLineIsNamedWithWhatToWrite_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QByteArray>("remedy");
        QTest::newRow("a word one letter off")
            << QByteArray("key=own.a agregate=count") << QByteArray("agregate")
            << QByteArray("write aggregate");
        QTest::newRow("a word that is like none")
            << QByteArray("key=own.a colour=red") << QByteArray("colour") << QByteArray("axis");
        QTest::newRow("a word alone")
            << QByteArray("key=own.a axis") << QByteArray("axis") << QByteArray("word=value");
        QTest::newRow("an aggregation that is none")
            << QByteArray("key=own.a aggregate=median") << QByteArray("median")
            << QByteArray("severity_sum, severity_max");
        QTest::newRow("a type that is none") << QByteArray("key=own.a types=quake")
                                             << QByteArray("quake") << QByteArray("earthquake");
        QTest::newRow("a bucket that is none")
            << QByteArray("key=own.a bucket=week") << QByteArray("bucket") << QByteArray();
        QTest::newRow("a key without a dot")
            << QByteArray("key=a") << QByteArray("dot") << QByteArray("own.a");
        QTest::newRow("a shipped key")
            << QByteArray("key=news.count") << QByteArray("shipped") << QByteArray("own.news");
        QTest::newRow("what a shipped definition could make")
            << QByteArray("key=news.count.us") << QByteArray("news.count")
            << QByteArray("disabled");
        QTest::newRow("what would make shipped features")
            << QByteArray("key=price.return axis=country") << QByteArray("price.return.1")
            << QByteArray("disabled");
        QTest::newRow("a word twice")
            << QByteArray("key=own.a key=own.b") << QByteArray("twice") << QByteArray("out");
        QTest::newRow("a series without its kind")
            << QByteArray("key=own.a source=series series=DGS10") << QByteArray("DGS10")
            << QByteArray("series:KEY");
    }

    void everyWrongLineIsNamedWithWhatToWrite()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, what);
        QFETCH(QByteArray, remedy);
        const auto checked =
            checkOwnCatalogue("# mine\nkey=own.good types=flood\n" + line.toStdString() + "\n");
        QCOMPARE(checked.definitions.size(), std::size_t{1});
        QCOMPARE(checked.lines, std::vector<std::size_t>{2});
        QCOMPARE(checked.faults.size(), std::size_t{1});
        const DefinitionFault &fault = checked.faults.front();
        QCOMPARE(fault.line, std::size_t{3});
        QVERIFY2(QByteArray::fromStdString(fault.what).contains(what), fault.what.c_str());
        QVERIFY2(QByteArray::fromStdString(fault.remedy).contains(remedy), fault.remedy.c_str());
    }

    void allFaultsOfAFileAreToldAtOnce()
    {
        const auto checked = checkOwnCatalogue("key=own.a types=unicorn\nkey=own.b\nkey=own.b\n"
                                               "key=own.c axis=country\nkey=own.c.total\n");
        QCOMPARE(checked.definitions.size(), std::size_t{2});
        std::vector<std::size_t> lines;
        for (const auto &fault : checked.faults)
            lines.push_back(fault.line);
        QCOMPARE(lines, (std::vector<std::size_t>{1, 3, 5}));
    }

    void membersBecomeKeys()
    {
        Definition definition;
        definition.key = "events.count";
        definition.axis = Axis::Region;
        QCOMPARE(featureOf(definition, "US-TX").key, std::string("events.count.US-TX"));
        QCOMPARE(featureOf(definition, "US-TX").region, std::string("US-TX"));
        QCOMPARE(featureOf(definition, "a b/c").key, std::string("events.count.a_b_c"));
        QCOMPARE(featureOf(definition, "").key, std::string("events.count"));
    }
};

QTEST_GUILESS_MAIN(TestFeatureDefinitions)
#include "tst_feature_definitions.moc"
