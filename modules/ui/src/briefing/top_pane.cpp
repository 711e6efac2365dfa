// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/top_pane.h"

#include "chrona/ui/theme.h"
#include "inspector/fact_sections.h"
#include "inspector/source_link.h"
#include "text/names.h"

#include <QPushButton>
#include <QScrollArea>

namespace chrona::ui {

using workspace::BriefingBook;
using workspace::ListState;

BriefingTopPane::BriefingTopPane(BriefingBook &book, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_book(book), m_scroll(makeFactArea(tr("The briefing in short"), this))
{
    setContent(m_scroll);
    connect(&book, &BriefingBook::currentChanged, this, &BriefingTopPane::refresh);
    connect(&theme, &Theme::changed, this, &BriefingTopPane::refresh);
    refresh();
}

void BriefingTopPane::refresh()
{
    const auto &current = m_book.current();
    setHeaderNote(current ? current->day : QString());
    if (current && !current->briefing.sections.empty()) {
        rebuild();
        setReady();
    } else if (m_book.currentState() == ListState::Loading) {
        setLoading(tr("Loading the briefing…"));
    } else {
        setEmpty({tr("No briefing yet"), tr("One is made every morning."), tr("Go to the briefing"),
                  [this] { Q_EMIT briefingWanted(); }});
    }
}

void BriefingTopPane::rebuild()
{
    auto *column = new FactColumn(m_theme, nullptr);
    const schema::Section &first = m_book.current()->briefing.sections.front();
    column->addSection(fromUtf8(first.heading));
    for (const schema::Block &block : first.blocks)
        if (const auto *statement = std::get_if<schema::Statement>(&block))
            column->addParagraph(statement->given.empty()
                                     ? fromUtf8(statement->text)
                                     : tr("%1 (model's words)").arg(fromUtf8(statement->text)));
    auto *open = new QPushButton(tr("Read the briefing"));
    connect(open, &QPushButton::clicked, this, &BriefingTopPane::briefingWanted);
    column->addWidget(open);
    column->finish();
    m_scroll->setWidget(column); // deletes the one before
}

} // namespace chrona::ui
