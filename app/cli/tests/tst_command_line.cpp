// SPDX-License-Identifier: AGPL-3.0-or-later
#include "arguments.h"
#include "command.h"
#include "command_run.h"
#include "output.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::cli;
using cli::tests::Run;
using cli::tests::run;

namespace {

constexpr OptionSpec kSpecs[] = {
    {"limit", "N", "how many"},
    {"from", "TIME", "since when"},
    {"map", "A=B", "rename"},
    {"wait", "", "stay"},
};

QString text(const std::string &words)
{
    return QString::fromStdString(words);
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void readsTypedValues();
    void namesTheOptionWhoseValueIsWrong();
    void exitCodes_data();
    void exitCodes();
    void commandsOfLaterVersionsAreNotListed();
    void everyCommandHasHelp();
    void theManPageDescribesEveryCommandAndOption();
    void tablesAlign();
    void csvFieldsAreQuoted_data();
    void csvFieldsAreQuoted();
    void foreignTextIsNoFormula();
    void sizesAndSpansAreReadable();
};

void TestCommandLine::parses_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>(
        "expected"); // "option=value … | positionals", or "!" and part of the fault
    const auto row = [](const char *name, QStringList words, const char *expected) {
        QTest::newRow(name) << words << QString::fromUtf8(expected);
    };
    row("a value after its option", {u"--limit"_s, u"5"_s}, "limit=5 |");
    row("a value joined by an equals sign", {u"--limit=5"_s}, "limit=5 |");
    row("a value that has an equals sign of its own", {u"--map"_s, u"a=b"_s}, "map=a=b |");
    row("the last of a repeated option counts", {u"--limit=5"_s, u"--limit=6"_s}, "limit=6 |");
    row("words without dashes are positional", {u"a"_s, u"--wait"_s, u"b"_s}, "wait= |a b");
    row("after a double dash nothing is an option", {u"--"_s, u"--wait"_s}, "|--wait");
    row("a negative number is no option", {u"-5"_s}, "|-5");
    row("a value may begin with dashes", {u"--map"_s, u"--x"_s}, "map=--x |");
    row("an unknown option", {u"--nope"_s}, "!no option --nope");
    row("a short option", {u"-x"_s}, "!no option -x");
    row("a missing value", {u"--limit"_s}, "!--limit N");
    row("a value for a flag", {u"--wait=1"_s}, "!takes no value");
}

void TestCommandLine::parses()
{
    QFETCH(QStringList, words);
    QFETCH(QString, expected);
    std::vector<std::string> given;
    for (const QString &word : words)
        given.push_back(word.toStdString());
    const auto parsed = Arguments::parse(given, kSpecs);
    if (expected.startsWith(u'!')) {
        QVERIFY(!parsed);
        QVERIFY2(text(parsed.error().what).contains(expected.mid(1)), parsed.error().what.c_str());
        return;
    }
    QVERIFY(parsed.has_value());
    std::string seen;
    for (const OptionSpec &spec : kSpecs)
        if (parsed->has(spec.name))
            seen += std::string(spec.name) + "=" + *parsed->value(spec.name) + " ";
    seen += "|";
    for (std::size_t index = 0; index < parsed->positionals().size(); ++index)
        seen += (index ? " " : "") + parsed->positionals()[index];
    QCOMPARE(text(seen), expected);
}

void TestCommandLine::readsTypedValues()
{
    const std::vector<std::string> words{"--limit", "12", "--from", "2026-01-02"};
    const auto parsed = Arguments::parse(words, kSpecs);
    QVERIFY(parsed.has_value());
    QCOMPARE(**parsed->integer("limit"), 12);
    QCOMPARE(**parsed->number("limit"), 12.0);
    QCOMPARE(text(formatInstant(**parsed->instant("from"))),
             QStringLiteral("2026-01-02T00:00:00Z"));
    QVERIFY(!parsed->integer("map")->has_value());
}

void TestCommandLine::namesTheOptionWhoseValueIsWrong()
{
    const std::vector<std::string> words{"--limit", "12x", "--from", "yesterday"};
    const auto parsed = Arguments::parse(words, kSpecs);
    QVERIFY(parsed.has_value());
    QVERIFY(
        text(parsed->integer("limit").error().what).contains(QStringLiteral("--limit is \"12x\"")));
    QVERIFY(text(parsed->instant("from").error().what).contains(QStringLiteral("--from")));
}

void TestCommandLine::exitCodes_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    const QString nowhere = QStringLiteral("/nonexistent/chrona");
    QTest::newRow("nothing at all is wrong usage") << QStringList{} << 2;
    QTest::newRow("help is a success") << QStringList{u"--help"_s} << 0;
    QTest::newRow("the version is a success") << QStringList{u"--version"_s} << 0;
    QTest::newRow("an unknown command") << QStringList{u"frobnicate"_s} << 2;
    QTest::newRow("a command of a later version") << QStringList{u"backup"_s, u"list"_s} << 2;
    QTest::newRow("an unknown option of a command") << QStringList{u"status"_s, u"--nope"_s} << 2;
    QTest::newRow("no service answers") << QStringList{u"status"_s, u"--data"_s, nowhere} << 3;
    QTest::newRow("options before the command")
        << QStringList{u"--data"_s, nowhere, u"status"_s} << 3;
    QTest::newRow("import without a kind") << QStringList{u"import"_s, u"x.csv"_s} << 2;
    QTest::newRow("import of an unknown kind")
        << QStringList{u"import"_s, u"--kind"_s, u"cats"_s, u"x.csv"_s} << 2;
    QTest::newRow("parse without a connector") << QStringList{u"parse"_s, u"x"_s} << 2;
    QTest::newRow("demo without saying what") << QStringList{u"demo"_s} << 2;
    QTest::newRow("a box with three sides")
        << QStringList{u"events"_s, u"--bbox"_s, u"1,2,3"_s} << 2;
}

void TestCommandLine::exitCodes()
{
    QFETCH(QStringList, words);
    QFETCH(int, code);
    std::vector<std::string> given;
    for (const QString &word : words)
        given.push_back(word.toStdString());
    const Run result = run(given);
    QCOMPARE(static_cast<int>(result.code), code);
    if (code != 0) {
        QVERIFY(result.out.empty());
        QVERIFY(!result.err.empty());
    }
}

void TestCommandLine::commandsOfLaterVersionsAreNotListed()
{
    const std::string overview = run({"--help"}).out;
    for (const std::string_view name : commandsNotInThisBuild()) {
        const Run result = run({std::string(name)});
        QVERIFY(
            text(result.err)
                .contains(QStringLiteral("this build has no %1 yet").arg(text(std::string(name)))));
        QVERIFY(!text(overview).contains(QStringLiteral("\n  %1 ").arg(text(std::string(name)))));
    }
}

void TestCommandLine::everyCommandHasHelp()
{
    const std::string overview = run({"--help"}).out;
    for (const Command *command : allCommands()) {
        const Run result = run({std::string(command->name), "--help"});
        QCOMPARE(static_cast<int>(result.code), 0);
        QVERIFY(result.out.contains(command->summary));
        QVERIFY(overview.contains(command->summary));
        for (const OptionSpec &option : command->options)
            QVERIFY(result.out.contains(option.summary));
    }
}

void TestCommandLine::theManPageDescribesEveryCommandAndOption()
{
    QFile file(QStringLiteral(CHRONA_SOURCE_DIR "/docs/man/chronactl.1"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string page = file.readAll().toStdString();
    for (const Command *command : allCommands()) {
        QVERIFY2(page.contains(std::format(".SS {}", command->name)), command->name.data());
        for (const OptionSpec &option : command->options) {
            std::string name = "\\-\\-";
            for (const char c : option.name)
                name += c == '-' ? std::string("\\-") : std::string(1, c);
            QVERIFY2(page.contains(name), option.name.data());
        }
    }
}

void TestCommandLine::tablesAlign()
{
    Table table({{"NAME"}, {"COUNT", Table::Align::Right}, {"STATE"}});
    table.add({"Zürich", "7", "ok"});
    table.add({"a\033[31m", "1200", "late"});
    std::ostringstream out;
    table.print(out);
    QCOMPARE(text(out.str()), QStringLiteral("NAME    COUNT  STATE\n"
                                             "Zürich      7  ok\n"
                                             "a?[31m   1200  late\n"));
}

void TestCommandLine::csvFieldsAreQuoted_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain text stays") << u"plain"_s << u"plain"_s;
    QTest::newRow("a comma") << u"a,b"_s << u"\"a,b\""_s;
    QTest::newRow("a quotation mark is doubled") << u"a\"b"_s << u"\"a\"\"b\""_s;
    QTest::newRow("a line break") << u"a\nb"_s << u"\"a\nb\""_s;
}

void TestCommandLine::csvFieldsAreQuoted()
{
    QFETCH(QString, given);
    QFETCH(QString, expected);
    QCOMPARE(text(csvField(given.toStdString())), expected);
}

void TestCommandLine::foreignTextIsNoFormula()
{
    QCOMPARE(text(csvForeign("=HYPERLINK(\"x\")")), u"\"'=HYPERLINK(\"\"x\"\")\""_s);
    for (const char *sign : {"+1", "-1", "@a", "\tb"})
        QVERIFY(csvForeign(sign).starts_with('\''));
    QCOMPARE(text(csvForeign("a = b")), u"a = b"_s);
    QCOMPARE(text(csvForeign("")), QString());
}

void TestCommandLine::sizesAndSpansAreReadable()
{
    QCOMPARE(text(formatBytes(512)), QStringLiteral("512 B"));
    QCOMPARE(text(formatBytes(1536)), QStringLiteral("1.5 KiB"));
    QCOMPARE(text(formatBytes(5ULL << 40)), QStringLiteral("5.0 TiB"));
    QCOMPARE(text(formatSeconds(59)), QStringLiteral("59 s"));
    QCOMPARE(text(formatSeconds(3725)), QStringLiteral("1 h 2 min"));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
