// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/address.h"

#include <QTest>

using namespace chrona;
using net::AddressPolicy;

class TestAddress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyPublicAddressesAreAllowed_data();
    void onlyPublicAddressesAreAllowed();
    void loopbackNeedsItsAllowance();
    void addressIsSplit_data();
    void addressIsSplit();
    void hostileAddressIsRefused_data();
    void hostileAddressIsRefused();
    void locationIsResolved_data();
    void locationIsResolved();
};

void TestAddress::onlyPublicAddressesAreAllowed_data()
{
    QTest::addColumn<bool>("allowed");
    for (const char *address : {"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1",
                                "223.255.255.255", "2606:4700:4700::1111", "2a00:1450::1",
                                "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"})
        QTest::newRow(address) << true;
    for (const char *address : {"0.0.0.0",
                                "10.0.0.1",
                                "100.64.0.1",
                                "127.0.0.1",
                                "127.8.8.8",
                                "169.254.169.254",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.1.1",
                                "192.0.0.8",
                                "192.0.2.1",
                                "192.88.99.1",
                                "198.18.0.1",
                                "198.19.255.255",
                                "198.51.100.7",
                                "203.0.113.9",
                                "224.0.0.1",
                                "239.1.1.1",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "::ffff:127.0.0.1",
                                "::ffff:10.1.2.3",
                                "::ffff:169.254.169.254",
                                "::127.0.0.1",
                                "64:ff9b::7f00:1",
                                "64:ff9b::a00:1",
                                "64:ff9b:1::1",
                                "2002:7f00:1::1",
                                "2002:a9fe:a9fe::1",
                                "2001::1",
                                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                                "2001:db8::1",
                                "3fff::1",
                                "100::1",
                                "fc00::1",
                                "fd12:3456::1",
                                "fe80::1",
                                "fe80::1%eth0",
                                "fec0::1",
                                "ff02::1",
                                "4000::1",
                                "localhost",
                                "",
                                "8.8.8.8 ",
                                "300.1.1.1"})
        QTest::newRow(*address == '\0' ? "nothing" : address) << false;
}

void TestAddress::onlyPublicAddressesAreAllowed()
{
    QFETCH(bool, allowed);
    const std::string_view tag = QTest::currentDataTag();
    QCOMPARE(net::isAllowedAddress(tag == "nothing" ? "" : tag, AddressPolicy::PublicOnly),
             allowed);
}

void TestAddress::loopbackNeedsItsAllowance()
{
    QVERIFY(net::isAllowedAddress("127.0.0.1", AddressPolicy::PublicAndLoopback));
    QVERIFY(net::isAllowedAddress("::1", AddressPolicy::PublicAndLoopback));
    QVERIFY(net::isAllowedAddress("::ffff:127.0.0.1", AddressPolicy::PublicAndLoopback));
    QVERIFY(!net::isAllowedAddress("10.0.0.1", AddressPolicy::PublicAndLoopback));
    QVERIFY(!net::isAllowedAddress("169.254.169.254", AddressPolicy::PublicAndLoopback));
}

void TestAddress::addressIsSplit_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("https has port 443")
        << QByteArray("https://Example.ORG/x") << QByteArray("example.org") << 443;
    QTest::newRow("http with a port")
        << QByteArray("http://example.org:8080") << QByteArray("example.org") << 8080;
    QTest::newRow("a trailing dot means the same host")
        << QByteArray("https://localhost./") << QByteArray("localhost") << 443;
    QTest::newRow("a decimal address is the address")
        << QByteArray("http://2130706433/") << QByteArray("127.0.0.1") << 80;
    QTest::newRow("a hexadecimal address too")
        << QByteArray("http://0x7f.1/") << QByteArray("127.0.0.1") << 80;
    QTest::newRow("IPv6 without brackets")
        << QByteArray("http://[::1]:81/") << QByteArray("::1") << 81;
    QTest::newRow("letters beyond ASCII") << QByteArray("https://b\xC3\xBC"
                                                        "cher.example/")
                                          << QByteArray("xn--bcher-kva.example") << 443;
}

void TestAddress::addressIsSplit()
{
    QFETCH(QByteArray, url);
    const auto parts = net::splitUrl(url.toStdString());
    QVERIFY2(parts.has_value(), parts ? "" : parts.error().what.c_str());
    QTEST(QByteArray::fromStdString(parts->host), "host");
    QTEST(int(parts->port), "port");
}

void TestAddress::hostileAddressIsRefused_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("a file") << QByteArray("file:///etc/passwd");
    QTest::newRow("another protocol") << QByteArray("gopher://example.org/");
    QTest::newRow("user information hides the host")
        << QByteArray("https://example.org@127.0.0.1/");
    QTest::newRow("no host") << QByteArray("https:///x");
    QTest::newRow("a line break") << QByteArray("https://example.org/\r\nHost: x");
    QTest::newRow("a blank") << QByteArray("https://example.org/ x");
    QTest::newRow("port 0") << QByteArray("https://example.org:0/");
    QTest::newRow("port beyond range") << QByteArray("https://example.org:70000/");
    QTest::newRow("no address at all") << QByteArray("example.org");
    QTest::newRow("far too long") << QByteArray("https://example.org/" + QByteArray(9000, 'a'));
}

void TestAddress::hostileAddressIsRefused()
{
    QFETCH(QByteArray, url);
    QVERIFY(!net::splitUrl(url.toStdString()).has_value());
}

void TestAddress::locationIsResolved_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("expected"); // empty: must refuse
    const auto row = [](const char *name, const char *location, const char *expected) {
        QTest::newRow(name) << QByteArray(location) << QByteArray(expected);
    };
    row("a path", "/new", "https://example.org/new");
    row("beside it", "new?x=1", "https://example.org/a/new?x=1");
    row("without a scheme", "//other.example/x", "https://other.example/x");
    row("whole", "http://other.example/x#part", "http://other.example/x");
    row("javascript", "javascript:alert(1)", "");
    row("a file", "file:///etc/passwd", "");
}

void TestAddress::locationIsResolved()
{
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, expected);
    const auto url = net::resolveUrl("https://example.org/a/old", location.toStdString());
    QCOMPARE(QByteArray::fromStdString(url.value_or("")), expected);
}

QTEST_APPLESS_MAIN(TestAddress)
#include "tst_address.moc"
