// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/country_codes.h"
#include "chrona/geo/shipped.h"
#include "chrona/sample/world.h"
#include "chrona/schema/topic.h"
#include "text/known_names.h"

#include <QLocale>
#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::ui;
using namespace Qt::StringLiterals;

/// Countries and topics bear the user's names on the screen.
class TestKnownNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(u"de"_s)); }
    void cleanupTestCase() { QLocale::setDefault(QLocale::C); }
    void countries_data();
    void countries();
    void everyCountryHasAName();
    void englishIsWhatTheDataSays();
    void everyTopicOfTheSampleWorldIsKnown();
    void whatIsTypedFindsThem();
    void countriesAreCalledByAnyOfTheirNames();
};

void TestKnownNames::countries_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("german");
    QTest::addColumn<QString>("english");
    QTest::addRow("a country") << u"DE"_s << u"Deutschland"_s << u"Germany"_s;
    QTest::addRow("small letters") << u"ch"_s << u"Schweiz"_s << u"Switzerland"_s;
    QTest::addRow("a state is its country's")
        << u"US-TX"_s << u"Vereinigte Staaten"_s << u"United States"_s;
    QTest::addRow("the shorter one is shown") << u"RU"_s << u"Russland"_s << u"Russia"_s;
    QTest::addRow("no country") << u"QZ"_s << QString() << QString();
    QTest::addRow("not a code") << u"Germany"_s << QString() << QString();
    QTest::addRow("nothing") << QString() << QString() << QString();
}

void TestKnownNames::countries()
{
    QFETCH(QString, code);
    QFETCH(QString, german);
    QFETCH(QString, english);
    QCOMPARE(countryName(code), german);
    QCOMPARE(regionName(code), german.isEmpty() ? code : code + u" · "_s + german);
    QLocale::setDefault(QLocale(u"de_AT"_s));
    QCOMPARE(countryName(code), german);
    for (const char *unspoken : {"en", "eo"}) {
        QLocale::setDefault(QLocale(QString::fromLatin1(unspoken)));
        QCOMPARE(countryName(code), english);
    }
}

void TestKnownNames::everyCountryHasAName()
{
    const auto table = geo::shippedData(geo::ShippedData::Countries);
    const auto codes =
        geo::CountryCodes::read({reinterpret_cast<const char *>(table.data()), table.size()});
    QVERIFY(codes && codes->all().size() > 240);
    int sameInBoth = 0;
    for (const geo::Country &country : codes->all()) {
        const QString name = entityName("country:" + country.alpha2, {});
        QVERIFY2(!name.isEmpty() && name.toStdString() != country.alpha2, country.alpha2.c_str());
        sameInBoth += name.toStdString() == country.name ? 1 : 0;
    }
    QVERIFY(sameInBoth < 140); // Peru, Nepal, Togo …
}

void TestKnownNames::englishIsWhatTheDataSays()
{
    QLocale::setDefault(QLocale(u"en"_s));
    QCOMPARE(entityName("country:DE", "Federal Republic"), u"Federal Republic"_s);
    QVERIFY(keysCalled(u"germ"_s, 9).empty()); // the service finds it by itself
    QLocale::setDefault(QLocale(u"de"_s));
    QCOMPARE(entityName("country:DE", "Federal Republic"), u"Deutschland"_s);
    for (const std::string_view key : {"location:DE/Bonn", "company:x", "", "country:QZ"})
        QCOMPARE(entityName(key, "as it is named"), u"as it is named"_s);
}

void TestKnownNames::everyTopicOfTheSampleWorldIsKnown()
{
    sample::WorldOptions options;
    options.events = sample::WorldOptions::kEventsMin;
    options.years = 1;
    options.end = *parseInstant("2026-11-20");
    const auto world = sample::World::make(options);
    QVERIFY(world);
    int topics = 0;
    for (const schema::Entity &entity : world->entities())
        if (entity.kind == schema::EntityKind::EventTopic) {
            // Without a mark of its own, a name that nobody translates could not be told.
            QVERIFY2(entityName(entity.key, "?") != u"?"_s, entity.key.c_str());
            ++topics;
        }
    QVERIFY(topics >= 30);
    for (std::size_t number = 1; number < schema::kTopicCount; ++number)
        QVERIFY(entityName(schema::entityKeyOf(schema::Topic(number)), "?") != u"?"_s);
    QCOMPARE(entityName("topic:rare-earths", "Rare earths"), u"Rare earths"_s);
}

void TestKnownNames::whatIsTypedFindsThem()
{
    using Keys = std::vector<std::string>;
    QCOMPARE(keysCalled(u"deutschl"_s, 9), Keys{"country:DE"});
    QCOMPARE(keysCalled(u" Staaten"_s, 9), Keys{"country:US"}); // a word within
    QCOMPARE(keysCalled(u"usa"_s, 9), Keys{"country:US"});      // a name that is not shown
    QCOMPARE(keysCalled(u"eutschland"_s, 9), Keys{});
    QCOMPARE(keysCalled(QString(), 9), Keys{});
    QCOMPARE(keysCalled(u"s"_s, 7).size(), std::size_t(7));
    // Names that begin so come before names with a word that does.
    const Keys some = keysCalled(u"republik"_s, 9);
    QVERIFY(some.size() >= 3);
    QCOMPARE(some.front(), std::string("country:CG"));
    QVERIFY(std::ranges::contains(keysCalled(u"geopol"_s, 9), "topic:geopolitics"));
}

void TestKnownNames::countriesAreCalledByAnyOfTheirNames()
{
    QCOMPARE(countryCalled(u"deutschland"_s), u"DE"_s);
    QCOMPARE(countryCalled(u"Großbritannien"_s), u"GB"_s);
    QCOMPARE(countryCalled(u"Germany"_s), QString()); // the map's own names are looked at besides
}

QTEST_GUILESS_MAIN(TestKnownNames)
#include "tst_known_names.moc"
