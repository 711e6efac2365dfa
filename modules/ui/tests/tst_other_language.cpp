// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plain_map.h"
#include "sample_service.h"

#include "case/case_items_model.h"
#include "case/pins_pane.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"
#include "events/group_view.h"
#include "graph/graph_pane.h"
#include "graph/graph_style.h"
#include "inspector/inspector_pane.h"
#include "shell/command_palette.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/palette_list.h"
#include "timeline/timeline_lanes.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// A window whose user reads German: countries bear German names in every view and are found by
/// either name, while what is kept and exported bears the names that it came with.
class TestOtherLanguage : public QObject {
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
    template <class PaneType> [[nodiscard]] PaneType *pane(const QString &dock) const
    {
        return qobject_cast<PaneType *>(m_window->dock(dock)->widget());
    }
    void inspectAnEvent();

    QTemporaryDir m_folder;
    std::unique_ptr<test::SampleService> m_service;
    std::unique_ptr<QSettings> m_settings;
    Theme m_theme;
    std::unique_ptr<workspace::Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestOtherLanguage::initTestCase()
{
    QLocale::setDefault(QLocale(u"de_DE"_s));
    const std::filesystem::path data(m_folder.filePath(u"data"_s).toStdString());
    std::filesystem::create_directories(data);
    auto service = test::SampleService::start(data, 5'000);
    QVERIFY2(service.has_value(), service ? "" : service.error().what.c_str());
    m_service = std::move(*service);
    m_settings =
        std::make_unique<QSettings>(m_folder.filePath(u"window.ini"_s), QSettings::IniFormat);
    workspace::SessionOptions options;
    options.dataFolder = data;
    m_session = std::make_unique<workspace::Session>(options);
    m_window = std::make_unique<MainWindow>(*m_session, m_theme, *m_settings, test::plainMap);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 60'000));
    m_session->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->selector().isSettled() &&
                                 !m_session->selector().visible()->rows.empty(),
                             30'000);
}

void TestOtherLanguage::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    m_service.reset();
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
