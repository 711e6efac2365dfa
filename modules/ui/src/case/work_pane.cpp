// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/work_pane.h"

#include "case/case_names.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "text/names.h"

#include <QListWidget>

#include <algorithm>
#include <ranges>

namespace chrona::ui {

using workspace::Investigations;

namespace {

constexpr int kNoteItemRole = Qt::UserRole;
constexpr std::size_t kStepsShown = 500;

} // namespace

WorkPane::WorkPane(Investigations &book, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_book(book), m_list(new QListWidget(this))
{
    m_list->setAccessibleName(tr("Own work"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    setContent(m_list);
    connect(m_list, &QListWidget::itemActivated, this, [this](const QListWidgetItem *line) {
        Q_EMIT itemWanted(line->data(kNoteItemRole).toLongLong());
    });
    connect(&book, &Investigations::currentChanged, this, &WorkPane::refresh);
    connect(&book, &Investigations::currentEdited, this, &WorkPane::refresh);
    connect(&theme, &Theme::changed, this, &WorkPane::refresh);
    refresh();
}

void WorkPane::setTimeText(const TimeText &times)
{
    m_times = times;
    refresh();
}

void WorkPane::refresh()
{
    m_list->clear();
    if (!m_book.current()) {
        setHeaderNote({});
        setEmpty(
            {tr("No investigation is open"), tr("What you do in one is listed here."), {}, {}});
        return;
    }
    const auto &steps = m_book.current()->steps();
    const auto shown = std::min(steps.size(), kStepsShown);
    for (const schema::CaseStep &step : steps | std::views::reverse | std::views::take(shown)) {
        const QString words = fromUtf8(step.summary);
        const QString what = tr("%1 %2").arg(itemKindName(step.kind), actionName(step.action));
        auto *line = new QListWidgetItem(
            words.isEmpty() ? tr("%1  %2").arg(m_times.minute(step.at), what)
                            : tr("%1  %2: %3").arg(m_times.minute(step.at), what, words),
            m_list);
        line->setToolTip(line->text());
        line->setForeground(m_theme.color(Role::Text2));
        line->setData(kNoteItemRole, qint64{step.item.value});
    }
    setHeaderNote(countOfText(static_cast<qint64>(shown), static_cast<qint64>(steps.size())));
    if (steps.empty())
        setEmpty({tr("Nothing is done yet"), tr("Pins, notes and edits are listed here."), {}, {}});
    else
        setReady();
}

} // namespace chrona::ui
