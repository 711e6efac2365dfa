// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/briefing_pane.h"

#include "briefing/page_worker.h"
#include "briefing/pages_view.h"
#include "chrona/ui/theme.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::BriefingBook;
using workspace::ListState;

BriefingPane::BriefingPane(BriefingBook &book, workspace::BriefingNotes &notes, const Theme &theme,
                           QWidget *parent)
    : Pane(theme, parent), m_book(book), m_notes(notes), m_worker(new PageWorker(this)),
      m_view(new PagesView(*m_worker, theme, this)), m_previous(new QToolButton(this)),
      m_next(new QToolButton(this)), m_day(new QLabel(this)), m_compare(new QComboBox(this)),
      m_making(new QLabel(this)), m_progress(new QProgressBar(this)), m_working(new QLabel(this)),
      m_workDone(new QProgressBar(this)), m_stop(new QToolButton(this)),
      m_make(new QToolButton(this)), m_export(new QToolButton(this))
{
    makeTools();
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(m_view, 1);
    setContent(content);
    setFocusProxy(m_view);
    connect(&book, &BriefingBook::currentChanged, this, &BriefingPane::refresh);
    connect(&book, &BriefingBook::listChanged, this, &BriefingPane::refresh);
    connect(&book, &BriefingBook::makingChanged, this, &BriefingPane::refresh);
    connect(&book, &BriefingBook::changesChanged, this, [this] {
        m_view->setChanges(m_book.changes() ? m_book.changes()->told
                                            : std::map<std::string, workspace::BlockChange>());
        refreshTools();
    });
    connect(&notes, &workspace::BriefingNotes::changed, this, &BriefingPane::showPages);
    connect(&theme, &Theme::changed, this, &BriefingPane::refreshTools);
    connect(m_worker, &PageWorker::laidOut, this, [this](const auto &plan) {
        m_view->setPlan(plan);
        endLayout();
    });
    connect(m_worker, &PageWorker::cancelled, this, [this] {
        m_isStopped = true;
        endLayout();
    });
    connect(m_worker, &PageWorker::progressed, this, &BriefingPane::showLayout);
    refresh();
}

void BriefingPane::makeTools()
{
    const auto set = [](QToolButton *button, const QString &name) {
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->setIconSize({14, 14});
    };
    set(m_previous, tr("The briefing before this one"));
    set(m_next, tr("The briefing after this one"));
    set(m_make, tr("Make this day's briefing again, as a background job"));
    m_make->setText(tr("Make again"));
    set(m_export, tr("Export the briefing"));
    m_export->setText(tr("Export"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_export);
    const auto offer = [this, menu](const QString &text, Format format) {
        menu->addAction(text, this, [this, format] { askPath(format); });
    };
    offer(tr("PDF, A4…"), Format::PdfA4);
    offer(tr("PDF, Letter…"), Format::PdfLetter);
    offer(tr("HTML, one file…"), Format::Html);
    offer(tr("Markdown…"), Format::Markdown);
    offer(tr("JSON…"), Format::Json);
    m_export->setMenu(menu);
    connect(m_previous, &QToolButton::clicked, this, &BriefingPane::previousDay);
    connect(m_next, &QToolButton::clicked, this, &BriefingPane::nextDay);
    connect(m_make, &QToolButton::clicked, this, &BriefingPane::makeAgain);
}

QWidget *BriefingPane::makeBar()
{
    m_day->setFont(m_theme.font(TextSize::Small, TextWeight::Strong));
    m_making->setFont(m_theme.font(TextSize::Tiny));
    m_making->setProperty("tone", u"secondary"_s);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(96);
    m_progress->setAccessibleName(tr("Making the briefing"));
    m_compare->setAccessibleName(tr("Compare with another day"));
    m_compare->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_compare->setMinimumContentsLength(20);
    connect(m_compare, &QComboBox::activated, this,
            [this] { m_book.compareWith(m_compare->currentData().toString()); });
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(metric::kPadding, metric::kGrid, metric::kPadding, metric::kGrid);
    row->setSpacing(metric::kPadding);
    row->addWidget(m_previous);
    row->addWidget(m_day);
    row->addWidget(m_next);
    row->addWidget(m_compare);
    row->addStretch(1);
    makeLayoutRow(*row);
    row->addWidget(m_making);
    row->addWidget(m_progress);
    row->addWidget(m_make);
    row->addWidget(m_export);
    return bar;
}

/// What is told of work that takes longer than 200 ms.
void BriefingPane::makeLayoutRow(QHBoxLayout &row)
{
    constexpr std::chrono::milliseconds kToldAfter{200};
    m_working->setFont(m_theme.font(TextSize::Tiny));
    m_working->setProperty("tone", u"secondary"_s);
    m_workDone->setTextVisible(false);
    m_workDone->setFixedWidth(96);
    m_stop->setText(tr("Stop"));
    connect(m_stop, &QToolButton::clicked, this, &BriefingPane::stopWorking);
    for (QWidget *part : std::initializer_list<QWidget *>{m_working, m_workDone, m_stop}) {
        part->hide();
        row.addWidget(part);
    }
    m_slow.setSingleShot(true);
    m_slow.setInterval(kToldAfter);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        const bool isLayingOut = m_worker->isLayingOut();
        m_working->setText(isLayingOut ? tr("laying out…") : tr("writing…"));
        m_workDone->setAccessibleName(isLayingOut ? tr("Laying out the pages")
                                                  : tr("Writing the file"));
        m_stop->setToolTip(isLayingOut ? tr("Stop laying out the pages")
                                       : tr("Stop writing the file"));
        for (QWidget *part : std::initializer_list<QWidget *>{m_working, m_workDone, m_stop})
            part->show();
    });
}

void BriefingPane::showLayout(int done, int total)
{
    m_workDone->setRange(0, total);
    m_workDone->setValue(done);
}

void BriefingPane::endLayout()
{
    m_slow.stop();
    for (QWidget *part : std::initializer_list<QWidget *>{m_working, m_workDone, m_stop})
        part->hide();
    if (m_isWriting) // it waited for the pages
        m_slow.start();
    refresh();
}

void BriefingPane::stopWorking()
{
    if (m_worker->isLayingOut())
        m_worker->cancel();
    else
        m_writing.request_stop();
}

schema::Briefing BriefingPane::shown() const
{
    const auto &current = m_book.current();
    return current ? workspace::withNotes(current->briefing, m_notes.text(current->day),
                                          tr("Notes of the reader").toStdString())
                   : schema::Briefing{};
}

void BriefingPane::previousDay()
{
    m_book.open(m_book.neighbour(-1));
}

void BriefingPane::nextDay()
{
    m_book.open(m_book.neighbour(1));
}

void BriefingPane::makeAgain()
{
    m_book.make(m_book.wantedDay());
}

void BriefingPane::showPages()
{
    const auto &current = m_book.current();
    const std::string wanted =
        current ? current->document + m_notes.text(current->day).toStdString() : std::string();
    if (wanted == m_laidOut)
        return;
    m_laidOut = wanted;
    m_isStopped = false;
    if (!current) {
        m_worker->cancel();
        m_view->setPlan(nullptr);
        return;
    }
    // Another day's pages do not stand under this day's name.
    if (m_view->plan() && m_view->plan()->briefing.day != current->briefing.day)
        m_view->setPlan(nullptr);
    m_worker->layOut(shown(), report::PageSize::A4);
    showLayout(0, 0);
    m_slow.start();
}

/// What is read, as far as it is laid out.
void BriefingPane::showCurrent()
{
    if (m_view->plan())
        return setReady();
    if (!m_isStopped)
        return setLoading(tr("Laying out the pages…"));
    setEmpty({tr("The pages were not laid out"), tr("Laying them out was stopped."),
              tr("Lay them out"), [this] {
                  m_laidOut.clear();
                  refresh();
              }});
}

void BriefingPane::fillCompare()
{
    const QSignalBlocker quiet(m_compare);
    m_compare->clear();
    m_compare->addItem(tr("Compare with…"), QString());
    const QString own = m_book.current() ? m_book.current()->day : QString();
    for (const ipc::BriefingEntry &entry : m_book.days()) {
        const QString day = fromUtf8(entry.day);
        if (day != own)
            m_compare->addItem(tr("Against %1").arg(day), day);
    }
    m_compare->setCurrentIndex(std::max(0, m_compare->findData(m_book.comparedDay())));
}

void BriefingPane::refresh()
{
    showPages();
    refreshTools();
    const auto &making = m_book.making();
    const QString day = m_book.wantedDay();
    if (m_book.current()) {
        showCurrent();
    } else if (making && making->problem.empty()) {
        setLoading(day.isEmpty() ? tr("Making the briefing of the last session…")
                                 : tr("Making the briefing of %1…").arg(day));
    } else if (m_book.currentState() == ListState::Failed && m_book.problem() &&
               m_book.problem()->code != ErrorCode::NotFound) {
        const FailureText text = failureText(*m_book.problem());
        setError({text.cause, text.remedy, tr("Try again"), [this] { m_book.refresh(); }});
    } else if (m_book.currentState() == ListState::Loading) {
        setLoading(tr("Loading the briefing…"));
    } else {
        setEmpty({day.isEmpty() ? tr("No briefing yet") : tr("No briefing of %1").arg(day),
                  making ? tr("The last attempt failed: %1").arg(fromUtf8(making->problem))
                         : tr("One is made every morning, and for any past day as it was known "
                              "then."),
                  tr("Make it now"), [this] { makeAgain(); }});
    }
}

void BriefingPane::refreshTools()
{
    m_previous->setIcon(m_theme.icon(u"step-back"_s, Role::Text2));
    m_next->setIcon(m_theme.icon(u"step-forward"_s, Role::Text2));
    m_previous->setEnabled(!m_book.neighbour(-1).isEmpty());
    m_next->setEnabled(!m_book.neighbour(1).isEmpty());
    const auto &current = m_book.current();
    m_day->setText(current ? current->day : m_book.wantedDay());
    m_export->setEnabled(current.has_value());
    fillCompare();
    showMaking();
    if (!current) {
        setHeaderNote({});
        return;
    }
    const auto &changes = m_book.changes();
    const QString edition = tr("edition %1 · known at %2 UTC")
                                .arg(current->revision)
                                .arg(TimeText{}.minute(current->briefing.knownAt));
    setHeaderNote(!changes ? edition
                           : tr("%1 · against %2: %3 new or changed, %4 no longer told")
                                 .arg(edition, m_book.comparedDay(),
                                      countText(static_cast<qint64>(changes->told.size())),
                                      countText(static_cast<qint64>(changes->ended.size()))));
}

void BriefingPane::showMaking()
{
    const auto &making = m_book.making();
    const bool isRunning = making && making->problem.empty();
    m_progress->setVisible(isRunning);
    m_making->setVisible(making.has_value());
    m_make->setEnabled(!isRunning);
    if (!making)
        return;
    m_making->setText(isRunning ? tr("making…") : tr("not made"));
    m_making->setToolTip(fromUtf8(making->problem));
    // A share that nobody knows is a bar that moves.
    m_progress->setRange(0, making->share < 0 ? 0 : 100);
    m_progress->setValue(making->share < 0 ? 0 : static_cast<int>(making->share * 100));
}

Status BriefingPane::exportTo(const QString &path, Format format) const
{
    if (!m_book.current())
        return fail(ErrorCode::NotFound, "there is no briefing to export");
    return writeBriefing(shown(), path, format);
}

void BriefingPane::askPath(Format format)
{
    struct Kind {
        QString ending, name;
    };
    const std::array<Kind, 5> kinds = {{{u".pdf"_s, tr("PDF documents (*.pdf)")},
                                        {u".pdf"_s, tr("PDF documents (*.pdf)")},
                                        {u".html"_s, tr("HTML pages (*.html)")},
                                        {u".md"_s, tr("Markdown texts (*.md)")},
                                        {u".json"_s, tr("JSON documents (*.json)")}}};
    const Kind &kind = kinds[static_cast<std::size_t>(format)];
    if (!m_book.current())
        return;
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export the briefing"), u"briefing-"_s + m_book.current()->day + kind.ending,
        kind.name);
    if (!path.isEmpty())
        write(path, format);
}

void BriefingPane::write(const QString &path, Format format)
{
    m_export->setEnabled(false);
    showLayout(0, 0);
    m_slow.start();
    m_writing = {};
    m_isWriting = true;
    m_worker->run(
        [briefing = shown(), path, format, stop = m_writing.get_token()] {
            return writeBriefing(briefing, path, format, stop);
        },
        [this, path](const Status &done) {
            m_isWriting = false;
            endLayout();
            if (!done && done.error().code == ErrorCode::Cancelled) {
                m_working->setText(tr("%1 was not written").arg(QFileInfo(path).fileName()));
                m_working->show();
            } else if (!done)
                QMessageBox::warning(
                    this, tr("That did not work"),
                    tr("%1 could not be written. Choose another folder.").arg(path));
        });
}

} // namespace chrona::ui
