// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/case_care.h"

#include "case/caption_dialog.h"
#include "case/conflict_dialog.h"
#include "case/pins_pane.h"
#include "chrona/workspace/investigations.h"
#include "shell/main_window.h"
#include "text/time_text.h"

#include <QStatusBar>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kToldMs = 8'000;

void keepAsTheyAre(MainWindow &window, workspace::Investigation &current)
{
    QObject::connect(
        &current, &workspace::Investigation::snapshotTaken, &window,
        [&window](qint64 taken, qint64 changed) {
            window.statusBar()->showMessage(
                MainWindow::tr("%1 pinned things kept with their hashes, %2 of them changed since")
                    .arg(countText(taken), countText(changed)),
                kToldMs);
        },
        Qt::SingleShotConnection);
    current.snapshot();
}

void decide(MainWindow &window, workspace::Investigation *current)
{
    if (!current || current->conflicts().empty())
        return window.statusBar()->showMessage(MainWindow::tr("Nothing was changed twice."),
                                               kToldMs);
    auto *dialog = new ConflictDialog(*current, &window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void nameInvestigation(MainWindow &window, workspace::Investigation *current)
{
    if (!current || !current->head() || current->isArchived())
        return;
    auto *dialog = new CaptionDialog(*current->head(), &window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, current, [dialog, current] {
        current->change(MainWindow::tr("Name the investigation"), {dialog->item()});
    });
    dialog->open();
}

} // namespace

void addCaseCare(Commands &commands, MainWindow &window, workspace::Investigations &book,
                 PinsPane &pins)
{
    const auto add = [&](const QString &id, const QString &text, const QString &icon,
                         std::function<void()> run) {
        commands.add({id, text, MainWindow::tr("Case"), {}, icon}, window, std::move(run));
    };
    add(u"case.snapshot"_s, MainWindow::tr("Keep pinned things as they are now"), u"retry"_s,
        [&window, &book] {
            if (book.current())
                keepAsTheyAre(window, *book.current());
        });
    add(u"case.decide"_s, MainWindow::tr("Decide what was changed twice…"), u"note"_s,
        [&window, &book] { decide(window, book.current()); });
    add(u"case.caption"_s, MainWindow::tr("Caption and tags of the pin…"), u"note"_s,
        [&pins] { pins.captionCurrent(); });
    add(u"case.tags"_s, MainWindow::tr("Title and tags of the investigation…"), u"note"_s,
        [&window, &book] { nameInvestigation(window, book.current()); });
}

} // namespace chrona::ui
