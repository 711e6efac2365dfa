// SPDX-License-Identifier: AGPL-3.0-or-later
// "Explain this move" by its button, a language model's words on top of it, and briefings found
// again by a word, with real keys and clicks.
#include "window_fixture.h"

#include "briefing/briefing_pane.h"
#include "briefing/days_pane.h"
#include "briefing/explain_pane.h"
#include "briefing/pages_view.h"
#include "shell/research_panes.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
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

class TestExplanation : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { close(); }
    void theButtonAtTheChartExplainsItsTarget();
    void aLanguageModelSumsItUpWhenAsked();
    void briefingsAreFoundByAWord();

private:
    [[nodiscard]] ExplainPane &explanation() const { return *pane<ExplainPane>(u"explanation"_s); }
};

void TestExplanation::initTestCase()
{
    open(2'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->research().briefing->view().plan() != nullptr, 60'000);
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
    QTRY_COMPARE_WITH_TIMEOUT(explanation().state(), Pane::State::Ready, 30'000);
    QVERIFY(m_window->dock(u"explanation"_s)->isVisible());
    QVERIFY(!m_service->explained()->askModel);
    QCOMPARE(explanation().headerNote(), u"USO"_s);
    QVERIFY(says(explanation(), u"USO closed 2 % lower"_s));
    QVERIFY(!says(explanation(), u"In a language model's words"_s));
}

void TestExplanation::aLanguageModelSumsItUpWhenAsked()
{
    explanation().explain(u"USO"_s);
    QTRY_VERIFY_WITH_TIMEOUT(buttonIn<QPushButton>(explanation(), kSumUp) != nullptr, 30'000);
    QTest::mouseClick(buttonIn<QPushButton>(explanation(), kSumUp), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(says(explanation(), u"In a language model's words"_s), 30'000);
    QVERIFY(m_service->explained()->askModel);
    QVERIFY(says(explanation(), u"USO closed lower."_s));
    QVERIFY2(says(explanation(), u"USO closed 2 % lower"_s), "what was computed stays below it");
    QTRY_VERIFY2(buttonIn<QPushButton>(explanation(), kSumUp) == nullptr, "nothing is left to ask");
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
