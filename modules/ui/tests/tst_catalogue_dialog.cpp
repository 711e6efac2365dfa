// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/theme.h"
#include "signals/catalogue_dialog.h"
#include "signals/small_table.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// The catalogue as a person reads and extends it.
class TestCatalogueDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesAreThoseOfThePerson();
    void whatIsWrittenIsAskedForAndKept();
    void faultsAreNamedByTheirLine();
    void onlyOwnDefinitionsCanBeRemoved();
    void whatCouldNotBeComputedIsSaidAndTriedAgain();

private:
    [[nodiscard]] static std::vector<ipc::DefinitionEntry> definitions()
    {
        ipc::DefinitionEntry shipped;
        shipped.key = "events.count";
        shipped.name = "Events";
        shipped.rule = "key=events.count";
        shipped.features = 12;
        shipped.refreshedAt = Instant{};
        ipc::DefinitionEntry own = shipped;
        own.key = "own.quakes";
        own.rule = "key=own.quakes types=earthquake";
        own.isOwn = true;
        return {shipped, own};
    }
    [[nodiscard]] static QPushButton *button(const CatalogueDialog &dialog, const QString &text)
    {
        const auto buttons = dialog.findChildren<QPushButton *>();
        const auto found = std::ranges::find(buttons, text, &QPushButton::text);
        return found == buttons.end() ? nullptr : *found;
    }
    Theme m_theme;
};

void TestCatalogueDialog::linesAreThoseOfThePerson()
{
    CatalogueDialog dialog(m_theme, nullptr);
    dialog.setCatalogue(definitions());
    QCOMPARE(dialog.lines().toPlainText(), u"key=own.quakes types=earthquake"_s);
    QCOMPARE(dialog.table().table().rowCount(), 2);
    QVERIFY(!button(dialog, u"Save"_s)->isEnabled());
    // What is being written is not written over by an answer that comes late.
    QTest::keyClicks(&dialog.lines(), u"# "_s);
    dialog.setCatalogue({definitions().front()});
    QVERIFY(dialog.lines().toPlainText().startsWith(u"# "_s));
    QVERIFY(button(dialog, u"Save"_s)->isEnabled());
}

void TestCatalogueDialog::whatIsWrittenIsAskedForAndKept()
{
    CatalogueDialog dialog(m_theme, nullptr);
    dialog.setCatalogue(definitions());
    std::vector<ipc::DefineFeatures> asked;
    connect(&dialog, &CatalogueDialog::defineWanted, &dialog,
            [&asked](const ipc::DefineFeatures &lines) { asked.push_back(lines); });
    dialog.lines().selectAll();
    QTest::keyClicks(&dialog.lines(), u"key=own.floods types=flood"_s);
    button(dialog, u"Check"_s)->click();
    button(dialog, u"Save"_s)->click();
    QCOMPARE(asked.size(), std::size_t(2));
    QVERIFY(asked[0].checkOnly && !asked[1].checkOnly);
    QCOMPARE(asked[1].text, std::string("key=own.floods types=flood"));
    dialog.showOutcome({}, CatalogueDialog::Outcome::Checked);
    QVERIFY(button(dialog, u"Save"_s)->isEnabled());
    dialog.showOutcome({}, CatalogueDialog::Outcome::Stored);
    QVERIFY(!dialog.lines().document()->isModified());
}

void TestCatalogueDialog::faultsAreNamedByTheirLine()
{
    CatalogueDialog dialog(m_theme, nullptr);
    dialog.setCatalogue(definitions());
    QTest::keyClicks(&dialog.lines(), u"x"_s);
    ipc::FeaturesDefined reply;
    reply.faults = {{2, "types cannot be 'unicorn'", "it can be flood"}, {3, "no key", ""}};
    dialog.showOutcome(reply, CatalogueDialog::Outcome::Stored);
    QVERIFY(dialog.message().contains(u"Line 2: types cannot be 'unicorn'; it can be flood"_s));
    QVERIFY(dialog.message().contains(u"Line 3: no key"_s));
    QVERIFY(dialog.lines().document()->isModified()); // nothing was stored
}

void TestCatalogueDialog::onlyOwnDefinitionsCanBeRemoved()
{
    CatalogueDialog dialog(m_theme, nullptr);
    dialog.setCatalogue(definitions());
    std::vector<ipc::ChangeDefinition> asked;
    connect(&dialog, &CatalogueDialog::changeWanted, &dialog,
            [&asked](const ipc::ChangeDefinition &change) { asked.push_back(change); });
    QVERIFY(!button(dialog, u"Remove"_s)->isEnabled());
    dialog.table().selectRow(0);
    QVERIFY(!button(dialog, u"Remove"_s)->isEnabled());
    button(dialog, u"Switch off"_s)->click();
    dialog.table().selectRow(1);
    button(dialog, u"Remove"_s)->click();
    QCOMPARE(asked, (std::vector<ipc::ChangeDefinition>{{"events.count", "disable"},
                                                        {"own.quakes", "remove"}}));
}

void TestCatalogueDialog::whatCouldNotBeComputedIsSaidAndTriedAgain()
{
    CatalogueDialog dialog(m_theme, nullptr);
    auto entries = definitions();
    entries[1].fault = "a figure that no event has";
    dialog.setCatalogue(entries);
    SmallTableModel &rows = dialog.table().table();
    QCOMPARE(rows.cell(rows.index(1, 4)).text, u"a figure that no event has"_s);
    std::vector<ipc::ChangeDefinition> asked;
    connect(&dialog, &CatalogueDialog::changeWanted, &dialog,
            [&asked](const ipc::ChangeDefinition &change) { asked.push_back(change); });
    dialog.table().selectRow(1);
    button(dialog, u"Switch on"_s)->click();
    QCOMPARE(asked.front(), (ipc::ChangeDefinition{"own.quakes", "enable"}));
}

QTEST_MAIN(TestCatalogueDialog)
#include "tst_catalogue_dialog.moc"
