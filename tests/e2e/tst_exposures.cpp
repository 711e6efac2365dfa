// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "exposures/exposure_model.h"
#include "exposures/exposures_dialog.h"
#include "shell/commands.h"
#include "shell/main_window.h"
#include "tables/table_view.h"

#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// Exposure rules, edited in the real window and kept by the real service.
class TestExposures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void rulesThatShipAreListed();
    void aRuleIsAddedByKeyboard();
    void aWeightIsChangedAndUndone();
    void aShippedRuleIsSwitchedOffAndComesBack();
    void anOwnRuleIsRemovedAndUndone();
    void whatTheServiceRefusesIsSaid();
    void everyFieldHasAName();
    void pictureIsTaken();

private:
    [[nodiscard]] QString shownBy(const QString &from, const QString &to, int column)
    {
        const int row = m_dialog->model().rowOf(from.toStdString(), to.toStdString());
        return row < 0 ? QString() : m_dialog->model().index(row, column).data().toString();
    }
    /// What another client sees.
    [[nodiscard]] QString listed(const QString &from, const QString &to) const
    {
        const auto ran = m_programs->chronactl({u"watchlist"_s, u"exposures"_s});
        for (const QString &line : ran.out.split(u'\n'))
            if (line.startsWith(from + u' ') && line.contains(u' ' + to + u' '))
                return line.simplified();
        return {};
    }
    template <class Field> [[nodiscard]] Field *field(const QString &name) const
    {
        for (Field *one : m_dialog->findChildren<Field *>())
            if (one->accessibleName() == name)
                return one;
        return nullptr;
    }

    std::unique_ptr<e2e::Programs> m_programs;
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<workspace::Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    QPointer<ExposuresDialog> m_dialog;
};

namespace {

const QString kOil = u"commodity:crude_oil"_s;
const QString kPolicy = u"topic:monetary_policy"_s;
const QString kGold = u"commodity:gold"_s; // shipped under the policy with 0.60

} // namespace

void TestExposures::initTestCase()
{
    m_programs = std::make_unique<e2e::Programs>();
    QVERIFY(m_programs->startService());
    m_theme = std::make_unique<Theme>();
    m_theme->applyTo(*qApp);
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"w.ini"_s), QSettings::IniFormat);
    workspace::SessionOptions options;
    options.dataFolder = m_programs->dataFolder().toStdString();
    m_session = std::make_unique<workspace::Session>(options);
    m_window = std::make_unique<MainWindow>(
        *m_session, *m_theme, *m_settings,
        [](workspace::Session &, const Theme &, QWidget *parent) { return new QWidget(parent); });
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 60'000));
    m_session->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), workspace::Session::State::Ready, 60'000);
    auto *open = m_window->findChild<QAction *>(u"exposures.edit"_s);
    QVERIFY(open);
    open->trigger();
    m_dialog = m_window->findChild<ExposuresDialog *>();
    QVERIFY(m_dialog);
    QTRY_VERIFY_WITH_TIMEOUT(m_dialog->model().rowCount() > 50, 60'000);
}

void TestExposures::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    m_programs.reset();
}

void TestExposures::rulesThatShipAreListed()
{
    QCOMPARE(shownBy(kPolicy, kGold, ExposureModel::Weight), u"0.60"_s);
    QCOMPARE(shownBy(kPolicy, kGold, ExposureModel::Origin), u"ships"_s);
    auto *search = field<QLineEdit>(u"Search the rules"_s);
    QVERIFY(search);
    const int all = m_dialog->model().rowCount();
    QTest::keyClicks(search, u"gold"_s);
    QVERIFY(m_dialog->model().rowCount() < all && m_dialog->model().rowCount() > 0);
    search->clear();
    QCOMPARE(m_dialog->model().rowCount(), all);
}

void TestExposures::aRuleIsAddedByKeyboard()
{
    m_dialog->begin();
    auto *from = field<QComboBox>(u"What happens"_s);
    auto *to = field<QComboBox>(u"What it moves"_s);
    auto *weight = field<QDoubleSpinBox>(u"Weight"_s);
    auto *why = field<QLineEdit>(u"Why"_s);
    QVERIFY(from && to && weight && why);
    QTest::keyClicks(from, u"country:JP"_s);
    QTest::keyClicks(to, u"instrument:SPY"_s);
    weight->setValue(0.35);
    QTest::keyClicks(why, u"they own bonds"_s);
    QTest::keyClick(why, Qt::Key_Return); // the default button
    QTRY_COMPARE_WITH_TIMEOUT(shownBy(u"country:JP"_s, u"instrument:SPY"_s, ExposureModel::Weight),
                              u"0.35"_s, 30'000);
    QCOMPARE(shownBy(u"country:JP"_s, u"instrument:SPY"_s, ExposureModel::Origin), u"own"_s);
    QVERIFY(listed(u"country:JP"_s, u"instrument:SPY"_s).contains(u"0.35 yes they own bonds"_s));
}

void TestExposures::aWeightIsChangedAndUndone()
{
    m_dialog->choose(kPolicy, kGold);
    auto *weight = field<QDoubleSpinBox>(u"Weight"_s);
    QCOMPARE(weight->value(), 0.6);
    weight->setValue(0.25);
    m_dialog->save();
    QTRY_COMPARE_WITH_TIMEOUT(shownBy(kPolicy, kGold, ExposureModel::Origin),
                              u"changed, ships with 0.60"_s, 30'000);
    QVERIFY(listed(kPolicy, kGold).contains(u"0.25 yes"_s));
    m_session->undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(shownBy(kPolicy, kGold, ExposureModel::Origin), u"ships"_s, 30'000);
    QVERIFY(listed(kPolicy, kGold).contains(u"0.60"_s));
    m_session->undoStack().redo();
    QTRY_COMPARE_WITH_TIMEOUT(shownBy(kPolicy, kGold, ExposureModel::Weight), u"0.25"_s, 30'000);
    m_dialog->choose(kPolicy, kGold);
    m_dialog->restore();
    QTRY_COMPARE_WITH_TIMEOUT(shownBy(kPolicy, kGold, ExposureModel::Origin), u"ships"_s, 30'000);
    QCOMPARE(weight->value(), 0.6);
}

void TestExposures::aShippedRuleIsSwitchedOffAndComesBack()
{
    m_dialog->choose(kPolicy, kOil);
    m_dialog->table().setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(m_dialog->table().hasFocus(), 30'000);
    QTest::keyClick(&m_dialog->table(), Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(shownBy(kPolicy, kOil, ExposureModel::Origin),
                              u"switched off, ships with 0.20"_s, 30'000);
    QVERIFY(listed(kPolicy, kOil).contains(u"0.00 yes"_s));
    m_session->undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(shownBy(kPolicy, kOil, ExposureModel::Origin), u"ships"_s, 30'000);
}

void TestExposures::anOwnRuleIsRemovedAndUndone()
{
    m_dialog->choose(u"country:JP"_s, u"instrument:SPY"_s);
    m_dialog->remove();
    QTRY_COMPARE_WITH_TIMEOUT(m_dialog->model().rowOf("country:JP", "instrument:SPY"), -1, 30'000);
    QVERIFY(listed(u"country:JP"_s, u"instrument:SPY"_s).isEmpty());
    m_session->undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(shownBy(u"country:JP"_s, u"instrument:SPY"_s, ExposureModel::Why),
                              u"they own bonds"_s, 30'000);
}

void TestExposures::whatTheServiceRefusesIsSaid()
{
    const int steps = m_session->undoStack().count();
    m_dialog->begin();
    m_dialog->save();
    QVERIFY(m_dialog->message().contains(u"what it moves"_s));
    QTest::keyClicks(field<QComboBox>(u"What happens"_s), u"oil"_s);
    QTest::keyClicks(field<QComboBox>(u"What it moves"_s), u"shares"_s);
    m_dialog->save();
    QTRY_VERIFY_WITH_TIMEOUT(m_dialog->message().contains(u"from one node to another"_s), 30'000);
    QCOMPARE(m_session->undoStack().count(), steps);
}

void TestExposures::everyFieldHasAName()
{
    for (QWidget *widget : m_dialog->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(),
                 widget->metaObject()->className());
    }
}

void TestExposures::pictureIsTaken()
{
    const QString kept = qEnvironmentVariable("CHRONA_PICTURES");
    m_dialog->choose(kPolicy, kGold);
    for (const auto appearance : {Appearance::Dark, Appearance::Light}) {
        m_theme->setAppearance(appearance);
        m_theme->applyTo(*qApp);
        const QImage picture = m_dialog->grab().toImage();
        QVERIFY(!picture.isNull());
        if (!kept.isEmpty())
            QVERIFY(
                picture.save(kept + (appearance == Appearance::Dark ? u"/exposures-dark.png"_s
                                                                    : u"/exposures-light.png"_s)));
    }
}

QTEST_MAIN(TestExposures)
#include "tst_exposures.moc"
