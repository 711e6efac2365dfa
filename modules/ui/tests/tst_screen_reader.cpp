// SPDX-License-Identifier: AGPL-3.0-or-later
#include "window_fixture.h"

#include "assistive_bus.h"

#include "chrona/ui/map/map_view.h"
#include "shell/commands.h"

#include <QAccessible>
#include <QDialog>
#include <QEventLoop>
#include <QPointer>

#include <future>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using test::AssistiveBus;
using test::Heard;

namespace {

/// Roles that tell a reader nothing of what can be done.
const QStringList kMute{u""_s, u"unknown"_s, u"invalid"_s, u"redundant object"_s};

QWidget *realMap(workspace::Session &session, const Theme &theme, QWidget *parent)
{
    return new MapView(session, theme, parent);
}

} // namespace

/// The window as a screen reader hears it: over the bus of assistive technology, from outside.
class TestScreenReader : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { close(); }
    void everyPerspectiveIsTold_data();
    void everyPerspectiveIsTold();
    void everyDockIsTold_data();
    void everyDockIsTold();
    void dialogsAreTold_data();
    void dialogsAreTold();
    void tabIsHeardFromDockToDock_data();
    void tabIsHeardFromDockToDock();

private:
    /// What a reader could not use of all this.
    [[nodiscard]] static QStringList faultsOf(const std::vector<Heard> &all);
    [[nodiscard]] std::vector<Heard> toldOf(QWidget &widget);
    /// On another thread, while this one answers.
    template <class Ask> auto heard(Ask ask)
    {
        QEventLoop answering;
        auto answer = std::async(std::launch::async, [&answering, ask = std::move(ask)] {
            auto found = ask();
            QMetaObject::invokeMethod(&answering, &QEventLoop::quit, Qt::QueuedConnection);
            return found;
        });
        answering.exec();
        return answer.get();
    }
    [[nodiscard]] QString dockOf(const QWidget *widget) const
    {
        for (const Dock *dock : m_window->docks())
            if (dock->isAncestorOf(widget))
                return dock->objectName();
        return {};
    }

    std::unique_ptr<AssistiveBus> m_bus;
    QString m_application;
};

void TestScreenReader::initTestCase()
{
    open(2'000, realMap);
    m_bus = std::make_unique<AssistiveBus>();
    QVERIFY2(m_bus->isConnected(), "at-spi2-core gives no bus");
    QTRY_VERIFY2_WITH_TIMEOUT(!(m_application = m_bus->ownApplication()).isEmpty(),
                              "the window does not register", 60'000);
}

QStringList TestScreenReader::faultsOf(const std::vector<Heard> &all)
{
    QStringList faults;
    for (const Heard &one : all) {
        if (!one.is(Heard::Showing) || !one.is(Heard::Focusable))
            continue;
        if (one.name.trimmed().isEmpty())
            faults += u"without a name: "_s + one.toString();
        if (kMute.contains(one.role))
            faults += u"without a role: "_s + one.toString();
    }
    return faults;
}

std::vector<Heard> TestScreenReader::toldOf(QWidget &widget)
{
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(&widget);
    const QString path = u"/org/a11y/atspi/accessible/%1"_s.arg(QAccessible::uniqueId(face));
    return heard([this, path] { return m_bus->walk(m_application, 3, path); });
}

void TestScreenReader::everyPerspectiveIsTold_data()
{
    QTest::addColumn<QString>("perspective");
    for (const Perspective &perspective : m_window->layouts().perspectives())
        QTest::newRow(qPrintable(perspective.id)) << perspective.id;
}

void TestScreenReader::everyPerspectiveIsTold()
{
    QFETCH(const QString, perspective);
    m_window->layouts().showPerspective(perspective);
    QTRY_VERIFY(m_session->selector().isSettled());
    const auto all = heard([this] { return m_bus->walk(m_application, 3); });
    QVERIFY2(all.size() > 50, qPrintable(QString::number(all.size())));
    QCOMPARE(all.front().role, u"application"_s);
    const QStringList faults = faultsOf(all);
    QStringList names;
    for (const Heard &one : all)
        names += one.name;
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    for (const Dock *dock : m_window->docks())
        if (dock->isVisible())
            QVERIFY2(names.contains(dock->windowTitle()), qPrintable(dock->windowTitle()));
    // Painted views say what they are.
    for (const Heard &one : all)
        for (const auto &[name, role] :
             {std::pair(u"Map"_s, u"canvas"_s), std::pair(u"Timeline"_s, u"chart"_s)})
            if (one.name == name && one.is(Heard::Focusable) && one.is(Heard::Showing))
                QCOMPARE(one.role, role);
}

void TestScreenReader::everyDockIsTold_data()
{
    QTest::addColumn<QString>("id");
    for (const Dock *dock : m_window->docks())
        QTest::newRow(qPrintable(dock->objectName())) << dock->objectName();
}

/// Those too that no perspective begins with, and that stand behind another.
void TestScreenReader::everyDockIsTold()
{
    QFETCH(const QString, id);
    Dock *dock = m_window->dock(id);
    m_window->layouts().showPerspective(u"world"_s);
    if (!dock->isVisible())
        m_window->commands().action(u"dock."_s + id)->trigger();
    dock->raise();
    QTRY_VERIFY(dock->isVisible() && !dock->visibleRegion().isEmpty());
    const auto all = toldOf(*dock);
    QVERIFY(std::ranges::contains(all, dock->windowTitle(), &Heard::name));
    const QStringList faults = faultsOf(all);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    const auto canBeUsed = [](const Heard &one) {
        return one.is(Heard::Focusable) && one.is(Heard::Showing);
    };
    QVERIFY2(std::ranges::any_of(all, canBeUsed), "keys reach nothing in it");
    m_window->layouts().resetPerspective();
}

void TestScreenReader::dialogsAreTold_data()
{
    QTest::addColumn<QString>("command");
    for (const QString &command : {u"alerts.rules"_s, u"exposures.edit"_s, u"file.settings"_s,
                                   u"help.about"_s, u"case.new"_s})
        QTest::newRow(qPrintable(command)) << command;
}

void TestScreenReader::dialogsAreTold()
{
    QFETCH(const QString, command);
    QAction *action = m_window->commands().action(command);
    QVERIFY(action);
    action->trigger();
    QPointer<QDialog> dialog;
    const auto isOpen = [&] {
        for (QDialog *one : m_window->findChildren<QDialog *>())
            if (one->isVisible())
                dialog = one;
        return !dialog.isNull();
    };
    QTRY_VERIFY(isOpen());
    const auto all = toldOf(*dialog);
    QVERIFY(all.size() > 3 && !all.front().name.trimmed().isEmpty());
    const QStringList faults = faultsOf(all);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!dialog || !dialog->isVisible());
}

void TestScreenReader::tabIsHeardFromDockToDock_data()
{
    everyPerspectiveIsTold_data();
}

void TestScreenReader::tabIsHeardFromDockToDock()
{
    QFETCH(const QString, perspective);
    m_window->layouts().showPerspective(perspective);
    QTRY_VERIFY(m_session->selector().isSettled());
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 60'000));
    QStringList docks; ///< in the order in which focus comes to them
    QStringList way;   ///< what a reader says on it
    QSet<QWidget *> seen;
    QWidget *first = nullptr, *last = nullptr;
    constexpr int kPartsMax = 4;
    int stays = 0;
    bool cameRound = false;
    for (int step = 0; step < 300; ++step) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : m_window.get(),
                        Qt::Key_Tab);
        QWidget *widget = QApplication::focusWidget();
        QVERIFY2(widget, "the focus has left the window");
        if (!first)
            first = widget;
        if (widget == last && ++stays < kPartsMax)
            continue; // day, month and year of one date
        stays = 0;
        last = widget;
        if (seen.contains(widget)) {
            cameRound = widget == first;
            break;
        }
        seen.insert(widget);
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(face);
        const QString path = u"/org/a11y/atspi/accessible/%1"_s.arg(QAccessible::uniqueId(face));
        const Heard one = heard([this, path] { return m_bus->at(m_application, path); });
        QVERIFY2(one.is(Heard::Focused), qPrintable(one.toString()));
        QVERIFY2(!one.name.trimmed().isEmpty() && !kMute.contains(one.role),
                 widget->metaObject()->className());
        way += one.role + u' ' + one.name;
        if (const QString dock = dockOf(widget); docks.isEmpty() || docks.last() != dock)
            docks += dock;
    }
    QVERIFY2(seen.size() > 20, qPrintable(way.join(u" > "_s)));
    for (const Dock *dock : m_window->docks())
        if (dock->isVisible() && !dock->visibleRegion().isEmpty())
            QVERIFY2(docks.contains(dock->objectName()), qPrintable(dock->objectName()));
    QVERIFY2(cameRound, qPrintable(u"Tab stands still after "_s + way.last()));
}

/// On a session bus of its own, with the bridge on as when a reader runs.
int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("CHRONA_OWN_BUS")) {
        qputenv("CHRONA_OWN_BUS", "1");
        std::vector<char *> words{const_cast<char *>("dbus-run-session"), const_cast<char *>("--")};
        words.insert(words.end(), argv, argv + argc);
        words.push_back(nullptr);
        execvp(words[0], words.data());
        return 127;
    }
    qputenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1");
    qputenv("QT_QPA_PLATFORM", "xcb"); // the bridge is part of it
    QApplication application(argc, argv);
    TestScreenReader test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_screen_reader.moc"
