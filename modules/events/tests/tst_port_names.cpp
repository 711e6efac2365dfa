// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/port_names.h"
#include "chrona/geo/mercator.h"

#include <QTest>

using namespace chrona;
using namespace chrona::events;

class TestPortNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatShippingSays_data();
    void findsWhatShippingSays();
    void aNameOfSeveralPortsNeedsAHint();
    void aPortIsOneEntity();
};

namespace {

const PortNames &shippedPorts()
{
    static const PortNames ports = PortNames::shipped().value();
    return ports;
}

QString portOf(const Port *port)
{
    return port == nullptr ? QString() : QString::fromStdString(port->country + " " + port->name);
}

} // namespace

void TestPortNames::findsWhatShippingSays_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("port");
    QTest::newRow("its name") << "Rotterdam"
                              << "NL Rotterdam";
    QTest::newRow("in capitals") << "ROTTERDAM"
                                 << "NL Rotterdam";
    QTest::newRow("as authorities write") << "Port of Rotterdam"
                                          << "NL Rotterdam";
    QTest::newRow("with its state") << "Port of Houston, Texas"
                                    << "US Houston";
    QTest::newRow("with accents") << "Málaga"
                                  << "ES Malaga";
    QTest::newRow("Port belongs to it") << "Port Said"
                                        << "EG Port Said";
    QTest::newRow("its other name") << "Ghent"
                                    << "BE Gent";
    QTest::newRow("either half") << "Puerto Belgrano"
                                 << "AR Puerto Belgrano";
    QTest::newRow("the word behind it") << "Hamburg port"
                                        << "DE Hamburg";
    QTest::newRow("an anchorage") << "Singapore Anchorage"
                                  << "SG Singapore";
    QTest::newRow("nobody's") << "MV Example"
                              << "";
    QTest::newRow("no port") << "Madrid"
                             << "";
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("only the word") << "Port of"
                                   << "";
}

void TestPortNames::findsWhatShippingSays()
{
    QFETCH(QString, name);
    QFETCH(QString, port);
    QCOMPARE(portOf(shippedPorts().find(name.toStdString())), port);
}

void TestPortNames::aNameOfSeveralPortsNeedsAHint()
{
    const PortNames &ports = shippedPorts();
    QVERIFY(ports.find("Tripoli") == nullptr); // in Libya and in Lebanon, of one rank or not
    QCOMPARE(portOf(ports.find("Tripoli", {.region = "LB"})), QStringLiteral("LB Tripoli"));
    QCOMPARE(portOf(ports.find("Tripoli", {.region = "LY-TB"})), QStringLiteral("LY Tripoli"));
    QVERIFY(ports.find("Tripoli", {.region = "DE"}) == nullptr);
    const schema::GeoPoint maine{-70.3, 43.7}, oregon{-122.7, 45.5};
    const Port *east = ports.find("Portland", {.region = "US", .near = maine});
    const Port *west = ports.find("Port of Portland, Oregon", {.region = "US", .near = oregon});
    QVERIFY(east != nullptr && west != nullptr && east != west);
    QVERIFY(geo::distanceKm(east->location, maine) < 100);
    QVERIFY(geo::distanceKm(west->location, oregon) < 100);
}

void TestPortNames::aPortIsOneEntity()
{
    const PortNames &ports = shippedPorts();
    const schema::Entity entity = entityOf(*ports.find("Europoort"));
    QVERIFY(schema::validate(entity).empty());
    QVERIFY(entity.kind == schema::EntityKind::Location);
    QCOMPARE(entity.key, std::string("port:nl-europoort"));
    QCOMPARE(entity.name, std::string("Port of Europoort"));
    QVERIFY(entity.location.has_value());
    QCOMPARE(entityOf(*ports.find("Port Said")).name, std::string("Port Said"));
    QVERIFY(entityOf(*ports.find("Tripoli", {.region = "LB"})).key !=
            entityOf(*ports.find("Tripoli", {.region = "LY"})).key);
}

QTEST_APPLESS_MAIN(TestPortNames)
#include "tst_port_names.moc"
