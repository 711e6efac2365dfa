// SPDX-License-Identifier: AGPL-3.0-or-later
#include "function_lengths.h"
#include "rules.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace chrona::tree;

/// Proves that each rule can fail: small trees that break one rule each, and their mended twins.
class TestTreeRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRuleFindsItsFault_data();
    void everyRuleFindsItsFault();
    void everyRuleIsProven();
    void topLevelIsExact();
    void limitsOnlyShrink_data();
    void limitsOnlyShrink();
    void exceptionsMustBeNeeded();
    void edgeTablesAreRead();
    void functionsAreMeasured_data();
    void functionsAreMeasured();
    void wordsAreBlanked();
};

namespace {

const QByteArray kLicence = "// SPDX-License-Identifier: AGPL-3.0-or-later\n";
const QByteArray kTable = "# SPDX-License-Identifier: AGPL-3.0-or-later\n"
                          "set(CHRONA_FOUNDATION schema)\n"
                          "set(CHRONA_ALLOWED_base)\nset(CHRONA_ALLOWED_schema base)\n"
                          "set(CHRONA_ALLOWED_ui base\n    ${CHRONA_FOUNDATION})\n";

/// A tree in a folder of its own: files by path.
class Fixture {
public:
    Fixture() { put(QStringLiteral("modules/ChronaModule.cmake"), kTable); }

    void put(const QString &path, const QByteArray &text)
    {
        const QString full = m_folder.filePath(path);
        QDir().mkpath(QFileInfo(full).path());
        QFile file(full);
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }
    [[nodiscard]] SourceTree tree() const
    {
        return readTree(m_folder.path().toStdString()).value_or(SourceTree{});
    }

private:
    QTemporaryDir m_folder;
};

const Rule *ruleNamed(const QByteArray &name)
{
    for (const Rule &rule : rules()) {
        if (rule.name == std::string_view(name.constData(), std::size_t(name.size())))
            return &rule;
    }
    return nullptr;
}

QByteArray lines(int count)
{
    return QByteArray("int x;\n").repeated(count);
}

QByteArray function(const QByteArray &name, int bodyLines)
{
    return "void " + name + "()\n{\n" + QByteArray("    x();\n").repeated(bodyLines - 2) + "}\n";
}

} // namespace

void TestTreeRules::everyRuleFindsItsFault_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line"); // -1: no finding
    const auto row = [](const char *name, const char *rule, const char *path,
                        const QByteArray &text, int line) {
        QTest::newRow(name) << QByteArray(rule) << QString::fromLatin1(path) << text << line;
    };
    row("a source without its licence", "licence-line", "modules/base/src/a.cpp", "int x;\n", 1);
    row("a source with it", "licence-line", "modules/base/src/a.cpp", kLicence, -1);
    row("a script has it on its second line", "licence-line", "packaging/x",
        "#!/bin/sh\n# SPDX-License-Identifier: AGPL-3.0-or-later\n", -1);
    row("a script without it", "licence-line", "packaging/x", "#!/bin/sh\necho\n", 2);
    row("a module without a README", "readme", "modules/base/src/a.cpp", kLicence, 0);
    row("a plugin without a README", "readme", "plugins/venues/x/a.cpp", kLicence, 0);
    row("a README too long", "readme", "modules/base/README.md", lines(41), 0);
    row("a README", "readme", "modules/base/README.md", lines(40), -1);
    row("a host that its entry does not name", "plugin-host", "plugins/connectors/x/src/x.cpp",
        "\nask(\"https://elsewhere.com/feed\");\n", 2);
    row("an address in a comment", "plugin-host", "plugins/connectors/x/src/x.cpp",
        "// see https://elsewhere.com/feed\n", -1);
    row("a module named after nothing", "module-name", "modules/utils/src/a.cpp", kLicence, 0);
    row("somebody's own folder", "machine-path", "docs/a.md",
        "first\nsee /"
        "root/x\n",
        2);
    row("a path of the web", "machine-path", "docs/a.md",
        "see https://x.org/"
        "root/x and a/"
        "work/b\n",
        -1);
    row("a file of 801 lines", "file-length", "modules/base/src/a.cpp", lines(801), 0);
    row("a file of 401 lines that nobody agreed to", "file-length", "modules/base/src/a.cpp",
        lines(401), 0);
    row("a file of 400 lines", "file-length", "modules/base/src/a.cpp", lines(400), -1);
    row("a header of 201 lines", "header-length", "modules/base/src/a.h", lines(201), 0);
    row("a header of 200 lines", "header-length", "modules/base/src/a.h", lines(200), -1);
    row("a function of 71 lines", "function-length", "modules/base/src/a.cpp",
        "\n" + function("f", 71), 3);
    row("a function of 70 lines", "function-length", "modules/base/src/a.cpp", function("f", 70),
        -1);
    row("a table of test rows may be long", "function-length", "modules/base/tests/tst_a.cpp",
        function("T::f_data", 200), -1);
    row("a table outside tests may not", "function-length", "modules/base/src/a.cpp",
        function("T::f_data", 200), 2);
    row("101 columns", "line-length", "modules/base/src/a.cpp", "\n" + QByteArray(101, 'x') + '\n',
        2);
    row("100 columns of two bytes each", "line-length", "modules/base/src/a.cpp",
        "// " + QByteArray("\xC3\xA9").repeated(97), -1);
    row("an address that cannot be cut", "line-length", "modules/base/src/a.cpp",
        "// https://x.org/" + QByteArray(100, 'x'), -1);
    row("what a raw string holds", "line-length", "modules/base/src/a.cpp",
        "auto s = R\"(\n" + QByteArray(150, 'x') + "\n)\";\n", -1);
    row("after a raw string", "line-length", "modules/base/src/a.cpp",
        "auto s = R\"(\nx\n)\";\n" + QByteArray(101, 'x'), 4);
    row("an edge upwards", "edge", "modules/schema/src/a.cpp", "\n#include \"chrona/ui/a.h\"\n", 2);
    row("an allowed edge", "edge", "modules/ui/src/a.cpp", "#include \"chrona/schema/a.h\"\n", -1);
    row("the module itself", "edge", "modules/ui/src/a.cpp", "#include <chrona/ui/a.h>\n", -1);
    row("a module that the table lacks", "edge", "modules/odd/src/a.cpp",
        "#include \"chrona/base/a.h\"\n", 1);
    row("out of the folder", "edge", "modules/ui/src/a.cpp", "#include \"../../base/src/a.h\"\n",
        1);
    row("a plugin that uses the service", "edge", "plugins/venues/x/a.cpp",
        "#include \"chrona/service/a.h\"\n", 1);
    row("a program that uses storage", "edge", "app/cli/a.cpp", "#include \"chrona/storage/a.h\"\n",
        1);
    row("a program that uses an engine", "edge", "app/cli/a.cpp",
        "#include \"chrona/discovery/a.h\"\n", -1);
    row("a test that plays the other side", "edge", "modules/schema/tests/tst_a.cpp",
        "#include \"chrona/ui/a.h\"\n", -1);
    row("a table that the document contradicts", "documented-edge", "docs/ARCHITECTURE.md",
        "| 0 | base | x | – |\n| 1 | schema | x | – |\n| 6 | ui | x | base schema |\n", 0);
    row("a document that agrees", "documented-edge", "docs/ARCHITECTURE.md",
        "| 0 | base | x | – |\n| 1 | schema | x | base |\n| 6 | ui | x | base schema |\n", -1);
    row("Qt in an engine", "pure-module", "modules/discovery/src/a.cpp", "#include <QString>\n", 1);
    row("a file in an engine", "pure-module", "modules/discovery/src/a.cpp", "#include <fstream>\n",
        1);
    row("a clock in an engine", "pure-module", "modules/oracle/src/a.cpp",
        "\nauto t = std::chrono::system_clock::now();\n", 2);
    row("Qt in an engine's test", "pure-module", "modules/discovery/tests/tst_a.cpp",
        "#include <QTest>\n", -1);
    row("Qt in an adapter", "pure-module", "modules/ipc/src/a.cpp", "#include <QString>\n", -1);
    row("a plugin with a socket", "plugin-network", "plugins/venues/x/a.cpp",
        "#include <QTcpSocket>\n", 1);
    row("a plugin that links the network", "plugin-network", "plugins/venues/x/CMakeLists.txt",
        "\nlink(Qt6::Network)\n", 2);
    row("rand", "banned-call", "modules/base/src/a.cpp", "int x = std::rand();\n", 1);
    row("a word that ends in rand", "banned-call", "modules/base/src/a.cpp",
        "int x = operand(1) + a.rand();\n", -1);
    row("sleep in a test", "banned-call", "modules/base/tests/tst_a.cpp", "QTest::qSleep(5);\n", 1);
    row("waiting for nothing in a test", "banned-call", "modules/base/tests/tst_a.cpp",
        "QTest::qWait(5);\n", 1);
    row("sleep between polls", "banned-call", "modules/storage/src/a.cpp",
        "std::this_thread::sleep_for(step);\n", -1);
    row("a thread by inheritance", "banned-call", "modules/ipc/src/a.h",
        "class A : public QThread {};\n", 1);
    row("processEvents", "banned-call", "modules/ui/src/a.cpp", "app.processEvents();\n", 1);
    row("std::print", "banned-call", "app/cli/a.cpp", "std::println(\"x\");\n", 1);
    row("spdlog", "banned-call", "modules/ipc/src/a.cpp", "#include <spdlog/spdlog.h>\n", 1);
    row("spdlog in base", "banned-call", "modules/base/src/a.cpp", "#include <spdlog/spdlog.h>\n",
        -1);
    row("the environment", "banned-call", "modules/ipc/src/a.cpp", "auto x = std::getenv(name);\n",
        1);
    row("the environment in a program", "banned-call", "app/cli/a.cpp",
        "auto x = std::getenv(name);\n", -1);
    row("printf", "banned-call", "modules/ipc/src/a.cpp", "std::printf(text);\n", 1);
    row("std::cerr", "banned-call", "modules/ipc/src/a.cpp", "std::cerr << x;\n", 1);
    row("printing in a program", "banned-call", "app/cli/a.cpp", "std::puts(text);\n", -1);
    row("sprintf", "banned-call", "app/cli/a.cpp", "snprintf(a, 1, b);\n", 1);
    row("a shell", "banned-call", "app/cli/a.cpp", "std::system(command);\n", 1);
    row("a time zone", "banned-call", "modules/base/src/a.cpp", "std::chrono::zoned_time x;\n", 1);
    row("a banned word in a comment or a text", "banned-call", "modules/base/src/a.cpp",
        "// std::rand()\nauto x = \"std::rand()\"; /* std::system(x) */\n", -1);
    row("words in an adapter", "translation", "modules/ipc/src/a.cpp", "auto x = tr(\"a\");\n", 1);
    row("words in ui", "translation", "modules/ui/src/a.cpp", "auto x = tr(\"a\");\n", -1);
    row("a call that ends in tr", "translation", "modules/ipc/src/a.cpp", "auto x = ptr(1);\n", -1);
    row("a task without a number", "todo", "modules/base/src/a.cpp",
        "int x; // TO"
        "DO: later\n",
        1);
    row("a task with a number", "todo", "modules/base/src/a.cpp",
        "int x; // TO"
        "DO(#12): later\n",
        -1);
    row("a task in a script", "todo", "packaging/x",
        "#!/bin/sh\n# FIX"
        "ME\n",
        2);
}

void TestTreeRules::everyRuleFindsItsFault()
{
    QFETCH(QByteArray, rule);
    QFETCH(QString, path);
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QVERIFY(ruleNamed(rule) != nullptr);
    Fixture fixture;
    fixture.put(path, text);
    Findings findings = ruleNamed(rule)->check(fixture.tree());
    QCOMPARE(findings.size(), std::size_t(line < 0 ? 0 : 1));
    if (line >= 0) {
        QCOMPARE(int(findings[0].line), line);
        QVERIFY(!findings[0].text.empty());
    }
}

void TestTreeRules::everyRuleIsProven()
{
    // Bound to the rows above: a new rule without a failing row fails here.
    const QByteArrayList proven{
        "licence-line",  "readme",          "module-name", "machine-path", "file-length",
        "header-length", "function-length", "line-length", "edge",         "documented-edge",
        "pure-module",   "plugin-network",  "plugin-host", "banned-call",  "translation",
        "todo",          "top-level"};
    for (const Rule &rule : rules())
        QVERIFY2(proven.contains(QByteArray(rule.name.data(), qsizetype(rule.name.size()))),
                 rule.name.data());
    QCOMPARE(rules().size(), std::size_t(proven.size()));
}

void TestTreeRules::topLevelIsExact()
{
    Fixture fixture;
    fixture.put(QStringLiteral("scratch/a.txt"), "x");
    fixture.put(QStringLiteral("build/a.txt"), "x");
    QByteArray found;
    for (const Finding &finding : checkTopLevel(fixture.tree()))
        found += QByteArray::fromStdString(finding.path) + ' ';
    QVERIFY(found.startsWith("scratch "));
    QVERIFY(found.contains("README.md ") && found.contains("plugins ") &&
            !found.contains("modules "));
    QVERIFY(!found.contains("build "));
}

void TestTreeRules::limitsOnlyShrink_data()
{
    QTest::addColumn<QByteArray>("limit");
    QTest::addColumn<int>("lineCount");
    QTest::addColumn<QByteArray>("finding"); // empty: none
    const QByteArray path = "modules/base/src/a.cpp";
    QTest::newRow("as agreed") << "450 " + path << 450 << QByteArray();
    QTest::newRow("longer than agreed")
        << "450 " + path << 451 << QByteArray("has 451 lines, 450 were agreed: split it");
    QTest::newRow("a little shorter than agreed") << "450 " + path << 430 << QByteArray();
    QTest::newRow("shorter than agreed")
        << "450 " + path << 429 << "lower " + path + " to 429 lines";
    QTest::newRow("short enough") << "450 " + path << 400
                                  << "remove " + path + ", it has 400 lines now";
    QTest::newRow("gone") << QByteArray("450 modules/base/src/b.cpp") << 10
                          << QByteArray("remove modules/base/src/b.cpp, it is gone");
    QTest::newRow("more than can be agreed")
        << "900 " + path << 900 << QByteArray("has 900 lines, at most 800 are allowed: split it");
}

void TestTreeRules::limitsOnlyShrink()
{
    QFETCH(QByteArray, limit);
    QFETCH(int, lineCount);
    QFETCH(QByteArray, finding);
    Fixture fixture;
    fixture.put(QStringLiteral("tests/tree/limits.txt"), "# note\n" + limit + '\n');
    fixture.put(QStringLiteral("modules/base/src/a.cpp"), lines(lineCount));
    const Findings findings = checkFileLengths(fixture.tree());
    QCOMPARE(findings.size(), std::size_t(finding.isEmpty() ? 0 : 1));
    if (!findings.empty())
        QCOMPARE(QByteArray::fromStdString(findings[0].text), finding);
}

void TestTreeRules::exceptionsMustBeNeeded()
{
    Fixture fixture;
    fixture.put(QStringLiteral("modules/base/src/a.cpp"), kLicence + "int x = std::rand();\n");
    const auto about = [&fixture](const char *path) {
        QByteArrayList texts;
        for (const Finding &finding : checkAll(fixture.tree())) {
            if (finding.path == path)
                texts << QByteArray::fromStdString(finding.text);
        }
        return texts.join('|');
    };
    QVERIFY(about("modules/base/src/a.cpp").startsWith("std::rand"));
    const QString allowed = QStringLiteral("tests/tree/allowed.txt");
    fixture.put(allowed, "banned-call modules/base/src/a.cpp a dice game\n");
    QCOMPARE(about("modules/base/src/a.cpp"), QByteArray());
    QCOMPARE(about("tests/tree/allowed.txt"), QByteArray());
    fixture.put(allowed, "banned-call modules/base/src/a.cpp\n");
    QCOMPARE(about("tests/tree/allowed.txt"), QByteArray("gives no reason"));
    fixture.put(allowed, "banned-call modules/base/src/b.cpp gone since\n");
    QCOMPARE(about("tests/tree/allowed.txt"),
             QByteArray("is not needed any more: remove the line"));
}

void TestTreeRules::edgeTablesAreRead()
{
    const EdgeTable table = readEdgeTable(kTable.toStdString());
    QCOMPARE(table.size(), std::size_t(3));
    QVERIFY(table.at("base").empty());
    QVERIFY(table.at("ui") == (std::set<std::string>{"base", "schema"}));
    const EdgeTable written = readDocumentedEdges(
        "| layer | module | duty | may use |\n|---|---|---|---|\n| 0 | base | a, b | – |\n"
        "| 2 | oracle | x | base stats |\n| 5 service side | service | y | all of layers 0–4 |\n");
    QCOMPARE(written.size(), std::size_t(3));
    QVERIFY(written.at("service") == (std::set<std::string>{"base", "oracle"}));
}

void TestTreeRules::functionsAreMeasured_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *code, const char *expected) {
        QTest::newRow(name) << QByteArray(code) << QByteArray(expected);
    };
    row("a free function", "int f(int x)\n{\n    return x;\n}\n", "f 2 3");
    row("within namespace and class",
        "namespace a {\nclass B {\n    int g() const { return 1; }\n};\n}\n", "g 3 1");
    row("a member initialised by braces", "A::A() : m_x{1}, m_y(2)\n{\n    f();\n}\n", "A::A 2 3");
    row("members initialised by braces only", "A::A()\n    : m_x{1}\n    , m_y{2}\n{\n}\n",
        "A::A 4 2");
    row("a table is no function", "const int x[] = {\n1,\n2};\nstd::vector<int> y{\n1};\n", "");
    row("lambdas count to what surrounds them", "void f()\n{\n    auto g = [] {\n    };\n}\n",
        "f 2 4");
    row("a trailing return type", "auto f() -> std::map<int, int>\n{\n}\n", "f 2 2");
    row("a template of a struct",
        "template <class T> struct S {\n    T t;\n    void f()\n    {\n    }\n};\n", "f 4 2");
    row("a struct that inherits", "struct A : public B<C> {\n    void f() {}\n};\n", "f 2 1");
    row("an enum", "enum class E : std::uint8_t { A, B };\nvoid f() {}\n", "f 2 1");
    row("a macro with braces", "#define X(a) { \\\n  a }\nvoid f() {}\n", "f 3 1");
    row("extern C", "extern \"C\" {\nint f() { return 1; }\n}\n", "f 2 1");
}

void TestTreeRules::functionsAreMeasured()
{
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, expected);
    QByteArrayList found;
    for (const FunctionLength &function : functionLengths(blank(code.toStdString()).code))
        found << QByteArray::fromStdString(function.name) + ' ' +
                     QByteArray::number(qulonglong(function.line)) + ' ' +
                     QByteArray::number(qulonglong(function.lines));
    QCOMPARE(found.join('|'), expected);
}

void TestTreeRules::wordsAreBlanked()
{
    const BlankedCode result =
        blank("a /* b\nc */ d // e\n\"f\\\"g\" 'h' 1'000 R\"x(i\n)j)x\" k\n");
    QCOMPARE(QByteArray::fromStdString(result.code).simplified(),
             QByteArray("a d \" \" ' ' 1'000 \" k"));
    QVERIFY(result.comments.find("b\nc") != std::string::npos);
    QVERIFY(result.comments.find("// e") != std::string::npos);
    QCOMPARE(result.code.size(), result.comments.size());
    QVERIFY(result.rawLines == (std::vector<std::size_t>{2, 3}));
}

QTEST_GUILESS_MAIN(TestTreeRules)
#include "tst_tree_rules.moc"
