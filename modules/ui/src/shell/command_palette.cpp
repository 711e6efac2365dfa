// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/command_palette.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/palette_index.h"
#include "shell/commands.h"
#include "shell/palette_list.h"

#include <QFrame>
#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kPaletteWidth = 640;
constexpr int kRowsShown = 12;
constexpr int kLinesMax = 60;

} // namespace

CommandPalette::CommandPalette(const Theme &theme, const Commands &commands, QWidget *window) :
    QWidget(window), m_theme(theme), m_commands(commands), m_box(new QFrame(this)),
    m_input(new QLineEdit(m_box)), m_list(new QListView(m_box)), m_hint(new QLabel(m_box)),
    m_model(std::make_unique<PaletteModel>())
{
    setAccessibleName(tr("Command palette"));
    m_box->setObjectName(u"paletteBox"_s);
    m_input->setPlaceholderText(tr("Search commands, entities and places"));
    m_input->setAccessibleName(tr("Search commands, entities and places"));
    m_input->setFont(theme.font(TextSize::Title));
    m_input->setObjectName(u"paletteInput"_s);
    m_list->setModel(m_model.get());
    m_list->setItemDelegate(new PaletteDelegate(theme, *m_model, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Matches"));
    m_hint->setProperty("tone", u"hint"_s);
    m_hint->setFont(theme.font(TextSize::Tiny));
    m_hint->setText(tr("↑ ↓ choose    ↵ run    Esc close"));
    m_hint->setContentsMargins(16, 6, 16, 8);

    auto *column = new QVBoxLayout(m_box);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_input);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
    auto *shadow = new QGraphicsDropShadowEffect(m_box);
    shadow->setBlurRadius(32);
    shadow->setOffset(0, 8);
    shadow->setColor(QColor(0, 0, 0, 140));
    m_box->setGraphicsEffect(shadow);

    connect(m_input, &QLineEdit::textEdited, this, &CommandPalette::search);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
    connect(&theme, &Theme::changed, this, &CommandPalette::refreshColors);
    m_input->installEventFilter(this);
    window->installEventFilter(this);
    refreshColors();
    hide();
}

CommandPalette::~CommandPalette() = default;

void CommandPalette::refreshColors()
{
    m_box->setStyleSheet(
        u"#paletteBox { background: %1; border: 1px solid %2; border-radius: 6px; }"
        "#paletteInput { background: transparent; border: none; border-bottom: 1px solid %2;"
        " border-radius: 0; padding: 12px 16px; min-height: 24px; }"
        "QListView { background: transparent; }"_s.arg(m_theme.color(Role::Surface2).name(),
                                                       m_theme.color(Role::Line).name()));
}

void CommandPalette::addProvider(Provider provider)
{
    m_providers.append(std::move(provider));
}

int CommandPalette::entryCount() const
{
    return m_model->rowCount();
}

void CommandPalette::open(const QString &query)
{
    m_input->setText(query);
    search(query);
    arrange();
    show();
    raise();
    m_input->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::dismiss()
{
    ++m_query;
    hide();
    parentWidget()->setFocus();
}

void CommandPalette::search(const QString &query)
{
    const quint64 ticket = ++m_query;
    m_model->setEntries({});
    merge(matchingCommands(query.trimmed()));
    if (query.trimmed().size() < 2)
        return;
    for (const Provider &provider : m_providers) {
        provider(query.trimmed(), [self = QPointer(this), ticket](QList<PaletteLine> entries) {
            if (self && self->m_query == ticket)
                self->merge(std::move(entries));
        });
    }
}

QList<PaletteLine> CommandPalette::matchingCommands(const QString &query) const
{
    // A few dozen, and which of them can be run changes with every click: indexed anew each time.
    using workspace::PaletteEntry;
    std::vector<PaletteEntry> entries;
    for (const QAction *action : m_commands.all()) {
        if (action->isEnabled() && action->isVisible())
            entries.push_back({PaletteEntry::Kind::Command, action->objectName(),
                               Commands::plainText(*action), Commands::groupOf(*action), {}, 0});
    }
    workspace::PaletteIndex index;
    index.replace(PaletteEntry::Kind::Command, std::move(entries));
    QList<PaletteLine> found;
    for (const workspace::PaletteHit &hit : index.search(query, kLinesMax)) {
        QAction *action = m_commands.action(hit.entry->id);
        const QString icon = Commands::iconOf(*action);
        const QString detail = !action->isCheckable() ? QString()
                               : action->isChecked()  ? tr("on")
                                                      : tr("off");
        found.append({hit.entry->detail, hit.entry->text, detail,
                      icon.isEmpty() ? u"command"_s : icon, action->shortcut(),
                      [action] { action->trigger(); }, hit.score});
    }
    return found;
}

void CommandPalette::merge(QList<PaletteLine> entries)
{
    // Two ways to ask may find the same thing.
    entries.removeIf([this](const PaletteLine &line) {
        return std::ranges::any_of(m_model->entries(), [&line](const PaletteLine &there) {
            return there.group == line.group && there.title == line.title &&
                   there.detail == line.detail;
        });
    });
    entries = m_model->entries() + entries;
    std::ranges::stable_sort(entries, std::ranges::greater{}, &PaletteLine::score);
    if (entries.size() > kLinesMax)
        entries.resize(kLinesMax);
    m_model->setEntries(std::move(entries));
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0));
    arrange();
}

void CommandPalette::moveCurrent(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int row = (m_list->currentIndex().row() + rows + count) % count;
    m_list->setCurrentIndex(m_model->index(row));
}

void CommandPalette::runCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const auto run = m_model->entry(current.row()).run;
    dismiss();
    if (run)
        run();
}

void CommandPalette::arrange()
{
    setGeometry(parentWidget()->rect());
    const int rows = std::clamp(m_model->rowCount(), 1, kRowsShown);
    const int width = std::min(kPaletteWidth, this->width() - 32);
    const int height = std::min(49 + rows * 32 + 30, this->height() - 96);
    m_box->setGeometry((this->width() - width) / 2, 72, width, height);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.color(Role::Surface0, 0.5));
}

void CommandPalette::mousePressEvent(QMouseEvent *)
{
    dismiss();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        arrange();
    if (watched != m_input || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down: moveCurrent(1); return true;
    case Qt::Key_Up: moveCurrent(-1); return true;
    case Qt::Key_PageDown: moveCurrent(std::min(8, m_model->rowCount() - 1)); return true;
    case Qt::Key_PageUp: moveCurrent(-std::min(8, m_model->rowCount() - 1)); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: runCurrent(); return true;
    case Qt::Key_Escape: dismiss(); return true;
    default: return false;
    }
}

} // namespace chrona::ui
