// SPDX-License-Identifier: AGPL-3.0-or-later
// "Explain this move" by its button, a language model's words on top of it, and briefings found
// again by a word, with real keys and clicks.
#include "briefing/briefing_pane.h"
#include "briefing/days_pane.h"
#include "briefing/explain_pane.h"
#include "briefing/pages_view.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "plain_map.h"
#include "sample_service.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/research_panes.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

namespace {

/// The one with these words on it; null where there is none.
template <class Button> Button *buttonIn(const QWidget &parent, const QString &text)
{
    const auto buttons = parent.findChildren<Button *>();
    const auto found = std::ranges::find(buttons, text, &Button::text);
    return found == buttons.end() ? nullptr : *found;
}

bool says(const QWidget &pane, const QString &text)
{
    return std::ranges::any_of(pane.findChildren<QLabel *>(), [&text](const QLabel *label) {
        return label->text().contains(text);
    });
}

const QString kSumUp = u"Have it summed up by the language model"_s;

} // namespace

class TestExplanation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void theButtonAtTheChartExplainsItsTarget();
    void aLanguageModelSumsItUpWhenAsked();
    void briefingsAreFoundByAWord();

private:
    void show(const QString &perspective);
    [[nodiscard]] ExplainPane &pane() const
    {
        return *qobject_cast<ExplainPane *>(m_window->dock(u"explanation"_s)->widget());
    }

    QTemporaryDir m_folder;
    std::unique_ptr<test::SampleService> m_service;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<workspace::Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestExplanation::initTestCase()
{
    const std::filesystem::path data(m_folder.filePath(u"data"_s).toStdString());
    std::filesystem::create_directories(data);
    auto service = test::SampleService::start(data, 2'000);
    QVERIFY2(service.has_value(), service ? "" : service.error().what.c_str());
    m_service = std::move(*service);
    m_theme = std::make_unique<Theme>();
    m_theme->setAppearance(Appearance::Dark);
    m_theme->applyTo(*qApp);
    m_settings =
        std::make_unique<QSettings>(m_folder.filePath(u"window.ini"_s), QSettings::IniFormat);
    workspace::SessionOptions options;
    options.dataFolder = data;
    m_session = std::make_unique<workspace::Session>(options);
    m_window = std::make_unique<MainWindow>(*m_session, *m_theme, *m_settings, test::plainMap);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 60'000));
    m_session->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), workspace::Session::State::Ready, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->research().briefing->view().plan() != nullptr, 60'000);
}

void TestExplanation::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    m_service.reset();
}

void TestExplanation::show(const QString &perspective)
{
    m_window->layouts().showPerspective(perspective);
    m_window->layouts().resetPerspective();
    QCOMPARE(m_window->layouts().current(), perspective);
}

void TestExplanation::theButtonAtTheChartExplainsItsTarget()
{
    show(u"terminal"_s);
    m_session->focus().setTarget(u"USO"_s);
    auto *explain = buttonIn<QToolButton>(*m_window->dock(u"chart"_s), u"Explain"_s);
    QVERIFY(explain);
    QTRY_VERIFY_WITH_TIMEOUT(explain->isVisible() && explain->isEnabled(), 30'000);
    const auto asked = [&] {
        QTest::mouseClick(explain, Qt::LeftButton);
        return m_service->explained() && m_service->explained()->symbol == "USO";
    };
    // Prices come one target after the other: until then the chart shows another.
    QTRY_VERIFY_WITH_TIMEOUT(asked(), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(pane().state(), Pane::State::Ready, 30'000);
    QVERIFY(m_window->dock(u"explanation"_s)->isVisible());
    QVERIFY(!m_service->explained()->askModel);
    QCOMPARE(pane().headerNote(), u"USO"_s);
    QVERIFY(says(pane(), u"USO closed 2 % lower"_s));
    QVERIFY(!says(pane(), u"In a language model's words"_s));
}

void TestExplanation::aLanguageModelSumsItUpWhenAsked()
{
    pane().explain(u"USO"_s);
    QTRY_VERIFY_WITH_TIMEOUT(buttonIn<QPushButton>(pane(), kSumUp) != nullptr, 30'000);
    QTest::mouseClick(buttonIn<QPushButton>(pane(), kSumUp), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(says(pane(), u"In a language model's words"_s), 30'000);
    QVERIFY(m_service->explained()->askModel);
    QVERIFY(says(pane(), u"USO closed lower."_s));
    QVERIFY2(says(pane(), u"USO closed 2 % lower"_s), "what was computed stays below it");
    QTRY_VERIFY2(buttonIn<QPushButton>(pane(), kSumUp) == nullptr, "nothing is left to ask");
}

void TestExplanation::briefingsAreFoundByAWord()
{
    show(u"briefing"_s);
    BriefingDaysPane &days = *m_window->research().days;
    const auto lists = days.findChildren<QListWidget *>();
    const auto history =
        std::ranges::find(lists, u"Briefings that are kept"_s, &QListWidget::accessibleName);
    const auto fields = days.findChildren<QLineEdit *>();
    const auto search =
        std::ranges::find(fields, u"Search briefings"_s, &QLineEdit::accessibleName);
    QVERIFY(history != lists.end() && search != fields.end());
    QTRY_COMPARE_WITH_TIMEOUT((*history)->count(), 3, 30'000);
    const QString oldest = (*history)->item(2)->data(Qt::UserRole).toString();
    QTest::keyClicks(*search, u"closed 4 %"_s);
    QTRY_COMPARE_WITH_TIMEOUT((*history)->count(), 1, 30'000);
    QCOMPARE((*history)->item(0)->data(Qt::UserRole).toString(), oldest);
    QTest::mouseClick((*history)->viewport(), Qt::LeftButton, {},
                      (*history)->visualItemRect((*history)->item(0)).center());
    const auto shown = [this] {
        return QString::fromStdString(formatDate(m_window->research().briefing->shown().day));
    };
    QTRY_COMPARE_WITH_TIMEOUT(shown(), oldest, 30'000);
    (*search)->clear();
    QTRY_COMPARE_WITH_TIMEOUT((*history)->count(), 3, 30'000);
    QTest::keyClicks(*search, u"a word that no briefing has"_s);
    QTRY_COMPARE_WITH_TIMEOUT((*history)->count(), 0, 30'000);
}

QTEST_MAIN(TestExplanation)
#include "tst_explanation.moc"
