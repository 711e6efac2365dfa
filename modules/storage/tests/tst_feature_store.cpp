// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/feature_store.h"
#include "chrona/storage/fresh_database.h"

#include "sample_features.h"

#include <QTest>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;
using namespace chrona::storage::testing;

/// Definitions of the user's own; values are tested in tst_signal_store.
class TestFeatureStore : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init();
    void ownDefinitionsStandBesideTheShipped();
    void removingADefinitionTakesItsFeatures();
};

void TestFeatureStore::init()
{
    beginFresh();
    const FeatureDefinition definition{.key = "events.count", .rule = "key=events.count"};
    QVERIFY(storeDefinitions(*m_connection, {&definition, 1}));
}

void TestFeatureStore::ownDefinitionsStandBesideTheShipped()
{
    const FeatureDefinition own{.key = "own.count", .rule = "key=own.count", .isOwn = true};
    QVERIFY(storeDefinitions(*m_connection, {&own, 1}));
    // What comes as shipped does not take the user's, nor the other way round.
    const FeatureDefinition shipped{.key = "own.count", .rule = "key=own.count unit=x"};
    QVERIFY(storeDefinitions(*m_connection, {&shipped, 1}));
    const FeatureDefinition taking{.key = "events.count", .rule = "key=x", .isOwn = true};
    QVERIFY(storeDefinitions(*m_connection, {&taking, 1}));
    QVERIFY(setDefinitionFault(*m_connection, "own.count", "too many members"));
    auto stored = loadDefinitions(*m_connection).value();
    QCOMPARE(stored.size(), 2U);
    QCOMPARE(stored[0].rule, std::string("key=events.count"));
    QVERIFY(!stored[0].isOwn && stored[1].isOwn);
    QCOMPARE(stored[1].rule, own.rule);
    QCOMPARE(stored[1].fault, std::string("too many members"));
    QVERIFY(enableDefinition(*m_connection, "own.count", false).value());
    QVERIFY(!enableDefinition(*m_connection, "own.nothing", true).value());
    stored = loadDefinitions(*m_connection).value();
    QVERIFY(!stored[1].isEnabled && stored[1].fault.empty());
}

void TestFeatureStore::removingADefinitionTakesItsFeatures()
{
    QVERIFY(replaceFeatures(*m_connection, rowsOf(3)));
    const auto shipped = removeDefinition(*m_connection, "events.count");
    QVERIFY(!shipped && shipped.error().code == ErrorCode::NotFound);
    QCOMPARE(featureTotals(*m_connection).value().values, 2);
    const FeatureDefinition own{.key = "own.count", .rule = "key=own.count", .isOwn = true};
    QVERIFY(storeDefinitions(*m_connection, {&own, 1}));
    FeatureRows rows = rowsOf(5);
    rows.definition = "own.count";
    rows.features[0].key = "own.count.JP";
    rows.features[0].id = featureIdFor("own.count.JP");
    for (FeatureValue &value : rows.values)
        value.feature = rows.features[0].id;
    QVERIFY(replaceFeatures(*m_connection, rows));
    QCOMPARE(loadDefinitions(*m_connection).value()[1].features, 1);
    QCOMPARE(removeDefinition(*m_connection, "own.count").value(), 1);
    QCOMPARE(loadDefinitions(*m_connection).value().size(), 1U);
    QCOMPARE(featureTotals(*m_connection).value().features, 1);
    QCOMPARE(featureTotals(*m_connection).value().values, 2);
}

QTEST_GUILESS_MAIN(TestFeatureStore)
#include "tst_feature_store.moc"
