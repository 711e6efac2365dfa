// SPDX-License-Identifier: AGPL-3.0-or-later
#include "served_oracle.h"

#include "chrona/base/clock.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "market/chart_pane.h"
#include "oracle/competition_pane.h"
#include "oracle/oracle_alerts_pane.h"
#include "oracle/oracle_explain_pane.h"
#include "oracle/oracle_feeds_pane.h"
#include "oracle/oracle_ledger_pane.h"
#include "oracle/oracle_venues_pane.h"
#include "oracle/oracle_words.h"
#include "oracle/provider_pane.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/tray.h"
#include "tables/table_view.h"

#include <QAccessible>
#include <QApplication>
#include <QDateTimeEdit>
#include <QDir>
#include <QLabel>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// The Oracle perspective in a real window, against a service that says what a test wants.
class TestOraclePanes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void withoutAnOracleThePanesSayWhatToDo();
    void pricesArriveAndKeepTheSelection();
    void theMatrixTellsStandingsByWord();
    void theChosenFeedIsExplained();
    void anyKeptMomentIsExplained();
    void alertsAreSentences();
    void whatWasHandedInIsTold();
    void theFirstScreenAnswersForTheChain();
    void aProvidersEpochsAreTold();
    void everybodyIsRanked();
    void theTrayTellsByShapeAndMutes();
    void everyWidgetThatTakesFocusHasAName();
    void aLayoutThatIsPutBackIsTheSame();
    void picturesAreTaken();

private:
    /// A bar of tabs stands only where docks share a place.
    [[nodiscard]] bool hasStrayBar() const
    {
        const auto bars = m_window->findChildren<QTabBar *>(Qt::FindDirectChildrenOnly);
        return std::ranges::any_of(
            bars, [](const QTabBar *bar) { return bar->isVisible() && bar->count() < 2; });
    }
    template <class PaneType> [[nodiscard]] PaneType *pane(const QString &dock) const
    {
        return qobject_cast<PaneType *>(m_window->dock(dock)->widget());
    }
    [[nodiscard]] QStringList shownDocks() const
    {
        QStringList shown;
        for (const Dock *dock : m_window->docks())
            if (!dock->isHidden())
                shown += dock->objectName();
        return shown;
    }
    [[nodiscard]] static QAbstractItemModel *tableOf(QWidget *pane)
    {
        return pane->findChild<TableView *>()->model();
    }

    QTemporaryDir m_folder;
    test::ServedOracle m_service;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<workspace::Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestOraclePanes::initTestCase()
{
    const std::filesystem::path data(m_folder.filePath(u"data"_s).toStdString());
    std::filesystem::create_directories(data);
    QVERIFY(m_service.start(data));
    m_theme = std::make_unique<Theme>();
    m_theme->setAppearance(Appearance::Dark);
    m_theme->applyTo(*qApp);
    m_settings =
        std::make_unique<QSettings>(m_folder.filePath(u"window.ini"_s), QSettings::IniFormat);
    workspace::SessionOptions options;
    options.dataFolder = data;
    m_session = std::make_unique<workspace::Session>(options);
    m_window = std::make_unique<MainWindow>(
        *m_session, *m_theme, *m_settings,
        [](workspace::Session &, const Theme &, QWidget *parent) { return new QWidget(parent); });
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 60'000));
    m_session->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), workspace::Session::State::Ready, 30'000);
    m_window->layouts().showPerspective(u"oracle"_s);
}

void TestOraclePanes::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
}

void TestOraclePanes::withoutAnOracleThePanesSayWhatToDo()
{
    for (const QString &dock : {u"rounds"_s, u"oracleFeeds"_s, u"venues"_s, u"explain"_s})
        QTRY_COMPARE_WITH_TIMEOUT(m_window->dock(dock)->pane()->state(), Pane::State::Empty,
                                  30'000);
    m_service.status.problem = "the venues cannot be loaded";
    m_service.publish();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->dock(u"oracleFeeds"_s)->pane()->state(), Pane::State::Error,
                              30'000);
}

void TestOraclePanes::pricesArriveAndKeepTheSelection()
{
    m_service.fill(SystemClock().now());
    m_service.publish();
    auto *feeds = pane<OracleFeedsPane>(u"oracleFeeds"_s);
    QTRY_COMPARE_WITH_TIMEOUT(feeds->state(), Pane::State::Ready, 30'000);
    QCOMPARE(tableOf(feeds)->rowCount(), 10);
    QCOMPARE(feeds->currentFeed(), u"BTC/USD"_s);
    auto *table = feeds->findChild<TableView *>();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(feeds->currentFeed(), u"ETH/USD"_s);
    m_service.feeds[1].answer.price = 3'200;
    m_service.publish();
    QTRY_COMPARE_WITH_TIMEOUT(tableOf(feeds)->index(1, 1).data().toString(), priceText(3'200),
                              30'000);
    QCOMPARE(feeds->currentFeed(), u"ETH/USD"_s);
}

void TestOraclePanes::theMatrixTellsStandingsByWord()
{
    auto *venues = pane<OracleVenuesPane>(u"venues"_s);
    QTRY_COMPARE_WITH_TIMEOUT(venues->state(), Pane::State::Ready, 30'000);
    const auto *model = qobject_cast<VenueMatrixModel *>(tableOf(venues));
    QTRY_COMPARE_WITH_TIMEOUT(model->columnCount(), VenueMatrixModel::FirstFeed + 10, 30'000);
    QCOMPARE(model->rowCount(), 14);
    const QModelIndex gate = model->index(7, VenueMatrixModel::FirstFeed + 4); // FLR
    QCOMPARE(gate.data().toString(), u"−62.5"_s);
    QVERIFY(gate.data(Qt::AccessibleTextRole).toString().contains(u"deviates"_s));
    QCOMPARE(model->index(9, VenueMatrixModel::State).data().toString(), u"blocked"_s);
    QVERIFY(model->index(9, 0).data(Qt::ToolTipRole).toString().contains(u"not served"_s));
    const QString health = model->index(0, VenueMatrixModel::Week).data(Qt::ToolTipRole).toString();
    QVERIFY2(health.contains(u"gaps"_s) && health.contains(u": heard "_s), qPrintable(health));
}

void TestOraclePanes::theChosenFeedIsExplained()
{
    auto *explain = pane<OracleExplainPane>(u"explain"_s);
    QTRY_COMPARE_WITH_TIMEOUT(explain->state(), Pane::State::Ready, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(explain->headerNote(), u"ETH/USD"_s, 30'000);
    const auto says = [explain](const QString &text) {
        for (const QLabel *label : explain->findChildren<QLabel *>())
            if (label->text().contains(text))
                return true;
        return false;
    };
    m_service.publish();
    QTRY_VERIFY_WITH_TIMEOUT(says(u"ETH/USD"_s), 30'000);
    QVERIFY(says(u"2f1c77b1a94e0d53"_s));
    QVERIFY(says(u"left out"_s));
}

void TestOraclePanes::anyKeptMomentIsExplained()
{
    auto *explain = pane<OracleExplainPane>(u"explain"_s);
    auto *at = explain->findChild<QDateTimeEdit *>();
    QVERIFY(!at || !at->isEnabled());
    auto *edit = m_window->dock(u"explain"_s)->findChild<QDateTimeEdit *>();
    QVERIFY(edit);
    QToolButton *now = nullptr;
    for (QToolButton *button : m_window->dock(u"explain"_s)->findChildren<QToolButton *>())
        if (button->isCheckable() && button->text() == "Now"_L1)
            now = button;
    QVERIFY(now);
    now->click();
    QTRY_VERIFY_WITH_TIMEOUT(!m_service.explained.empty(), 30'000);
    QCOMPARE(m_service.explained.back().feed, std::string("ETH/USD"));
    edit->setDateTime(QDateTime(QDate(1960, 1, 1), QTime(0, 0), QTimeZone::UTC));
    QTRY_COMPARE_WITH_TIMEOUT(explain->state(), Pane::State::Error, 30'000);
    now->click();
    QTRY_COMPARE_WITH_TIMEOUT(explain->state(), Pane::State::Ready, 30'000);
}

void TestOraclePanes::alertsAreSentences()
{
    auto *alerts = pane<OracleAlertsPane>(u"oracleAlerts"_s);
    QTRY_COMPARE_WITH_TIMEOUT(alerts->state(), Pane::State::Ready, 30'000);
    QCOMPARE(tableOf(alerts)->index(0, 0).data().toString(), u"gate lies −62.5 bp from FLR/USD"_s);
    QCOMPARE(tableOf(alerts)->index(0, 2).data().toString(), u"holds"_s);
}

void TestOraclePanes::whatWasHandedInIsTold()
{
    auto *ledger = pane<OracleLedgerPane>(u"submissions"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tableOf(ledger)->rowCount(), 30, 30'000);
    QCOMPARE(ledger->state(), Pane::State::Ready);
    const auto says = [ledger](int row, int column) {
        return tableOf(ledger)->index(row, column).data().toString();
    };
    QCOMPARE(says(0, OracleLedgerModel::Round), QString::number(m_service.status.epoch - 1));
    QCOMPARE(says(4, OracleLedgerModel::Reveal), u"late"_s);
    QCOMPARE(says(6, OracleLedgerModel::Signature), u"missing"_s);
    QCOMPARE(says(9, OracleLedgerModel::Reveal), u"not as committed"_s);
    QCOMPARE(says(0, OracleLedgerModel::InBand), u"31 · 52 / 63"_s);
}

void TestOraclePanes::theFirstScreenAnswersForTheChain()
{
    QTRY_VERIFY_WITH_TIMEOUT(
        m_window->dock(u"rounds"_s)->pane()->headerNote().contains(
            u"coston2: registered now yes, next no; 3 block(s) behind"_s),
        30'000);
    auto *provider = pane<ProviderPane>(u"provider"_s);
    QCOMPARE(provider->state(), Pane::State::Ready);
    const auto says = [provider](const QString &text) {
        const auto labels = provider->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&](const QLabel *label) { return label->text().contains(text); });
    };
    QVERIFY(says(u"coston2, watched"_s));
    QVERIFY(says(u"at block 81,204, 3 behind"_s));
    QVERIFY(says(u"2 contract(s), as when they were first read"_s));
    QVERIFY(says(u"1 of 1 answer well"_s));
    QTRY_VERIFY_WITH_TIMEOUT(says(u"12.30 C2FLR, enough for some 1230 transaction(s)"_s), 30'000);
    QVERIFY(says(u"0 C2FLR; 2 of 3 must sign"_s));
    QVERIFY(!says(u"changed:"_s));
}

void TestOraclePanes::aProvidersEpochsAreTold()
{
    auto *provider = pane<ProviderPane>(u"provider"_s);
    auto *model = qobject_cast<ProviderHistoryModel *>(tableOf(provider));
    QVERIFY(model);
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 2, 30'000);
    const auto tells = [model](int row, int column) {
        return model->index(row, column).data().toString();
    };
    QCOMPARE(tells(0, ProviderHistoryModel::Epoch), u"5143"_s);
    QCOMPARE(tells(0, ProviderHistoryModel::Revealed), u"99.3 %"_s);
    QCOMPARE(tells(0, ProviderHistoryModel::Primary), u"45.2 %"_s);
    QCOMPARE(tells(0, ProviderHistoryModel::Percentile), u"85"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tells(0, ProviderHistoryModel::Predicted), u"1,234 C2FLR"_s, 30'000);
    QCOMPARE(tells(0, ProviderHistoryModel::Fees), u"29.00 C2FLR"_s);
    QCOMPARE(tells(1, ProviderHistoryModel::Percentile), u"55"_s);
    QCOMPARE(tells(1, ProviderHistoryModel::Predicted), u"–"_s);
    QVERIFY(!model->isBelowGoal(0, ProviderHistoryModel::Percentile));
    QVERIFY(model->isBelowGoal(1, ProviderHistoryModel::Percentile));
    QVERIFY(model->isBelowGoal(0, ProviderHistoryModel::Revealed)); // 99.3 of 99.9 %
}

void TestOraclePanes::everybodyIsRanked()
{
    auto *competition = pane<CompetitionPane>(u"competition"_s);
    auto *model = qobject_cast<CompetitionModel *>(tableOf(competition));
    QVERIFY(model);
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 3, 30'000); // of the newest reward epoch alone
    QCOMPARE(competition->state(), Pane::State::Ready);
    QCOMPARE(model->ownRow(), 1);
    QCOMPARE(model->index(0, CompetitionModel::Rank).data().toString(), u"3"_s);
    QCOMPARE(model->index(1, CompetitionModel::Provider).data().toString(),
             u"0x5a4e…e0f4 (followed)"_s);
    QCOMPARE(model->index(2, CompetitionModel::OfCap).data().toString(), u"31.0 %"_s);
    QCOMPARE(model->index(2, CompetitionModel::Fee).data().toString(), u"20.0 %"_s);
}

void TestOraclePanes::theTrayTellsByShapeAndMutes()
{
    Tray tray(*m_session, *m_theme, nullptr);
    m_service.publish();
    QTRY_COMPARE_WITH_TIMEOUT(tray.shape(), u"tray-alert"_s, 30'000);
    QVERIFY(tray.oracleText().contains(u"9 of 10"_s));
    Q_EMIT tray.menu().aboutToShow(); // what was handed in is asked for
    QTRY_COMPARE_WITH_TIMEOUT(tray.roundsText(), u"Last rounds: ○●●◐●○●●●●"_s, 30'000);
    QVERIFY(tray.phaseText().contains(u"Round 1234567: "_s));
    Q_EMIT tray.menu().aboutToHide();
    m_service.raise({m_service.alerts[0]});
    QTRY_COMPARE_WITH_TIMEOUT(tray.told(), sentenceOf(m_service.alerts[0]), 30'000);
    m_service.raise(std::vector(20, m_service.alerts[0])); // one message, not twenty
    QTRY_COMPARE_WITH_TIMEOUT(tray.told().count(u'\n'), 3, 30'000);
    QVERIFY(tray.told().endsWith(u"and 17 more"_s));
    m_service.status.mutedUntil = SystemClock().now() + std::chrono::hours(1);
    m_service.publish();
    QTRY_COMPARE_WITH_TIMEOUT(tray.shape(), u"tray"_s, 30'000);
    m_service.status.mutedUntil.reset();
    QToolButton *mute = nullptr;
    for (QToolButton *button : m_window->dock(u"rounds"_s)->findChildren<QToolButton *>())
        if (button->isCheckable())
            mute = button;
    QVERIFY(mute);
    mute->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_service.minutesMuted >= 0, 30'000);
}

void TestOraclePanes::everyWidgetThatTakesFocusHasAName()
{
    for (const QString &id :
         {u"rounds"_s, u"oracleFeeds"_s, u"venues"_s, u"explain"_s, u"oracleAlerts"_s}) {
        QVERIFY2(m_window->dock(id)->isVisible(), qPrintable(id));
        for (QWidget *widget : m_window->dock(id)->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), qPrintable(id));
        }
    }
}

void TestOraclePanes::aLayoutThatIsPutBackIsTheSame()
{
    Layouts &layouts = m_window->layouts();
    QHash<QString, QStringList> shown;
    for (int round = 0; round < 2; ++round) {
        for (const Perspective &perspective : layouts.perspectives()) {
            layouts.showPerspective(perspective.id);
            QVERIFY2(shownDocks().size() < 12, qPrintable(perspective.id));
            if (round > 0)
                QCOMPARE(shownDocks(), shown[perspective.id]);
            shown[perspective.id] = shownDocks();
            QVERIFY2(!hasStrayBar(), qPrintable(perspective.id));
        }
        // A view more, that a tab is made for, goes with all that was made for it.
        layouts.showPerspective(u"terminal"_s);
        const auto explained = m_window->dock(u"chart"_s)->widget();
        Q_EMIT qobject_cast<ChartPane *>(explained)->explainWanted(u"SPY"_s);
        QVERIFY(m_window->dock(u"explanation"_s)->isVisible());
        layouts.showPerspective(u"oracle"_s);
        QVERIFY(!hasStrayBar());
        layouts.showPerspective(u"terminal"_s);
        QVERIFY(!hasStrayBar());
        layouts.resetPerspective();
        QVERIFY(!hasStrayBar());
        QCOMPARE(shownDocks(), shown[u"terminal"_s]);
    }
    layouts.showPerspective(u"oracle"_s);
    layouts.saveAs(u"kept"_s);
    QVERIFY(layouts.restore(u"kept"_s));
    QCOMPARE(shownDocks(), shown[u"oracle"_s]);
    QVERIFY(m_window->dock(u"oracleAlerts"_s)->isVisible());
}

void TestOraclePanes::picturesAreTaken()
{
    const QString kept = qEnvironmentVariable("CHRONA_PICTURES");
    const QDir folder(kept.isEmpty() ? m_folder.path() : kept);
    for (const QSize size : {QSize(2560, 1440), QSize(1440, 900)}) {
        m_window->resize(size);
        for (const auto appearance : {Appearance::Dark, Appearance::Light}) {
            m_theme->setAppearance(appearance);
            const bool isDark = appearance == Appearance::Dark;
            const QString name = u"oracle-%1-%2.png"_s.arg(isDark ? u"dark"_s : u"light"_s)
                                     .arg(size.width());
            const QImage picture = m_window->grab().toImage();
            QVERIFY(!picture.isNull());
            QVERIFY(picture.save(folder.filePath(name)));
        }
    }
    m_window->dock(u"provider"_s)->raise();
    m_window->dock(u"competition"_s)->raise();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->dock(u"competition"_s)->widget()->isVisible() &&
                                 m_window->dock(u"provider"_s)->widget()->isVisible(),
                             30'000);
    QVERIFY(m_window->grab().toImage().save(folder.filePath(u"oracle-provider.png"_s)));
}

QTEST_MAIN(TestOraclePanes)
#include "tst_oracle_panes.moc"
