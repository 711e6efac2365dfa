// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/oracle_explain_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "inspector/fact_sections.h"
#include "oracle/oracle_words.h"
#include "text/names.h"

#include <QDateTimeEdit>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

QString decimals(double value, int count)
{
    return std::isfinite(value) ? QLocale().toString(value, 'f', count) : u"–"_s;
}

QList<Fact> pricesOf(const ipc::OracleAnswer &answer)
{
    QList<Fact> facts{{OracleExplainPane::tr("Half-width"),
                       OracleExplainPane::tr("±%1 bp holds the price 19 times in 20")
                           .arg(decimals(answer.confidenceBps, 2))},
                      {OracleExplainPane::tr("Market"), nameOf(answer.regime)},
                      {OracleExplainPane::tr("Filter"),
                       OracleExplainPane::tr("%1 bp from the venues' weighted median")
                           .arg(bpsText(answer.filteredBps))}};
    const std::size_t rates = std::min(answer.rates.size(), answer.currencies.size());
    for (std::size_t c = 1; c < rates; ++c)
        facts += Fact{fromUtf8(answer.currencies[c]), decimals(answer.rates[c], 5)};
    facts += {{OracleExplainPane::tr("VWAP 30 s"), priceText(answer.vwap)},
              {OracleExplainPane::tr("TWAP 30 s"), priceText(answer.twap)},
              {OracleExplainPane::tr("Median"), priceText(answer.medianOfLast)},
              {OracleExplainPane::tr("By volume"), priceText(answer.weightedMedianOfLast)},
              {OracleExplainPane::tr("Of mids"), priceText(answer.weightedMedianOfMid)}};
    return facts;
}

QString hintOf(const ipc::OracleVote &vote)
{
    QString hint = OracleExplainPane::tr("Basis %1 bp, noise %2 bp, lag %3 s, %4 old; half spread "
                                         "%5 bp, %6 % of the volume")
                       .arg(bpsText(vote.basisBps), decimals(vote.noiseBps, 1),
                            decimals(vote.lagSeconds, 1),
                            spanText(std::chrono::milliseconds(vote.ageMs)),
                            decimals(vote.halfSpreadBps, 2), decimals(100 * vote.share, 1));
    if (!vote.collector.empty())
        hint += OracleExplainPane::tr("; heard by %1").arg(fromUtf8(vote.collector));
    return hint;
}

QList<Fact> votesOf(const ipc::OracleAnswer &answer)
{
    std::vector<const ipc::OracleVote *> votes;
    for (const ipc::OracleVote &vote : answer.votes)
        votes.push_back(&vote);
    std::ranges::stable_sort(votes, std::greater{}, &ipc::OracleVote::weight);
    QList<Fact> facts;
    for (const ipc::OracleVote *vote : votes) {
        const bool counts = vote->standing == ipc::OracleStanding::Used;
        facts += Fact{fromUtf8(vote->venue),
                      counts ? OracleExplainPane::tr("%1 · %2 bp · weight %3")
                                   .arg(priceText(vote->price), bpsText(vote->deviationBps),
                                        decimals(vote->weight, 3))
                             : OracleExplainPane::tr("%1 · %2 · left out")
                                   .arg(priceText(vote->price), nameOf(vote->standing)),
                      hintOf(*vote)};
    }
    return facts;
}

} // namespace

OracleExplainPane::OracleExplainPane(workspace::OracleWatch &watch, workspace::Session &session,
                                     const Theme &theme, QWidget *parent)
    : OraclePane(watch, session, theme, parent), m_at(new QDateTimeEdit(this)),
      m_now(new QToolButton(this)), m_scroll(new QScrollArea(this))
{
    m_at->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss"_s);
    m_at->setAccessibleName(tr("Moment to explain"));
    m_at->setTimeZone(QTimeZone::UTC);
    m_at->setDateTime(QDateTime::currentDateTimeUtc());
    m_at->setEnabled(false);
    m_now->setText(tr("Now"));
    m_now->setCheckable(true);
    m_now->setChecked(true);
    m_now->setAutoRaise(true);
    m_now->setAccessibleName(tr("Follow the newest price"));
    m_now->setToolTip(tr("Follow the newest price; switched off, choose any moment that is kept"));
    addHeaderTool(m_at);
    addHeaderTool(m_now);
    m_at->hide(); // while the newest price is followed
    if (auto *line = m_at->findChild<QLineEdit *>())
        line->setAccessibleName(m_at->accessibleName());
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Explanation"));
    setContent(m_scroll);
    connect(m_now, &QToolButton::toggled, this, [this](bool isNow) {
        m_at->setEnabled(!isNow);
        m_at->setVisible(!isNow);
        if (!isNow)
            m_at->setDateTime(QDateTime::currentDateTimeUtc());
        ask();
    });
    connect(m_at, &QDateTimeEdit::dateTimeChanged, this, [this] {
        if (!m_now->isChecked())
            ask();
    });
    connect(&watch, &workspace::OracleWatch::feedsChanged, this, &OracleExplainPane::follow);
    connect(&watch, &workspace::OracleWatch::statusChanged, this, &OracleExplainPane::refresh);
    connect(&watch, &workspace::OracleWatch::explained, this, &OracleExplainPane::tell);
    connect(&watch, &workspace::OracleWatch::explainFailed, this, [this](const Error &error) {
        m_failure = error;
        refresh();
    });
    connect(&session, &workspace::Session::stateChanged, this, &OracleExplainPane::refresh);
    connect(&theme, &Theme::changed, this, [this] {
        if (m_answer)
            tell(*m_answer);
    });
    refresh();
}

void OracleExplainPane::setFeed(const QString &feed)
{
    if (feed == m_feed)
        return;
    m_feed = feed;
    ask();
}

void OracleExplainPane::setTimeText(const TimeText &times)
{
    m_times = times;
    if (m_answer)
        tell(*m_answer);
}

void OracleExplainPane::showEvent(QShowEvent *event)
{
    OraclePane::showEvent(event);
    ask();
}

void OracleExplainPane::ask()
{
    if (m_now->isChecked())
        return follow();
    if (m_feed.isEmpty() || !isVisible())
        return;
    m_watch.explain(m_feed, instantFromMicros(m_at->dateTime().toMSecsSinceEpoch() * 1000));
}

/// The newest price is here already: nothing needs to be asked.
void OracleExplainPane::follow()
{
    if (!m_now->isChecked() || !isVisible())
        return;
    for (const ipc::OracleFeedEntry &entry : m_watch.feeds())
        if (fromUtf8(entry.answer.feed) == m_feed)
            return tell(entry.answer);
}

void OracleExplainPane::tell(const ipc::OracleAnswer &answer)
{
    m_answer = answer;
    m_failure.reset();
    auto *column = new FactColumn(m_theme, nullptr);
    QList<QWidget *> badges{
        new Badge(m_theme, nameOf(answer.state), m_theme.color(roleOf(answer.state)), {}, nullptr)};
    if (answer.synthetic)
        badges += new Badge(m_theme, tr("synthetic"), m_theme.color(Role::Watch),
                            tr("Made up for the sample world"), nullptr);
    column->addBadges(badges);
    column->addParagraph(
        tr("%1 was %2 at %3, from %n venue(s).", nullptr, answer.sources)
            .arg(fromUtf8(answer.feed), priceText(answer.price), m_times.second(answer.at)));
    column->addFacts(pricesOf(answer));
    column->addSection(tr("Venues"));
    column->addFacts(votesOf(answer));
    column->addSection(tr("Replay"));
    column->addFacts({{tr("State hash"), fromUtf8(answer.stateHash),
                       tr("A hash of all that the engine knew: a replay that differs in one bit "
                          "shows it"),
                       Fact::Face::Mono}});
    column->finish();
    const int scrolled = m_scroll->verticalScrollBar()->value();
    m_scroll->setWidget(column);
    m_scroll->verticalScrollBar()->setValue(scrolled);
    refresh();
}

void OracleExplainPane::refresh()
{
    setHeaderNote(m_feed);
    m_at->setVisible(!m_now->isChecked()); // the header shows every tool at first
    if (m_failure && !m_now->isChecked()) {
        const FailureText text = failureText(*m_failure);
        return setError({text.cause, text.remedy, tr("Show the newest price"),
                         [this] { m_now->setChecked(true); }});
    }
    settle(m_answer.has_value());
}

} // namespace chrona::ui
