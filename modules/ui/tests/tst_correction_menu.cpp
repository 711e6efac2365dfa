// SPDX-License-Identifier: AGPL-3.0-or-later
#include "session_fixture.h"

#include "events/event_columns_model.h"
#include "events/events_pane.h"
#include "inspector/correction_menu.h"
#include "inspector/inspector_pane.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// What a person puts right in the window reaches the service, is shown, and can be undone.
class TestCorrectionMenu : public QObject, private test::SessionFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void topicIsPutRightAndUndone();
    void laterWordGivesWayToTheEarlier();
    void entityIsTakenOut();
    void entitiesAreMergedAndTakenApart();
    void tableOffersTheSame();
    void unknownEventIsRefused();

private:
    [[nodiscard]] const std::vector<schema::Correction> &kept() { return m_service->corrections(); }
    /// An action of the menu or of its submenus, by its text.
    [[nodiscard]] static QAction *action(const QMenu &menu, const QString &text)
    {
        for (QAction *one : menu.actions()) {
            if (one->text() == text)
                return one;
            if (QAction *inside = one->menu() ? action(*one->menu(), text) : nullptr)
                return inside;
        }
        return nullptr;
    }
    void choose(const QString &text)
    {
        CorrectionMenu &menu = m_inspector->corrections();
        Q_EMIT menu.aboutToShow();
        QAction *found = action(menu, text);
        QVERIFY2(found, qPrintable(text));
        found->trigger();
    }
    [[nodiscard]] std::size_t shownCorrections() const
    {
        return m_inspector->shown() ? m_inspector->shown()->corrections.size() : 0;
    }

    std::unique_ptr<EventsPane> m_table;
    std::unique_ptr<InspectorPane> m_inspector;
    schema::Event m_event; ///< one that names several
};

void TestCorrectionMenu::initTestCase()
{
    prepare(2'000);
    m_table = std::make_unique<EventsPane>(*m_session, *m_theme, nullptr);
    m_inspector = std::make_unique<InspectorPane>(*m_session, *m_theme, nullptr);
    // As the window joins them: what was loaded before a word of the table is loaded anew after it.
    connect(m_table.get(), &EventsPane::corrected, m_inspector.get(), &InspectorPane::reload);
    openSession();
    const auto named =
        std::ranges::find_if(m_service->events(), [](const schema::Event &event) {
            return std::ranges::count_if(event.entities, [](const schema::EventEntity &one) {
                       return one.role != schema::EntityRole::Topic;
                   }) > 1;
        });
    QVERIFY(named != m_service->events().end());
    m_event = *named;
}

void TestCorrectionMenu::init()
{
    const qint64 id = m_event.id.value;
    m_session->focus().select({id}, id);
    QTRY_COMPARE(m_inspector->shownEvent(), id);
    while (!kept().empty()) {
        const auto count = kept().size();
        m_session->undoStack().undo();
        QTRY_VERIFY(kept().size() < count);
    }
    m_session->undoStack().clear();
    QTRY_COMPARE(shownCorrections(), 0U);
}

void TestCorrectionMenu::topicIsPutRightAndUndone()
{
    choose(u"Trade"_s);
    QTRY_COMPARE(kept().size(), 1U);
    QCOMPARE(kept()[0].value, std::string("trade"));
    QVERIFY(kept()[0].event == m_event.id);
    QTRY_COMPARE(shownCorrections(), 1U);
    QTRY_COMPARE(m_session->undoStack().count(), 1);
    m_session->undoStack().undo();
    QTRY_VERIFY(kept().empty());
    QTRY_COMPARE(shownCorrections(), 0U);
    m_session->undoStack().redo();
    QTRY_COMPARE(kept().size(), 1U);
    QTRY_COMPARE(shownCorrections(), 1U);
    // What was said can also be taken back by its name.
    choose(u"Take back: Topic: Trade"_s);
    QTRY_VERIFY(kept().empty());
    QTRY_COMPARE(m_session->undoStack().count(), 2);
    m_session->undoStack().undo();
    QTRY_COMPARE(kept().size(), 1U);
}

void TestCorrectionMenu::laterWordGivesWayToTheEarlier()
{
    choose(u"Trade"_s);
    QTRY_COMPARE(m_session->undoStack().count(), 1);
    choose(u"No topic"_s);
    QTRY_COMPARE(m_session->undoStack().count(), 2);
    QCOMPARE(kept()[0].value, std::string("none"));
    m_session->undoStack().undo();
    QTRY_COMPARE(kept()[0].value, std::string("trade"));
    QCOMPARE(kept().size(), 1U);
}

void TestCorrectionMenu::entityIsTakenOut()
{
    const auto &shown = *m_inspector->shown();
    const auto link = std::ranges::find_if(shown.event.entities, [](const auto &one) {
        return one.role != schema::EntityRole::Topic;
    });
    const schema::Entity entity =
        *std::ranges::find(shown.entities, link->entity, &schema::Entity::id);
    choose(QString::fromStdString(entity.name));
    QTRY_COMPARE(kept().size(), 1U);
    QCOMPARE(kept()[0].subject, entity.key);
    QCOMPARE(kept()[0].value, std::string("remove"));
    QTRY_COMPARE(m_session->undoStack().count(), 1);
}

void TestCorrectionMenu::entitiesAreMergedAndTakenApart()
{
    std::vector<schema::Entity> things;
    for (const schema::Entity &entity : m_inspector->shown()->entities)
        if (entity.kind != schema::EntityKind::EventTopic)
            things.push_back(entity);
    QVERIFY(things.size() > 1);
    CorrectionMenu &menu = m_inspector->corrections();
    Q_EMIT menu.aboutToShow();
    const QString name = QString::fromStdString(things[0].name);
    const QString into = QString::fromStdString(things[1].name);
    QAction *is = action(menu, u"%1 is"_s.arg(name));
    QVERIFY(is && is->menu());
    action(*is->menu(), into)->trigger();
    QTRY_COMPARE(m_service->merges().size(), 1U);
    QCOMPARE(m_service->merges()[0].entity, things[0].id);
    QCOMPARE(m_service->merges()[0].into, things[1].id);
    QTRY_COMPARE(m_session->undoStack().count(), 1);
    const QString apart = u"Take %1 and %2 apart"_s.arg(name, into);
    const auto isOffered = [&] {
        Q_EMIT menu.aboutToShow();
        return m_inspector->shown() && action(menu, apart) != nullptr;
    };
    QTRY_VERIFY(isOffered());
    action(menu, apart)->trigger();
    QTRY_VERIFY(m_service->merges().empty());
    QTRY_COMPARE(m_session->undoStack().count(), 2);
    m_session->undoStack().undo();
    QTRY_COMPARE(m_service->merges().size(), 1U);
    m_session->undoStack().undo();
    QTRY_VERIFY(m_service->merges().empty());
}

void TestCorrectionMenu::tableOffersTheSame()
{
    CorrectionMenu &menu = m_table->corrections();
    menu.offer(m_event.id, nullptr);
    QVERIFY(!action(menu, u"It is not about"_s)); // the table does not know whom it names
    action(menu, u"Not relevant to me"_s)->trigger();
    QTRY_COMPARE(kept().size(), 1U);
    QCOMPARE(kept()[0].value, std::string("irrelevant"));
    QTRY_COMPARE(m_session->undoStack().count(), 1);
}

void TestCorrectionMenu::unknownEventIsRefused()
{
    CorrectionMenu &menu = m_table->corrections();
    QString why;
    connect(&menu, &CorrectionMenu::refused, this, [&why](const QString &text) { why = text; });
    menu.offer(schema::EventId{1}, nullptr);
    action(menu, u"Trade"_s)->trigger();
    QTRY_VERIFY(!why.isEmpty());
    QVERIFY(kept().empty());
    QCOMPARE(m_session->undoStack().count(), 0);
}

QTEST_MAIN(TestCorrectionMenu)
#include "tst_correction_menu.moc"
