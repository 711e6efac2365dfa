// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/pins_pane.h"

#include "case/caption_dialog.h"
#include "case/case_items_model.h"
#include "case/pin_delegate.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "text/names.h"

#include <QAction>
#include <QListView>
#include <QMenu>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using schema::Bearing;
using schema::CaseItemId;
using workspace::Investigation;
using workspace::Investigations;

namespace {

/// What new events can come to.
bool canAlert(schema::PinKind kind)
{
    using schema::PinKind;
    return kind == PinKind::Search || kind == PinKind::Region || kind == PinKind::Entity ||
           kind == PinKind::Topic || kind == PinKind::MapView;
}

} // namespace

PinsPane::PinsPane(Investigations &book, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_book(book),
      m_model(new CaseItemsModel(book, schema::CaseItemKind::Pin, this)),
      m_delegate(new PinDelegate(theme, book, *m_model, this)), m_list(new QListView(this))
{
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setAccessibleName(tr("Pins"));
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    setContent(m_list);
    auto *unpin = new QAction(tr("Unpin"), m_list);
    unpin->setShortcut(QKeySequence::Delete);
    unpin->setShortcutContext(Qt::WidgetShortcut);
    connect(unpin, &QAction::triggered, this, &PinsPane::removeSelected);
    m_list->addAction(unpin);
    auto *caption = new QAction(tr("Caption and tags…"), m_list);
    caption->setShortcut(QKeySequence(Qt::Key_F2));
    caption->setShortcutContext(Qt::WidgetShortcut);
    connect(caption, &QAction::triggered, this, &PinsPane::captionCurrent);
    m_list->addAction(caption);
    connect(m_list, &QListView::activated, this, &PinsPane::activate);
    connect(m_list, &QListView::customContextMenuRequested, this, &PinsPane::offer);
    connect(m_model, &CaseItemsModel::refreshed, this, &PinsPane::refresh);
    connect(&theme, &Theme::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    refresh();
}

void PinsPane::setTimeText(const TimeText &times)
{
    m_delegate->setTimeText(times);
    m_list->viewport()->update();
}

std::vector<CaseItemId> PinsPane::selected() const
{
    std::vector<CaseItemId> ids;
    for (const QModelIndex &index : m_list->selectionModel()->selectedRows())
        ids.push_back({index.data(CaseItemsModel::IdRole).toLongLong()});
    return ids;
}

void PinsPane::removeSelected()
{
    if (m_book.current())
        m_book.current()->remove(tr("Unpin"), selected());
}

void PinsPane::alertOfCurrent()
{
    const schema::CaseItem *pin = m_model->item(m_list->currentIndex());
    if (pin && canAlert(pin->target.kind))
        Q_EMIT alertWanted(pin->target);
}

void PinsPane::captionCurrent()
{
    const schema::CaseItem *pin = m_model->item(m_list->currentIndex());
    if (!pin || !m_book.current() || m_book.current()->isArchived())
        return;
    auto *dialog = new CaptionDialog(*pin, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, owner = QPointer<Investigation>(m_book.current())] {
                if (owner)
                    owner->change(tr("Caption a pin"), {dialog->item()});
            });
    dialog->open();
}

void PinsPane::activate(const QModelIndex &index)
{
    if (const schema::CaseItem *pin = m_model->item(index))
        Q_EMIT targetWanted(pin->target);
}

void PinsPane::offer(const QPoint &at)
{
    const std::vector<CaseItemId> pins = selected();
    if (pins.empty())
        return;
    QMenu menu(this);
    menu.addAction(tr("Show"), this, [this] { activate(m_list->currentIndex()); });
    const schema::CaseItem *pin = m_model->item(m_list->currentIndex());
    if (pin && canAlert(pin->target.kind))
        menu.addAction(tr("Alert me of what comes…"), this, &PinsPane::alertOfCurrent);
    menu.addAction(tr("Caption and tags…"), this, &PinsPane::captionCurrent);
    menu.addSeparator();
    const auto cite = [&](const QString &text, Bearing bearing) {
        menu.addAction(text, this, [this, pins, bearing] { Q_EMIT citeWanted(pins, bearing); });
    };
    cite(tr("Cite in the open note"), Bearing::Neutral);
    cite(tr("Speaks for the open hypothesis"), Bearing::For);
    cite(tr("Speaks against the open hypothesis"), Bearing::Against);
    menu.addSeparator();
    menu.addAction(tr("Unpin"), this, &PinsPane::removeSelected);
    menu.exec(m_list->viewport()->mapToGlobal(at));
}

void PinsPane::refresh()
{
    const Investigation *current = m_book.current();
    const int count = m_model->rowCount();
    setHeaderNote(count > 0 ? countText(count) : QString());
    if (!current) {
        setEmpty({tr("No investigation is open"), tr("Begin one, or open one from the list."),
                  tr("New investigation"), [this] { Q_EMIT beginWanted(); }});
    } else if (current->state() == Investigation::State::Loading) {
        setLoading(tr("Opening the investigation…"));
    } else if (current->state() == Investigation::State::Failed) {
        const FailureText text = failureText(current->problem().value_or(Error{}));
        setError({text.cause, text.remedy, {}, {}});
    } else if (count == 0) {
        setEmpty({tr("Nothing is pinned yet"),
                  tr("Choose an event in any view and press Ctrl+D, or pin the time window or the "
                     "map view from the menu."),
                  {},
                  {}});
    } else {
        setReady();
    }
}

} // namespace chrona::ui
