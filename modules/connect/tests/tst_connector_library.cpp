// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/connector.h"
#include "chrona/connect/connector_library.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace chrona;
using connect::ConnectorLibrary;

class TestConnectorLibrary : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void soundPluginIsLoadedAndRuns();
    void unfitPluginIsRefused_data();
    void unfitPluginIsRefused();
    void secondPluginForOneSourceIsRefused();
    void missingFolderFails();
    void entryMustBeComplete_data();
    void entryMustBeComplete();
};

namespace {

std::filesystem::path folderOf(const char *name)
{
    return std::filesystem::path(CHRONA_TEST_PLUGINS) / name;
}

QJsonObject soundEntry()
{
    QFile file(QStringLiteral(CHRONA_SOURCE_DIR "/modules/connect/tests/plugins/sound.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

} // namespace

void TestConnectorLibrary::soundPluginIsLoadedAndRuns()
{
    const auto library = ConnectorLibrary::load(folderOf("sound"));
    QVERIFY2(library.has_value(), library ? "" : library.error().what.c_str());
    QVERIFY((*library)->refusals().empty());
    QCOMPARE((*library)->entries().size(), 1U);
    const auto *entry = (*library)->find("sound");
    QVERIFY(entry != nullptr);
    QCOMPARE(entry->description.sources.front().key, std::string("sound"));
    QCOMPARE(entry->description.sources.front().connector, std::string("sound"));
    connect::RawItem item;
    item.payload = "hello";
    const auto drafts = entry->connector->normalize(item);
    QVERIFY(drafts.has_value());
    QCOMPARE(std::get<schema::Event>(drafts->front()).title, std::string("hello"));
    QVERIFY((*library)->find("nobody") == nullptr);
}

void TestConnectorLibrary::unfitPluginIsRefused_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("silent-terms") << QByteArray("terms_url");
    QTest::newRow("other-api") << "this program speaks " + QByteArray::number(connect::kApiVersion);
    QTest::newRow("two-faced") << QByteArray("differs between the metadata and the code");
}

void TestConnectorLibrary::unfitPluginIsRefused()
{
    QFETCH(QByteArray, reason);
    const auto library = ConnectorLibrary::load(folderOf(QTest::currentDataTag()));
    QVERIFY(library.has_value());
    QVERIFY((*library)->entries().empty());
    QCOMPARE((*library)->refusals().size(), 1U);
    const QByteArray said((*library)->refusals().front().reason.c_str());
    QVERIFY2(said.contains(reason), said.constData());
}

void TestConnectorLibrary::secondPluginForOneSourceIsRefused()
{
    QTemporaryDir folder;
    const QString modules = QStringLiteral(CHRONA_TEST_PLUGINS);
    for (const auto *name : {"sound", "same-source"}) {
        const QDir from(modules + QLatin1Char('/') + QLatin1StringView(name));
        const auto files = from.entryInfoList(QDir::Files);
        QCOMPARE(files.size(), 1);
        // "sound" sorts after "same-source": the prefix decides who is first.
        const QString first = QLatin1StringView(name) == QLatin1StringView("sound")
                                  ? QStringLiteral("a-")
                                  : QStringLiteral("b-");
        QVERIFY(QFile::copy(files.front().absoluteFilePath(),
                            folder.filePath(first + files.front().fileName())));
    }
    QFile text(folder.filePath(QStringLiteral("notes.txt")));
    QVERIFY(text.open(QIODevice::WriteOnly));
    const auto library = ConnectorLibrary::load(folder.path().toStdString());
    QVERIFY(library.has_value());
    QCOMPARE((*library)->entries().size(), 1U);
    QCOMPARE((*library)->entries().front().description.id, std::string("sound"));
    QCOMPARE((*library)->refusals().size(), 1U);
    QVERIFY((*library)->refusals().front().reason.contains("belongs to connector \"sound\""));
}

void TestConnectorLibrary::missingFolderFails()
{
    const auto library = ConnectorLibrary::load("/nonexistent/plugins");
    QVERIFY(!library.has_value());
    QVERIFY(library.error().code == ErrorCode::NotFound);
}

void TestConnectorLibrary::entryMustBeComplete_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value"); // undefined: taken out
    QTest::addColumn<QByteArray>("fault");
    const QJsonValue none(QJsonValue::Undefined);
    const auto row = [](const char *name, const char *field, const QJsonValue &value,
                        const char *fault) {
        QTest::newRow(name) << QString::fromLatin1(field) << value << QByteArray(fault);
    };
    row("no licence", "licence", none, "sources[0].licence is missing");
    row("no attribution where it is asked for", "redistribution",
        QStringLiteral("with_attribution"), "sources[0].attribution");
    row("unknown redistribution", "redistribution", QStringLiteral("maybe"),
        "unknown word \"maybe\"");
    row("terms never read", "terms_checked_on", QStringLiteral("soon"),
        "sources[0].terms_checked_on");
    row("no rate", "rate", none, "sources[0].rate is not an object");
    row("no hosts", "hosts", QJsonArray(), "sources[0].hosts");
    row("a host that is an address", "hosts", QJsonArray{QStringLiteral("https://x")},
        "sources[0].hosts[0]");
    row("cadence without a unit", "cadence", QStringLiteral("5"), "sources[0].cadence");
    row("no publisher family", "publisher_family", QStringLiteral(""),
        "sources[0].publisher_family");
}

void TestConnectorLibrary::entryMustBeComplete()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QFETCH(QByteArray, fault);
    QJsonObject metadata = soundEntry();
    QJsonObject source = metadata.value(QStringLiteral("sources")).toArray().at(0).toObject();
    QVERIFY(!source.isEmpty());
    if (value.isUndefined())
        source.remove(field);
    else
        source.insert(field, value);
    metadata.insert(QStringLiteral("sources"), QJsonArray{source});
    const auto description =
        connect::readDescription(QJsonDocument(metadata).toJson().toStdString());
    QVERIFY(!description.has_value());
    QVERIFY2(QByteArray(description.error().what.c_str()).contains(fault),
             description.error().what.c_str());
}

QTEST_GUILESS_MAIN(TestConnectorLibrary)
#include "tst_connector_library.moc"
