// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/case_list_pane.h"

#include "case/case_names.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "text/names.h"

#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::Investigations;

namespace {

constexpr int kCaseRole = Qt::UserRole;
constexpr int kCaseItemRole = Qt::UserRole + 1;
constexpr int kStateRole = Qt::UserRole + 2;

schema::InvestigationId caseOf(const QListWidgetItem &line)
{
    return {line.data(kCaseRole).toLongLong()};
}

} // namespace

CaseListPane::CaseListPane(Investigations &book, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_book(book), m_search(new QLineEdit(this)),
      m_byMeaning(new QToolButton(this)), m_list(new QListWidget(this))
{
    m_search->setPlaceholderText(tr("Search notes and pins"));
    m_search->setAccessibleName(tr("Search investigations"));
    m_search->setClearButtonEnabled(true);
    m_byMeaning->setText(tr("alike"));
    m_byMeaning->setCheckable(true);
    m_byMeaning->setAccessibleName(tr("Search by meaning"));
    m_byMeaning->setToolTip(tr("What means something alike in notes, pins and what was kept of "
                               "them, not only what holds the words"));
    connect(m_byMeaning, &QToolButton::toggled, this, [this] { m_pause.start(); });
    m_list->setAccessibleName(tr("Investigations"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setMouseTracking(true);
    auto *content = new QWidget(this);
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(8, 6, 8, 6);
    top->addWidget(m_search);
    top->addWidget(m_byMeaning);
    rows->addLayout(top);
    rows->addWidget(m_list, 1);
    setContent(content);
    auto *add = new QToolButton(this);
    add->setText(tr("New"));
    add->setAccessibleName(tr("New investigation"));
    add->setToolTip(tr("New investigation"));
    connect(add, &QToolButton::clicked, this, &CaseListPane::beginWanted);
    addHeaderTool(add);
    m_pause.setSingleShot(true);
    m_pause.setInterval(150);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_pause.start(); });
    connect(&m_pause, &QTimer::timeout, this,
            [this] {
                m_book.search(m_search->text().trimmed(), m_byMeaning->isChecked()
                                                              ? Investigations::Search::Meaning
                                                              : Investigations::Search::Words);
            });
    connect(m_list, &QListWidget::itemClicked, this, &CaseListPane::choose);
    connect(m_list, &QListWidget::itemActivated, this, &CaseListPane::choose);
    connect(m_list, &QListWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        const QListWidgetItem *line = m_list->itemAt(at);
        if (!line || caseOf(*line).isNull())
            return;
        const bool isArchived = line->data(kStateRole).toBool();
        const schema::InvestigationId id = caseOf(*line);
        QMenu menu(this);
        menu.addAction(isArchived ? tr("Open again") : tr("Archive"), this,
                       [this, id, isArchived] { m_book.archive(id, !isArchived); });
        const workspace::Investigation *open = m_book.current();
        if (open && open->id() != id)
            menu.addAction(tr("Compare with “%1”").arg(open->title()), this,
                           [this, id] { Q_EMIT compareWanted(id.value); });
        menu.exec(m_list->viewport()->mapToGlobal(at));
    });
    connect(&book, &Investigations::listChanged, this, &CaseListPane::refresh);
    connect(&book, &Investigations::currentChanged, this, &CaseListPane::refresh);
    connect(&book, &Investigations::openChanged, this, &CaseListPane::refresh);
    connect(&theme, &Theme::changed, this, &CaseListPane::refresh);
    refresh();
}

void CaseListPane::beginSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void CaseListPane::addCases()
{
    for (const ipc::CaseSummary &one : m_book.list()) {
        const bool isArchived = one.state == schema::InvestigationState::Archived;
        const bool isOpen =
            std::ranges::contains(m_book.open(), one.id, &workspace::Investigation::id);
        auto *line = new QListWidgetItem(m_theme.icon(isArchived ? u"archive"_s : u"case"_s,
                                                      isOpen ? Role::Accent : Role::Text3),
                                         isArchived ? tr("%1 (archived)").arg(fromUtf8(one.title))
                                                    : fromUtf8(one.title),
                                         m_list);
        line->setForeground(m_theme.color(isArchived ? Role::Text3 : Role::Text1));
        line->setData(kCaseRole, qint64{one.id.value});
        line->setData(kStateRole, isArchived);
        line->setToolTip(tr("%1\n%2 pins, %3 notes, %4 hypotheses; changed %5")
                             .arg(fromUtf8(one.title), countText(one.pins), countText(one.notes),
                                  countText(one.hypotheses),
                                  agoText(nowInstant() - one.updatedAt)));
        if (m_book.current() && m_book.current()->id() == one.id)
            m_list->setCurrentItem(line);
    }
}

void CaseListPane::addHits()
{
    for (const ipc::CaseHit &hit : m_book.hits()) {
        if (hit.kind == schema::CaseItemKind::Case)
            continue; // the list above says it
        auto *line = new QListWidgetItem(
            tr("%1: %2").arg(itemKindName(hit.kind), fromUtf8(hit.summary)), m_list);
        line->setForeground(m_theme.color(Role::Text2));
        line->setToolTip(fromUtf8(hit.summary));
        line->setData(kCaseRole, qint64{hit.investigation.value});
        line->setData(kCaseItemRole, qint64{hit.item.value});
    }
}

void CaseListPane::refresh()
{
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    addCases();
    addHits();
    const bool isSearching = !m_book.searchedFor().isEmpty();
    const int count = m_list->count();
    if (isSearching && count == 0) {
        auto *line = new QListWidgetItem(tr("Nothing found"), m_list);
        line->setFlags(Qt::NoItemFlags);
    }
    const QString how = m_book.searchedBy().isEmpty()
                            ? QString()
                            : tr(" · alike by %1").arg(m_book.searchedBy());
    setHeaderNote(count > 0 ? countText(count) + how : QString());
    if (count > 0 || isSearching) {
        setReady();
    } else if (m_book.problem()) {
        const FailureText text = failureText(*m_book.problem());
        setError({text.cause, text.remedy, {}, {}});
    } else if (m_book.isLoaded()) {
        setEmpty({tr("No investigations yet"),
                  tr("Begin with a question, or import a .chrona file."), tr("New investigation"),
                  [this] { Q_EMIT beginWanted(); }});
    } else {
        setLoading(tr("Loading investigations…"));
    }
}

void CaseListPane::choose()
{
    const QListWidgetItem *line = m_list->currentItem();
    if (!line || caseOf(*line).isNull())
        return;
    const qint64 item = line->data(kCaseItemRole).toLongLong();
    m_book.show(caseOf(*line));
    if (item != 0)
        Q_EMIT itemWanted(item);
}

} // namespace chrona::ui
