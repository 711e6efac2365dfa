// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/board_pane.h"

#include "case/board_canvas.h"
#include "case/card_delegate.h"
#include "case/case_items_model.h"
#include "case/item_editor.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "tables/empty_hint.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using schema::CaseItem;
using schema::CaseItemKind;
using workspace::Investigation;
using workspace::Investigations;

BoardPane::BoardPane(Investigations &book, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_book(book),
      m_notes(new CaseItemsModel(book, CaseItemKind::Note, this)),
      m_claims(new CaseItemsModel(book, CaseItemKind::Hypothesis, this)),
      m_title(new QLineEdit(this)), m_question(new QLineEdit(this)),
      m_reopen(new QPushButton(tr("Open again"), this)), m_saving(new QToolButton(this)),
      m_noteList(makeList(*m_notes, tr("Notes"))),
      m_claimList(makeList(*m_claims, tr("Hypotheses"))),
      m_editor(new ItemEditor(book, theme, this)), m_canvas(new BoardCanvas(book, theme, this)),
      m_faces(new QStackedWidget(this)), m_arrange(new QToolButton(this)),
      m_asCanvas(new QToolButton(this))
{
    makeHeader();
    makeContent();
    makeCanvas();
    connect(&book, &Investigations::currentChanged, this, &BoardPane::refresh);
    connect(&book, &Investigations::currentEdited, this, &BoardPane::refresh);
    connect(&theme, &Theme::changed, this, &BoardPane::refresh);
    refresh();
}

void BoardPane::makeHeader()
{
    const QString flat = u"QLineEdit { background: transparent; border: 1px solid transparent; "
                         "padding: 0 4px; } QLineEdit:focus { border-color: palette(link); }"_s;
    m_title->setFont(m_theme.font(TextSize::Title, TextWeight::Strong));
    m_title->setAccessibleName(tr("Title of the investigation"));
    m_title->setMaxLength(160);
    m_question->setAccessibleName(tr("Question of the investigation"));
    m_question->setPlaceholderText(tr("What is to be found out?"));
    m_question->setMaxLength(400);
    for (QLineEdit *line : {m_title, m_question}) {
        line->setStyleSheet(flat);
        connect(line, &QLineEdit::editingFinished, this, &BoardPane::writeHead);
    }
    connect(m_reopen, &QPushButton::clicked, this, &BoardPane::reopenWanted);
    m_saving->setProperty("tone", u"hint"_s);
    m_saving->setFont(m_theme.font(TextSize::Tiny));
    m_saving->setAutoRaise(true);
    connect(m_saving, &QToolButton::clicked, this, &BoardPane::decideWanted);
}

QListView *BoardPane::makeList(CaseItemsModel &model, const QString &name)
{
    auto *list = new QListView(this);
    list->setModel(&model);
    list->setItemDelegate(new CardDelegate(m_theme, m_book, model, this));
    list->setAccessibleName(name);
    list->setMouseTracking(true);
    list->setFrameShape(QFrame::NoFrame);
    list->setResizeMode(QListView::Adjust);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *remove = new QAction(tr("Remove"), list);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, &BoardPane::removeCurrent);
    list->addAction(remove);
    list->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(list, &QListView::activated, this, [this] { m_editor->beginWriting(); });
    return list;
}

void BoardPane::makeContent()
{
    const auto column = [this](const QString &title, const QString &addText, QListView *list,
                               CaseItemKind kind) {
        auto *side = new QWidget(this);
        auto *bar = new QHBoxLayout;
        bar->setContentsMargins(12, 2, 4, 2);
        auto *heading = new QLabel(title, side);
        heading->setFont(m_theme.font(TextSize::Tiny, TextWeight::Strong));
        heading->setProperty("tone", u"secondary"_s);
        bar->addWidget(heading, 1);
        auto *add = new QToolButton(side);
        add->setText(addText);
        add->setAccessibleName(addText);
        connect(add, &QToolButton::clicked, this, [this, kind] { write(kind); });
        bar->addWidget(add);
        auto *rows = new QVBoxLayout(side);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setSpacing(0);
        rows->addLayout(bar);
        rows->addWidget(list, 1);
        return side;
    };
    auto *lists = new QSplitter(Qt::Horizontal, this);
    lists->setHandleWidth(1);
    lists->addWidget(column(tr("Notes"), tr("New note"), m_noteList, CaseItemKind::Note));
    lists->addWidget(
        column(tr("Hypotheses"), tr("New hypothesis"), m_claimList, CaseItemKind::Hypothesis));
    lists->setSizes({400, 500});
    new EmptyHint(*m_noteList, tr("No notes yet: what you see, with the pins that show it."));
    new EmptyHint(*m_claimList,
                  tr("No hypotheses yet: claims, each with what speaks for and against it."));
    auto *halves = new QSplitter(Qt::Vertical, this);
    halves->setHandleWidth(1);
    m_faces->addWidget(lists);
    m_faces->addWidget(m_canvas);
    halves->addWidget(m_faces);
    halves->addWidget(m_editor);
    halves->setStretchFactor(0, 1);
    halves->setSizes({420, 200});
    auto *content = new QWidget(this);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(8, 6, 12, 0);
    top->addWidget(m_title, 1);
    top->addWidget(m_saving);
    top->addWidget(m_reopen);
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    rows->addLayout(top);
    auto *asked = new QHBoxLayout;
    asked->setContentsMargins(8, 0, 12, 4);
    asked->addWidget(m_question);
    rows->addLayout(asked);
    rows->addWidget(halves, 1);
    setContent(content);
    for (const auto &[list, other] :
         {std::pair(m_noteList, m_claimList), std::pair(m_claimList, m_noteList)})
        connect(list->selectionModel(), &QItemSelectionModel::currentChanged, this,
                [this, list, other] { follow(*list, *other); });
}

/// One item is open, whichever list it is in.
void BoardPane::follow(QListView &list, QListView &other)
{
    if (m_isFollowing)
        return;
    m_isFollowing = true;
    const QModelIndex current = list.currentIndex();
    other.selectionModel()->clear();
    const auto item = current.isValid() ? std::optional(schema::CaseItemId{
                                              current.data(CaseItemsModel::IdRole).toLongLong()})
                                        : std::nullopt;
    m_editor->edit(item);
    if (item && m_canvas->current() != item)
        m_canvas->select({*item}, item);
    m_isFollowing = false;
}

void BoardPane::makeCanvas()
{
    m_asCanvas->setText(tr("Canvas"));
    m_asCanvas->setAccessibleName(tr("Show the board as a canvas"));
    m_asCanvas->setToolTip(tr("Pins, notes and hypotheses as cards that lie where you put them"));
    m_asCanvas->setCheckable(true);
    connect(m_asCanvas, &QToolButton::toggled, this, &BoardPane::showCanvas);
    m_arrange->setText(tr("Arrange"));
    m_arrange->setAccessibleName(tr("Arrange the cards in columns"));
    m_arrange->setToolTip(tr("In columns: pins, hypotheses, notes"));
    m_arrange->hide();
    connect(m_arrange, &QToolButton::clicked, m_canvas, &BoardCanvas::arrange);
    addHeaderTool(m_arrange);
    addHeaderTool(m_asCanvas);
    connect(m_canvas, &BoardCanvas::currentChanged, this,
            [this](std::optional<schema::CaseItemId> item) {
                if (item && !m_isFollowing)
                    open(*item);
            });
    connect(m_canvas, &BoardCanvas::openWanted, this, [this](schema::CaseItemId id) {
        const CaseItem *item = m_book.current() ? m_book.current()->find(id) : nullptr;
        if (item && item->kind == CaseItemKind::Pin)
            return Q_EMIT targetWanted(item->target);
        open(id);
        m_editor->beginWriting();
    });
}

void BoardPane::showCanvas(bool isShown)
{
    m_asCanvas->setChecked(isShown);
    m_arrange->setVisible(isShown);
    m_faces->setCurrentIndex(isShown ? 1 : 0);
}

bool BoardPane::isCanvasShown() const
{
    return m_faces->currentIndex() == 1;
}

void BoardPane::open(schema::CaseItemId item)
{
    for (QListView *list : {m_noteList, m_claimList}) {
        auto *model = list == m_noteList ? m_notes : m_claims;
        if (const QModelIndex index = model->indexOf(item); index.isValid())
            list->setCurrentIndex(index);
    }
}

void BoardPane::write(CaseItemKind kind)
{
    if (!m_book.current())
        m_book.create(tr("Untitled investigation"));
    m_editor->commit();
    CaseItem item = workspace::newCaseItem(kind);
    if (kind == CaseItemKind::Hypothesis)
        item.title = tr("New hypothesis").toStdString();
    m_book.current()->change(
        kind == CaseItemKind::Hypothesis ? tr("New hypothesis") : tr("New note"), {item});
    open(item.id);
    m_editor->beginWriting();
}

void BoardPane::removeCurrent()
{
    if (m_book.current() && m_editor->item())
        m_book.current()->remove(tr("Remove"), {*m_editor->item()});
}

void BoardPane::writeHead()
{
    const CaseItem *head = m_book.current() ? m_book.current()->head() : nullptr;
    const std::string title = m_title->text().trimmed().toStdString();
    if (!head || title.empty())
        return;
    CaseItem next = *head;
    next.title = title;
    next.text = m_question->text().trimmed().toStdString();
    m_book.current()->change(tr("Name the investigation"), {next});
}

void BoardPane::refreshHeader()
{
    const CaseItem *head = m_book.current()->head();
    const bool isArchived = m_book.current()->isArchived();
    const auto fill = [isArchived](QLineEdit &line, const QString &text) {
        line.setReadOnly(isArchived);
        if (!line.hasFocus() && line.text() != text)
            line.setText(text);
    };
    fill(*m_title, m_book.current()->title());
    fill(*m_question, head ? fromUtf8(head->text) : QString());
    m_reopen->setVisible(isArchived);
    refreshSaving();
}

void BoardPane::refreshSaving()
{
    const Investigation &current = *m_book.current();
    const auto unsaved = static_cast<qint64>(current.unsaved());
    const auto conflicts = static_cast<qint64>(current.conflicts().size());
    QString words = tr("Saved");
    if (conflicts > 0)
        words = tr("⚠ %1 to decide").arg(countText(conflicts));
    else if (current.isArchived())
        words = tr("Archived, read only");
    else if (unsaved > 0 && current.problem())
        words = tr("⚠ %1 not saved: the service is away").arg(countText(unsaved));
    else if (unsaved > 0)
        words = tr("Saving…");
    m_saving->setText(words);
    m_saving->setAccessibleName(words);
    m_saving->setEnabled(conflicts > 0);
}

void BoardPane::refresh()
{
    const Investigation *current = m_book.current();
    if (!current) {
        setHeaderNote({});
        setEmpty({tr("No investigation is open"),
                  tr("An investigation gathers pins, notes and hypotheses about one question."),
                  tr("New investigation"), [this] { Q_EMIT beginWanted(); }});
        return;
    }
    if (current->state() == Investigation::State::Loading) {
        setLoading(tr("Opening the investigation…"));
        return;
    }
    if (current->state() == Investigation::State::Failed) {
        const FailureText text = failureText(current->problem().value_or(Error{}));
        setError({text.cause, text.remedy, {}, {}});
        return;
    }
    refreshHeader();
    const int notes = m_notes->rowCount();
    const int claims = m_claims->rowCount();
    setHeaderNote(tr("notes: %1, hypotheses: %2").arg(countText(notes), countText(claims)));
    setReady();
}

} // namespace chrona::ui
