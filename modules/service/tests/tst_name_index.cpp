// SPDX-License-Identifier: AGPL-3.0-or-later
#include "name_index.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using chrona::service::NameIndex;

namespace {

schema::Entity france()
{
    schema::Entity entity;
    entity.kind = schema::EntityKind::Country;
    entity.key = "country:FR";
    entity.id = schema::entityIdFor(entity.key);
    entity.name = "France";
    entity.aliases = {"République française"};
    entity.externalIds = {{"iso3166-1", "FR"}};
    return entity;
}

} // namespace

class TestNameIndex : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resolves_data();
    void resolves();
    void whatNobodyKnowsIsMadeOnce();
};

void TestNameIndex::resolves_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::newRow("by key") << u"country:FR"_s << u"country:FR"_s;
    QTest::newRow("by key in another case") << u"COUNTRY:fr"_s << u"country:FR"_s;
    QTest::newRow("by name") << u"france"_s << u"country:FR"_s;
    QTest::newRow("by alias") << u"République française"_s << u"country:FR"_s;
    QTest::newRow("by external id") << u"fr"_s << u"country:FR"_s;
    QTest::newRow("an unknown key keeps its kind") << u"organization:X"_s << u"organization:X"_s;
    QTest::newRow("an unknown name is a topic") << u"Rare Earths"_s << u"topic:rare-earths"_s;
    QTest::newRow("an unknown kind is no kind") << u"planet:Mars"_s << u"topic:planet:mars"_s;
}

void TestNameIndex::resolves()
{
    QFETCH(QString, text);
    QFETCH(QString, key);
    const std::vector known{france()};
    NameIndex names(known);
    QVERIFY(names.resolve(text.toStdString()) == schema::entityIdFor(key.toStdString()));
    for (const schema::Entity &made : names.takeNew())
        QVERIFY2(schema::validate(made).empty(), made.key.c_str());
}

void TestNameIndex::whatNobodyKnowsIsMadeOnce()
{
    NameIndex names({});
    const auto first = names.resolve("Rare Earths");
    QVERIFY(names.resolve("rare earths") == first);
    QVERIFY(names.resolve("rare-earths") == first);
    QCOMPARE(names.takeNew().size(), 1U);
    QVERIFY(names.takeNew().empty());
    QVERIFY(names.resolve("Rare Earths") == first);
    QVERIFY(names.takeNew().empty());
}

QTEST_GUILESS_MAIN(TestNameIndex)
#include "tst_name_index.moc"
