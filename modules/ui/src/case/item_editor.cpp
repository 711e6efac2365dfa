// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/item_editor.h"

#include "case/case_names.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "tables/empty_hint.h"
#include "text/names.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using schema::Bearing;
using schema::CaseItem;
using schema::CaseItemId;
using schema::CaseItemKind;
using workspace::Investigation;
using workspace::Investigations;

namespace {

constexpr std::chrono::milliseconds kPause{1500};
constexpr int kLinkRole = Qt::UserRole;
constexpr qsizetype kTextMax = 60'000; ///< characters; below what the service takes
constexpr int kPinsOffered = 40;

} // namespace

ItemEditor::ItemEditor(Investigations &book, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_book(book), m_theme(theme), m_title(new QLineEdit(this)),
      m_text(new QPlainTextEdit(this)), m_tags(new QLineEdit(this)),
      m_confidence(new QSlider(Qt::Horizontal, this)), m_confidenceText(new QLabel(this)),
      m_evidence(new QListWidget(this)), m_noEvidence(new EmptyHint(*m_evidence, {})),
      m_add(new QToolButton(this)), m_conflict(new QWidget(this)),
      m_conflictText(new QLabel(m_conflict))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &ItemEditor::commit);
    makeFields();
    makeLayout();
    connect(&book, &Investigations::currentEdited, this, &ItemEditor::refresh);
    connect(&book, &Investigations::currentChanged, this, [this] { edit(std::nullopt); });
    edit(std::nullopt);
}

void ItemEditor::makeFields()
{
    m_title->setAccessibleName(tr("Title"));
    m_title->setMaxLength(160);
    m_text->setAccessibleName(tr("Text"));
    m_text->setTabChangesFocus(true);
    m_tags->setAccessibleName(tr("Tags"));
    m_confidence->setAccessibleName(tr("How sure"));
    m_confidence->setRange(0, 100);
    m_confidence->setPageStep(10);
    m_evidence->setAccessibleName(tr("Evidence"));
    m_evidence->setFrameShape(QFrame::NoFrame);
    m_evidence->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_evidence->setToolTip(
        tr("Return: for, against or cited. Ctrl+Return: show it. Delete: take out"));
    m_add->setText(tr("Add evidence"));
    m_add->setAccessibleName(tr("Add evidence"));
    m_add->setPopupMode(QToolButton::InstantPopup);
    auto *pins = new QMenu(m_add);
    m_add->setMenu(pins);
    connect(pins, &QMenu::aboutToShow, this, [this, pins] { offerPins(*pins); });
    const auto written = [this] {
        if (m_isFilling)
            return;
        m_isWritten = true;
        m_pause.start();
    };
    connect(m_title, &QLineEdit::textEdited, this, written);
    connect(m_tags, &QLineEdit::textEdited, this, written);
    connect(m_text, &QPlainTextEdit::textChanged, this, written);
    connect(m_confidence, &QSlider::valueChanged, this, [this, written](int percent) {
        m_confidenceText->setText(tr("%1 % sure").arg(percent));
        written();
    });
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_title, m_text, m_tags, m_confidence, m_evidence})
        field->installEventFilter(this);
    connect(m_title, &QLineEdit::returnPressed, this, &ItemEditor::commit);
    connect(m_tags, &QLineEdit::returnPressed, this, &ItemEditor::commit);
    connect(m_evidence, &QListWidget::itemActivated, this, &ItemEditor::changeBearing);
    makeEvidenceMenu();
}

void ItemEditor::makeLayout()
{
    auto *bar = new QHBoxLayout(m_conflict);
    bar->setContentsMargins(8, 4, 8, 4);
    m_conflictText->setTextFormat(Qt::PlainText);
    m_conflictText->setWordWrap(true);
    bar->addWidget(m_conflictText, 1);
    const auto offer = [&](const QString &text, Investigation::Resolution how) {
        auto *button = new QPushButton(text, m_conflict);
        connect(button, &QPushButton::clicked, this, [this, how] {
            if (m_book.current() && m_id)
                m_book.current()->resolve(*m_id, how, tr("Keep my version"));
        });
        bar->addWidget(button);
    };
    offer(tr("Keep mine"), Investigation::Resolution::KeepOurs);
    offer(tr("Take theirs"), Investigation::Resolution::TakeTheirs);

    auto *words = new QVBoxLayout;
    auto *first = new QHBoxLayout;
    first->addWidget(m_title, 1);
    m_confidence->setFixedWidth(120);
    m_confidenceText->setFixedWidth(72);
    m_confidenceText->setProperty("tone", u"secondary"_s);
    first->addWidget(m_confidence);
    first->addWidget(m_confidenceText);
    words->addLayout(first);
    words->addWidget(m_text, 1);
    words->addWidget(m_tags);
    auto *side = new QWidget(this);
    auto *evidence = new QVBoxLayout(side);
    evidence->setContentsMargins(0, 0, 0, 0);
    evidence->addWidget(m_add, 0, Qt::AlignLeft);
    evidence->addWidget(m_evidence, 1);
    auto *fields = new QHBoxLayout;
    fields->setSpacing(metric::kGap);
    fields->addLayout(words, 3);
    fields->addWidget(side, 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metric::kGap, metric::kPadding, metric::kGap, metric::kPadding);
    column->addWidget(m_conflict);
    column->addLayout(fields, 1);
}

void ItemEditor::edit(std::optional<CaseItemId> item)
{
    if (item == m_id && item)
        return;
    commit();
    m_id = item;
    m_owner = m_book.current();
    m_loaded = CaseItem{};
    refresh();
}

void ItemEditor::beginWriting()
{
    (m_loaded.kind == CaseItemKind::Hypothesis ? static_cast<QWidget *>(m_title) : m_text)
        ->setFocus(Qt::ShortcutFocusReason);
}

void ItemEditor::refresh()
{
    const Investigation *current = m_book.current();
    const CaseItem *item = current && m_id ? current->find(*m_id) : nullptr;
    if (item && item->removed)
        item = nullptr;
    setEnabled(item && !current->isArchived());
    const bool isWriting = item && m_loaded.id == item->id && m_isWritten;
    if (isWriting) {
        // Our own save has come back: what is being written is made from that now.
        if (workspace::sameButForEvidence(m_loaded, *item))
            m_loaded = *item;
    } else {
        m_isFilling = true;
        const CaseItem shown = item ? *item : CaseItem{};
        m_loaded = shown;
        if (m_title->text() != fromUtf8(shown.title))
            m_title->setText(fromUtf8(shown.title));
        if (m_text->toPlainText() != fromUtf8(shown.text))
            m_text->setPlainText(fromUtf8(shown.text));
        QStringList tags;
        for (const std::string &tag : shown.tags)
            tags += fromUtf8(tag);
        m_tags->setText(tags.join(u", "_s));
        m_confidence->setValue(qRound(shown.confidence * 100));
        m_isFilling = false;
    }
    refreshHints(item != nullptr);
    refreshEvidence();
    refreshConflict();
}

/// What is to be written where, and why there is nothing to cite.
void ItemEditor::refreshHints(bool isOpen)
{
    const bool isClaim = isOpen && m_loaded.kind == CaseItemKind::Hypothesis;
    m_title->setPlaceholderText(isClaim ? tr("A claim that may be right or wrong") : tr("Title"));
    m_text->setPlaceholderText(
        isOpen ? tr("What do you see, and what follows from it?")
               : tr("Choose a note or a hypothesis above, or begin a new one."));
    m_tags->setPlaceholderText(tr("Tags, separated by commas"));
    m_confidence->setVisible(isClaim);
    m_confidenceText->setVisible(isClaim);
    const bool hasPins = isOpen && !m_book.current()->items(CaseItemKind::Pin).empty();
    m_add->setEnabled(hasPins);
    m_evidence->parentWidget()->setVisible(isOpen);
    m_noEvidence->setHint(!hasPins ? tr("Evidence is what is pinned: pin an event, a place or a "
                                          "signal first.")
                          : isClaim
                              ? tr("No evidence yet: add a pin that speaks for it or against "
                                   "it.")
                              : tr("Nothing is cited yet: add a pin that this note rests on."));
}

void ItemEditor::refreshEvidence()
{
    const CaseItemId chosen = currentLink();
    const QSignalBlocker blocker(m_evidence);
    m_evidence->clear();
    if (!m_book.current() || !m_id)
        return;
    for (const CaseItem *link : m_book.current()->linksTo(*m_id)) {
        const CaseItem *pin = m_book.current()->find(link->from);
        const QString mark = link->bearing == Bearing::For       ? u"▲"_s
                             : link->bearing == Bearing::Against ? u"▼"_s
                                                                 : u"●"_s;
        auto *line = new QListWidgetItem(
            tr("%1 %2: %3").arg(mark, bearingName(link->bearing), itemTitle(*pin)), m_evidence);
        line->setData(kLinkRole, qint64{link->id.value});
        line->setToolTip(itemTitle(*pin));
        if (link->id == chosen)
            m_evidence->setCurrentItem(line);
    }
}

void ItemEditor::refreshConflict()
{
    const Investigation *current = m_book.current();
    const bool isLate = current && m_id && current->conflicts().contains(m_id->value);
    m_conflict->setVisible(isLate);
    if (!isLate)
        return;
    const CaseItem &ours = current->conflicts().at(m_id->value);
    const QString words = fromUtf8(ours.text.empty() ? ours.title : ours.text);
    m_conflictText->setText(
        tr("⚠ Another window changed this while you wrote. Yours: “%1”").arg(words.left(200)));
}

CaseItem ItemEditor::written() const
{
    CaseItem item = m_loaded;
    item.title = m_title->text().trimmed().toStdString();
    item.text = m_text->toPlainText().left(kTextMax).toStdString();
    QStringList tags;
    for (const QString &tag : m_tags->text().split(u',', Qt::SkipEmptyParts))
        if (const QString word = tag.simplified().left(40); !word.isEmpty())
            tags += word;
    item.tags.clear();
    for (const QString &tag : tags)
        item.tags.push_back(tag.toStdString());
    std::ranges::sort(item.tags);
    const auto twice = std::ranges::unique(item.tags);
    item.tags.erase(twice.begin(), twice.end());
    if (item.kind == CaseItemKind::Hypothesis) {
        item.confidence = static_cast<float>(m_confidence->value()) / 100;
        if (item.title.empty())
            item.title = m_loaded.title; // a claim says something
    }
    return item;
}

void ItemEditor::commit()
{
    // Not whether the pause still runs: when it ends by itself, it no longer does.
    if (!std::exchange(m_isWritten, false))
        return;
    m_pause.stop();
    if (!m_id || !m_owner || m_loaded.id != *m_id)
        return;
    m_owner->change(tr("Write"), {written()});
}

void ItemEditor::cite(const std::vector<CaseItemId> &pins, Bearing bearing)
{
    if (!m_id || !m_book.current())
        return;
    std::vector<CaseItem> links;
    for (const CaseItemId pin : pins) {
        CaseItem link = workspace::caseLink(pin, *m_id, bearing);
        if (const CaseItem *known = m_book.current()->find(link.id)) {
            link = *known;
            link.bearing = bearing;
            link.removed = false;
        }
        links.push_back(std::move(link));
    }
    m_book.current()->change(tr("Add evidence"), std::move(links));
}

void ItemEditor::offerPins(QMenu &menu)
{
    menu.clear();
    qDeleteAll(menu.findChildren<QMenu *>(Qt::FindDirectChildrenOnly));
    if (!m_book.current())
        return;
    auto pins = m_book.current()->items(CaseItemKind::Pin);
    std::ranges::reverse(pins); // what was pinned last is cited next
    if (pins.size() > kPinsOffered)
        pins.resize(kPinsOffered);
    const auto fill = [&](QMenu &to, Bearing bearing) {
        for (const CaseItem *pin : pins)
            to.addAction(itemTitle(*pin).left(60), this,
                         [this, id = pin->id, bearing] { cite({id}, bearing); });
    };
    if (m_loaded.kind != CaseItemKind::Hypothesis) {
        fill(menu, Bearing::Neutral);
        return;
    }
    fill(*menu.addMenu(tr("Speaks for it")), Bearing::For);
    fill(*menu.addMenu(tr("Speaks against it")), Bearing::Against);
    fill(*menu.addMenu(tr("Is cited")), Bearing::Neutral);
}

CaseItemId ItemEditor::currentLink() const
{
    const QListWidgetItem *line = m_evidence->currentItem();
    return {line ? line->data(kLinkRole).toLongLong() : 0};
}

void ItemEditor::changeBearing()
{
    const CaseItem *known = m_book.current() ? m_book.current()->find(currentLink()) : nullptr;
    if (!known)
        return;
    CaseItem link = *known;
    link.bearing = link.bearing == Bearing::For       ? Bearing::Against
                   : link.bearing == Bearing::Against ? Bearing::Neutral
                                                      : Bearing::For;
    m_book.current()->change(tr("Change what it speaks for"), {link});
}

void ItemEditor::makeEvidenceMenu()
{
    const auto offer = [this](const QString &text, const QKeySequence &keys,
                              void (ItemEditor::*run)()) {
        auto *action = new QAction(text, m_evidence);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
        m_evidence->addAction(action);
    };
    offer(tr("Show it"), QKeySequence(Qt::CTRL | Qt::Key_Return), &ItemEditor::showEvidence);
    offer(tr("For, against or cited"), {}, &ItemEditor::changeBearing);
    offer(tr("Take out"), {}, &ItemEditor::removeEvidence);
    m_evidence->setContextMenuPolicy(Qt::ActionsContextMenu);
}

/// A citation leads to what it cites.
void ItemEditor::showEvidence()
{
    const Investigation *current = m_book.current();
    const CaseItem *link = current ? current->find(currentLink()) : nullptr;
    if (const CaseItem *pin = link ? current->find(link->from) : nullptr)
        Q_EMIT targetWanted(pin->target);
}

void ItemEditor::removeEvidence()
{
    if (m_book.current() && !currentLink().isNull())
        m_book.current()->remove(tr("Take evidence out"), {currentLink()});
}

bool ItemEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && watched != m_evidence)
        commit();
    const bool isDelete = event->type() == QEvent::KeyPress &&
                          static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete;
    if (isDelete && watched == m_evidence) {
        removeEvidence();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace chrona::ui
