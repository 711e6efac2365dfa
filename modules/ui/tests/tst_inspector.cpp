// SPDX-License-Identifier: AGPL-3.0-or-later
#include "session_fixture.h"

#include "inspector/event_background.h"
#include "inspector/inspector_pane.h"
#include "inspector/market_strip.h"
#include "inspector/related_events.h"
#include "inspector/related_list.h"
#include "inspector/revision_words.h"
#include "inspector/source_link.h"

#include <QAccessible>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using namespace std::chrono_literals;

namespace {

bool isNearOf(const schema::Event &one, const schema::Event &other)
{
    const auto a = schema::anchorOf(one.geometry), b = schema::anchorOf(other.geometry);
    return one.id != other.id && other.geometry.kind != schema::Geometry::Kind::None &&
           std::abs(a.longitude - b.longitude) < 2.9 && std::abs(a.latitude - b.latitude) < 2.9 &&
           std::chrono::abs(one.times.observedAt - other.times.observedAt) < kNearWithin;
}

/// Farther than any box or date line could reach.
bool isFarOf(const schema::Event &one, const schema::Event &other)
{
    const auto a = schema::anchorOf(one.geometry), b = schema::anchorOf(other.geometry);
    const double apart = std::abs(a.longitude - b.longitude);
    return one.id == other.id || other.geometry.kind == schema::Geometry::Kind::None ||
           std::abs(a.latitude - b.latitude) > 6 || (apart > 20 && apart < 340) ||
           std::chrono::abs(one.times.observedAt - other.times.observedAt) > kNearWithin;
}

/// An event of the older half that is alone, or is not.
const schema::Event *olderEvent(const std::vector<schema::Event> &events, bool isAlone)
{
    std::vector<Instant> times;
    for (const schema::Event &one : events)
        times.push_back(one.times.observedAt);
    std::ranges::sort(times);
    for (const schema::Event &one : events) {
        const auto isFar = [&](const schema::Event &other) { return isFarOf(one, other); };
        const auto isNear = [&](const schema::Event &other) { return isNearOf(one, other); };
        if (one.geometry.kind == schema::Geometry::Kind::Point &&
            one.times.observedAt < times[times.size() / 2] &&
            (isAlone ? std::ranges::all_of(events, isFar) : std::ranges::any_of(events, isNear)))
            return &one;
    }
    return nullptr;
}

} // namespace

/// Everything about one event over a real socket: what was said when, what was fetched, prices
/// around it, stories, signals, what is alike; and the same as it was known at a moment.
class TestInspector : public QObject, private test::SessionFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void historyIsTold();
    void whatWasFetchedIsShownAsText();
    void pricesStandAroundTheEvent();
    void storyAndSignalsAreLinks();
    void movesAreToldInWords_data();
    void movesAreToldInWords();
    void changesAreToldInWords();
    void worldIsReplayedAsItWasKnown();
    void linkIsShownBeforeItIsOpened();
    void whatIsNearAnOlderOneIsAsked_data();
    void whatIsNearAnOlderOneIsAsked();

private:
    [[nodiscard]] QStringList texts() const
    {
        QStringList all;
        for (const QLabel *label : m_pane->findChildren<QLabel *>())
            all += label->text();
        return all;
    }
    [[nodiscard]] bool says(const QString &text) const { return !texts().filter(text).isEmpty(); }

    std::unique_ptr<InspectorPane> m_pane;
    schema::Event m_event; ///< with a place, far from the newest
};

void TestInspector::initTestCase()
{
    prepare(3'000);
    m_pane = std::make_unique<InspectorPane>(*m_session, *m_theme, nullptr);
    m_pane->resize(340, 900);
    m_pane->setVisible(true);
    openSession();
    for (const schema::Event &event : m_service->events())
        if (event.geometry.kind != schema::Geometry::Kind::None && event.severity > 0.3F &&
            event.state != schema::EventState::Retracted)
            m_event = event;
    QVERIFY(m_event.id.value != 0);
}

void TestInspector::init()
{
    focus().setAsOf(std::nullopt);
    focus().select({m_event.id.value}, m_event.id.value);
    QTRY_COMPARE(m_pane->shownEvent(), qint64{m_event.id.value});
    QTRY_VERIFY(m_pane->background().history() && !m_pane->background().market().empty());
    QTRY_VERIFY(says(u"What was said when"_s));
}

void TestInspector::cleanupTestCase()
{
    m_pane.reset();
    closeSession();
}

void TestInspector::historyIsTold()
{
    QVERIFY(says(u"first heard of"_s));
    // What was changed since, in words.
    QVERIFY(says(u"headline: %1"_s.arg(QString::fromStdString(m_event.title))));
    QVERIFY(says(u"severity"_s));
}

void TestInspector::whatWasFetchedIsShownAsText()
{
    const auto *raw = m_pane->findChild<QPlainTextEdit *>();
    QVERIFY(raw && raw->isReadOnly());
    QVERIFY(raw->toPlainText().contains(u"<img src=http://example.org/x>"_s));
    for (const QLabel *label : m_pane->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText); // nothing of a feed is ever read as markup
}

void TestInspector::pricesStandAroundTheEvent()
{
    QVERIFY(m_pane->background().market().size() <= 3);
    auto *strip = m_pane->findChild<MarketStrip *>();
    QVERIFY(strip);
    QVERIFY(strip->accessibleName().startsWith(m_pane->background().market()[0].symbol));
    // Whom a person chooses comes first.
    focus().setTarget(u"SPY"_s);
    QTRY_COMPARE(m_pane->background().market().size(), 1U);
    QTRY_COMPARE(m_pane->background().market()[0].symbol, u"SPY"_s);
    focus().setTarget({});
}

void TestInspector::storyAndSignalsAreLinks()
{
    QTRY_VERIFY(!m_pane->background().stories().empty());
    QTRY_COMPARE(m_pane->background().signalsCounting().size(), 1U);
    QTRY_VERIFY(says(u"Signals that count it"_s) && says(u"Alike in meaning, by built-in 1"_s));
    const QSignalSpy wanted(m_pane.get(), &InspectorPane::signalWanted);
    QToolButton *story = nullptr, *signal = nullptr;
    const QString title = QString::fromStdString(m_pane->background().stories().front().title);
    for (auto *link : m_pane->findChildren<QToolButton *>()) {
        if (link->property("tone").toString() != u"link"_s)
            continue;
        QVERIFY(!link->accessibleName().isEmpty());
        (link->accessibleName() == title ? story : signal) = link;
    }
    QVERIFY(story && signal);
    signal->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toLongLong(), qint64{m_pane->background().signalsCounting()[0].id.value});
    const auto members = m_pane->background().stories().front().members.size();
    story->click();
    QCOMPARE(static_cast<std::size_t>(focus().selection().size()), members);
}

void TestInspector::movesAreToldInWords_data()
{
    QTest::addColumn<QList<double>>("closes");
    QTest::addColumn<int>("day");
    QTest::addColumn<QString>("text");
    QTest::newRow("the day and what followed")
        << QList<double>{100, 110, 121} << 1
        << u"+10.00 % on the day, +10.00 % over the 1 after it"_s;
    QTest::newRow("the last close") << QList<double>{100, 110} << 1 << u"+10.00 % on the day"_s;
    QTest::newRow("nothing since") << QList<double>{100, 110} << 2 << u"no close since"_s;
    QTest::newRow("nothing before") << QList<double>{100, 110} << 0 << u"no close before"_s;
}

void TestInspector::movesAreToldInWords()
{
    QFETCH(QList<double>, closes);
    QFETCH(int, day);
    QFETCH(QString, text);
    MarketAround around{u"SPY"_s, {closes.begin(), closes.end()}, {}};
    for (qsizetype i = 0; i < closes.size(); ++i)
        around.days.push_back(1'000 * i);
    QCOMPARE(moveText(around, 1'000 * day - 1), text);
}

void TestInspector::changesAreToldInWords()
{
    schema::Event before = m_event;
    schema::Event after = before;
    QCOMPARE(changeText(before, after), QString());
    after.severity = 0.9F;
    before.severity = 0.4F;
    after.state = schema::EventState::Retracted;
    const QString text = changeText(before, after);
    QVERIFY2(text.contains(u"40 % → 90 %"_s) && text.contains(u"retracted"_s), qPrintable(text));
}

void TestInspector::worldIsReplayedAsItWasKnown()
{
    const auto rowNow = m_session->events().rowOf(m_event.id.value);
    QVERIFY(rowNow);
    const auto severityNow = m_session->events().snapshot()->columns.severity[*rowNow];
    m_service->revise({m_event.id.value});
    // A day after it was first said, before it was said otherwise.
    const Instant then = m_event.times.availableAt() + 24h;
    focus().setAsOf(then);
    QTRY_COMPARE(m_service->formerAsked(), std::optional(then));
    const auto severity = [this] {
        const auto row = m_session->events().rowOf(m_event.id.value);
        return row ? int{m_session->events().snapshot()->columns.severity[*row]} : -1;
    };
    QTRY_VERIFY(severity() < int{severityNow});
    const auto row = m_session->events().rowOf(m_event.id.value);
    const auto snapshot = m_session->events().snapshot();
    QCOMPARE(snapshot->sources.value(snapshot->columns.source[*row]), u"sample-earlier"_s);
    QCOMPARE(snapshot->regions.value(snapshot->columns.region[*row]), u"ZZ"_s);
    // The inspector tells the headline of then, and prices know nothing that came later.
    QTRY_VERIFY(says(u"Earlier: "_s + QString::fromStdString(m_event.title)));
    // What came later is not seen anywhere.
    QTRY_VERIFY(m_session->selector().isSettled());
    const auto visible = m_session->selector().visible();
    for (const std::uint32_t one : visible->rowsAnyTime)
        QVERIFY(visible->snapshot->columns.availableAt[one] <= then.time_since_epoch().count());
    // Now again.
    focus().setAsOf(std::nullopt);
    QTRY_COMPARE(severity(), int{severityNow});
    m_service->revise({});
}

void TestInspector::linkIsShownBeforeItIsOpened()
{
    openSourceLink(u"https://example.org/story?a=1"_s, m_pane.get());
    auto *box = m_pane->findChild<QMessageBox *>();
    QVERIFY(box && box->isVisible());
    QVERIFY(box->text().contains(u"example.org"_s));
    QCOMPARE(box->informativeText(), u"https://example.org/story?a=1"_s);
    box->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!m_pane->findChild<QMessageBox *>());
    // What is no address of the web is not even asked about.
    openSourceLink(u"file:///etc/passwd"_s, m_pane.get());
    openSourceLink(u"javascript:alert(1)"_s, m_pane.get());
    QVERIFY(!m_pane->findChild<QMessageBox *>());
}

void TestInspector::whatIsNearAnOlderOneIsAsked_data()
{
    QTest::addColumn<bool>("answers");
    QTest::addColumn<bool>("isAlone");
    QTest::newRow("from the database") << true << false;
    QTest::newRow("nothing is near") << true << true;
    QTest::newRow("the database does not answer") << false << false;
}

void TestInspector::whatIsNearAnOlderOneIsAsked()
{
    QFETCH(bool, answers);
    QFETCH(bool, isAlone);
    // Two thirds of the events stay in the database; one of those is looked at.
    m_service->keepBack(2'000, answers);
    const auto &events = m_service->events();
    const schema::Event *wanted = olderEvent(events, isAlone);
    QVERIFY(wanted);
    workspace::SessionOptions options;
    options.dataFolder = m_folder.filePath(u"data"_s).toStdString();
    workspace::Session session(options);
    InspectorPane pane(session, *m_theme, nullptr);
    pane.resize(340, 900);
    pane.setVisible(true);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), workspace::Session::State::Ready, 30'000);
    QCOMPARE(session.events().snapshot()->older, quint64(2'000));
    QVERIFY(!session.events().rowOf(wanted->id.value));
    session.focus().select({wanted->id.value}, wanted->id.value);
    QTRY_VERIFY(pane.background().neighbours());
    QTRY_VERIFY(pane.background().history());
    const auto said = [&pane](const QString &text) {
        for (const QLabel *label : pane.findChildren<QLabel *>())
            if (label->text().contains(text))
                return true;
        return false;
    };
    QTRY_VERIFY(said(u"Near in place and time"_s));
    auto *list = pane.findChild<RelatedList *>();
    if (!answers) {
        QVERIFY(!list && said(u"the database could not be asked"_s));
    } else if (isAlone) {
        QVERIFY(!list && said(u"Nothing else is known near it within 30 days"_s));
    } else {
        QVERIFY(list);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Return);
        const qint64 chosen = session.focus().selectedEvent();
        QVERIFY(chosen != 0 && chosen != wanted->id.value);
        const auto other = std::ranges::find(events, schema::EventId{chosen}, &schema::Event::id);
        QVERIFY(other != events.end());
        QVERIFY(!isFarOf(*wanted, *other));
    }
    m_service->keepBack(0, true);
}

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
