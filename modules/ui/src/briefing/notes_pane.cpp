// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/notes_pane.h"

#include "chrona/ui/theme.h"
#include "text/time_text.h"

#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTimer>

using namespace std::chrono_literals;

namespace chrona::ui {

using workspace::BriefingBook;

BriefingNotesPane::BriefingNotesPane(BriefingBook &book, workspace::BriefingNotes &notes,
                                     const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_book(book), m_notes(notes), m_editor(new QPlainTextEdit(this)),
      m_rested(new QTimer(this))
{
    m_editor->setFont(theme.font(TextSize::Small));
    m_editor->setPlaceholderText(
        tr("Notes on this day. They are printed first, in every export, as yours."));
    m_editor->setAccessibleName(tr("Notes on the briefing"));
    m_editor->setTabChangesFocus(true);
    m_editor->setProperty("tone", u"page"_s);
    setContent(m_editor);
    // The page is laid out again when the hands rest, not at each key.
    m_rested->setSingleShot(true);
    m_rested->setInterval(400ms);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        setHeaderNote(tr("%1 of %2 characters")
                          .arg(countText(m_editor->toPlainText().size()),
                               countText(workspace::BriefingNotes::kLengthMax)));
        m_rested->start();
    });
    connect(m_rested, &QTimer::timeout, this, &BriefingNotesPane::save);
    connect(&book, &BriefingBook::currentChanged, this, &BriefingNotesPane::follow);
    follow();
}

void BriefingNotesPane::save()
{
    m_rested->stop();
    m_notes.setText(m_day, m_editor->toPlainText());
}

void BriefingNotesPane::follow()
{
    const QString day = m_book.current() ? m_book.current()->day : QString();
    if (day.isEmpty()) {
        setEmpty({tr("No briefing is open"), tr("Notes are kept by the day."), {}, {}});
        return;
    }
    setReady();
    if (day == m_day)
        return;
    if (m_rested->isActive())
        save();
    m_day = day;
    const QSignalBlocker quiet(m_editor);
    m_editor->setPlainText(m_notes.text(day));
    setHeaderNote({});
}

} // namespace chrona::ui
