// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/theme.h"
#include "operations/add_feed_dialog.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// The question about a feed's terms, as a person answers it.
class TestAddFeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsAddedWhileAQuestionIsOpen();
    void answersBecomeTheRequest();
    void readingListBecomesOneRequestAFeed();
    void whatIsNoListIsSaid();
    void refusalKeepsTheDialogOpen();

private:
    [[nodiscard]] static QPushButton *addButton(const AddFeedDialog &dialog)
    {
        for (auto *button : dialog.findChildren<QPushButton *>())
            if (button->isDefault())
                return button;
        return nullptr;
    }
    /// Fields in the order of the form: address, name, terms, licence.
    static void answer(AddFeedDialog &dialog)
    {
        const QStringList texts = {u"https://desk.example.org/feed.xml"_s, u"The desk"_s,
                                   u"https://desk.example.org/terms"_s, u"CC-BY-4.0"_s};
        const auto edits = dialog.findChildren<QLineEdit *>();
        for (qsizetype i = 0; i < texts.size(); ++i)
            QTest::keyClicks(edits.at(i), texts.at(i));
        for (auto *box : dialog.findChildren<QComboBox *>())
            box->setCurrentIndex(1);
    }
    Theme m_theme;
    QTemporaryDir m_folder;
};

void TestAddFeed::nothingIsAddedWhileAQuestionIsOpen()
{
    AddFeedDialog dialog(m_theme, nullptr);
    QVERIFY(!addButton(dialog)->isEnabled());
    for (auto *box : dialog.findChildren<QComboBox *>())
        QCOMPARE(box->currentIndex(), -1); // no answer is chosen beforehand
    answer(dialog);
    QVERIFY(addButton(dialog)->isEnabled());
    for (auto *box : dialog.findChildren<QComboBox *>()) {
        box->setCurrentIndex(-1);
        QVERIFY(!addButton(dialog)->isEnabled());
        box->setCurrentIndex(0);
    }
    dialog.findChildren<QLineEdit *>().at(2)->clear();
    QVERIFY(!addButton(dialog)->isEnabled());
}

void TestAddFeed::answersBecomeTheRequest()
{
    AddFeedDialog dialog(m_theme, nullptr);
    answer(dialog);
    QSignalSpy wanted(&dialog, &AddFeedDialog::wanted);
    QTest::mouseClick(addButton(dialog), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    const auto requests = dialog.requests();
    QCOMPARE(requests.size(), std::size_t{1});
    QCOMPARE(requests[0].address, std::string("https://desk.example.org/feed.xml"));
    QCOMPARE(requests[0].name, std::string("The desk"));
    QCOMPARE(requests[0].licence, std::string("CC-BY-4.0"));
    QVERIFY(requests[0].redistribution == schema::Redistribution::WithAttribution);
    QVERIFY(requests[0].mode == schema::IngestMode::Full);
    QVERIFY(requests[0].retention == schema::RetentionClass::Days30);
}

void TestAddFeed::readingListBecomesOneRequestAFeed()
{
    QFile file(m_folder.filePath(u"list.opml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"(<opml version="2.0"><body>
        <outline type="rss" text="One" xmlUrl="https://one.example.org/rss"/>
        <outline type="rss" text="Two" xmlUrl="https://two.example.org/rss"/></body></opml>)");
    file.close();
    AddFeedDialog dialog(m_theme, nullptr);
    answer(dialog);
    dialog.takeList(file.fileName());
    QVERIFY(addButton(dialog)->isEnabled());
    const auto requests = dialog.requests();
    QCOMPARE(requests.size(), std::size_t{2});
    QCOMPARE(requests[1].address, std::string("https://two.example.org/rss"));
    QCOMPARE(requests[1].name, std::string("Two"));
    QCOMPARE(requests[1].licence, std::string("CC-BY-4.0"));
}

void TestAddFeed::whatIsNoListIsSaid()
{
    QFile file(m_folder.filePath(u"none.opml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<html>hello</html>");
    file.close();
    AddFeedDialog dialog(m_theme, nullptr);
    dialog.takeList(file.fileName());
    const auto labels = dialog.findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(
        labels, [](const QLabel *label) { return label->text().contains(u"no reading list"_s); }));
    QCOMPARE(dialog.requests().size(), std::size_t{1});
}

void TestAddFeed::refusalKeepsTheDialogOpen()
{
    AddFeedDialog dialog(m_theme, nullptr);
    answer(dialog);
    dialog.show();
    dialog.showFailure({ErrorCode::Denied, "localhost is an address of this machine"});
    QVERIFY(dialog.isVisible());
    QVERIFY(addButton(dialog)->isEnabled());
}

QTEST_MAIN(TestAddFeed)
#include "tst_add_feed.moc"
