// SPDX-License-Identifier: AGPL-3.0-or-later
// Investigations in the window: their docks, and what can be done with them.
#include "alerts/rules_dialog.h"
#include "briefing/briefing_files.h"
#include "briefing/briefing_pane.h"
#include "briefing/page_worker.h"
#include "case/bearing_pane.h"
#include "case/board_pane.h"
#include "case/case_dialogs.h"
#include "case/case_list_pane.h"
#include "case/case_names.h"
#include "case/item_editor.h"
#include "case/pins_pane.h"
#include "case/work_pane.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"
#include "inspector/inspector_pane.h"
#include "shell/ask_text.h"
#include "shell/case_care.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/research_panes.h"
#include "shell/stop_button.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::Investigations;

void MainWindow::makeCaseDocks()
{
    m_book = new Investigations(m_session, this);
    m_cases = new CaseListPane(*m_book, m_themes.of(u"cases"_s), this);
    m_pins = new PinsPane(*m_book, m_themes.of(u"pins"_s), this);
    m_board = new BoardPane(*m_book, m_themes.of(u"board"_s), this);
    m_work = new WorkPane(*m_book, m_themes.of(u"work"_s), this);
    addDock(u"cases"_s, tr("Investigations"), u"case"_s, m_cases, QKeySequence(u"Ctrl+Shift+I"_s));
    addDock(u"pins"_s, tr("Pins"), u"pin"_s, m_pins, QKeySequence(u"Ctrl+Shift+P"_s));
    addDock(u"board"_s, tr("Board"), u"note"_s, m_board, QKeySequence(u"Ctrl+Shift+D"_s));
    addDock(u"work"_s, tr("Own work"), u"clock"_s, m_work, {});
    auto *bearing = new BearingPane(*m_book, m_session, m_themes.of(u"bearing"_s), this);
    addDock(u"bearing"_s, tr("What bears on it"), u"link"_s, bearing, {});
    connect(bearing, &BearingPane::signalWanted, this,
            [this](qint64 signal) { m_research->showSignal(signal); });
    connect(m_cases, &CaseListPane::compareWanted, this, [this](qint64 id) {
        m_session.request<ipc::CaseOpen>(
            {schema::InvestigationId{id}}, this, [this](const Result<ipc::CaseReply> &other) {
                if (!other)
                    return report(other.error());
                if (!m_book->current())
                    return;
                auto *dialog = new CaseCompareDialog(m_book->current()->content(),
                                                     other->investigation, m_theme, this);
                dialog->setAttribute(Qt::WA_DeleteOnClose);
                dialog->open();
            });
    });
    const auto begin = [this] { beginInvestigation(); };
    connect(m_cases, &CaseListPane::beginWanted, this, begin);
    connect(m_pins, &PinsPane::beginWanted, this, begin);
    connect(m_board, &BoardPane::beginWanted, this, begin);
    connect(m_board, &BoardPane::targetWanted, this, &MainWindow::showTarget);
    connect(&m_board->editor(), &ItemEditor::targetWanted, this, &MainWindow::showTarget);
    connect(m_board, &BoardPane::decideWanted, this,
            [this] { m_commands.action(u"case.decide"_s)->trigger(); });
    connect(m_board, &BoardPane::reopenWanted, this, [this] {
        if (m_book->current())
            m_book->archive(m_book->current()->id(), false);
    });
    const auto open = [this](qint64 item) { m_board->open({item}); };
    connect(m_cases, &CaseListPane::itemWanted, this, open);
    connect(m_work, &WorkPane::itemWanted, this, open);
    connect(m_pins, &PinsPane::targetWanted, this, &MainWindow::showTarget);
    connect(m_pins, &PinsPane::alertWanted, this,
            [this](const schema::PinTarget &target) { showAlertRules()->beginFromPin(target); });
    connect(m_pins, &PinsPane::citeWanted, this,
            [this](const std::vector<schema::CaseItemId> &pins, schema::Bearing how) {
                m_board->editor().cite(pins, how);
            });
    connect(m_inspector, &InspectorPane::pinWanted, this, &MainWindow::pinSelection);
    connect(m_inspector, &InspectorPane::signalWanted, this,
            [this](qint64 signal) { m_research->showSignal(signal); });
}

void MainWindow::arrangeCase()
{
    m_layouts->clear();
    Dock *cases = dock(u"cases"_s);
    Dock *pins = dock(u"pins"_s);
    Dock *work = dock(u"work"_s);
    Dock *bearing = dock(u"bearing"_s);
    Dock *board = dock(u"board"_s);
    Dock *inspector = dock(u"inspector"_s);
    Dock *timeline = dock(u"timeline"_s);
    addDockWidget(Qt::TopDockWidgetArea, cases);
    splitDockWidget(cases, board, Qt::Horizontal);
    splitDockWidget(board, inspector, Qt::Horizontal);
    splitDockWidget(cases, pins, Qt::Vertical);
    splitDockWidget(pins, bearing, Qt::Vertical);
    tabifyDockWidget(bearing, work);
    addDockWidget(Qt::BottomDockWidgetArea, timeline);
    for (Dock *dock : {cases, pins, bearing, work, board, inspector, timeline})
        dock->show();
    bearing->raise();
    const int list = std::clamp(width() * 16 / 100, 280, 380);
    const int side = std::clamp(width() * 18 / 100, 320, 460);
    const int rest = std::max(480, width() - list - side);
    resizeDocks({cases, board, inspector}, {list, rest, side}, Qt::Horizontal);
    const int tall = std::max(360, height() - 62 - 132);
    resizeDocks({cases, pins, bearing}, {tall * 25 / 100, tall * 50 / 100, tall * 25 / 100},
                Qt::Vertical);
    resizeDocks({cases, timeline}, {tall * 25 / 100, 132}, Qt::Vertical);
}

void MainWindow::makeCaseCommands()
{
    const QString group = tr("Case");
    const auto add = [&](const QString &id, const QString &text, const QString &keys,
                         const QString &icon, std::function<void()> run) {
        return m_commands.add({id, text, group, QKeySequence(keys), icon}, *this, std::move(run));
    };
    add(u"case.new"_s, tr("New investigation…"), u"Ctrl+Shift+N"_s, u"case"_s,
        [this] { beginInvestigation(); });
    add(u"case.note"_s, tr("New note"), u"Ctrl+N"_s, u"note"_s, [this] {
        m_layouts->showPerspective(u"case"_s);
        m_board->write(schema::CaseItemKind::Note);
    });
    add(u"case.hypothesis"_s, tr("New hypothesis"), u"Ctrl+Shift+H"_s, u"hypothesis"_s, [this] {
        m_layouts->showPerspective(u"case"_s);
        m_board->write(schema::CaseItemKind::Hypothesis);
    });
    add(u"case.canvas"_s, tr("Show the board as a canvas or as lists"), u"Ctrl+Alt+B"_s,
        u"layout"_s, [this] {
            m_layouts->showPerspective(u"case"_s);
            m_board->showCanvas(!m_board->isCanvasShown());
        });
    makePinCommands();
    addCaseCare(m_commands, *this, *m_book, *m_pins);
    add(u"case.search"_s, tr("Search investigations"), {}, u"search"_s, [this] {
        m_layouts->showPerspective(u"case"_s);
        m_cases->beginSearch();
    });
    add(u"case.export"_s, tr("Export the investigation…"), u"Ctrl+Shift+E"_s, u"import"_s,
        [this] { exportCase(); });
    add(u"case.brief"_s, tr("Briefing of the investigation…"), {}, u"briefing"_s,
        [this] { briefCase(); });
    add(u"case.read"_s, tr("Read an investigation's file…"), {}, u"case"_s, [this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Read an investigation's file"),
                                                          {}, tr("Investigations (*.chrona)"));
        if (!path.isEmpty())
            readCaseFrom(path);
    });
    add(u"case.import"_s, tr("Import an investigation…"), u"Ctrl+O"_s, u"import"_s,
        [this] { importCase(); });
    add(u"case.close"_s, tr("Close the investigation"), {}, u"close"_s, [this] {
        workspace::Investigation *current = m_book->current();
        if (!current || m_book->close(current->id()))
            return;
        statusBar()->showMessage(current->conflicts().empty()
                                     ? tr("It stays open until everything is saved.")
                                     : tr("It stays open until it is decided which version "
                                          "stands."),
                                 5000);
    });
    add(u"case.archive"_s, tr("Archive the investigation"), {}, u"archive"_s, [this] {
        if (m_book->current())
            m_book->archive(m_book->current()->id(), true);
    });
}

/// Investigations and what stands in them, in the palette.
void MainWindow::addCaseProvider()
{
    m_palette->addProvider([this](const QString &query, const CommandPalette::Deliver &deliver) {
        if (query.size() < 2)
            return;
        ipc::CasesRequest wanted;
        wanted.text = query.toStdString();
        m_session.request(std::move(wanted), this, [this, deliver](Result<ipc::CasesReply> reply) {
            if (!reply)
                return;
            QList<PaletteLine> lines;
            double score = 0.5; // as entities: below what commands reach
            for (const ipc::CaseHit &hit : reply->hits) {
                lines.append({itemKindName(hit.kind),
                              fromUtf8(hit.summary),
                              {},
                              u"case"_s,
                              {},
                              [this, hit] {
                                  m_layouts->showPerspective(u"case"_s);
                                  m_book->show(hit.investigation);
                                  m_board->open(hit.item);
                              },
                              score});
                score -= 0.01;
                if (lines.size() == 20)
                    break;
            }
            deliver(lines);
        });
    });
}

void MainWindow::beginInvestigation()
{
    askText(*this, {tr("New investigation"), tr("What is it called?")},
            [this](const QString &title) {
                m_book->create(title.left(160));
                m_layouts->showPerspective(u"case"_s);
            });
}

void MainWindow::exportCase()
{
    if (!m_book->current())
        return;
    const QString path = QFileDialog::getSaveFileName(this, tr("Export the investigation"),
                                                      m_book->current()->title() + u".chrona"_s,
                                                      tr("Investigations (*.chrona)"));
    if (!path.isEmpty())
        exportCaseTo(path);
}

void MainWindow::exportCaseTo(const QString &path)
{
    m_board->editor().commit();
    m_book->exportTo(
        path, [this, path](const Result<std::vector<workspace::WithheldPin>> &written) {
            if (!written) {
                report(written.error());
                return;
            }
            const QString name = QFileInfo(path).fileName();
            if (written->empty()) {
                statusBar()->showMessage(tr("Exported to %1").arg(name), 5000);
                return;
            }
            QStringList lines;
            for (const workspace::WithheldPin &pin : *written)
                if (const QString source = pin.source.empty() ? tr("a source that is not known")
                                                              : fromUtf8(pin.source);
                    !lines.contains(source))
                    lines += source;
            auto *box = new QMessageBox(
                QMessageBox::Information, tr("Exported without some evidence"),
                tr("%1 pins stay behind in %2: their sources do not let them be passed on.")
                    .arg(countText(static_cast<qint64>(written->size())), name),
                QMessageBox::Ok, this);
            box->setTextFormat(Qt::PlainText);
            box->setInformativeText(lines.join(u'\n'));
            box->setAttribute(Qt::WA_DeleteOnClose);
            box->open();
        });
}

void MainWindow::briefCase()
{
    if (!m_book->current())
        return;
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Briefing of the investigation"), m_book->current()->title() + u".pdf"_s,
        tr("PDF documents (*.pdf)") + u";;"_s + tr("HTML pages (*.html)") + u";;"_s +
            tr("Markdown texts (*.md)"));
    if (!path.isEmpty())
        briefCaseTo(path);
}

void MainWindow::briefCaseTo(const QString &path)
{
    m_board->editor().commit();
    const QString title = m_book->current()->title();
    auto *work = new QObject(this); // for as long as there is something to stop
    const auto end = [this, path, title, work](const Status &written) {
        work->deleteLater();
        statusBar()->clearMessage();
        const QString file = QFileInfo(path).fileName();
        if (written)
            statusBar()->showMessage(tr("Exported to %1").arg(file), 5000);
        else if (written.error().code == ErrorCode::Cancelled)
            statusBar()->showMessage(
                tr("The briefing of “%1” was stopped; %2 was not written.").arg(title, file), 8000);
        else
            report(written.error());
    };
    std::stop_source writing;
    const auto take = [this, path, end, writing](const Result<schema::Briefing> &made) {
        if (!made)
            return end(std::unexpected(made.error()));
        statusBar()->showMessage(tr("Writing %1…").arg(QFileInfo(path).fileName()));
        m_research->briefing->worker().run(
            [briefing = *made, path, stop = writing.get_token()] {
                return writeBriefing(briefing, path, briefingFormatOf(path), stop);
            },
            end);
    };
    statusBar()->showMessage(tr("Making the briefing…"));
    const auto making = m_book->brief(take, [this](qint64 done, qint64 total) {
        statusBar()->showMessage(tr("Making the briefing: step %1").arg(countOfText(done, total)));
    });
    connect(&offerStop(*statusBar(), *work, tr("Stop making the briefing of “%1”").arg(title)),
            &QPushButton::clicked, work, [making, writing]() mutable {
                making.cancel();
                writing.request_stop();
            });
}

void MainWindow::readCaseFrom(const QString &path)
{
    m_book->read(path, [this, path](const Result<schema::Investigation> &read) {
        if (!read)
            return report(read.error());
        auto *dialog = new CaseFileDialog(*read, m_theme, QFileInfo(path).fileName(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &CaseFileDialog::importWanted, this,
                [this, path] { importCaseFrom(path); });
        dialog->open();
    });
}

void MainWindow::importCase()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Import an investigation"), {},
                                                      tr("Investigations (*.chrona)"));
    if (!path.isEmpty())
        importCaseFrom(path);
}

void MainWindow::importCaseFrom(const QString &path)
{
    m_book->importFrom(path, [this](const Result<ipc::CaseImportReply> &reply) {
        if (!reply) {
            report(reply.error());
            return;
        }
        m_layouts->showPerspective(u"case"_s);
        statusBar()->showMessage(tr("%1 added, %2 updated, %3 as before, %4 stand beside ours")
                                     .arg(reply->added)
                                     .arg(reply->updated)
                                     .arg(reply->kept)
                                     .arg(reply->copies),
                                 8000);
    });
}

} // namespace chrona::ui
