// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/research_panes.h"

#include "briefing/briefing_pane.h"
#include "briefing/days_pane.h"
#include "briefing/evidence_pane.h"
#include "briefing/notes_pane.h"
#include "briefing/page_focus.h"
#include "briefing/pages_view.h"
#include "briefing/top_pane.h"
#include "shell/commands.h"
#include "signals/elevated_pane.h"
#include "signals/evidence_pane.h"
#include "signals/signal_words.h"
#include "shell/dock_themes.h"
#include "signals/signals_pane.h"
#include "text/names.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::BriefingBook;

ResearchPanes::ResearchPanes(workspace::Session &session, DockThemes &themes, QSettings &settings,
                             QWidget &window)
    : m_session(session), m_book(std::make_unique<BriefingBook>(session)),
      m_notes(std::make_unique<workspace::BriefingNotes>(settings))
{
    signalList = new SignalsPane(session, themes.of(u"signals"_s), &window);
    signalEvidence = new SignalEvidencePane(session, themes.of(u"signal-evidence"_s), &window);
    elevated = new ElevatedPane(signalList->model(), themes.of(u"elevated"_s), &window);
    days = new BriefingDaysPane(*m_book, themes.of(u"briefing-days"_s), &window);
    briefing = new BriefingPane(*m_book, *m_notes, themes.of(u"briefing"_s), &window);
    evidence = new BriefingEvidencePane(session, themes.of(u"briefing-evidence"_s), &window);
    notes = new BriefingNotesPane(*m_book, *m_notes, themes.of(u"briefing-notes"_s), &window);
    top = new BriefingTopPane(*m_book, themes.of(u"briefing-top"_s), &window);
    connectSignals();
    connectBriefing();
}

ResearchPanes::~ResearchPanes()
{
    notes->save(); // what was typed a moment ago
}

void ResearchPanes::connectSignals()
{
    connect(signalList, &SignalsPane::chosenChanged, signalEvidence,
            [this] { signalEvidence->show(signalList->chosen()); });
    connect(elevated, &ElevatedPane::signalWanted, this, &ResearchPanes::showSignal);
    connect(elevated, &ElevatedPane::signalsWanted, this, &ResearchPanes::signalsWanted);
}

void ResearchPanes::connectBriefing()
{
    PagesView &view = briefing->view();
    connect(&view, &PagesView::currentChanged, evidence, [this, &view] {
        const auto part = view.current();
        evidence->show(part ? evidenceOf(view.plan()->briefing, *part) : PartEvidence{});
    });
    new PageFocus(view, m_session.focus(), this);
    connect(m_book.get(), &BriefingBook::changesChanged, evidence, [this] {
        const auto &changes = m_book->changes();
        evidence->setEnded(m_book->comparedDay(),
                           changes ? changes->ended : std::vector<schema::Statement>());
    });
    connect(m_book.get(), &BriefingBook::currentChanged, this, &ResearchPanes::showSections);
    connect(m_notes.get(), &workspace::BriefingNotes::changed, this, &ResearchPanes::showSections);
    connect(days, &BriefingDaysPane::sectionWanted, this,
            [&view](int section) { view.scrollToSection(static_cast<std::size_t>(section)); });
    connect(evidence, &BriefingEvidencePane::signalWanted, this, &ResearchPanes::showSignal);
    connect(top, &BriefingTopPane::briefingWanted, this, &ResearchPanes::briefingWanted);
    showSections();
}

void ResearchPanes::showSections()
{
    QStringList headings;
    for (const schema::Section &section : briefing->shown().sections)
        headings += fromUtf8(section.heading);
    days->setSections(headings);
}

void ResearchPanes::showSignal(qint64 id)
{
    if (signalList->choose(schema::SignalId{id}))
        Q_EMIT signalsWanted();
}

void ResearchPanes::addCommands(Commands &commands, QWidget &window)
{
    const auto add = [&](const QString &id, const QString &text, const QString &group,
                         const QString &icon, std::function<void()> run) {
        commands.add({id, text, group, {}, icon}, window, std::move(run));
    };
    add(u"signals.search"_s, tr("Search for signals now"), tr("Signals"), u"retry"_s,
        [this] { signalList->searchAgain(); });
    add(u"briefing.previous"_s, tr("Briefing before this one"), tr("Briefing"), u"step-back"_s,
        [this] { briefing->previousDay(); });
    add(u"briefing.next"_s, tr("Briefing after this one"), tr("Briefing"), u"step-forward"_s,
        [this] { briefing->nextDay(); });
    add(u"briefing.make"_s, tr("Make this day's briefing"), tr("Briefing"), u"retry"_s,
        [this] { briefing->makeAgain(); });
    using Format = BriefingPane::Format;
    const auto exportAs = [&](const QString &id, const QString &text, Format format) {
        add(id, text, tr("Briefing"), u"import"_s, [this, format] { briefing->askPath(format); });
    };
    exportAs(u"briefing.pdf"_s, tr("Export the briefing as PDF, A4…"), Format::PdfA4);
    exportAs(u"briefing.letter"_s, tr("Export the briefing as PDF, Letter…"), Format::PdfLetter);
    exportAs(u"briefing.html"_s, tr("Export the briefing as HTML…"), Format::Html);
    exportAs(u"briefing.markdown"_s, tr("Export the briefing as Markdown…"), Format::Markdown);
    exportAs(u"briefing.json"_s, tr("Export the briefing as JSON…"), Format::Json);
}

QList<PaletteLine> ResearchPanes::linesFor(const QString &query)
{
    constexpr int kLinesMax = 8;
    QList<PaletteLine> lines;
    if (query.size() < 2)
        return lines;
    for (const ipc::SignalEntry &signal : signalList->model().all()) {
        const QString name = pairText(signal);
        if (!name.contains(query, Qt::CaseInsensitive))
            continue;
        lines.append({tr("Signal"),
                      name,
                      fromUtf8(signal.feature),
                      u"signals"_s,
                      {},
                      [this, id = signal.id.value] { showSignal(id); },
                      0.45});
        if (lines.size() == kLinesMax)
            break;
    }
    return lines;
}

} // namespace chrona::ui
