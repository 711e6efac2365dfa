// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/entity_mapping.h"
#include "chrona/events/region_codes.h"
#include "chrona/events/region_index.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace chrona;
using namespace chrona::events;

namespace {

const PlaceNames &places()
{
    static const PlaceNames shipped = [] {
        auto read = PlaceNames::shipped();
        if (!read)
            qFatal("%s", read.error().what.c_str());
        return std::move(*read);
    }();
    return shipped;
}

const EntityMapper &mapper()
{
    static const EntityMapper made(std::move(*PlaceNames::shipped()));
    return made;
}

float confidenceOf(const EntityMapping &mapping, std::string_view key)
{
    const auto found = std::ranges::find(mapping.links, key, &EntityLink::key);
    return found == mapping.links.end() ? 0 : found->confidence;
}

} // namespace

class TestPlaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placesAreFound_data();
    void placesAreFound();
    void doubtShows();
    void mentionsPointIntoTheText();
    void citiesAreWhereTheyAre();
    void codes_data();
    void codes();
    void entitiesAreLinked_data();
    void entitiesAreLinked();
    void capitalsMustBeCapitals();
    void linksAreOrdered();
    void appliesToEventsWithoutOverwriting();
    void pointsHaveRegions_data();
    void pointsHaveRegions();
    void pointOutweighsText();
    void hostileTextIsHarmless();
};

void TestPlaces::placesAreFound_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("regions"); // of the mentions, in order
    const auto row = [](const char *title, const char *regions) {
        QTest::newRow(title) << QString::fromUtf8(title) << QString::fromUtf8(regions);
    };
    row("Peru and Bolivia sign water treaty", "PE BO");
    row("Danish and Dutch ministers meet in Lisbon", "DK NL PT");
    row("U.S. senators visit the UK", "US GB");
    row("Let us go home", "");
    row("North Korea tests missile near Japan", "KP JP");
    row("Papua New Guinea elects a speaker", "PG");
    row("Storm nears Texas and New Mexico", "US-TX US-NM");
    row("Quebec and Nova Scotia agree on power line", "CA-QC CA-NS");
    row("Fire in Springfield, Illinois", "US-IL US-IL");
    row("Georgia senator speaks in Atlanta", "US-GA US-GA");
    row("Georgia and Russia argue over Abkhazia", "GE RU");
    row("Jordan's king receives Syrian refugees", "JO SY");
    row("Michael Jordan buys a racing team", "");
    row("Lira slides as Turkey cuts rates", "TR");
    row("Best Turkey Recipes for Thanksgiving", "");
    row("Mudslide closes Washington highway near Seattle", "US-WA US-WA");
    row("Denzel Washington wins award", "");
    row("Birmingham, Alabama elects mayor", "US-AL US-AL");
    row("Birmingham factory closes", "GB");
    row("Reading list for the summer", "");
    row("Festival in Reading, England begins", "GB GB");
    row("Mobile phone sales rise in India", "IN");
    row("S\xC3\xA3o Paulo rations water", "BR-SP");
    row("Sao Paulo rations water", "BR-SP");
    row("Nothing is named here", "");
    row("", "");
}

void TestPlaces::placesAreFound()
{
    QFETCH(const QString, title);
    QFETCH(const QString, regions);
    QString found;
    for (const PlaceMention &mention : places().find(title.toStdString())) {
        if (!found.isEmpty())
            found += u' ';
        found += QString::fromStdString(mention.region);
        QVERIFY(mention.confidence > 0 && mention.confidence <= 1);
    }
    QCOMPARE(found, regions);
}

void TestPlaces::doubtShows()
{
    const auto confidence = [](std::string_view title) {
        const auto mentions = places().find(title);
        return mentions.empty() ? 0 : mentions.front().confidence;
    };
    QVERIFY(confidence("Birmingham, Alabama elects mayor") > confidence("Georgia votes today"));
    QVERIFY(confidence("Norway votes today") > confidence("Georgia votes today"));
    QVERIFY(confidence("Norway votes today") > confidence("Norwegian voters decide"));
}

void TestPlaces::mentionsPointIntoTheText()
{
    const std::string text = "Quake off “Chile” felt in Buenos Aires";
    const auto mentions = places().find(text);
    QCOMPARE(mentions.size(), std::size_t{2});
    QCOMPARE(text.substr(mentions[0].begin, mentions[0].end - mentions[0].begin),
             std::string("Chile"));
    QCOMPARE(text.substr(mentions[1].begin, mentions[1].end - mentions[1].begin),
             std::string("Buenos Aires"));
    QVERIFY(bestPlace(mentions) == &mentions[1]);
    QVERIFY(bestPlace({}) == nullptr);
}

void TestPlaces::citiesAreWhereTheyAre()
{
    const auto mentions = places().find("Flood in Houston");
    QCOMPARE(mentions.size(), std::size_t{1});
    QVERIFY(mentions[0].level == PlaceLevel::City);
    QVERIFY(std::abs(mentions[0].location.latitude - 29.76) < 0.1);
    QVERIFY(std::abs(mentions[0].location.longitude + 95.37) < 0.1);
}

void TestPlaces::codes_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("expected"); // "region county"; empty: no such code
    const auto row = [](const char *kind, const char *code, const char *expected) {
        QTest::addRow("%s %s", kind, code) << QString::fromLatin1(kind) << QString::fromLatin1(code)
                                           << QString::fromLatin1(expected);
    };
    row("fips", "48", "US-TX ");
    row("fips", "48201", "US-TX 48201");
    row("fips", "72", "PR ");
    row("fips", "03", "");
    row("fips", "4820", "");
    row("fips", "4820x", "");
    row("same", "048201", "US-TX 48201");
    row("same", "148201", "US-TX 48201");
    row("same", "048000", "US-TX ");
    row("same", "48201", "");
    row("ugc", "TXC201", "US-TX 48201");
    row("ugc", "TXZ163", "US-TX ");
    row("ugc", "TXZALL", "US-TX ");
    row("ugc", "GMZ150", "");
    row("ugc", "TXX150", "");
    row("ugc", "TXC2", "");
    row("sgc", "35", "CA-ON ");
    row("sgc", "2021A000235", "CA-ON ");
    row("sgc", "2021A000335", "");
    row("sgc", "36", "");
    row("sgc", "", "");
}

void TestPlaces::codes()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, code);
    QFETCH(const QString, expected);
    const std::string text = code.toStdString();
    const auto region = kind == u"fips"   ? regionFromFips(text)
                        : kind == u"same" ? regionFromSame(text)
                        : kind == u"ugc"  ? regionFromUgc(text)
                                          : regionFromSgc(text);
    const QString found =
        region ? QString::fromStdString(region->region + " " + region->county) : QString();
    QCOMPARE(found, expected);
}

void TestPlaces::entitiesAreLinked_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("keys"); // all of them must be there; one with a minus must not
    const auto row = [](const char *title, const char *keys) {
        QTest::newRow(title) << QString::fromUtf8(title) << QString::fromUtf8(keys);
    };
    row("Fed raises rates, Treasuries fall", "org:fed topic:monetary_policy instrument:TLT");
    row("OPEC cuts output, Brent crude jumps",
        "org:opec topic:energy instrument:USO instrument:XLE");
    row("FDA approves malaria vaccine", "org:fda topic:health instrument:XLV");
    row("Gold slips as dollar gains", "instrument:GLD instrument:UUP -instrument:XLV");
    row("VIX jumps as Wall Street slides", "instrument:VIXY instrument:SPY");
    row("Walmart lowers prices of groceries", "org:walmart instrument:XLP");
    row("Flood in Houston", "location:US-TX/Houston region:US-TX country:US topic:disasters");
    row("Bank of Canada holds rate", "org:boc country:CA -org:boe");
    row("UN Security Council meets on Sudan", "org:unsc country:SD -org:un");
    row("Poets read their verses", "-instrument:SPY -topic:none");
}

void TestPlaces::entitiesAreLinked()
{
    QFETCH(const QString, title);
    QFETCH(const QString, keys);
    const std::string text = title.toStdString();
    const auto mapping = mapper().map({text, "", ""});
    for (const QString &key : keys.split(u' ')) {
        const bool absent = key.startsWith(u'-');
        const std::string name = key.mid(absent ? 1 : 0).toStdString();
        QVERIFY2((confidenceOf(mapping, name) > 0) != absent, name.c_str());
    }
}

void TestPlaces::capitalsMustBeCapitals()
{
    const auto said = mapper().map({"Doctors who warn of measles praised by WHO", "", ""});
    QVERIFY(confidenceOf(said, "org:who") > 0);
    const auto unsaid = mapper().map({"Who will win the vote on an apple tax", "", ""});
    QCOMPARE(confidenceOf(unsaid, "org:who"), 0.0F);
    QCOMPARE(confidenceOf(unsaid, "org:apple"), 0.0F);
}

void TestPlaces::linksAreOrdered()
{
    const auto mapping = mapper().map({"Fed and ECB act as US stocks and oil slide in Tokyo",
                                       "The Federal Reserve and Japan's central bank", ""});
    QVERIFY(mapping.links.size() > 5);
    for (std::size_t i = 1; i < mapping.links.size(); ++i) {
        QVERIFY(mapping.links[i - 1].confidence >= mapping.links[i].confidence);
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY(mapping.links[j].key != mapping.links[i].key);
    }
    for (const EntityLink &link : mapping.links)
        QVERIFY(link.confidence > 0 && link.confidence <= 1);
}

void TestPlaces::appliesToEventsWithoutOverwriting()
{
    const auto mapping = mapper().map({"Flood in Houston", "", ""});
    schema::Event bare;
    apply(mapping, bare);
    QCOMPARE(bare.region, std::string("US-TX"));
    QVERIFY(bare.geometry.kind == schema::Geometry::Kind::Point);
    QCOMPARE(bare.entities.size(), mapping.links.size());
    const schema::Event once = bare;
    apply(mapping, bare);
    QVERIFY(bare == once);
    schema::Event placed;
    placed.region = "FR";
    placed.geometry = schema::Geometry::at({2, 48});
    apply(mapping, placed);
    QCOMPARE(placed.region, std::string("FR"));
    QCOMPARE(placed.geometry.points.front().latitude, 48.0);
}

void TestPlaces::pointsHaveRegions_data()
{
    QTest::addColumn<double>("longitude");
    QTest::addColumn<double>("latitude");
    QTest::addColumn<QString>("region");
    QTest::newRow("a state of a large country") << -97.74 << 30.27 << "US-TX";
    QTest::newRow("a province") << -79.4 << 43.7 << "CA-ON";
    QTest::newRow("a small country") << 27.6 << -29.4 << "LS";
    QTest::newRow("off a coast") << 142.6 << 38.3 << "JP";
    QTest::newRow("the high seas") << -150.0 << 5.0 << "";
}

void TestPlaces::pointsHaveRegions()
{
    QFETCH(double, longitude);
    QFETCH(double, latitude);
    QFETCH(QString, region);
    const auto index = RegionIndex::shipped();
    QVERIFY(index);
    schema::Event event;
    event.geometry = schema::Geometry::at({longitude, latitude});
    EntityMapping mapping = mapper().map({"M 5.8 earthquake", "", ""});
    linkByPoint(*index, event, mapping);
    apply(mapping, event);
    const auto found = QString::fromStdString(event.region);
    QVERIFY2(found == region || found.startsWith(region + QLatin1Char('-')), qPrintable(found));
    if (!region.isEmpty())
        QVERIFY(confidenceOf(mapping, "country:" + region.first(2).toStdString()) >= 0.7F);
    QVERIFY(std::ranges::is_sorted(mapping.links, std::greater{}, &EntityLink::confidence));
}

/// Texts name the nearest town that readers know; the source says where it was.
void TestPlaces::pointOutweighsText()
{
    const auto index = RegionIndex::shipped();
    QVERIFY(index);
    const auto mappingOf = [&](const schema::Event &event) {
        EntityMapping mapping = mapper().map({"Quake felt in Texas", "", ""});
        linkByPoint(*index, event, mapping);
        return mapping;
    };
    schema::Event event;
    event.geometry = schema::Geometry::at({-106.1, 28.6});
    QVERIFY(mappingOf(event).region.starts_with("MX"));
    event.region = "CL"; // its source says so
    QCOMPARE(mappingOf(event).region, std::string("US-TX"));
    QCOMPARE(confidenceOf(mappingOf(event), "country:MX"), 0.0F);
}

void TestPlaces::hostileTextIsHarmless()
{
    std::string bytes;
    for (int i = 0; i < 200'000; ++i)
        bytes += char(i * 7919 >> 3);
    static_cast<void>(places().find(bytes));
    const auto mapping = mapper().map({bytes, bytes, bytes});
    for (const EntityLink &link : mapping.links)
        QVERIFY(link.confidence >= 0 && link.confidence <= 1);
}

QTEST_APPLESS_MAIN(TestPlaces)
#include "tst_places.moc"
