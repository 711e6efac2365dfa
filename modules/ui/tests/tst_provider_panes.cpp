// SPDX-License-Identifier: AGPL-3.0-or-later
#include "served_oracle.h"

#include "chrona/base/clock.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/oracle_watch.h"
#include "chrona/workspace/session.h"
#include "oracle/accuracy_pane.h"
#include "oracle/provider_pane.h"
#include "tables/more_columns.h"
#include "tables/table_view.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// What is told of a provider: its money, its progress, its values by feed.
class TestProviderPanes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void moneyAndTrendAreTold();
    void valuesAreToldByFeed();
    void columnsWithoutRoomSayThatTheyAreThere();

private:
    [[nodiscard]] static QAbstractItemModel *tableOf(QWidget *pane)
    {
        return pane->findChild<TableView *>()->model();
    }

    QTemporaryDir m_folder;
    test::ServedOracle m_service;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<workspace::Session> m_session;
    std::unique_ptr<workspace::OracleWatch> m_watch;
    std::unique_ptr<ProviderPane> m_provider;
    std::unique_ptr<AccuracyPane> m_accuracy;
};

void TestProviderPanes::initTestCase()
{
    const std::filesystem::path data(m_folder.filePath(u"data"_s).toStdString());
    std::filesystem::create_directories(data);
    QVERIFY(m_service.start(data));
    m_service.fill(SystemClock().now());
    m_theme = std::make_unique<Theme>();
    m_theme->applyTo(*qApp);
    workspace::SessionOptions options;
    options.dataFolder = data;
    m_session = std::make_unique<workspace::Session>(options);
    m_watch = std::make_unique<workspace::OracleWatch>(*m_session);
    m_provider = std::make_unique<ProviderPane>(*m_watch, *m_session, *m_theme, nullptr);
    m_accuracy = std::make_unique<AccuracyPane>(*m_watch, *m_session, *m_theme, nullptr);
    for (QWidget *pane : {static_cast<QWidget *>(m_provider.get()),
                          static_cast<QWidget *>(m_accuracy.get())}) {
        pane->resize(900, 700);
        pane->show();
    }
    m_session->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), workspace::Session::State::Ready, 30'000);
    m_service.publish();
}

void TestProviderPanes::cleanupTestCase()
{
    m_accuracy.reset();
    m_provider.reset();
    m_watch.reset();
    m_session.reset();
}

void TestProviderPanes::moneyAndTrendAreTold()
{
    auto *provider = m_provider.get();
    const auto says = [provider](const QString &text) {
        const auto labels = provider->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&](const QLabel *label) { return label->text().contains(text); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(u"0.0100 C2FLR, 0.0002 USD; the goal is 0.10 USD"_s), 30'000);
    QVERIFY(says(u"Gas at twenty times"_s));
    QVERIFY(says(u"a vote power of"_s));
    // What it did is another answer than its money.
    QTRY_VERIFY_WITH_TIMEOUT(says(u"Reward epoch 5143 beside 5142"_s), 30'000);
    QVERIFY(says(u"85, +30.0 points"_s)); // the percentile
    auto *model = qobject_cast<ProviderHistoryModel *>(tableOf(provider));
    const auto tells = [model](int column, int role = Qt::DisplayRole) {
        return model->index(0, column).data(role).toString();
    };
    QCOMPARE(tells(ProviderHistoryModel::DataConnector), u"97.8 %"_s);
    QCOMPARE(tells(ProviderHistoryModel::FastUpdates), u"97.5 %"_s);
    QCOMPARE(tells(ProviderHistoryModel::Passes), u"≈ 2"_s);
    QVERIFY(tells(ProviderHistoryModel::Passes, Qt::ToolTipRole).contains(u"are paid"_s));
    QCOMPARE(tells(ProviderHistoryModel::Staking), u"met, earns no pass"_s);
    QVERIFY(says(u"Minimal conditions of reward epoch 5143"_s));
    QVERIFY(says(u"98.4 % within half a percent of the median, 80 % wanted"_s));
    QVERIFY(says(u"97.8 % of the results signed, 60 % wanted"_s));
    QVERIFY(says(u"97.5 % of what is expected, 80 % wanted"_s));
    QVERIFY(says(u"there in 99.0 % of 1200 look(s); self-bond 2.5 M, stake 44.5 M; since it began "
                 u"99.8 %"_s));
    QVERIFY(says(u"≈ 2 after reward epoch 5142"_s));
    QVERIFY(says(u"no node is known that serves the P-chain"_s));
    const QString path = m_folder.filePath(u"provider.csv"_s);
    QVERIFY(provider->exportTo(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray csv = file.readAll();
    QVERIFY(csv.startsWith("reward_epoch,") && csv.contains("\n5143,1000,990,1234.5,"));
    QVERIFY(!provider->exportTo(m_folder.path() + u"/nowhere/provider.csv"_s));
}

void TestProviderPanes::valuesAreToldByFeed()
{
    auto *accuracy = m_accuracy.get();
    auto *model = qobject_cast<AccuracyModel *>(tableOf(accuracy));
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 3, 30'000);
    QCOMPARE(accuracy->state(), Pane::State::Ready);
    QCOMPARE(model->index(0, AccuracyModel::Primary).data().toString(), u"50.2 %"_s);
    QCOMPARE(model->index(0, AccuracyModel::Others).data().toString(), u"47.0 %"_s);
    QCOMPARE(model->index(0, AccuracyModel::Rank).data().toString(), u"7/40"_s);
    const auto place = [model](int row) {
        return model->index(row, AccuracyModel::Place).data(Qt::AccessibleTextRole).toString();
    };
    QCOMPARE(place(0), u"between the quartiles"_s);
    QCOMPARE(place(1), u"below the quartiles"_s);
    QCOMPARE(place(2), u"above the quartiles"_s);
}

void TestProviderPanes::columnsWithoutRoomSayThatTheyAreThere()
{
    TableView table(*m_theme, nullptr);
    QStandardItemModel model(1, 5);
    table.setModel(&model);
    table.setStretchColumn(0, 100);
    table.setExpendableColumns({3, 4});
    for (int column = 1; column < 5; ++column)
        table.setColumnWidth(column, 100);
    table.resize(1'000, 200);
    table.show();
    auto *more = table.findChild<MoreColumns *>();
    QVERIFY(more);
    QTRY_VERIFY_WITH_TIMEOUT(table.viewport()->width() > 900 && more->isHidden(), 30'000);
    table.resize(340, 200);
    QTRY_VERIFY_WITH_TIMEOUT(more->isVisible(), 30'000);
    QVERIFY(table.isColumnHidden(3) && table.isColumnHidden(4));
    QCOMPARE(more->text(), u"+2"_s);
    QVERIFY(more->toolTip().contains(u"4, 5"_s));
    more->click();
    QVERIFY(!table.isColumnHidden(3) && !table.isColumnHidden(4));
    QTRY_VERIFY_WITH_TIMEOUT(table.horizontalScrollBar()->maximum() > 0, 30'000);
    more->click();
    QVERIFY(table.isColumnHidden(3) && table.isColumnHidden(4));
    table.resize(1'000, 200);
    QTRY_VERIFY_WITH_TIMEOUT(more->isHidden() && !table.isColumnHidden(4), 30'000);
}

QTEST_MAIN(TestProviderPanes)
#include "tst_provider_panes.moc"
