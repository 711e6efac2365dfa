// SPDX-License-Identifier: AGPL-3.0-or-later
#include "window_fixture.h"

#include "case/case_items_model.h"
#include "case/pins_pane.h"
#include "chrona/workspace/investigations.h"
#include "events/group_view.h"
#include "graph/graph_pane.h"
#include "graph/graph_style.h"
#include "inspector/inspector_pane.h"
#include "shell/command_palette.h"
#include "shell/palette_list.h"
#include "timeline/timeline_lanes.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// A window whose user reads German: countries bear German names in every view and are found by
/// either name, while what is kept and exported bears the names that it came with.
class TestOtherLanguage : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void paletteFindsEitherName_data();
    void paletteFindsEitherName();
    void inspectorNamesTheCountry();
    void graphShowsTheNameAndFilesKeepTheirs();
    void lanesAndGroupsAreNamed();
    void pinsKeepTheNameTheyCameWith();

private:
    void inspectAnEvent();
};

void TestOtherLanguage::initTestCase()
{
    QLocale::setDefault(QLocale(u"de_DE"_s));
    open(5'000);
}

void TestOtherLanguage::cleanupTestCase()
{
    close();
    QLocale::setDefault(QLocale::C);
}

void TestOtherLanguage::paletteFindsEitherName_data()
{
    QTest::addColumn<QString>("typed");
    for (const char *typed : {"Deutschl", "Germany", "deutschland"})
        QTest::addRow("%s", typed) << QString::fromLatin1(typed);
}

void TestOtherLanguage::paletteFindsEitherName()
{
    QFETCH(QString, typed);
    CommandPalette &palette = m_window->commandPalette();
    palette.open();
    QTest::keyClicks(palette.findChild<QLineEdit *>(), typed);
    const auto *model = palette.findChild<QListView *>()->model();
    const auto germany = [model] {
        int found = 0;
        for (const PaletteLine &line : static_cast<const PaletteModel *>(model)->entries())
            found += line.detail == "country:DE"_L1 && line.title == "Deutschland"_L1;
        return found;
    };
    QTRY_COMPARE(germany(), 1); // once, though two ways lead to it
    palette.dismiss();
}

/// One that names Germany.
void TestOtherLanguage::inspectAnEvent()
{
    const schema::EntityId germany = schema::entityIdFor("country:DE");
    const auto event =
        std::ranges::find_if(m_service->events(), [germany](const schema::Event &one) {
            return std::ranges::contains(one.entities, germany, &schema::EventEntity::entity) &&
                   one.region.starts_with("DE");
        });
    QVERIFY(event != m_service->events().end());
    m_session->focus().select({event->id.value}, event->id.value);
    QTRY_COMPARE(pane<InspectorPane>(u"inspector"_s)->shownEvent(), qint64{event->id.value});
}

void TestOtherLanguage::inspectorNamesTheCountry()
{
    inspectAnEvent();
    QStringList texts;
    for (const QLabel *label : pane<InspectorPane>(u"inspector"_s)->findChildren<QLabel *>())
        texts += label->text();
    const QString all = texts.join(u'\n');
    QVERIFY2(all.contains(u"\nDeutschland\n"_s) && all.contains(u"DE · Deutschland"_s),
             qPrintable(all));
}

void TestOtherLanguage::graphShowsTheNameAndFilesKeepTheirs()
{
    m_window->layouts().showPerspective(u"graph"_s);
    auto *graph = pane<GraphPane>(u"graph"_s);
    graph->add({ipc::GraphNodeKind::Entity, schema::entityIdFor("country:DE").value});
    const auto node = [graph] {
        return workspace::findNode(
            graph->model().state(),
            {ipc::GraphNodeKind::Entity, schema::entityIdFor("country:DE").value});
    };
    QTRY_VERIFY_WITH_TIMEOUT(graph->isSettled() && node(), 30'000);
    const workspace::GraphState &state = graph->model().state();
    QCOMPARE(nodeName(state, *node()), u"Deutschland"_s);
    QVERIFY(graph->view().spoken(*node()).startsWith(u"Deutschland"_s));
    QCOMPARE(state.facts->graph.node(*node()).label, std::string("Germany"));
    m_window->layouts().showPerspective(u"world"_s);
}

void TestOtherLanguage::lanesAndGroupsAreNamed()
{
    const auto snapshot = m_session->events().snapshot();
    const auto lanes =
        timelineLanes(TimelineGrouping::Countries, snapshot, m_session->selector().visible()->rows);
    QVERIFY(std::ranges::contains(lanes, u"Vereinigte Staaten"_s, &TimelineLane::name));
    GroupColumnsModel groups(m_session->selector());
    groups.setGroupBy(workspace::GroupBy::Country);
    QTRY_VERIFY(groups.rowCount() > 10);
    QStringList names;
    for (int row = 0; row < groups.rowCount(); ++row)
        names += groups.name(row);
    QVERIFY2(names.contains(u"DE · Deutschland"_s), qPrintable(names.join(u'\n')));
}

void TestOtherLanguage::pinsKeepTheNameTheyCameWith()
{
    inspectAnEvent();
    m_window->commands().action(u"case.pinEntities"_s)->trigger();
    const auto pins = [this] {
        const auto *current = m_window->investigations().current();
        return current ? current->items(schema::CaseItemKind::Pin)
                       : std::vector<const schema::CaseItem *>();
    };
    const auto named = [](const schema::CaseItem *pin) { return pin->target.label == "Germany"; };
    QTRY_VERIFY(std::ranges::any_of(pins(), named));
    const CaseItemsModel &model = pane<PinsPane>(u"pins"_s)->model();
    QStringList shown;
    for (int row = 0; row < model.rowCount(); ++row)
        shown += model.index(row, 0).data().toString();
    QVERIFY2(shown.contains(u"Deutschland"_s), qPrintable(shown.join(u'\n')));
}

QTEST_MAIN(TestOtherLanguage)
#include "tst_other_language.moc"
