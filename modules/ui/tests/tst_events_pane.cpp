// SPDX-License-Identifier: AGPL-3.0-or-later
#include "session_fixture.h"

#include "events/event_columns_model.h"
#include "events/events_pane.h"
#include "events/filter_line.h"

#include <QAbstractItemView>
#include <QCompleter>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// The table of events over a real socket: what a person types into its filter line, and sorting
/// by headline.
class TestEventsPane : public QObject, private test::SessionFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void typedWordsAreLookedUp();
    void termsNarrowEachOther();
    void whatIsWrongIsShown();
    void completionIsTakenByKeyboard();
    void lineFollowsTheFilter();
    void headlinesAreSorted();

private:
    [[nodiscard]] FilterLine &line() { return *m_pane->findChild<FilterLine *>(); }
    [[nodiscard]] QString cell(int row, int column)
    {
        return m_pane->model().index(row, column).data().toString();
    }
    void type(const QString &text)
    {
        m_pane->editFilter();
        QTest::keyClicks(&line(), text);
        line().findChild<QCompleter *>()->popup()->hide();
        QTest::keyClick(&line(), Qt::Key_Return);
    }
    void settle()
    {
        QTRY_VERIFY(m_session->selector().isSettled());
        QTRY_COMPARE(static_cast<std::size_t>(m_pane->model().rowCount()),
                     m_session->selector().visible()->rows.size());
    }

    std::unique_ptr<EventsPane> m_pane;
    int m_all = 0;
};

void TestEventsPane::initTestCase()
{
    prepare(5'000);
    m_pane = std::make_unique<EventsPane>(*m_session, *m_theme, nullptr);
    m_pane->resize(900, 400);
    for (QWidget *tool : m_pane->headerTools())
        tool->show(); // the dock's header would carry them
    m_pane->setVisible(true);
    openSession();
    settle();
    m_all = m_pane->model().rowCount();
    QVERIFY(m_all > 4'000);
}

void TestEventsPane::init()
{
    m_pane->clearFilter();
    settle();
}

void TestEventsPane::typedWordsAreLookedUp()
{
    type(u"rate held"_s);
    QTRY_COMPARE(focus().filter().words, (QStringList{u"rate"_s, u"held"_s}));
    settle();
    const int rows = m_pane->model().rowCount();
    QVERIFY(rows > 0 && rows < m_all);
    for (int row = 0; row < std::min(rows, 20); ++row) {
        QTRY_VERIFY(!cell(row, workspace::EventTableModel::Title).isEmpty());
        const QString title = cell(row, workspace::EventTableModel::Title);
        QVERIFY2(title.contains(u"rate"_s, Qt::CaseInsensitive) &&
                     title.contains(u"held"_s, Qt::CaseInsensitive),
                 qPrintable(title));
    }
}

void TestEventsPane::termsNarrowEachOther()
{
    type(u"category:weather"_s);
    settle();
    const int weather = m_pane->model().rowCount();
    type(u"category:weather region:US severity>=50"_s);
    settle();
    const int fewer = m_pane->model().rowCount();
    QVERIFY(fewer > 0 && fewer < weather && weather < m_all);
    QTest::keyClick(&line(), Qt::Key_Escape);
    settle();
    QCOMPARE(m_pane->model().rowCount(), m_all);
    QVERIFY(line().text().isEmpty());
}

void TestEventsPane::whatIsWrongIsShown()
{
    type(u"type:quake"_s);
    QCOMPARE(line().problem(), u"There is no type “quake”."_s);
    QCOMPARE(line().accessibleDescription(), line().problem());
    QVERIFY(focus().filter() == workspace::EventFilter{}); // as it was
    type(u"type:earthquake"_s);
    QVERIFY(line().problem().isEmpty());
    settle();
    QVERIFY(m_pane->model().rowCount() < m_all);
}

void TestEventsPane::completionIsTakenByKeyboard()
{
    m_pane->editFilter();
    QTest::keyClicks(&line(), u"categ"_s);
    auto *completer = line().findChild<QCompleter *>();
    QTRY_VERIFY(completer->popup()->isVisible());
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QTRY_COMPARE(line().text(), u"category:"_s);
    QTest::keyClicks(&line(), u"wea"_s);
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QTRY_COMPARE(line().text(), u"category:weather"_s);
    QTRY_VERIFY(focus().filter() != workspace::EventFilter{});
}

void TestEventsPane::lineFollowsTheFilter()
{
    workspace::EventFilter filter;
    filter.severityMin = 0.5F;
    filter.words = {u"gulf coast"_s};
    focus().setFilter(filter);
    QCOMPARE(line().text(), u"\"gulf coast\" severity>=50"_s);
    m_pane->clearFilter();
    QVERIFY(line().text().isEmpty());
    // What was begun filters nothing yet; it goes all the same, and its fault with it.
    m_pane->typeFilter(u"type:"_s);
    QVERIFY(!line().problem().isEmpty());
    m_pane->clearFilter();
    QVERIFY(line().text().isEmpty() && line().problem().isEmpty());
}

void TestEventsPane::headlinesAreSorted()
{
    m_pane->model().sort(workspace::EventTableModel::Title, Qt::AscendingOrder);
    QString before;
    // Sorted once the ranks have come: the first rows then begin alike.
    const auto isSorted = [&] {
        before.clear();
        for (int row = 0; row < 30; ++row) {
            const QString title = cell(row, workspace::EventTableModel::Title).toLower();
            if (title.isEmpty() || title < before)
                return false;
            before = title;
        }
        return true;
    };
    QTRY_VERIFY(isSorted());
    m_pane->model().sort(workspace::EventTableModel::Time, Qt::DescendingOrder);
}

QTEST_MAIN(TestEventsPane)
#include "tst_events_pane.moc"
