// SPDX-License-Identifier: AGPL-3.0-or-later
// Files of briefings are written on a thread, and can be stopped.
#include "briefing/briefing_pane.h"
#include "briefing/page_worker.h"
#include "briefing/pages_view.h"
#include "chrona/workspace/investigations.h"
#include "shell/research_panes.h"
#include "window_fixture.h"

#include <QLabel>
#include <QPushButton>
#include <QStatusBar>
#include <QToolButton>

#include <algorithm>
#include <semaphore>

using namespace chrona;
using namespace chrona::ui;
using namespace Qt::StringLiterals;

class TestBriefingFiles : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { close(); }
    void pdfIsStopped();
    void pdfOfAnInvestigationIsStopped();
    void whatIsNotStoppedIsWritten();

private:
    [[nodiscard]] BriefingPane &briefing() const { return *m_window->research().briefing; }
    [[nodiscard]] QToolButton *stopButton() const
    {
        const auto buttons = briefing().findChildren<QToolButton *>();
        const auto found = std::ranges::find(buttons, u"Stop"_s, &QToolButton::text);
        return found == buttons.end() ? nullptr : *found;
    }
    /// The thread of the pages waits until the test lets it go on.
    void hold()
    {
        briefing().worker().run(
            [this] {
                m_goOn.acquire();
                return Status{};
            },
            [](const Status &) {});
    }

    std::binary_semaphore m_goOn{0};
};

void TestBriefingFiles::initTestCase()
{
    open(2'000);
    show(u"briefing"_s);
    QTRY_VERIFY_WITH_TIMEOUT(briefing().view().plan() != nullptr, 60'000);
}

void TestBriefingFiles::pdfIsStopped()
{
    const QString path = m_folder.filePath(u"day.pdf"_s);
    hold();
    briefing().write(path, BriefingPane::Format::PdfA4);
    QTRY_VERIFY(stopButton()->isVisible());
    QCOMPARE(stopButton()->toolTip(), u"Stop writing the file"_s);
    QTest::mouseClick(stopButton(), Qt::LeftButton);
    m_goOn.release();
    QTRY_VERIFY(!stopButton()->isVisible());
    const auto labels = briefing().findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->isVisible() && label->text() == u"day.pdf was not written"_s;
    }));
    QVERIFY(!QFile::exists(path));
}

void TestBriefingFiles::pdfOfAnInvestigationIsStopped()
{
    const QString path = m_folder.filePath(u"case.pdf"_s);
    QStatusBar &bar = *m_window->statusBar();
    m_window->investigations().create(u"Storm"_s);
    hold();
    m_window->briefCaseTo(path);
    QTRY_COMPARE(bar.currentMessage(), u"Writing case.pdf…"_s);
    QTest::mouseClick(bar.findChild<QPushButton *>(), Qt::LeftButton);
    m_goOn.release();
    QTRY_COMPARE(bar.currentMessage(),
                 u"The briefing of “Storm” was stopped; case.pdf was not written."_s);
    QTRY_VERIFY(!bar.findChild<QPushButton *>());
    QVERIFY(!QFile::exists(path));
}

void TestBriefingFiles::whatIsNotStoppedIsWritten()
{
    const QString path = m_folder.filePath(u"whole.pdf"_s);
    briefing().write(path, BriefingPane::Format::PdfA4);
    QTRY_VERIFY(QFile::exists(path));
}

QTEST_MAIN(TestBriefingFiles)
#include "tst_briefing_files.moc"
