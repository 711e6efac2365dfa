// SPDX-License-Identifier: AGPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

/// Every text of the workstation has its translation, and none lost a placeholder on the way. The
/// texts are read from the sources as they are now, so a new one without a translation is found.
class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void catalogIsComplete_data();
    void catalogIsComplete();
    void placeholdersAreKept_data();
    void placeholdersAreKept();
    void everyLanguageNamesCountries();
    void everyCatalogIsInTheProgram();
    void qtsOwnWordsAreTranslated();

private:
    QTemporaryDir m_folder;
    QStringList m_catalogs;
};

namespace {

struct Message {
    QString context, source;
    QStringList translations; ///< more than one for plurals
    bool isNumerus = false;
    bool isUnfinished = false;
};

Message readMessage(QXmlStreamReader &xml)
{
    Message message;
    message.isNumerus = xml.attributes().value("numerus"_L1) == "yes"_L1;
    while (xml.readNextStartElement()) {
        if (xml.name() == "source"_L1) {
            message.source = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            message.isUnfinished = xml.attributes().value("type"_L1) == "unfinished"_L1;
            if (!message.isNumerus) {
                message.translations.append(xml.readElementText());
                continue;
            }
            while (xml.readNextStartElement())
                message.translations.append(xml.readElementText());
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> readCatalog(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1)
            context = xml.readElementText();
        if (xml.name() != "message"_L1)
            continue;
        messages.append(readMessage(xml));
        messages.back().context = context;
    }
    return messages;
}

/// "de" of "chrona_de.ts".
QString languageOf(const QString &catalog)
{
    return catalog.section(u'_', 1).section(u'.', 0, 0);
}

/// %1, %L2 and %n, sorted. A plural form may leave %n out ("one event").
QStringList placeholders(const QString &text, bool withCount)
{
    static const QRegularExpression kPattern(u"%L?(\\d+|n)"_s);
    QStringList found;
    for (const auto &match : kPattern.globalMatch(text))
        if (withCount || match.captured(1) != "n"_L1)
            found.append(match.captured());
    found.sort();
    found.removeDuplicates();
    return found;
}

} // namespace

void TestTranslations::initTestCase()
{
    const QDir sources(QStringLiteral(SOURCES));
    m_catalogs = QDir(sources.filePath(u"translations"_s)).entryList({u"chrona_*.ts"_s});
    QVERIFY(m_catalogs.contains(u"chrona_de.ts"_s) && m_catalogs.contains(u"chrona_en.ts"_s));
    for (const QString &catalog : m_catalogs) {
        const QString copy = m_folder.filePath(catalog);
        QVERIFY(QFile::copy(sources.filePath(u"translations/"_s + catalog), copy));
        QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
        QStringList arguments = QStringLiteral(LUPDATE_ARGUMENTS).split(u' ');
        if (catalog == "chrona_en.ts"_L1)
            arguments.prepend(u"-pluralonly"_s);
        QProcess lupdate;
        lupdate.setWorkingDirectory(sources.path());
        lupdate.start(QStringLiteral(LUPDATE), arguments << u"-ts"_s << copy);
        QVERIFY(lupdate.waitForFinished(120'000));
        // A warning tells of texts whose class it could not find, so that none would be shown.
        const QByteArray said = lupdate.readAllStandardError();
        QVERIFY2(lupdate.exitCode() == 0 && said.isEmpty(), said.constData());
    }
}

void TestTranslations::catalogIsComplete_data()
{
    QTest::addColumn<QString>("catalog");
    for (const QString &catalog : m_catalogs)
        QTest::newRow(qPrintable(catalog)) << m_folder.filePath(catalog);
}

void TestTranslations::catalogIsComplete()
{
    QFETCH(QString, catalog);
    const QList<Message> messages = readCatalog(catalog);
    QVERIFY(!messages.isEmpty());
    QStringList missing;
    for (const Message &message : messages)
        if (message.isUnfinished || message.translations.isEmpty() ||
            message.translations.contains(QString()))
            missing.append(message.context + u": "_s + message.source);
    QVERIFY2(missing.isEmpty(),
             qPrintable(u"%1 texts lack a translation; run the target update_translations and "
                        "translate:\n  "_s.arg(missing.size()) +
                        missing.join(u"\n  "_s)));
}

void TestTranslations::placeholdersAreKept_data()
{
    catalogIsComplete_data();
}

void TestTranslations::placeholdersAreKept()
{
    QFETCH(QString, catalog);
    for (const Message &message : readCatalog(catalog)) {
        for (const QString &translation : message.translations) {
            const bool withCount = !message.isNumerus;
            QVERIFY2(placeholders(translation, withCount) ==
                         placeholders(message.source, withCount),
                     qPrintable(message.source + u" → "_s + translation));
        }
    }
}

/// What countries are called comes from a table of its own (resources/geo/recipe.py --names).
void TestTranslations::everyLanguageNamesCountries()
{
    const auto codesOf = [](const QString &path) {
        QFile file(path);
        QStringList codes;
        if (file.open(QIODevice::ReadOnly))
            while (!file.atEnd())
                if (const QString line = QString::fromUtf8(file.readLine()).trimmed();
                    line.count(u'\t') > 0)
                    codes += line.section(u'\t', 0, 0);
        codes.sort();
        return codes;
    };
    const QString folder = QStringLiteral(SOURCES "/resources/geo/");
    const QStringList all = codesOf(folder + u"countries.tsv"_s);
    QVERIFY(all.size() > 240);
    for (const QString &catalog : m_catalogs)
        if (const QString language = languageOf(catalog); language != "en"_L1) {
            const QString table = folder + u"country_names_%1.tsv"_s.arg(language);
            QVERIFY2(codesOf(table) == all, qPrintable(table));
        }
}

/// A catalog that nobody named in translations/CMakeLists.txt would be translated for nothing.
void TestTranslations::everyCatalogIsInTheProgram()
{
    QStringList languages{u"en"_s};
    languages += QStringLiteral(LANGUAGES).split(u'|');
    for (const QString &catalog : m_catalogs) {
        QVERIFY2(languages.contains(languageOf(catalog)), qPrintable(catalog));
        QFile file(QStringLiteral(SOURCES "/translations/") + catalog);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString head = QString::fromUtf8(file.read(400));
        QVERIFY2(head.contains(u" language=\"%1"_s.arg(languageOf(catalog))), qPrintable(head));
    }
    QCOMPARE(m_catalogs.size(), languages.size());
}

/// The program itself, without a window: the words are Qt's, and so are those of buttons.
void TestTranslations::qtsOwnWordsAreTranslated()
{
    if (QStringLiteral(QT_CATALOGS).isEmpty())
        QSKIP("Qt's catalogs were not installed when this was built");
    QProcess chrona;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, m_folder.path());
    chrona.setProcessEnvironment(environment);
    chrona.start(QStringLiteral(CHRONA_PROGRAM), {u"--language"_s, u"de"_s, u"--help"_s});
    QVERIFY(chrona.waitForFinished(120'000));
    const QString help = QString::fromUtf8(chrona.readAllStandardOutput());
    QVERIFY2(help.contains(u"Optionen:"_s), qPrintable(help)); // QCommandLineParser's
    QVERIFY2(help.contains(u"Ordner"_s), qPrintable(help));    // our own
    for (const QString &path : QStringLiteral(QT_CATALOGS).split(u'|')) {
        QTranslator words;
        QVERIFY2(words.load(path), qPrintable(path));
        for (const char *button : {"Cancel", "Close", "&Yes", "Save"})
            QVERIFY2(words.translate("QPlatformTheme", button) != QLatin1StringView(button) &&
                         !words.translate("QPlatformTheme", button).isEmpty(),
                     button);
    }
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
